"""Rises out of proportion: stars that came at many times the usual pace, and stopped coming. Pure.

Such a burst may be bought, or may be a day in the news: figures cannot tell which, so it is called unusual and no more.
The rule, which `/about/figures/` tells readers:

- the usual pace is the median day of the half year before, counted in stars a day (nobody's is below one);
- a burst is a rise, in one step or in several, each at more than TIMES the usual pace, of LEAST_STARS at least;
- it is over within LONGEST, and on the median day of the quarter after it stars come at no more than FALLS_BACK_TO
  times the usual pace: a rise that keeps going, as after a release that many like, is growth.

What is known of too few days before or after is not judged. Counts that come back to where they were before a fall are
no rise: only what goes beyond every earlier count is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise

from tools.charts.series import LONGEST_STEP, Count

TIMES = 5
LEAST_STARS = 500
BEFORE = timedelta(days=190)
AFTER = timedelta(days=95)
LONGEST = timedelta(days=95)
FEWEST_BEFORE = 4
FEWEST_AFTER = 2
FALLS_BACK_TO = 2
# A median day without stars would make any rise a burst.
LEAST_PACE = 1.0
# From this share of a growth on, it is said to rest on bursts.
MOST_OF_IT = 0.5


@dataclass(frozen=True, slots=True)
class Burst:
    """A rise out of proportion, from the last count before it to the count at its end."""

    since: date
    until: date
    gained: int
    usual: float
    """How many stars that time would have brought at the usual pace."""

    @property
    def excess(self) -> float:
        """The stars beyond the usual ones."""
        return self.gained - self.usual


@dataclass(frozen=True, slots=True)
class _Step:
    """What two neighbouring counts tell."""

    since: date
    until: date
    gained: int

    @property
    def days(self) -> int:
        return (self.until - self.since).days

    @property
    def pace(self) -> float:
        return self.gained / self.days


def bursts(counts: Sequence[Count]) -> Sequence[Burst]:
    """The bursts among counts of different days, the oldest first."""
    steps = _steps(counts)
    found: list[Burst] = []
    place = 0
    while place < len(steps):
        end, pace = _run(steps, place)
        burst = _judged(steps, place, end, pace) if end > place else None
        if burst:
            found.append(burst)
        place = max(end, place + 1)
    return found


def rests_on_bursts(gained: int, since: date, found: Sequence[Burst]) -> bool:
    """Whether at least half of what was gained since a day came in bursts."""
    return gained > 0 and sum(one.excess for one in found if one.until > since) >= MOST_OF_IT * gained


def _steps(counts: Sequence[Count]) -> Sequence[_Step]:
    """The steps between neighbours that are near enough to be joined, counted by the highest figure so far."""
    ordered = sorted(counts, key=lambda count: count.date)
    highest = accumulate((count.stars for count in ordered), max)
    known = [(count.date, stars) for count, stars in zip(ordered, highest, strict=True)]
    return [
        _Step(since, until, after - before)
        for (since, before), (until, after) in pairwise(known)
        if timedelta(0) < until - since <= LONGEST_STEP
    ]


def _run(steps: Sequence[_Step], place: int) -> tuple[int, float]:
    """Where steps at more than TIMES the usual pace end that begin here, and that pace; `place` where none begins."""
    before = [step for step in steps[:place] if step.since >= steps[place].since - BEFORE]
    if len(before) < FEWEST_BEFORE:
        return place, 0.0
    pace = max(_median_pace(before), LEAST_PACE)
    end = place
    while end < len(steps) and steps[end].pace > TIMES * pace:
        end += 1
    return end, pace


def _judged(steps: Sequence[_Step], place: int, end: int, pace: float) -> Burst | None:
    """The burst that these steps are, if they brought enough and were followed by days like those before."""
    since, until = steps[place].since, steps[end - 1].until
    gained = sum(step.gained for step in steps[place:end])
    after = [step for step in steps[end:] if step.until <= until + AFTER]
    if gained < LEAST_STARS or until - since > LONGEST or len(after) < FEWEST_AFTER:
        return None
    if _median_pace(after) > FALLS_BACK_TO * pace:
        return None
    return Burst(since, until, gained, pace * (until - since).days)


def _median_pace(steps: Sequence[_Step]) -> float:
    """The pace that half of the days did not exceed."""
    ordered = sorted(steps, key=lambda step: step.pace)
    passed = accumulate(step.days for step in ordered)
    half = sum(step.days for step in ordered) / 2
    return next(step.pace for step, days in zip(ordered, passed, strict=True) if days >= half)
