"""Words in the site's own face: which of them it can draw, how wide they are, where a line must break."""

from functools import cache
from pathlib import Path
from unicodedata import normalize

from PIL import ImageFont

FACE = Path(__file__).parents[2] / "static" / "font" / "figtree.woff2"
ELLIPSIS = "…"
type Font = ImageFont.FreeTypeFont


@cache
def font(size: int, weight: int) -> Font:
    """The face at a size in pixels and a weight from 300 to 900."""
    found = ImageFont.truetype(str(FACE), size)
    found.set_variation_by_axes([weight])
    return found


def drawable(text: str) -> str:
    """The text as the face can draw it: a letter that it lacks loses its accent, or is left out."""
    return " ".join("".join(map(_drawable, text)).split())


@cache
def _drawable(letter: str) -> str:
    if letter.isspace() or _is_drawable(letter):
        return letter
    plain = normalize("NFKD", letter)[:1]
    return plain if _is_drawable(plain) else ""


def _is_drawable(letter: str) -> bool:
    """The face draws the same box for all that it lacks."""
    return letter.isprintable() and bytes(font(20, 400).getmask(letter)) != _box()


@cache
def _box() -> bytes:
    return bytes(font(20, 400).getmask("\uffff"))


def fitted(text: str, face: Font, width: float) -> str:
    """As much of the text as fits into one line of that width, with an ellipsis where it was cut."""
    if face.getlength(text) <= width:
        return text
    while text and face.getlength(text + ELLIPSIS) > width:
        text = text[:-1].rstrip()
    return text + ELLIPSIS


def broken(text: str, face: Font, width: float, most: int) -> list[str]:
    """The text in up to `most` lines; the last one is cut where more would follow."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        taken = 1
        while taken < len(words) and face.getlength(" ".join(words[: taken + 1])) <= width:
            taken += 1
        lines.append(fitted(" ".join(words[:taken]), face, width))
        words = words[taken:]
    return [*lines, fitted(" ".join(words), face, width)] if words else lines
