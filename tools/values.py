"""What an answer may be for each type of attribute, and how a fact's row holds it. Knows no row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

from tools.dates import PartialDate

MAX_TEXT = 200
MAX_NUMBER = 1e15


class AttributeType(TextChoices):
    """The types of answers, each with its own reader below: the list is closed by that code."""

    CHOICE = "choice", "one choice"
    CHOICES = "choices", "several choices"
    BOOLEAN = "boolean", "yes or no"
    NUMBER = "number", "number"
    DATE = "date", "date"
    TEXT = "text", "text"
    TOOL = "tool", "a tool"
    TOOLS = "tools", "several tools"


@dataclass(frozen=True, slots=True)
class Columns:
    """An answer as the columns of a fact, and the keys of the choices or slugs of the tools it names."""

    boolean: bool | None = None
    number: float | None = None
    text: str = ""
    choices: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


def columns(type_name: str, value: Any) -> Columns:
    """Read an answer as files write it; raise ValueError with a sentence if it does not fit the type."""
    kind = AttributeType(type_name)
    found = _READERS[kind](value)
    if found is None:
        raise ValueError(f"{value!r} is not {_WANTED[kind]}")
    return found


def _boolean(value: Any) -> Columns | None:
    return Columns(boolean=value) if isinstance(value, bool) else None


def _number(value: Any) -> Columns | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MAX_NUMBER:
        return None
    return Columns(number=float(value))


def _date(value: Any) -> Columns | None:
    """A bare year is a number in YAML."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return Columns(text=PartialDate.parse(str(value)).iso)


def _text(value: Any) -> Columns | None:
    return Columns(text=value) if isinstance(value, str) and 0 < len(value) <= MAX_TEXT else None


def _choice(value: Any) -> Columns | None:
    return Columns(choices=(value,)) if isinstance(value, str) else None


def _choices(value: Any) -> Columns | None:
    return Columns(choices=tuple(value)) if _is_list_of_words(value) else None


def _tool(value: Any) -> Columns | None:
    return Columns(tools=(value,)) if isinstance(value, str) else None


def _tools(value: Any) -> Columns | None:
    return Columns(tools=tuple(value)) if _is_list_of_words(value) else None


def _is_list_of_words(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, str) for item in value)
        and len(set(value)) == len(value)
    )


def from_typed(type_name: str, text: str) -> Any:
    """Read an answer as a person types it into one line; raise ValueError where it cannot be read."""
    kind, text = AttributeType(type_name), text.strip()
    if kind == AttributeType.BOOLEAN:
        if text.lower() not in _YES_AND_NO:
            raise ValueError(f"{text!r} is neither yes nor no")
        return _YES_AND_NO[text.lower()]
    if kind == AttributeType.NUMBER:
        return float(text.replace(",", ""))
    if kind in (AttributeType.CHOICES, AttributeType.TOOLS):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def as_typed(value: Any) -> str:
    """Write an answer in the way `from_typed` reads it."""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(round(value)) if isinstance(value, float) and value == round(value) else str(value)


_YES_AND_NO = {"yes": True, "true": True, "no": False, "false": False}
_READERS: dict[AttributeType, Callable[[Any], Columns | None]] = {
    AttributeType.BOOLEAN: _boolean,
    AttributeType.NUMBER: _number,
    AttributeType.DATE: _date,
    AttributeType.TEXT: _text,
    AttributeType.CHOICE: _choice,
    AttributeType.CHOICES: _choices,
    AttributeType.TOOL: _tool,
    AttributeType.TOOLS: _tools,
}
_WANTED = {
    AttributeType.BOOLEAN: "true or false",
    AttributeType.NUMBER: "a number from 0 to a thousand million million",
    AttributeType.DATE: "a date such as 2010, 2025-11 or 2026-08-20",
    AttributeType.TEXT: f"a text of 1 to {MAX_TEXT} characters",
    AttributeType.CHOICE: "one of the attribute's choices",
    AttributeType.CHOICES: "a list of the attribute's choices, none twice",
    AttributeType.TOOL: "a tool's slug",
    AttributeType.TOOLS: "a list of tools' slugs, none twice",
}
