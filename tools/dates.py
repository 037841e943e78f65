"""Dates known to the year, the month or the day, as ISO 8601 writes them: 2010, 2025-11, 2026-08-20."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date that is honest about its precision; `month` and `day` are None where unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    @lru_cache(maxsize=4_096)
    def parse(cls, text: str) -> "PartialDate":
        """Read 2010, 2025-11 or 2026-08-20; raise ValueError for anything else or for no day of the calendar."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is not a date such as 2010, 2025-11 or 2026-08-20")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        try:
            date(year, month or 1, day or 1)
        except ValueError as error:
            raise ValueError(f"{text} is no day of the calendar") from error
        return cls(year, month, day)

    @property
    def earliest(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def iso(self) -> str:
        """As files and columns hold it."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    def __str__(self) -> str:
        """2010, November 2025 or 20 August 2026."""
        if self.month is None:
            return str(self.year)
        named = f"{_MONTHS[self.month - 1]} {self.year}"
        return named if self.day is None else f"{self.day} {named}"


def age(day: date, today: date) -> str:
    """Return how long ago a day is, in a unit of which there are some: today, 5 days ago, 8 weeks ago, 2 years ago.

    A day ahead, as clocks of others may have it, is today.
    """
    days = max((today - day).days, 0)
    if days < 2:
        return "yesterday" if days else "today"
    if days < 14:
        return f"{days} days ago"
    if days < 61:
        return f"{days // 7} weeks ago"
    if days < 731:
        return f"{days * 12 // 365} months ago"
    return f"{days * 100 // 36_525} years ago"


def moment_age(then: datetime, now: datetime) -> str:
    """Return how long ago a moment is: just now, 1 minute ago, 5 hours ago, and from a day on what `age` says."""
    minutes = int((now - then).total_seconds()) // 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return _ago(minutes, "minute")
    if minutes < 24 * 60:
        return _ago(minutes // 60, "hour")
    return age(then.date(), now.date())


def _ago(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'} ago"
