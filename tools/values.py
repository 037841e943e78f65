"""What an answer may be for each type of attribute, and how a fact's row holds it. Pure but for no row."""

from dataclasses import dataclass
from typing import Any

from tools.dates import PartialDate
from tools.models.attribute import AttributeType

MAX_TEXT = 200


@dataclass(frozen=True, slots=True)
class Columns:
    """An answer as the columns of a fact, and the keys of the choices or slugs of the tools it names."""

    boolean: bool | None = None
    number: float | None = None
    text: str = ""
    choices: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


def columns(kind: str, value: Any) -> Columns:
    """Read an answer as files write it; raise ValueError with a sentence if it does not fit the type."""
    match kind:
        case AttributeType.BOOLEAN if isinstance(value, bool):
            return Columns(boolean=value)
        case AttributeType.NUMBER if isinstance(value, int | float) and not isinstance(value, bool):
            return Columns(number=float(value))
        case AttributeType.DATE if isinstance(value, int | str) and not isinstance(value, bool):
            return Columns(text=PartialDate.parse(str(value)).iso)
        case AttributeType.TEXT if isinstance(value, str) and 0 < len(value) <= MAX_TEXT:
            return Columns(text=value)
        case AttributeType.CHOICE if isinstance(value, str):
            return Columns(choices=(value,))
        case AttributeType.CHOICES if _is_list_of_words(value):
            return Columns(choices=tuple(value))
        case AttributeType.TOOL if isinstance(value, str):
            return Columns(tools=(value,))
        case AttributeType.TOOLS if _is_list_of_words(value):
            return Columns(tools=tuple(value))
    raise ValueError(f"{value!r} is not {_WANTED[kind]}")


def _is_list_of_words(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, str) for item in value)
        and len(set(value)) == len(value)
    )


_WANTED = {
    AttributeType.BOOLEAN: "true or false",
    AttributeType.NUMBER: "a number",
    AttributeType.DATE: "a date such as 2010, 2025-11 or 2026-08-20",
    AttributeType.TEXT: f"a text of 1 to {MAX_TEXT} characters",
    AttributeType.CHOICE: "one of the attribute's choices",
    AttributeType.CHOICES: "a list of the attribute's choices, none twice",
    AttributeType.TOOL: "a tool's slug",
    AttributeType.TOOLS: "a list of tools' slugs, none twice",
}
