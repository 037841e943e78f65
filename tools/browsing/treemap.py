"""A squarified treemap: rectangles whose areas are as their weights, as square as they can be. Pure.

After M. Bruls, K. Huizing and J. van Wijk, "Squarified Treemaps" (2000).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place in the drawing, in its units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """How much of the drawing it takes."""
        return self.width * self.height


def squarify(weights: Sequence[float], within: Rectangle) -> list[Rectangle]:
    """A rectangle for each weight, in the weights' order; they fill `within`. Weights must be more than nothing."""
    if any(weight <= 0 for weight in weights):
        raise ValueError("a weight must be more than nothing")
    scale = within.area / sum(weights) if weights else 0
    order = sorted(range(len(weights)), key=lambda place: (-weights[place], place))
    laid = _laid([weights[place] * scale for place in order], within)
    places = dict(zip(order, laid, strict=True))
    return [places[place] for place in range(len(weights))]


def _laid(areas: list[float], free: Rectangle) -> list[Rectangle]:
    """Lay row after row along the shorter side of what is free; a row ends where one more would stretch it."""
    laid: list[Rectangle] = []
    start = 0
    while start < len(areas):
        side = min(free.width, free.height)
        end = start + 1
        while end < len(areas) and _worst(areas[start : end + 1], side) <= _worst(areas[start:end], side):
            end += 1
        row, free = _row(areas[start:end], free)
        laid += row
        start = end
    return laid


def _worst(areas: Sequence[float], side: float) -> float:
    """The greatest ratio of a longer to a shorter side in a row of these areas along a side."""
    depth = sum(areas) / side
    return max(max(depth * depth / area, area / (depth * depth)) for area in areas)


def _row(areas: Sequence[float], free: Rectangle) -> tuple[list[Rectangle], Rectangle]:
    """The areas along the shorter side, and what is left free."""
    upright = free.width >= free.height
    depth = sum(areas) / (free.height if upright else free.width)
    row: list[Rectangle] = []
    offset = 0.0
    for area in areas:
        length = area / depth
        place = (free.x, free.y + offset, depth, length) if upright else (free.x + offset, free.y, length, depth)
        row.append(Rectangle(*place))
        offset += length
    if upright:
        return row, Rectangle(free.x + depth, free.y, free.width - depth, free.height)
    return row, Rectangle(free.x, free.y + depth, free.width, free.height - depth)
