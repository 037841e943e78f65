"""Refresh repositories from GitHub: the newest figures with their date, and yesterday's while GitHub is silent.

The task and the command call `refresh`. The database is the queue: `due_at` says when a row wants asking, a claim
says that somebody is asking. When GitHub does not want to be asked, or cannot be, everybody pauses; the pause stands
in the cache that all processes share, so that a restarted worker keeps it too.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from time import monotonic

from django.core.cache import cache
from django.db import transaction

from tools.forges.answers import (
    Asked,
    Failure,
    Gone,
    Nonsense,
    RateLimited,
    Seen,
    Unauthorized,
    Unchanged,
    Unreachable,
)
from tools.github import GitHub
from tools.models import Observation, Repository
from tools.models.repository import RepositoryQuerySet
from tools.words import counted

# Stars change by the day and a question costs: once a day is as fresh as a reader needs.
SECOND = timedelta(seconds=1)
REFRESH_EVERY = timedelta(days=1)
SPREAD = timedelta(hours=2)
LONGEST_WAIT = timedelta(days=30)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=15)
PAUSE_REMEMBERED = timedelta(hours=1)
PAUSE_KEY = "github-pause"
type Progress = Callable[[int], None]
"""Called with the number of repositories that are done."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when nobody asks GitHub, why, and for which time in a row."""

    until: datetime
    reason: str
    times: int = 1


@dataclass(slots=True)
class Outcome:
    """What a run did, for the log and for whoever started it."""

    changed: int = 0
    same: int = 0
    failed: list[str] = field(default_factory=list)
    pause: Pause | None = None

    @property
    def answered(self) -> int:
        """How many repositories GitHub told us of."""
        return self.changed + self.same

    def __str__(self) -> str:
        repositories = counted(self.answered, "repository", "repositories")
        told = f"GitHub told us of {repositories}, {self.changed or 'none'} with new figures"
        untold = f", and nothing of {len(self.failed)}" if self.failed else ""
        pause = f" {self.pause.reason} Nobody asks again before {_clock(self.pause.until)}." if self.pause else ""
        return f"{told}{untold}.{pause}"


def refresh(
    now: datetime,
    github: GitHub,
    limit: int | None = None,
    *,
    among: RepositoryQuerySet | None = None,
    seconds: float = float("inf"),
    progress: Progress = lambda _: None,
) -> Outcome:
    """Ask GitHub about up to `limit` repositories, those that are due unless told `among` which, one at a time."""
    outcome = Outcome(pause=_standing_pause(now))
    if outcome.pause:
        return outcome
    started = monotonic()
    repositories = Repository.objects.due(now) if among is None else among.free(now)
    for done, repository in enumerate(repositories[:limit], start=1):
        elapsed = monotonic() - started
        if elapsed > seconds or outcome.pause:
            break
        if repository.claim(now + elapsed * SECOND):
            _ask(now, github, repository, outcome)
        progress(done)
    return outcome


def next_due(now: datetime, key: int, failures: int) -> datetime:
    """Return when a row wants asking again: a day later, spread by its key; after failures ever more rarely."""
    if failures:
        return now + min(timedelta(hours=2 ** min(failures, 10)), LONGEST_WAIT)
    return now + REFRESH_EVERY + key * 97 % (SPREAD // SECOND) * SECOND


def next_pause(now: datetime, failure: Failure, before: Pause | None) -> Pause:
    """Return how long to leave GitHub alone: as long as it says, and longer each time in a row."""
    times = before.times + 1 if before else 1
    until = now + min(FIRST_PAUSE * 2 ** min(times - 1, 10), LONGEST_PAUSE)
    if isinstance(failure, RateLimited):
        until = max(until, failure.until)
    return Pause(until, failure.reason, times)


def _ask(now: datetime, github: GitHub, repository: Repository, outcome: Outcome) -> None:
    reply = github.ask([Asked(repository.name, repository.known_etag)])
    match reply.stop or reply.answers[repository.name]:
        case Seen() as seen:
            changed = _keep(now, repository, seen)
            outcome.changed += changed
            outcome.same += not changed
        case Unchanged():
            _confirm(now, repository)
            outcome.same += 1
        case Gone() | Nonsense() as failure:
            _fail(now, repository, failure, outcome)
        case RateLimited() | Unreachable() as failure:
            # The row steps back too: no single repository may hold up the others.
            _fail(now, repository, failure, outcome)
            outcome.pause = _begin_pause(now, failure, outcome)
        case Unauthorized() as failure:
            repository.settle()
            outcome.pause = _begin_pause(now, failure, outcome)


def _keep(now: datetime, repository: Repository, seen: Seen) -> bool:
    """Write what was seen, and an observation of the day if the figures are new; say whether they are."""
    today, source = _day(now), f"github:{seen.name}"
    figures = {"stars": seen.stars, "forks": seen.forks}
    learnt: dict[str, object] = {
        **_answered(now, repository),
        **figures,
        "stars_on": today,
        "forks_on": today,
        "stars_source": source,
        "forks_source": source,
        "stars_rounded": False,
        "forks_rounded": False,
        "archived": seen.archived,
        "pushed_on": seen.pushed_on,
        "etag": seen.etag,
    }
    if seen.name != repository.name:
        learnt |= {"name": seen.name, "source": source, "verified_on": today}
    changed = (repository.stars, repository.forks) != (seen.stars, seen.forks)
    with transaction.atomic():
        if not repository.settle(**learnt):
            return False
        if changed:
            _observe(Observation(repository=repository, date=today, source=source, **figures))
    return changed


def _observe(observation: Observation) -> None:
    """Add the day's observation, or bring the one there is up to date."""
    Observation.objects.bulk_create(
        [observation],
        update_conflicts=True,
        unique_fields=["repository", "date"],
        update_fields=["stars", "forks", "rounded", "source"],
    )


def _confirm(now: datetime, repository: Repository) -> None:
    today = _day(now)
    repository.settle(**_answered(now, repository), stars_on=today, forks_on=today)


def _fail(now: datetime, repository: Repository, failure: Failure, outcome: Outcome) -> None:
    """Keep the old figures with their date, and ask again ever more rarely."""
    failures = repository.failures + 1
    due_at = next_due(now, repository.pk, failures)
    repository.settle(due_at=due_at, failures=failures, failure=failure.reason)
    outcome.failed.append(f"{repository}: {failure.reason}")


def _answered(now: datetime, repository: Repository) -> dict[str, object]:
    return {"due_at": next_due(now, repository.pk, 0), "failures": 0, "failure": ""}


def _standing_pause(now: datetime) -> Pause | None:
    pause = _last_pause()
    return pause if pause and pause.until > now else None


def _last_pause() -> Pause | None:
    kept = cache.get(PAUSE_KEY)
    return Pause(*kept) if kept else None


def _begin_pause(now: datetime, failure: Failure, outcome: Outcome) -> Pause:
    pause = next_pause(now, failure, None if outcome.answered else _last_pause())
    remembered = pause.until - now + PAUSE_REMEMBERED
    cache.set(PAUSE_KEY, (pause.until, pause.reason, pause.times), timeout=remembered.total_seconds())
    return pause


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
