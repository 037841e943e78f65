"""A tool's figures as a file for spreadsheets. Pure."""

import csv
from collections.abc import Iterable
from io import StringIO

from tools.history.table import Seen

HEADER = ("date", "stars", "forks", "rounded", "source")
# What a spreadsheet takes for the beginning of a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(seen: Iterable[Seen]) -> str:
    """Return the figures as RFC 4180 has them, the oldest first; no cell is a formula, what is unknown is empty."""
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(HEADER)
    lines.writerows(
        (one.date.isoformat(), one.stars, one.forks, "yes" if one.rounded else "no", _safe(one.source)) for one in seen
    )
    return text.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULAS) else text
