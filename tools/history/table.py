"""Figures through time as a table, the newest first: what was gained, where nothing is known, what is unusual. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tools import figures, sources
from tools.bursts import Burst, bursts
from tools.charts import LONGEST_STEP, Count
from tools.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Seen:
    """Stars and forks of one day; None where unknown. Rounded ones are known to the month at most."""

    date: date
    stars: int | None
    forks: int | None
    rounded: bool
    source: str

    @property
    def is_exact(self) -> bool:
        """Whether its stars can be drawn and counted with."""
        return self.stars is not None and not self.rounded


@dataclass(frozen=True, slots=True)
class Row:
    """A day's figures in words."""

    year: int
    day: str
    stars: str
    gained: str
    """How many stars more than at the last exact figure; empty where it cannot be said."""
    forks: str
    source: str
    source_url: str
    is_rounded: bool
    is_unusual: bool
    gap: str
    """A sentence where nothing is known of a long time before it."""


def counts(seen: Sequence[Seen]) -> Sequence[Count]:
    """The stars that are known exactly and to the day."""
    return [Count(one.date, one.stars, one.source) for one in seen if one.stars is not None and not one.rounded]


def rows(seen: Sequence[Seen]) -> Sequence[Row]:
    """The rows of these figures, which come with the oldest first."""
    exact = [one for one in seen if one.is_exact]
    before = {later.date: earlier for earlier, later in pairwise(exact)}
    found = bursts(counts(seen))
    return [_row(one, before.get(one.date) if one.is_exact else None, found) for one in reversed(seen)]


def _row(one: Seen, before: Seen | None, found: Sequence[Burst]) -> Row:
    return Row(
        year=one.date.year,
        day=_day(one),
        stars=figures.exact(one.stars),
        gained=_signed((one.stars or 0) - (before.stars or 0)) if before else "",
        forks=figures.exact(one.forks),
        source=sources.label(one.source),
        source_url=sources.url(one.source),
        is_rounded=one.rounded,
        is_unusual=one.is_exact and any(burst.since < one.date <= burst.until for burst in found),
        gap=_gap(before, one) if before and one.date - before.date > LONGEST_STEP else "",
    )


def _day(one: Seen) -> str:
    return str(PartialDate(one.date.year, one.date.month, None if one.rounded else one.date.day))


def _gap(before: Seen, after: Seen) -> str:
    return f"Nothing is known of the time between {_day(before)} and {_day(after)}."


def _signed(gained: int) -> str:
    return f"+{figures.exact(gained)}" if gained > 0 else f"−{figures.exact(-gained)}" if gained else "±0"
