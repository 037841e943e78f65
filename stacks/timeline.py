"""What was added to a stack and dropped from it, as bars by month or by year. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

MOST_MONTHS = 24
"""A longer history is drawn by years."""
MOST_YEARS = 24
HALF = 40
"""How high the highest bar is drawn, in units of the drawing, upwards or downwards."""
LEAST = 2
"""What was only one of many is still seen."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many tools were added and dropped in the month of that day."""

    month: date
    added: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A month or a year of the drawing: heights up for what was added and down for what was dropped."""

    label: str
    """Such as "March 2026" or "2026"."""
    tick: str
    """What stands under it: the year where one begins, else nothing."""
    added: int
    dropped: int
    up: int
    down: int

    @property
    def top(self) -> int:
        """Where the upward bar begins."""
        return HALF - self.up


def bars(counts: Sequence[Count], today: date) -> list[Bar]:
    """Every month from the first change to today, or every year where that is long; nothing of a single one."""
    if not counts:
        return []
    first = min(count.month for count in counts)
    spans = _months(first, today)
    if len(spans) > MOST_MONTHS:
        years = range(max(first.year, today.year - MOST_YEARS + 1), today.year + 1)
        spans = [date(year, 1, 1) for year in years]
        counts = [Count(date(count.month.year, 1, 1), count.added, count.dropped) for count in counts]
        return _drawn(spans, counts, "%Y")
    return _drawn(spans, counts, "%B %Y")


def _drawn(spans: Sequence[date], counts: Iterable[Count], pattern: str) -> list[Bar]:
    if len(spans) < 2:
        return []
    added, dropped = dict.fromkeys(spans, 0), dict.fromkeys(spans, 0)
    for count in counts:
        span = count.month.replace(day=1)
        if span in added:
            added[span] += count.added
            dropped[span] += count.dropped
    most = max([1, *added.values(), *dropped.values()])
    return [
        Bar(
            label=span.strftime(pattern),
            tick=str(span.year) if place == 0 or span.month == 1 else "",
            added=added[span],
            dropped=dropped[span],
            up=_height(added[span], most),
            down=_height(dropped[span], most),
        )
        for place, span in enumerate(spans)
    ]


def _height(number: int, most: int) -> int:
    return max(LEAST, round(HALF * number / most)) if number else 0


def _months(first: date, last: date) -> list[date]:
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        date(first.year + (first.month - 1 + step) // 12, (first.month - 1 + step) % 12 + 1, 1)
        for step in range(number)
    ]
