"""Looking into what YAML and JSON documents hold, whatever they hold."""

from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.parsing import Word

MOST_NODES = 200_000
"""Containers of one document that are looked into."""


def table(value: Any) -> Mapping[str, Any]:
    """The value if it is a mapping with text for keys; else an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def one_or_many(value: Any) -> list[Any]:
    """A list as it is, anything else as a list of one; empty for nothing."""
    return value if isinstance(value, list) else [] if value is None else [value]


def text(value: Any) -> str:
    """The value if it is text, else the empty string."""
    return value if isinstance(value, str) else ""


def line(value: Any) -> int:
    """The line of a YAML scalar; 0 for what does not know it."""
    return value.line if isinstance(value, Word) else 0


def first_line(value: Any) -> int:
    """The line on which the content of a YAML scalar begins: a block's stands below the sign that opens it."""
    return line(value) + ("\n" in text(value))


def at(value: Any, *path: str) -> Any:
    """What stands at the end of a path of keys; None where the path breaks off."""
    for key in path:
        value = table(value).get(key)
    return value


def tables(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping in a document, outer ones first; what aliases repeat comes once."""
    waiting, seen = [value], set[int]()
    while waiting and len(seen) < MOST_NODES:
        node = waiting.pop()
        if not isinstance(node, dict | list) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, dict):
            yield node
            waiting.extend(reversed(node.values()))
        else:
            waiting.extend(reversed(node))


def key_line(value: Mapping[str, Any], key: str) -> int:
    """The line of a key that a mapping holds."""
    return next((line(name) for name in value if name == key), 0)
