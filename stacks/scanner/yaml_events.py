"""YAML events to values: bounded in depth and number, every scalar text that knows its line."""

from collections.abc import Iterable, Iterator
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from stacks.scanner.clues import UnreadableError
from stacks.scanner.parsing import DEPTH, EVENTS, Word

MERGED = 10_000
"""Entries that `<<` may copy in one document."""
NOTHING = object()


class _Document:
    """One document being built."""

    def __init__(self) -> None:
        self.value: Any = None
        self._open: list[dict[Any, Any] | list[Any]] = []
        self._keys: list[Any] = []
        """For each open container the key that waits for its value."""
        self._anchors: dict[str, Any] = {}
        self._merged = 0

    def take(self, event: Event) -> None:
        match event:
            case ScalarEvent():
                quoted = event.style in ("'", '"')
                value = (
                    None
                    if not event.value and not quoted
                    else Word(event.value, event.start_mark.line + 1 if event.start_mark else 0)
                )
                self._add(value, event.anchor)
            case MappingStartEvent() | SequenceStartEvent():
                self._begin({} if isinstance(event, MappingStartEvent) else [], event.anchor)
            case MappingEndEvent() | SequenceEndEvent():
                self._open.pop()
                self._keys.pop()
            case AliasEvent():
                self._add(self._anchors.get(event.anchor or ""), None)
            case _:
                pass

    def _begin(self, container: dict[Any, Any] | list[Any], anchor: str | None) -> None:
        if len(self._open) >= DEPTH:
            raise UnreadableError("It is nested too deeply.")
        self._add(container, anchor)
        self._open.append(container)
        self._keys.append(NOTHING)

    def _add(self, value: Any, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = value
        if not self._open:
            self.value = value
        elif isinstance(container := self._open[-1], list):
            container.append(value)
        elif self._keys[-1] is NOTHING:
            self._keys[-1] = value
        else:
            self._put(container, self._keys[-1], value)
            self._keys[-1] = NOTHING

    def _put(self, container: dict[Any, Any], key: Any, value: Any) -> None:
        if key == "<<":
            for other in value if isinstance(value, list) else [value]:
                self._merge(container, other)
        elif isinstance(key, str):
            container[key] = value

    def _merge(self, container: dict[Any, Any], other: Any) -> None:
        if not isinstance(other, dict) or other is container:
            return
        self._merged += len(other)
        if self._merged > MERGED:
            raise UnreadableError("It merges too much.")
        for key, value in other.items():
            container.setdefault(key, value)


def documents(events: Iterable[Event]) -> Iterator[Any]:
    """The value of each document."""
    document = _Document()
    for number, event in enumerate(events):
        if number > EVENTS:
            raise UnreadableError("It holds too much to be a manifest.")
        if isinstance(event, DocumentStartEvent):
            document = _Document()
        elif isinstance(event, DocumentEndEvent):
            yield document.value
        else:
            document.take(event)
