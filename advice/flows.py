"""Moves from tool to tool as a drawing: counts in, ribbons between rows of names out. Pure.

On the left stand the tools that one tool took the place of, on the right those that took its place; the ribbons meet at
a bar in the middle. The names are rows of two lists, all of one height, and the drawing stands between them: so it
stretches to whatever there is, and the lists say all that it shows. Places are in a box of WIDTH by HEIGHT.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 100
HEIGHT: Final = 100
MOST_ROWS: Final = 6
"""On each side; what is more is gathered in the last."""
BAR: Final = 6.0
"""How wide the bar in the middle is."""
# How much of its row a ribbon may fill, so that neighbours can be told apart.
FILLED: Final = 0.7
# One decision alone is a line and not a wall.
WIDEST_ONE: Final = 12.0


@dataclass(frozen=True, slots=True)
class Move:
    """A tool at the other end, the number of decisions that moved, and the address that opens them."""

    slug: str
    name: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One row of names with its ribbon."""

    slugs: Sequence[str]
    """One, or several where tools are gathered."""
    name: str
    count: int
    url: str
    words: str
    """The whole of it as a sentence's part: "3 decisions moved from Django to Flask"."""
    path: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Everything a template prints of the moves to and from one tool."""

    name: str
    came: Sequence[Ribbon]
    went: Sequence[Ribbon]
    bar_left: float
    bar_top: float
    bar_height: float

    @property
    def bar_width(self) -> float:
        """The same for every flow."""
        return BAR


def flow(name: str, came: Sequence[Move], went: Sequence[Move], *, came_url: str, went_url: str) -> Flow | None:
    """The moves that came to a tool and went from it, the most frequent first; None where there are none.

    Where a side has more than MOST_ROWS tools, the rarest stand together and open at the side's own address.
    ValueError for a count below 1.
    """
    if any(move.count < 1 for move in (*came, *went)):
        raise ValueError("a move is counted from 1")
    left, right = _gathered(came, came_url), _gathered(went, went_url)
    if not left and not right:
        return None
    unit = min(_unit(left), _unit(right), WIDEST_ONE)
    tallest = unit * max(_sum(left), _sum(right))
    return Flow(
        name=name,
        came=_ribbons(left, unit, name, outgoing=False),
        went=_ribbons(right, unit, name, outgoing=True),
        bar_left=(WIDTH - BAR) / 2,
        bar_top=round((HEIGHT - tallest) / 2, 2),
        bar_height=round(tallest, 2),
    )


type _Row = tuple[Sequence[str], str, int, str]


def _gathered(moves: Sequence[Move], url: str) -> Sequence[_Row]:
    ordered = sorted(moves, key=lambda move: (-move.count, move.name.casefold(), move.slug))
    shown = len(ordered) if len(ordered) <= MOST_ROWS else MOST_ROWS - 1
    rows: list[_Row] = [((move.slug,), move.name, move.count, move.url) for move in ordered[:shown]]
    if others := ordered[shown:]:
        slugs = tuple(move.slug for move in others)
        rows.append((slugs, f"{len(others)} others", sum(move.count for move in others), url))
    return rows


def _sum(rows: Sequence[_Row]) -> int:
    return sum(count for _, _, count, _ in rows)


def _unit(rows: Sequence[_Row]) -> float:
    """How high one decision may be, so that each ribbon stays within its row."""
    most = max((count for _, _, count, _ in rows), default=0)
    return FILLED * HEIGHT / (len(rows) * most) if most else float(HEIGHT)


def _ribbons(rows: Sequence[_Row], unit: float, name: str, *, outgoing: bool) -> Sequence[Ribbon]:
    ribbons = []
    at_bar = (HEIGHT - unit * _sum(rows)) / 2
    for place, (slugs, other, count, url) in enumerate(rows):
        thickness = unit * count
        at_row = (place + 0.5) * HEIGHT / len(rows) - thickness / 2
        path = _path(at_bar, at_row, thickness, outgoing=outgoing)
        ribbons.append(Ribbon(slugs, other, count, url, _words(count, name, other, outgoing=outgoing), path))
        at_bar += thickness
    return ribbons


def _path(at_bar: float, at_row: float, thickness: float, *, outgoing: bool) -> str:
    """A band between the bar and the outer edge that leaves and arrives level."""
    bar, edge = ((WIDTH + BAR) / 2, WIDTH) if outgoing else ((WIDTH - BAR) / 2, 0)
    middle = (bar + edge) / 2
    return (
        f"M{bar:g} {at_bar:.2f}C{middle:g} {at_bar:.2f} {middle:g} {at_row:.2f} {edge:g} {at_row:.2f}"
        f"V{at_row + thickness:.2f}"
        f"C{middle:g} {at_row + thickness:.2f} {middle:g} {at_bar + thickness:.2f} {bar:g} {at_bar + thickness:.2f}Z"
    )


def _words(count: int, name: str, other: str, *, outgoing: bool) -> str:
    start, end = (name, other) if outgoing else (other, name)
    return f"{count} decision{'' if count == 1 else 's'} moved from {start} to {end}"
