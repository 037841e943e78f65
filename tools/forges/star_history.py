"""GitHub's star history: its pages of weeks in, stars through time out. Pure.

A page is a list of weeks, the newest first: `{"week": 1677369600, "total": 36, "days": [0, 0, 0, 10, 15, 4, 7]}`, where
`week` is its first moment (in seconds, a Sunday in UTC) and `days` says how many of today's stars each of its days
brought. GitHub has answered so since it introduced the address in September 2026; anything else is refused.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from tools.forges import reading
from tools.forges.answers import Nonsense, StarsOn

WEEKS_A_PAGE = 30
# GitHub is younger than 24 years until 2032.
PAGES = 42
DAYS = range(7)


def history_path(name: str, page: int) -> str:
    """Return where a page of a repository's star history lives."""
    return f"/repos/{name}/stargazers/history?per_page={WEEKS_A_PAGE}&page={page}"


class History:
    """The weeks read so far."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._added: dict[datetime, int] = {}
        self._oldest = now + timedelta(days=1)

    def add(self, page: Any) -> Nonsense | None:
        """Take the next page, or say why it is none."""
        try:
            for week in _weeks(page):
                self._take(week)
        except ValueError as error:
            return Nonsense(str(error))
        return None

    def days(self) -> tuple[StarsOn, ...]:
        """Return every day that brought stars, with all there were by then; today is not over and not among them."""
        days = sorted(day for day, added in self._added.items() if added and day.date() < self._now.date())
        totals = accumulate(self._added[day] for day in days)
        return tuple(StarsOn(day.date(), stars) for day, stars in zip(days, totals, strict=True))

    def _take(self, week: Mapping[str, Any]) -> None:
        begins = _begins(week)
        if not reading.EARLIEST <= begins < self._oldest:
            raise ValueError("The weeks of the star history are not in order.")
        added = _days(week)
        if sum(added) != reading.count(week, "total"):
            raise ValueError("The days of a week in the star history do not make its total.")
        self._oldest = begins
        self._added |= {begins + timedelta(days=number): stars for number, stars in enumerate(added)}


def _weeks(page: Any) -> list[Mapping[str, Any]]:
    if isinstance(page, list) and len(page) <= WEEKS_A_PAGE and all(isinstance(week, dict) for week in page):
        return page
    raise ValueError("The star history is not a list of weeks.")


def _begins(week: Mapping[str, Any]) -> datetime:
    begins = week.get("week")
    if isinstance(begins, int) and not isinstance(begins, bool) and 0 < begins < 10**10:
        return datetime.fromtimestamp(begins, UTC)
    raise ValueError("A week of the star history has no beginning.")


def _days(week: Mapping[str, Any]) -> list[int]:
    days = week.get("days")
    if isinstance(days, list) and len(days) == len(DAYS):
        return [reading.count({"days": stars}, "days") for stars in days]
    raise ValueError("A week of the star history does not have seven days.")
