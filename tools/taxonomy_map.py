"""The taxonomy as a picture: a treemap for each layer, all to one scale, a field for each category. Asks nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tools.models import Category, Function, Layer
from tools.treemap import Rectangle, squarify

# In the drawing's units, of which a phone shows about one a pixel and a desk about two thirds.
WIDTH = 360
AREA_OF_A_TOOL = 450
LOWEST = 48
PADDING = 5
# Names are wider than high, and so are the fields.
STRETCH = 1.7
NARROW_TEXT, WIDE_TEXT = 12.5, 7.5
# How wide a letter of a sans-serif face is, and how high a line, in parts of the size of its text.
LETTER, LINE = 0.62, 1.25
FUNCTION_TEXT = 10.0


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
    inside: Sequence[str]
    """The names of its functions as far as there is room, and how many more there are."""

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
    return sum(map(_tools, category.functions.all()))


def _tools(function: Function) -> int:
    return int(function.tool_count)  # type: ignore[attr-defined]  # the query adds it


def layer_maps(categories: Iterable[Category]) -> list[LayerMap]:
    """A map for each layer with tools, in the order of the categories, which were read with their functions."""
    maps = [_layer_map(layer, list(of_it)) for layer, of_it in groupby(categories, lambda category: category.layer)]
    return [found for found in maps if found.tiles]


def _layer_map(layer: Layer, categories: list[Category]) -> LayerMap:
    counted = [(category, count) for category in categories if (count := tool_count(category))]
    counted.sort(key=lambda pair: -pair[1])
    total = sum(count for _, count in counted)
    height = max(LOWEST, round(total * AREA_OF_A_TOOL / WIDTH))
    squares = squarify([count for _, count in counted], Rectangle(0, 0, WIDTH / STRETCH, height))
    places = [Rectangle(square.x * STRETCH, square.y, square.width * STRETCH, square.height) for square in squares]
    tiles = [_tile(category, count, place) for (category, count), place in zip(counted, places, strict=True)]
    return LayerMap(layer, total, WIDTH, height, tiles)


def _tile(category: Category, count: int, place: Rectangle) -> Tile:
    narrow = fitted(category.name, place, NARROW_TEXT)
    lines = narrow or fitted(category.name, place, WIDE_TEXT)
    rounded = Rectangle(*(round(side, 1) for side in (place.x, place.y, place.width, place.height)))
    return Tile(category, count, rounded, lines, not narrow, _inside(category, place, len(narrow)))


def _inside(category: Category, place: Rectangle, lines: int) -> list[str]:
    """The functions of a category with more than one that fit below its name and its count."""
    if not lines or len(category.functions.all()) == 1:
        return []
    room = int((place.height - PADDING) / (NARROW_TEXT * LINE)) - lines - 1
    functions = sorted(category.functions.all(), key=lambda function: -_tools(function))
    fitting = [function.name for function in functions if len(function.name) <= _letters(place, FUNCTION_TEXT)]
    if room >= len(functions) == len(fitting):
        return fitting
    shown = fitting[: max(room - 1, 0)]
    return [*shown, f"and {len(functions) - len(shown)} more"] if shown else []


def _letters(place: Rectangle, size: float) -> int:
    return int((place.width - 2 * PADDING) / (size * LETTER))


def fitted(name: str, place: Rectangle, size: float) -> list[str]:
    """The name in lines that fit the place together with a line for the count; no lines where they do not."""
    letters = _letters(place, size)
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    high = (len(lines) + 1) * size * LINE + PADDING
    return lines if high <= place.height and all(len(line) <= letters for line in lines) else []
