"""The lines between `---` and `---` at the top of a file: keys with values of one line, read and never obeyed. Pure."""

import json
import re
from collections.abc import Mapping
from typing import Final

MOST_LINES: Final = 60

_LINE = re.compile(r"([A-Za-z][A-Za-z0-9 _-]{0,40}):(?:\s+(.*))?$")
_CONTINUED = re.compile(r"\s+\S|-\s|#|\s*$")


def divided(text: str) -> tuple[Mapping[str, str], str]:
    """The values by key in lower case, and the text after them; no values where the text begins with something else."""
    lines = text.split("\n")
    end = next((place for place, one in enumerate(lines[1:MOST_LINES], 1) if one.rstrip() == "---"), 0)
    inside = lines[1:end]
    if lines[0].rstrip() != "---" or not end or not all(_LINE.match(one) or _CONTINUED.match(one) for one in inside):
        return {}, text
    return _values(inside), "\n".join(lines[end + 1 :])


def _values(lines: list[str]) -> Mapping[str, str]:
    values: dict[str, str] = {}
    key = ""
    for one in lines:
        if found := _LINE.match(one):
            key = found[1].lower()
            values[key] = _scalar((found[2] or "").strip())
        elif key and one.strip() and not one.startswith("#"):
            # An item of a list, or a value that goes on.
            values[key] = ", ".join(filter(None, [values[key], _scalar(one.strip().removeprefix("- "))]))
    return values


def _scalar(value: str) -> str:
    if re.fullmatch(r'".*"', value):
        try:
            return str(json.loads(value))
        except ValueError:
            return value[1:-1]
    return value[1:-1].replace("''", "'") if re.fullmatch(r"'.*'", value) else value
