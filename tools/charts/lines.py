"""Lines and labels: how few points make a line, and how labels keep out of each other's way. Pure.

The drawing stretches to whatever width there is, so nothing is told in pixels: lines stand in a box of WIDTH by HEIGHT
that is stretched, and everything that must keep its shape, such as words and marks, stands at per cent of the width
and the height, from the upper left.
"""

from collections.abc import Sequence
from itertools import pairwise

WIDTH = 1_000
HEIGHT = 400
# How far a drawn line may lie from a figure, in units of the box.
TOLERANCE = 1.0
# The height of a line of words, in per cent of the drawing's.
LABEL_HEIGHT = 8.0

type Place = tuple[float, float]
"""A point in the box: from the left, from the top."""


def path(places: Sequence[Place]) -> str:
    """SVG's path through one piece; a figure that stands alone is a dot."""
    whole = [(round(x), round(y)) for x, y in thinned(places)]
    steps = "".join(f"l{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(whole))
    return f"M{whole[0][0]} {whole[0][1]}{steps or 'h0'}".replace(" -", "-")


def thinned(places: Sequence[Place], tolerance: float = TOLERANCE) -> Sequence[Place]:
    """The first place, the last, and those without which the line would miss another by more than `tolerance`."""
    if len(places) < 3:
        return places
    missed = [_distance(place, places[0], places[-1]) for place in places[1:-1]]
    worst = max(missed)
    if worst <= tolerance:
        return [places[0], places[-1]]
    middle = missed.index(worst) + 1
    return [*thinned(places[: middle + 1], tolerance)[:-1], *thinned(places[middle:], tolerance)]


def spread(wanted: Sequence[float], height: float = LABEL_HEIGHT) -> Sequence[float]:
    """Places between 0 and 100 as near to the wanted ones as may be, in their order, each `height` from the next."""
    order = sorted(range(len(wanted)), key=lambda one: wanted[one])
    groups: list[list[int]] = []
    tops: list[float] = []
    for one in order:
        groups.append([one])
        tops.append(_top([one], wanted, height))
        while len(groups) > 1 and tops[-2] + len(groups[-2]) * height > tops[-1]:
            groups[-2:] = [groups[-2] + groups[-1]]
            tops[-2:] = [_top(groups[-1], wanted, height)]
    placed = {
        one: top + place * height for group, top in zip(groups, tops, strict=True) for place, one in enumerate(group)
    }
    return [round(placed[one], 1) for one in range(len(wanted))]


def _top(group: Sequence[int], wanted: Sequence[float], height: float) -> float:
    """Where the first of a group stands so that the group lies about the middle of what its members want."""
    middle = sum(wanted[one] - place * height for place, one in enumerate(group)) / len(group)
    return max(0.0, min(middle, 100 - (len(group) - 1) * height))


def _distance(place: Place, start: Place, end: Place) -> float:
    """How far above or below the straight line from start to end a place lies."""
    (x, y), (x1, y1), (x2, y2) = place, start, end
    return abs(y - (y1 + (y2 - y1) * (x - x1) / ((x2 - x1) or 1)))
