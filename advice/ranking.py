"""The order of the feed called hot: how useful a post was found, weighed against its age. Pure.

Each post has one figure, which changes when somebody votes or comments and never because time passes: instead of
letting all old posts sink, a new one begins higher. So it stands in a column with an index.

Usefulness counts by its logarithm, because the tenth vote says more than the hundred and tenth. Ten times the
usefulness is worth TENFOLD, a week: decisions keep their worth longer than news, yet last month's favourite should not
lead for ever. A comment counts half a vote: it shows that there is something to talk about, not that it is right.
"""

from datetime import UTC, datetime, timedelta
from math import log10
from typing import Final

VOTE: Final = 1.0
COMMENT: Final = 0.5
TENFOLD: Final = timedelta(days=7)
START: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""From when time is counted. Any day would give the same order."""

FORMULA: Final = "log₁₀(1 + votes + comments ÷ 2) + days since 1 January 2026 ÷ 7"
"""The same for readers; a test holds it to the constants."""


def heat(votes: int, comments: int, published: datetime) -> float:
    """How high a post stands in the hot order; ValueError for a count below 0 or a time without a zone."""
    if votes < 0 or comments < 0:
        raise ValueError("votes and comments are counted from 0")
    if published.tzinfo is None:
        raise ValueError("a post is published at a time with a zone")
    return log10(1 + VOTE * votes + COMMENT * comments) + (published - START) / TENFOLD
