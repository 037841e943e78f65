"""What a refresh learnt of a tool that its followers should hear of: rows and answers in, alerts out. Pure."""

from collections.abc import Collection
from datetime import date

from tools.forges.answers import Gone, Seen
from tools.models import Alert, Repository


def noticed(repository: Repository, answer: Seen | Gone, day: date, tags: Collection[str]) -> list[Alert]:
    """Alerts, not saved, for what differs between the row as it was and what its host answered on that day.

    `tags` are the releases that were known already. Saved with `ignore_conflicts`, each happening is told once.
    """
    return []
