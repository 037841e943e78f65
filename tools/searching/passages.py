"""The passage of a text in which words occur, with the words apart so that they can be marked. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_WORDS = 8
SHORTEST_WORD = 2
# Letters shown before the first word found, and of the passage in all.
BEFORE, LENGTH = 60, 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage; `marked` where it is one of the words."""

    text: str
    marked: bool


def words_of(query: str) -> list[str]:
    """The words to look for: the first few different ones that are long enough to mean something."""
    words = (word.strip(".,;:!?()\"'“”‘’") for word in query.split())
    return [word for word in dict.fromkeys(word.casefold() for word in words) if len(word) >= SHORTEST_WORD][
        :MOST_WORDS
    ]


def passage(texts: Iterable[str], words: Sequence[str]) -> list[Piece]:
    """The part of the text with most of the words that shows the first of them, cut at spaces."""
    best = max((text for text in texts if text), key=lambda text: _held(text, words), default="")
    # Half a word marked looks like a slip.
    held = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    pattern = re.compile(rf"\w*(?:{held})\w*", re.IGNORECASE)
    shown = _cut(best, pattern) if words else ""
    parts = re.split(f"({pattern.pattern})", shown, flags=re.IGNORECASE) if words else []
    return [Piece(part, marked=bool(place % 2)) for place, part in enumerate(parts) if part]


def _held(text: str, words: Sequence[str]) -> int:
    return sum(word in text.casefold() for word in words)


def _cut(text: str, pattern: re.Pattern[str]) -> str:
    found = pattern.search(text)
    if len(text) <= LENGTH or not found:
        return text[:LENGTH]
    start = max(0, found.start() - BEFORE)
    start = text.find(" ", start) + 1 if start else 0
    end = text.rfind(" ", 0, start + LENGTH) if start + LENGTH < len(text) else len(text)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
