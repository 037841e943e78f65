"""Paths of SVG drawings as lines through points, so that they can be drawn where no browser is."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise

TOKEN = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])|(-?(?:\d+\.?\d*|\.\d+))")
# The flags of an arc may stand without anything between them and what follows.
ARC = re.compile(r"[\s,]*".join([r"(-?(?:\d+\.?\d*|\.\d+))"] * 3 + ["([01])"] * 2 + [r"(-?(?:\d+\.?\d*|\.\d+))"] * 2))
COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
STEPS = 8
"""Straight pieces of which a curve is made."""
type Point = tuple[float, float]
type Outline = list[Point]


def outlines(path: str) -> list[Outline]:
    """The lines of a drawing, each from where the pen was set down to where it was lifted."""
    pen = _Pen()
    for command, numbers in _commands(path):
        pen.follow(command, numbers)
    return [outline for outline in pen.drawn if len(outline) > 1]


def _commands(path: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each command with as many numbers as it takes once; repeated where more follow."""
    for part in re.finditer(r"([MmZzLlHhVvCcSsQqTtAa])([^MmZzLlHhVvCcSsQqTtAa]*)", path):
        command, rest = part[1], part[2]
        if command in "Aa":
            yield from ((command, tuple(map(float, found.groups()))) for found in ARC.finditer(rest))
            continue
        numbers = [float(found[2]) for found in TOKEN.finditer(rest)]
        size = COUNTS[command.upper()]
        if not size:
            yield command, ()
            continue
        for place in range(0, len(numbers) - size + 1, size):
            # What follows the point to which the pen moves are lines.
            yield _following(command) if place else command, tuple(numbers[place : place + size])


def _following(command: str) -> str:
    return {"M": "L", "m": "l"}.get(command, command)


class _Pen:
    """Where the pen is, and what it drew."""

    def __init__(self) -> None:
        self.drawn: list[Outline] = []
        self.at: Point = (0.0, 0.0)
        self.start: Point = (0.0, 0.0)
        self.handle: Point | None = None
        """The last control point, which smooth curves reflect."""

    def follow(self, command: str, numbers: tuple[float, ...]) -> None:
        """Do what the command says."""
        kind = command.upper()
        x, y = self.at if command.islower() else (0.0, 0.0)
        if kind == "A":
            *arc, to_x, to_y = numbers
            self._to(_arc(self.at, arc, (to_x + x, to_y + y)))
        elif kind == "Z":
            self._to([self.start])
        elif kind == "H":
            self._to([(numbers[0] + x, self.at[1])])
        elif kind == "V":
            self._to([(self.at[0], numbers[0] + y)])
        else:
            self._through(kind, [(a + x, b + y) for a, b in zip(numbers[::2], numbers[1::2], strict=True)])

    def _through(self, kind: str, points: list[Point]) -> None:
        if kind == "M":
            self.at = self.start = points[0]
            self.drawn.append([self.at])
            self.handle = None
        elif kind == "L":
            self._to(points)
        else:
            smooth = [self._reflected()] if kind in "ST" else []
            controls = [*smooth, *points]
            self._to(_curve([self.at, *controls]))
            self.handle = controls[-2]

    def _reflected(self) -> Point:
        handle = self.handle or self.at
        return 2 * self.at[0] - handle[0], 2 * self.at[1] - handle[1]

    def _to(self, points: list[Point]) -> None:
        if not self.drawn or self.drawn[-1][-1] != self.at:
            self.drawn.append([self.at])
        self.drawn[-1] += points
        self.at = points[-1]
        self.handle = None


def _curve(points: list[Point]) -> Outline:
    """A Bézier curve of any degree, by de Casteljau; without its first point."""
    return [_between(points, step / STEPS) for step in range(1, STEPS + 1)]


def _between(points: list[Point], part: float) -> Point:
    while len(points) > 1:
        pairs = pairwise(points)
        points = [(a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part) for a, b in pairs]
    return points[0]


def _arc(start: Point, arc: list[float], end: Point) -> Outline:
    """An elliptical arc, as the SVG specification turns its end points into a centre (F.6.5)."""
    radius_x, radius_y, turn, large, sweep = abs(arc[0]), abs(arc[1]), math.radians(arc[2]), arc[3], arc[4]
    if not radius_x or not radius_y or start == end:
        return [end]
    cos, sin = math.cos(turn), math.sin(turn)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    grow = math.sqrt(max(1.0, (x / radius_x) ** 2 + (y / radius_y) ** 2))
    radius_x, radius_y = radius_x * grow, radius_y * grow
    below = (radius_x * y) ** 2 + (radius_y * x) ** 2
    root = math.sqrt(max(0.0, ((radius_x * radius_y) ** 2 - below) / below)) * (-1 if large == sweep else 1)
    middle_x, middle_y = root * radius_x * y / radius_y, -root * radius_y * x / radius_x
    first = math.atan2((y - middle_y) / radius_y, (x - middle_x) / radius_x)
    span = math.atan2((-y - middle_y) / radius_y, (-x - middle_x) / radius_x) - first
    if sweep and span < 0:
        span += 2 * math.pi
    elif not sweep and span > 0:
        span -= 2 * math.pi
    centre = (
        cos * middle_x - sin * middle_y + (start[0] + end[0]) / 2,
        (sin * middle_x + cos * middle_y + (start[1] + end[1]) / 2),
    )
    angles = (first + span * step / STEPS for step in range(1, STEPS))
    on = [(radius_x * math.cos(angle), radius_y * math.sin(angle)) for angle in angles]
    return [*((cos * a - sin * b + centre[0], sin * a + cos * b + centre[1]) for a, b in on), end]
