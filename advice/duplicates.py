"""The same text sent again: what is the same, and what is too alike. Pure."""

import re
import unicodedata
from hashlib import blake2b
from typing import Final

from rapidfuzz import fuzz

from tools import markdown

TOO_ALIKE: Final = 90.0
"""Of 100: texts of which nine tenths stay the same once their words stand in alphabetical order."""
FEWEST_WORDS: Final = 12
"""Shorter texts are only compared whole: "We use Flask too" is not stolen from anybody."""
LONGEST: Final = 20_000

# C, C++ and C# are not the same.
_WORD = re.compile(r"[^\W_][\w+#]*|[+#]+")


def fingerprint(text: str) -> str:
    """A digest of 32 hexadecimal digits, the same for texts that differ in case, spaces, punctuation or markup alone.

    Link targets count as markup: the same words with another address are the same text.
    """
    return blake2b(_folded(text).encode("utf-8", "replace"), digest_size=16).hexdigest()


def too_alike(one: str, other: str) -> bool:
    """Whether one text is the other again with a few words changed, added or moved about."""
    left, right = _folded(one), _folded(other)
    if min(len(left.split()), len(right.split())) < FEWEST_WORDS:
        return left == right
    return fuzz.token_sort_ratio(left, right, score_cutoff=TOO_ALIKE) > 0


def _folded(text: str) -> str:
    """The words in one spelling; where there are none, the text itself without spaces around and between."""
    said = unicodedata.normalize("NFKC", markdown.plain(text[:LONGEST], LONGEST)).casefold()
    return " ".join(_WORD.findall(said)) or " ".join(text.split())
