"""Lists and answers as people and machines read them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.dates import PartialDate
from tools.figures import compact


@dataclass(frozen=True, slots=True)
class Word:
    """One choice or tool that an answer names: how it reads in a sentence, what it means, where it has a page."""

    key: str
    label: str
    explanation: str = ""
    url: str = ""
    lacks: bool = False
    """Whether the answer says that something is missing."""


def as_data(answer: object) -> str:
    """Return an answer as a page's data attributes hold it: keys apart by spaces, true or false, plain digits."""
    if isinstance(answer, list | tuple):
        return " ".join(answer)
    if isinstance(answer, bool):
        return "true" if answer else "false"
    return str(round(answer)) if isinstance(answer, float) and answer == round(answer) else str(answer)


def listed(items: Sequence[str], joined_by: str = "and") -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joined_by} {items[-1]}"


def counted(count: float, unit_one: str, unit_many: str) -> str:
    """Return a count with its unit, where it has one: "24 runtime dependencies", "no forks", "48.6M"."""
    unit = unit_one if count == 1 else unit_many
    number = "no" if count == 0 and unit else compact(count)
    return f"{number} {unit}".strip()


def dated(iso: str) -> str:
    """Return 2010, November 2025 or 20 August 2026."""
    return str(PartialDate.parse(iso))


def capitalised(text: str) -> str:
    """Begin a table's cell with a capital; a word that has one inside (macOS, iOS) is a name and stays."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first) else text[:1].upper() + text[1:]
