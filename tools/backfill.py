"""Stars of the time before anybody watched, from the history that GitHub tells.

GitHub counts in its history only the stars that are still given, so its figures may contradict what was seen on the
day. What was seen stands: a figure is added for a day that has none, where it fits between what was seen before and
after. Old figures come by the month, as `tools.thinning` keeps them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.db.models import F

from tools.charts.series import Count, monthly
from tools.forges.answers import Failure, RateLimited, StarsOn, Unauthorized, Unreachable
from tools.models import Host, Observation, Repository
from tools.models.repository import RepositoryQuerySet
from tools.thinning import monthly_before
from tools.words import counted

type Progress = Callable[[int], None]
"""Called with the number of repositories that are done."""


class Historian(Protocol):
    """A host that knows how many stars there were on earlier days."""

    def history(self, name: str) -> Sequence[StarsOn] | Failure:
        """The stars at the end of days, the oldest first, or why they are unknown."""


@dataclass(slots=True)
class Outcome:
    """What a run did, for whoever started it."""

    repositories: int = 0
    added: int = 0
    failed: list[str] = field(default_factory=list)
    stopped: str = ""
    """Why nobody was asked any further, in a sentence; empty where all were."""

    def __str__(self) -> str:
        told = counted(self.repositories, "repository", "repositories")
        figures = counted(self.added, "figure", "figures")
        return f"GitHub told us the history of {told}: {figures} added. {self.stopped}".rstrip()


def awaiting() -> RepositoryQuerySet:
    """The repositories that GitHub may know the history of: those nobody asked about first, then the longest ago."""
    repositories = Repository.objects.filter(host=Host.GITHUB, gone_on=None)
    return repositories.order_by(F("history_on").asc(nulls_first=True), F("stars").desc(nulls_last=True), "pk")


def backfill(
    today: date, historian: Historian, repositories: Iterable[Repository], progress: Progress = lambda _: None
) -> Outcome:
    """Ask for the history of each repository and add what is missing; stop where the host wants to be left alone."""
    outcome = Outcome()
    for done, repository in enumerate(repositories, start=1):
        match historian.history(repository.name):
            case RateLimited() | Unauthorized() | Unreachable() as failure:
                outcome.stopped = failure.reason
                break
            case Failure() as failure:
                outcome.failed.append(f"{repository}: {failure.reason}")
            case told:
                outcome.repositories += 1
                outcome.added += _add(repository, missing(_known(repository), told, today))
        Repository.objects.filter(pk=repository.pk).update(history_on=today)
        progress(done)
    return outcome


def missing(known: Sequence[Observation], told: Iterable[StarsOn], today: date) -> Sequence[Count]:
    """Return what the host tells of days, or of old months, of which nothing is known, and which fits. Pure."""
    recent = monthly_before(today)
    counts = [Count(one.date, one.stars) for one in told if one.date <= today]
    by_month = monthly(count for count in counts if count.date < recent)
    wanted = [*by_month, *(count for count in counts if count.date >= recent)]
    days = {row.date for row in known}
    months = {(row.date.year, row.date.month) for row in known if row.date < recent and not row.rounded}
    seen = [Count(row.date, row.stars) for row in known if row.stars is not None and not row.rounded]
    return [
        count
        for count in wanted
        if count.date not in days and (count.date.year, count.date.month) not in months and _fits(count, seen)
    ]


def _fits(count: Count, seen: Sequence[Count]) -> bool:
    """Whether there were no more stars than were seen next, and no fewer than were seen last."""
    before = max((one for one in seen if one.date < count.date), key=lambda one: one.date, default=None)
    after = min((one for one in seen if one.date > count.date), key=lambda one: one.date, default=None)
    return (before is None or before.stars <= count.stars) and (after is None or count.stars <= after.stars)


def _known(repository: Repository) -> Sequence[Observation]:
    return list(repository.observations.order_by("date"))


def _add(repository: Repository, counts: Sequence[Count]) -> int:
    """Write the counts, but over nothing that was observed meanwhile; return how many were wanted."""
    rows = [
        Observation(repository=repository, date=count.date, stars=count.stars, source=repository.notation)
        for count in counts
    ]
    Observation.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    return len(rows)
