"""The taxonomy as a picture: a treemap for each layer, all to one scale, a field for each category. Asks nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tools.models import Category, Layer
from tools.treemap import Rectangle, squarify

# In the drawing's units, of which a phone shows about one a pixel and a desk about two thirds.
WIDTH = 360
AREA_OF_A_TOOL = 430
LOWEST = 48
PADDING = 6
NARROW_TEXT, WIDE_TEXT = 12.5, 9.0
# How wide a letter of a sans-serif face is, and how high a line, in parts of the size of its text.
LETTER, LINE = 0.57, 1.25


@dataclass(frozen=True, slots=True)
class Tile:
    """A category's place in the picture."""

    category: Category
    tools: int
    place: Rectangle
    lines: Sequence[str]
    """Its name as it fits; empty where it does not."""
    is_small: bool
    """Whether it fits in the small text of a wide screen only."""

    @property
    def text_x(self) -> float:
        """Where its lines begin."""
        return round(self.place.x + PADDING, 1)


@dataclass(frozen=True, slots=True)
class LayerMap:
    """A layer's part of the picture."""

    layer: Layer
    tools: int
    width: int
    height: int
    tiles: Sequence[Tile]


def tool_count(category: Category) -> int:
    """The tools in a category that was read with its functions."""
    return sum(function.tool_count for function in category.functions.all())  # type: ignore[attr-defined]  # annotated


def layer_maps(categories: Iterable[Category]) -> list[LayerMap]:
    """A map for each layer with tools, in the order of the categories, which were read with their functions."""
    maps = [_layer_map(layer, list(of_it)) for layer, of_it in groupby(categories, lambda category: category.layer)]
    return [found for found in maps if found.tiles]


def _layer_map(layer: Layer, categories: list[Category]) -> LayerMap:
    counted = [(category, count) for category in categories if (count := tool_count(category))]
    counted.sort(key=lambda pair: -pair[1])
    total = sum(count for _, count in counted)
    height = max(LOWEST, round(total * AREA_OF_A_TOOL / WIDTH))
    places = squarify([count for _, count in counted], Rectangle(0, 0, WIDTH, height))
    tiles = [_tile(category, count, place) for (category, count), place in zip(counted, places, strict=True)]
    return LayerMap(layer, total, WIDTH, height, tiles)


def _tile(category: Category, count: int, place: Rectangle) -> Tile:
    narrow = fitted(category.name, place, NARROW_TEXT)
    lines = narrow or fitted(category.name, place, WIDE_TEXT)
    rounded = Rectangle(*(round(side, 1) for side in (place.x, place.y, place.width, place.height)))
    return Tile(category, count, rounded, lines, is_small=not narrow)


def fitted(name: str, place: Rectangle, size: float) -> list[str]:
    """The name in lines that fit the place together with a line for the count; no lines where they do not."""
    letters = int((place.width - 2 * PADDING) / (size * LETTER))
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    high = (len(lines) + 1) * size * LINE + PADDING
    return lines if high <= place.height and all(len(line) <= letters for line in lines) else []
