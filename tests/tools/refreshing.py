"""What tests of the refresh share: rows that are due, and what became of them."""

from datetime import date, datetime, timedelta

from tests.tools.builders import make_tool
from tests.tools.github_server import NOW
from tools.models import Observation, Repository

TODAY = date(2026, 11, 21)
YESTERDAY = NOW - timedelta(days=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def repository(slug: str, name: str, due_at: datetime = YESTERDAY, **fields: object) -> Repository:
    """The repository of a tool of its own, seen in August with one star and one fork, and due."""
    tool = make_tool(slug, repository=name, stars=1, forks=1)
    return changed(tool.repository, due_at=due_at, **fields)


def repositories(number: int, due_at: datetime = YESTERDAY) -> list[Repository]:
    """So many: `owner/tool-0` and so on."""
    return [repository(f"tool-{place}", f"owner/tool-{place}", due_at) for place in range(number)]


def changed(row: Repository, **fields: object) -> Repository:
    """The row with other values, read anew."""
    Repository.objects.filter(pk=row.pk).update(**fields)
    return Repository.objects.get(pk=row.pk)


def anew(row: Repository) -> Repository:
    """The row as it is now."""
    return Repository.objects.get(pk=row.pk)


def observations() -> list[tuple[date, int | None, int | None, str]]:
    """All of them, the oldest first."""
    return list(Observation.objects.order_by("date", "pk").values_list("date", "stars", "forks", "source"))
