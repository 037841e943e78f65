"""What changed between two versions of a text, word by word. Pure.

Words are aligned by the longest common subsequence, which rapidfuzz finds in time that is bounded for texts of the
length posts have, whatever they say; difflib can be made to take minutes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rapidfuzz.distance import Indel

# So many words between two changes are told as changed too: single words in common make a torn reading.
ISLAND = 2
# Unchanged words shown on each side of a change.
AROUND = 12
# A word with the spaces after it, or a line break, which parts paragraphs.
_WORD = re.compile(r"\n+|[^\S\n]*\S+[^\S\n]*|[^\S\n]+")


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that share a fate; of those left out nothing is shown, for they stayed as they were."""

    change: Change
    text: str = ""


def differences(old: str, new: str) -> list[Piece]:
    """The words of both texts in order, changed ones with those around them; nothing where the texts are the same."""
    if old == new:
        return []
    return list(_shortened(_joined(_aligned(_WORD.findall(old), _WORD.findall(new)))))


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Change, Sequence[str]]]:
    for step in Indel.opcodes(old, new):
        before, after = old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]
        if step.tag == "equal":
            yield Change.SAME, before
        else:
            yield Change.REMOVED, before
            yield Change.ADDED, after


def _joined(steps: Iterable[tuple[Change, Sequence[str]]]) -> Iterator[Piece]:
    """Changes with little between them as one: first all that went, then all that came."""
    steps = [(change, words) for change, words in steps if words]
    last = len(steps) - 1
    torn = [
        change == Change.SAME and 0 < place < last and len(words) <= ISLAND and "\n" not in "".join(words)
        for place, (change, words) in enumerate(steps)
    ]
    parts = [
        (change == Change.SAME and not island, change, words)
        for (change, words), island in zip(steps, torn, strict=True)
    ]
    for stays, group in groupby(parts, key=lambda part: part[0]):
        found = list(group)
        if stays:
            yield Piece(Change.SAME, _text(found, Change.ADDED))
        else:
            sides = (
                Piece(Change.REMOVED, _text(found, Change.ADDED)),
                Piece(Change.ADDED, _text(found, Change.REMOVED)),
            )
            yield from (piece for piece in sides if piece.text)


def _text(parts: Iterable[tuple[bool, Change, Sequence[str]]], without: Change) -> str:
    return "".join(word for _, change, words in parts if change != without for word in words)


def _shortened(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same with long unchanged parts cut to the words next to a change."""
    pieces = list(pieces)
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        words = _WORD.findall(piece.text)
        before = AROUND if place > 0 else 0
        after = AROUND if place < last else 0
        if piece.change != Change.SAME or len(words) <= before + after:
            yield piece
        else:
            yield from _cut(words, before, after)


def _cut(words: Sequence[str], before: int, after: int) -> Iterator[Piece]:
    if before:
        yield Piece(Change.SAME, "".join(words[:before]))
    yield Piece(Change.LEFT_OUT)
    if after:
        yield Piece(Change.SAME, "".join(words[-after:]))
