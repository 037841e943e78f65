"""Star history and figures from files: observations that are missing are added, none is changed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from tools.catalogue.reading import CatalogueText, Refused
from tools.dates import PartialDate
from tools.models import Observation, Repository

MAX_DIGITS = 9
HEADER = ["tool", "date", "stars", "forks"]
HISTORY_SOURCE = "github:EvanLi/Github-Ranking:Data"


def from_file(repository: int, row: Mapping[str, Any]) -> Observation:
    """A line of a tool file's `figures`; one known to the month only stands on its first day and counts as rounded."""
    day = PartialDate.parse(row["date"])
    return Observation(
        repository_id=repository,
        date=day.earliest,
        stars=row.get("stars"),
        forks=row.get("forks"),
        rounded=row.get("rounded", False) or day.day is None,
        source=row["source"],
    )


def write(source: CatalogueText) -> None:
    """Read one CSV of tool, date, stars, forks; raise Refused, having written nothing, at the first bad line."""
    first, *lines = source.text.splitlines() or [""]
    if first.split(",") != HEADER:
        raise Refused(source.path, 1, f"the first line must read {','.join(HEADER)}")
    repositories = dict(Repository.objects.values_list("tool__slug", "pk"))
    record([_observation(source, number, line.split(","), repositories) for number, line in enumerate(lines, start=2)])


def _observation(source: CatalogueText, number: int, line: list[str], repositories: Mapping[str, int]) -> Observation:
    try:
        tool, day, stars, forks = line
        row = {"date": day, "stars": _count(stars), "forks": _count(forks), "source": HISTORY_SOURCE}
        observation = from_file(repositories[tool], row)
        if observation.stars is None and observation.forks is None:
            raise ValueError("neither stars nor forks are given")
        if observation.date > timezone.now().date():
            raise ValueError("the day has not come yet")
        return observation
    except KeyError as error:
        raise Refused(source.path, number, f"no tool {error} with a repository is in the catalogue") from error
    except ValueError as error:
        raise Refused(source.path, number, f"wanted {','.join(HEADER)}: {error}") from error


def _count(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > MAX_DIGITS:
        raise ValueError(f"{text!r} is not a count")
    return int(text)


def record(observations: Iterable[Observation]) -> None:
    """Add observations that are missing, and bring each repository's figures up to the newest of them."""
    rows = sorted(observations, key=lambda row: row.date)
    Observation.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    with_stars = {row.repository_id: row for row in rows if row.stars is not None}
    with_forks = {row.repository_id: row for row in rows if row.forks is not None}
    for repository in Repository.objects.filter(pk__in=with_stars.keys() | with_forks.keys()):
        for newest in (with_stars, with_forks):
            if row := newest.get(repository.pk):
                repository.see(row)
