"""The taxonomy as a picture: a treemap for each layer, all to one scale, a field for each category. Asks nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from tools.browsing.treemap import Rectangle, squarify
from tools.models import Category, Function, Layer

# In the drawing's units, of which a desk shows two in three pixels.
WIDTH = 360
AREA_OF_A_TOOL = 450
LOWEST = 48
PADDING = 5
# Names are wider than high, and so are the fields.
STRETCH = 1.7
# The sizes a field's text may have by their names in the style sheet, the largest first.
SIZES = {"large": 11.0, "medium": 9.5, "small": 8.0}
# How wide a letter of a sans-serif face is, and how high a line, in parts of the size of its text.
LETTER, LINE = 0.59, 1.25
# The size of a function's name, and how high its line is, in parts of the size of its category's name.
INSIDE, INSIDE_LINE = 0.88, 1.2


@dataclass(frozen=True, slots=True)
class Tile:
    """A category's place in the picture."""

    category: Category
    tools: int
    place: Rectangle
    lines: Sequence[str]
    """Its name as it fits; empty where it does not."""
    size: str
    """The name of the largest size of text in which it fits."""
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
    fitting = {name: lines for name, size in SIZES.items() if (lines := fitted(category.name, place, size))}
    size, lines = next(iter(fitting.items()), ("small", []))
    rounded = Rectangle(*(round(side, 1) for side in (place.x, place.y, place.width, place.height)))
    return Tile(category, count, rounded, lines, size, _inside(category, place, len(lines), SIZES[size]))


def _inside(category: Category, place: Rectangle, lines: int, size: float) -> list[str]:
    """The functions of a category with more than one that fit below its name and its count."""
    if not lines or len(category.functions.all()) == 1:
        return []
    left = place.height - PADDING - (lines + 1) * size * LINE
    room = int(left / (size * INSIDE * INSIDE_LINE))
    functions = sorted(category.functions.all(), key=lambda function: -_tools(function))
    names = [_wrapped(function.name, _letters(place, size * INSIDE)) for function in functions]
    if sum(map(len, names)) <= room and all(names):
        return list(chain(*names))
    shown = [name for name in names if name]
    while shown and sum(map(len, shown)) >= room:
        shown.pop()
    return [*chain(*shown), f"and {len(names) - len(shown)} more"] if shown else []


def _letters(place: Rectangle, size: float) -> int:
    return int((place.width - 2 * PADDING) / (size * LETTER))


def fitted(name: str, place: Rectangle, size: float) -> list[str]:
    """The name in lines that fit the place together with a line for the count; no lines where they do not."""
    lines = _wrapped(name, _letters(place, size))
    high = (len(lines) + 1) * size * LINE + PADDING
    return lines if high <= place.height else []


def _wrapped(name: str, letters: int) -> list[str]:
    """The name in lines of so many letters; no lines where a word has more."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines if all(len(line) <= letters for line in lines) else []
