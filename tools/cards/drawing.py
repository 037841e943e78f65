"""The picture itself: a heading, a line beneath it, and marks with names, on the site's paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw

from tools.cards.outlines import outlines
from tools.cards.typesetting import broken, drawable, fitted, font

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 72
INNER = WIDTH - 2 * MARGIN
GRID = 24
"""Units of a mark's drawing, each way."""
FINER = 4
"""Marks are drawn so many times larger and then shrunk, which smooths their edges."""
# The tokens of the light scheme.
PAPER, SURFACE, INK, MUTED, LINE = "#faf9f5", "#ffffff", "#1d1f23", "#595c62", "#dfdbd0"
GREEN, YELLOW = "#14564a", "#e0b400"
CHIP, MARK, GAP, ROWS = 60, 32, 14, 3
TOO_LIGHT = 200
"""Of 255: a lighter colour is drawn in ink, or it could not be seen on the paper."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A tool as it is drawn: a path on a grid of 24 units, in six hexadecimal digits of colour."""

    name: str
    path: str
    colour: str
    is_initial: bool
    """Whether the path is a letter in strokes, for a square behind it."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture says."""

    label: str
    """What is shared: "Stack"."""
    heading: str
    line: str
    marks: Sequence[Mark]
    total: int
    """Of how many the marks are some."""


def drawn(card: Card) -> bytes:
    """The card as a PNG of 1200 by 630."""
    picture = Image.new("RGB", SIZE, PAPER)
    pencil = ImageDraw.Draw(picture)
    _frame(pencil, card.label)
    lines = broken(drawable(card.heading) or card.label, font(76, 700), INNER, most=2)
    top = 128
    for text in lines:
        pencil.text((MARGIN, top), text, font=font(76, 700), fill=INK)
        top += 86
    pencil.text((MARGIN, top + 12), fitted(drawable(card.line), font(34, 450), INNER), font=font(34, 450), fill=MUTED)
    _chips(picture, pencil, card, top + 92, ROWS if len(lines) == 1 else ROWS - 1)
    return _png(picture)


def _frame(pencil: ImageDraw.ImageDraw, label: str) -> None:
    """The wordmark, what kind of thing this is, and a band at the foot."""
    for left, top, colour in ((11, 0, YELLOW), (0, 17, GREEN), (4, 34, GREEN)):
        pencil.rounded_rectangle((MARGIN + left, 54 + top, MARGIN + left + 48, 66 + top), 3, fill=colour)
    pencil.text((MARGIN + 76, 50), "Whystack", font=font(40, 700), fill=INK)
    face = font(30, 600)
    pencil.text((WIDTH - MARGIN - face.getlength(label), 57), label, font=face, fill=GREEN)
    pencil.rectangle((0, HEIGHT - 18, WIDTH, HEIGHT), fill=GREEN)
    pencil.rectangle((0, HEIGHT - 18, 260, HEIGHT), fill=YELLOW)


def _chips(picture: Image.Image, pencil: ImageDraw.ImageDraw, card: Card, top: float, rows: int) -> None:
    """The marks with their names in so many rows; how many there are besides stands at the end."""
    places, shown = _laid_out(card, rows)
    face = font(28, 550)
    for mark, (left, row), width in places:
        y = top + row * (CHIP + GAP)
        pencil.rounded_rectangle((left, y, left + width, y + CHIP), 12, fill=SURFACE, outline=LINE, width=2)
        drawing, mask = _mark(mark)
        picture.paste(drawing, (round(left + 16), round(y + (CHIP - MARK) / 2)), mask)
        pencil.text((left + 16 + MARK + 12, y + 12), _name(mark), font=face, fill=INK)
    if rest := card.total - shown:
        left = places[-1][1][0] + places[-1][2] + GAP if places else MARGIN
        row = places[-1][1][1] if places else 0
        pencil.text((left + 6, top + row * (CHIP + GAP) + 12), _more(rest, shown), font=face, fill=MUTED)


type Place = tuple[Mark, tuple[float, int], float]


def _laid_out(card: Card, rows: int) -> tuple[list[Place], int]:
    """Each mark that fits with where it stands and how wide it is; room is left to say how many there are besides."""
    face = font(28, 550)
    places: list[Place] = []
    left, row = float(MARGIN), 0
    for number, mark in enumerate(card.marks, start=1):
        width = 16 + MARK + 12 + face.getlength(_name(mark)) + 18
        room = face.getlength(_more(card.total, 1)) + GAP + 6 if row == rows - 1 and number < card.total else 0
        if left + width + room > WIDTH - MARGIN:
            if row == rows - 1:
                break
            left, row = float(MARGIN), row + 1
        places.append((mark, (left, row), width))
        left += width + GAP
    return places, len(places)


def _name(mark: Mark) -> str:
    return fitted(drawable(mark.name), font(28, 550), 300)


def _more(count: int, shown: int) -> str:
    if not shown:
        return f"{count:,} tools" if count > 1 else "1 tool"
    return f"and {count:,} more"


@cache
def _mark(mark: Mark) -> tuple[Image.Image, Image.Image]:
    """A mark and where it covers the paper."""
    side = MARK * FINER
    mask = Image.new("L", (side, side))
    colour = f"#{mark.colour}"
    if mark.is_initial:
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, side - 1, side - 1), side * 5 // GRID, fill=255)
        drawing = Image.new("RGB", (side, side), colour)
        _stroke(ImageDraw.Draw(drawing), mark.path)
    else:
        drawing = Image.new("RGB", (side, side), INK if _is_light(mark.colour) else colour)
        mask = _filled(mark.path)
    size = (MARK, MARK)
    return drawing.resize(size, Image.Resampling.BOX), mask.resize(size, Image.Resampling.BOX)


def _stroke(pencil: ImageDraw.ImageDraw, path: str) -> None:
    scale = MARK * FINER / GRID
    for outline in outlines(path):
        points = [(x * scale, y * scale) for x, y in outline]
        pencil.line(points, fill=SURFACE, width=round(2 * scale), joint="curve")


def _filled(path: str) -> Image.Image:
    """The area within the lines, by the even-odd rule."""
    side, scale = MARK * FINER, MARK * FINER / GRID
    whole = Image.new("1", (side, side))
    for outline in outlines(path):
        part = Image.new("1", (side, side))
        ImageDraw.Draw(part).polygon([(x * scale, y * scale) for x, y in outline], fill=1)
        whole = ImageChops.logical_xor(whole, part)
    return whole.convert("L")


def _is_light(colour: str) -> bool:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return (299 * red + 587 * green + 114 * blue) / 1000 > TOO_LIGHT


def _png(picture: Image.Image) -> bytes:
    """Few colours are enough, and weigh little."""
    file = BytesIO()
    picture.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG", compress_level=6)
    return file.getvalue()
