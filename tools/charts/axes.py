"""Where a day and a count stand in a drawing, and the words on its axes. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tools import figures
from tools.charts.series import Count, Series
from tools.dates import PartialDate

MOST_STEPS = 6
MOST_YEARS = 12
DAYS_A_YEAR = 365.25


class Scale(StrEnum):
    """How counts are told upwards."""

    LINEAR = "linear"
    LOG = "log"


class Axis(StrEnum):
    """What is told from left to right: the date, or the time since each tool's own start."""

    DATE = "date"
    START = "start"


@dataclass(frozen=True, slots=True)
class Tick:
    """A word on an axis, in per cent of the axis; a minor one gives way where there is little room."""

    at: float
    words: str
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The span of days and of counts that a drawing holds."""

    scale: Scale
    axis: Axis
    first: int
    """The leftmost day: as a proleptic ordinal, or as an age in days."""
    last: int
    levels: Sequence[int]
    """The counts that are named, the lowest and the highest of which are the edges."""

    @classmethod
    def around(cls, drawn: Sequence[Series], scale: Scale, axis: Axis) -> "Frame":
        """The frame that just holds these series, none of which is empty."""
        days = [_day(axis, one, count) for one in drawn for count in (one.counts[0], one.counts[-1])]
        stars = [count.stars for one in drawn for count in one.counts]
        levels = log_ticks(min(stars), max(stars)) if scale == Scale.LOG else round_ticks(max(stars))
        return cls(scale, axis, min(days), max(days), levels)

    def across(self, series: Series, count: Count) -> float:
        """How far to the right a count stands, from 0 to 1."""
        return (_day(self.axis, series, count) - self.first) / max(self.last - self.first, 1)

    def up(self, stars: int) -> float:
        """How far up a number of stars stands, from 0 to 1; none at all stands where one does if the scale is log."""
        if self.scale == Scale.LINEAR:
            return stars / self.levels[-1]
        low, high = self.levels[0], self.levels[-1]
        return math.log(max(stars, 1) / low) / math.log(high / low)

    def star_ticks(self) -> Sequence[Tick]:
        """The words beside the drawing."""
        return [Tick(per_cent(1 - self.up(level)), figures.compact(level)) for level in self.levels]

    def day_ticks(self) -> Sequence[Tick]:
        """The words under the drawing: years, or years of age."""
        if self.axis == Axis.START:
            return age_ticks(self.first, self.last)
        return date_ticks(date.fromordinal(self.first), date.fromordinal(self.last))


def round_ticks(highest: int) -> Sequence[int]:
    """Round figures from 0 to the first that reaches `highest`, in at most six equal steps."""
    magnitude = 1
    while True:
        for step in (magnitude, 2 * magnitude, 5 * magnitude):
            if highest <= step * MOST_STEPS:
                return range(0, max(-(-highest // step), 1) * step + 1, step)
        magnitude *= 10


def log_ticks(lowest: int, highest: int) -> Sequence[int]:
    """Figures of 1, 2 or 5 with noughts that enclose both, or powers of ten where these would be too many."""
    lowest = max(lowest, 1)
    decades = range(len(str(lowest)) - 1, len(str(highest)) + 1)
    fine = _enclosing([digit * 10**decade for decade in decades for digit in (1, 2, 5)], lowest, highest)
    return fine if len(fine) <= MOST_STEPS + 1 else _enclosing([10**decade for decade in decades], lowest, highest)


def _enclosing(levels: Sequence[int], lowest: int, highest: int) -> Sequence[int]:
    """The levels from the last that is not above `lowest` to the first that reaches `highest`; two at least."""
    start = max(place for place, level in enumerate(levels) if level <= lowest)
    end = next(place for place, level in enumerate(levels) if level >= highest and place > start)
    return levels[start : end + 1]


def date_ticks(first: date, last: date) -> Sequence[Tick]:
    """The beginnings of years, each second one minor; the two ends where fewer than two years begin."""
    years = [year for year in range(first.year, last.year + 1) if date(year, 1, 1) >= first]
    if len(kept := _few(years, last.year - first.year + 1)) < 2:
        return [Tick(0, _month(first)), Tick(100, _month(last))]
    span = max((last - first).days, 1)
    return _numbered([((date(year, 1, 1) - first).days / span, year) for year in kept])


def age_ticks(first: int, last: int) -> Sequence[Tick]:
    """Whole years of age between two ages in days, each second one minor; the two ends where there are fewer."""
    years = range(math.ceil(first / DAYS_A_YEAR), math.floor(last / DAYS_A_YEAR) + 1)
    if len(kept := _few(years, len(years))) < 2:
        return [Tick(0, f"day {figures.exact(first)}"), Tick(100, f"day {figures.exact(last)}")]
    return _numbered([((year * DAYS_A_YEAR - first) / (last - first), year) for year in kept])


def _few(years: Sequence[int], span: int) -> Sequence[int]:
    """At most MOST_YEARS of these years, evenly apart, among them the last."""
    return list(reversed(years[:: -max(-(-span // MOST_YEARS), 1)]))


def _numbered(places: Sequence[tuple[float, int]]) -> Sequence[Tick]:
    return [
        Tick(per_cent(share), str(year), minor=(len(places) - place) % 2 == 0)
        for place, (share, year) in enumerate(places)
    ]


def per_cent(share: float) -> float:
    """As drawings say it, with one decimal."""
    return round(share * 100, 1)


def _day(axis: Axis, series: Series, count: Count) -> int:
    return (count.date - series.begin).days if axis == Axis.START else count.date.toordinal()


def _month(day: date) -> str:
    return str(PartialDate(day.year, day.month))
