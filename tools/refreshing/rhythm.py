"""When a repository is asked about again, and how long a host is left alone: the moment and what is known in. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tools.forges.answers import RateLimited, Stop, Unreachable

SECOND = timedelta(seconds=1)
# A question costs, so how often one is asked depends on who would miss the answer.
OFTEN = timedelta(hours=12)
DAILY = timedelta(days=1)
SELDOM = timedelta(days=3)
LIVELY = 0.01
LONGEST_WAIT = timedelta(days=30)
SPREAD = 12
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Need:
    """How much readers need a repository's figures; `moved` is the share of its stars that came or went in a day."""

    followers: int = 0
    popular: bool = False
    compared: bool = False
    moved: float = 0.0


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when nobody asks a host, why, and for which time in a row; `unreached` of these times nobody answered."""

    host: str
    until: datetime
    reason: str
    times: int = 1
    unreached: int = 0

    def __str__(self) -> str:
        return f"{self.reason} Nobody asks again before {self.until.astimezone(UTC):%Y-%m-%d %H:%M} UTC."


def interval(need: Need) -> timedelta:
    """Return how often to ask.

    Half a day for a tool that is followed, stands in a popular comparison, or gains or loses a hundredth of its stars
    a day; a day for one that is weighed against others or moves at all; three days for the rest.
    """
    if need.followers or need.popular or need.moved >= LIVELY:
        return OFTEN
    return DAILY if need.compared or need.moved else SELDOM


def next_due(now: datetime, key: int, failures: int, need: Need = Need()) -> datetime:
    """Return when a row wants asking again: as often as it is needed, and after failures ever more rarely, never never.

    The key spreads rows over a twelfth of the time, so that what was asked at once is not due at once for ever.
    """
    wait = min(timedelta(hours=2 ** min(failures, 10)), LONGEST_WAIT) if failures else interval(need)
    return now + wait + key * 97 % (wait // SPREAD // SECOND) * SECOND


def next_pause(now: datetime, host: str, stop: Stop, before: Pause | None, jitter: float = 0.0) -> Pause:
    """Return how long to leave a host alone: as long as it says, and longer each time in a row.

    `jitter`, from 0 to 1, adds up to a quarter, so that not everybody comes back at the same moment.
    """
    times = before.times + 1 if before else 1
    until = now + min(FIRST_PAUSE * 2 ** min(times - 1, 10), LONGEST_PAUSE) * (1 + jitter / 4)
    if isinstance(stop, RateLimited):
        until = max(until, stop.until + jitter * 5 * SECOND)
    unreached = (before.unreached if before else 0) + isinstance(stop, Unreachable)
    return Pause(host, until, stop.reason, times, unreached)


def most_at_once(most: int, before: Pause | None) -> int:
    """Return about how many to ask: half as many each time nobody answered, to find whom the host stumbles over."""
    return max(1, most >> min(before.unreached, 10)) if before else most
