"""What an answer changes in a repository's row: the row and the answer in, the columns that differ out. Pure."""

from datetime import date
from typing import Any

from tools.forges.answers import Gone, Nonsense, Released, Seen
from tools.models import Repository

MOST_LETTERS = {"name": 200, "licence": 60, "etag": 100}
MOST_OF_TAG = 100
# A new ETag is no news: it comes with any change, also of what is not kept.
SILENT = {"etag"}
type Columns = dict[str, Any]


def checked(answer: Seen) -> Seen | Nonsense:
    """Refuse what no column could hold."""
    for name, most in MOST_LETTERS.items():
        text = getattr(answer, name)
        if len(text) > most or not text.isprintable():
            return Nonsense(f"Its {name} is not one that could be kept.")
    return answer


def learnt(row: Repository, seen: Seen, today: date) -> Columns:
    """Return the columns that what was seen changes; a figure that is the same keeps its day, a new one is of today."""
    source = f"{row.host}:{seen.name}"
    told: Columns = {
        "name": seen.name,
        "stars": seen.stars,
        "forks": seen.forks,
        "stars_source": source,
        "forks_source": source,
        "stars_rounded": False,
        "forks_rounded": False,
        "archived": seen.archived,
        "disabled": seen.disabled,
        "pushed_on": seen.pushed_on,
        "licence": seen.licence or row.licence,
        "open_issues": row.open_issues if seen.open_issues is None else seen.open_issues,
        "gone_on": None,
        "etag": seen.etag,
    }
    new = {name: value for name, value in told.items() if getattr(row, name) != value}
    for figure in ("stars", "forks"):
        if new.keys() & {figure, f"{figure}_source", f"{figure}_rounded"}:
            new[f"{figure}_on"] = today
    if "name" in new:
        new |= {"source": source, "verified_on": today}
    return new


def lost(row: Repository, gone: Gone, today: date) -> Columns:
    """Return the columns that change: figures stay with their date, and it is gone once that was said twice in a row.

    Hosts that are ill deny what they have, and whoever follows a tool is not frightened for that.
    """
    is_sure = row.failure == gone.reason
    # An ETag could answer for it when it is back, and that it is back must be seen.
    return {"gone_on": row.gone_on or (today if is_sure else None), "etag": ""}


def moved(row: Repository, stars: int, today: date) -> float:
    """Return the share of its stars that came or went in a day since they were last seen."""
    if row.stars is None or row.stars_on is None:
        return 0.0
    known_on = max(row.stars_on, row.seen_on or row.stars_on)
    return abs(stars - row.stars) / max(row.stars, 1) / max((today - known_on).days, 1)


def keepable(releases: tuple[Released, ...]) -> list[Released]:
    """Those whose tags a column can hold."""
    return [release for release in releases if len(release.tag) <= MOST_OF_TAG and release.tag.isprintable()]
