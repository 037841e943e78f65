"""What is drawn beside a tool's name: its logo from the catalogue's folder, else its initial. No query."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from django.conf import settings

from tools.models import Tool

DRAWING = re.compile(
    r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 24 24">'
    r'<path d="([MmZzLlHhVvCcSsQqTtAa0-9 .,-]+)"/></svg>\n'
)
ICON = re.compile(r"[a-z0-9_]+")
# Colours for tools that name none; far enough apart that neighbours in a list differ.
COLOURS = ("b4473a", "a8620f", "7a7a14", "3f8440", "14837a", "2274a8", "5b62c4", "8f4fae", "b1447f", "6b6f76")
# Letters in strokes, as the wordmark has them, so that they depend on no font and stay out of the page's text.
LETTERS = {
    "A": "M7.5 17.5 12 6.5l4.5 11M9 14h6",
    "B": "M8.5 6.5v11h4a3 3 0 0 0 0-6h-4h3.5a2.5 2.5 0 0 0 0-5z",
    "C": "M16 8.5a4.5 5.5 0 1 0 0 7",
    "D": "M8.5 6.5v11h2.5a5 5.5 0 0 0 0-11z",
    "E": "M15.5 6.5h-7v11h7M8.5 12h5.5",
    "F": "M15.5 6.5h-7v11M8.5 12h5.5",
    "G": "M16 8.5a4.5 5.5 0 1 0 0 7v-3h-3",
    "H": "M8 6.5v11M16 6.5v11M8 12h8",
    "I": "M12 6.5v11",
    "J": "M15 6.5v7.5a3.5 3.5 0 0 1-7 0",
    "K": "M8.5 6.5v11M15.5 6.5l-7 6.5M11 11l5 6.5",
    "L": "M8.5 6.5v11h7",
    "M": "M7 17.5v-11l5 7 5-7v11",
    "N": "M8 17.5v-11l8 11v-11",
    "O": "M16.5 12a4.5 5.5 0 1 1-9 0 4.5 5.5 0 1 1 9 0z",
    "P": "M8.5 17.5v-11h4a3.25 3.25 0 0 1 0 6.5h-4",
    "Q": "M16.5 12a4.5 5.5 0 1 1-9 0 4.5 5.5 0 1 1 9 0zM13 14.5l3.5 3.5",
    "R": "M8.5 17.5v-11h4a3.25 3.25 0 0 1 0 6.5h-4M12 13l4 4.5",
    "S": "M15.5 8.5a3.5 2.8 0 0 0-3.5-2h-.5a3 2.75 0 0 0 0 5.5h1a3 2.75 0 0 1 0 5.5h-.8a3.5 2.8 0 0 1-3.7-2",
    "T": "M7.5 6.5h9M12 6.5v11",
    "U": "M8 6.5v7a4 4 0 0 0 8 0v-7",
    "V": "M7.5 6.5l4.5 11 4.5-11",
    "W": "M6 6.5l3 11 3-9 3 9 3-11",
    "X": "M8 6.5l8 11M16 6.5l-8 11",
    "Y": "M7.5 6.5l4.5 6 4.5-6M12 12.5v5",
    "Z": "M8 6.5h8l-8 11h8",
}
# For a name without any of these letters: the stack of the wordmark.
STACK = "M8 8h8M8 12h8M8 16h8"


@dataclass(frozen=True, slots=True)
class Logo:
    """A drawing on a grid of 24 by 24 units in six hexadecimal digits of colour."""

    path: str
    colour: str
    is_initial: bool
    """Whether `path` is a letter in strokes, for a square behind it, rather than the tool's own logo."""


def of(tool: Tool) -> Logo:
    """The tool's logo, or its initial where the catalogue has none."""
    colour = tool.colour or COLOURS[crc32(tool.slug.encode()) % len(COLOURS)]
    if drawn := path(tool.icon):
        return Logo(drawn, colour, is_initial=False)
    return Logo(initial(tool.name), colour, is_initial=True)


def path(icon: str) -> str:
    """The drawing of that icon; empty where there is none."""
    return _read(settings.CATALOGUE_DIR / "logos", icon) if ICON.fullmatch(icon) else ""


@cache
def _read(folder: Path, icon: str) -> str:
    try:
        found = DRAWING.fullmatch((folder / f"{icon}.svg").read_text())
    except OSError:
        return ""
    return found[1] if found else ""


def initial(name: str) -> str:
    """The first letter of a name in strokes."""
    return next((LETTERS[letter] for letter in name.upper() if letter in LETTERS), STACK)
