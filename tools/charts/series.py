"""What is drawn: a tool's counts through time, by the month and in pieces. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

# Figures further apart than this are not joined: nobody knows what happened between them.
LONGEST_STEP = timedelta(days=125)


@dataclass(frozen=True, slots=True)
class Count:
    """A tool's stars on one day, and where they were read, in the catalogue's notation of sources."""

    date: date
    stars: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A tool's name and its counts, the oldest first."""

    name: str
    counts: Sequence[Count]
    start: date | None = None
    """The day its age is counted from; None for the day of its first count."""
    unusual: Sequence[date] = ()
    """The days on which a rise out of proportion ended."""

    @property
    def begin(self) -> date:
        """The day its age is counted from, never after its first count."""
        first = self.counts[0].date
        return min(self.start, first) if self.start else first


def monthly(counts: Iterable[Count]) -> Sequence[Count]:
    """The last count of each month, the oldest first."""
    ordered = sorted(counts, key=lambda count: count.date)
    months = groupby(ordered, key=lambda count: (count.date.year, count.date.month))
    return [list(group)[-1] for _, group in months]


def pieces(counts: Sequence[Count]) -> Iterator[Sequence[Count]]:
    """Runs of counts that may be joined by a line: none lies further from the next than LONGEST_STEP."""
    start = 0
    for place, (one, other) in enumerate(pairwise(counts), start=1):
        if other.date - one.date > LONGEST_STEP:
            yield counts[start:place]
            start = place
    yield counts[start:]
