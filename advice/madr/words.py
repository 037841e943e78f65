"""How records are headed, in MADR, in M. Nygard's form and in between. Pure."""

import re
from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

NUMBERED: Final = re.compile(r"^((?:ADR[ _-]?)?\d{1,5}\s*)([.:)-])(?=\s)", re.IGNORECASE)
"""The number before a title, with the mark that ends it."""


class Part(Enum):
    """What a heading leads to."""

    STATUS = auto()
    DATE = auto()
    CONTEXT = auto()
    CONSIDERED = auto()
    OUTCOME = auto()
    CONSEQUENCES = auto()
    CONFIRMATION = auto()
    MORE = auto()


_HEADINGS: Mapping[Part, str] = {
    Part.STATUS: "status",
    Part.DATE: "date",
    Part.CONTEXT: "context|context and problem statement|context and problem|problem statement|problem|background"
    "|issue",
    Part.CONSIDERED: "considered options|options considered|options|alternatives|considered alternatives"
    "|alternatives considered|options and alternatives",
    Part.OUTCOME: "decision outcome|decision|outcome",
    Part.CONSEQUENCES: "consequences|positive consequences|negative consequences|implications",
    Part.CONFIRMATION: "confirmation|validation",
    Part.MORE: "more information",
}
_PARTS: Final = {words: part for part, listed in _HEADINGS.items() for words in listed.split("|")}


def part(words: str) -> Part | None:
    """What the words of a heading lead to; None where they are none that is known."""
    return _PARTS.get(re.sub(r"[^a-z ]", "", NUMBERED.sub("", words).lower()).strip())
