"""Worked examples of the hot order. The posts are made up. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from advice.ranking import heat


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up post and where it stands."""

    name: str
    votes: int
    comments: int
    published: datetime

    @property
    def heat(self) -> float:
        """Its figure in the hot order."""
        return heat(self.votes, self.comments, self.published)


def _on(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


EXAMPLES: Final = (
    Example("Sample A, new and unnoticed", 0, 0, _on(20)),
    Example("Sample B, a day older, with some votes", 9, 0, _on(19)),
    Example("Sample C, as old, fewer votes, talked about", 2, 8, _on(19)),
    Example("Sample D, a week older than B, ten times as useful", 99, 0, _on(12)),
    Example("Sample E, last month’s favourite", 240, 38, _on(20, month=10)),
)


def worked_examples() -> Sequence[Example]:
    """The examples in the hot order."""
    return sorted(EXAMPLES, key=lambda example: -example.heat)
