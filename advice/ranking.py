"""How hot a post is."""

from datetime import datetime
from math import log10

DAY = 86_400
TENFOLD_IN_DAYS = 4


def heat(votes: int, comments: int, published: datetime) -> float:
    """Useful and new: ten times the votes are worth as much as being some days newer."""
    return log10(1 + votes + comments / 2) * TENFOLD_IN_DAYS + published.timestamp() / DAY
