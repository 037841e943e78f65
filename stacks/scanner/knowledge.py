"""What betrays which tool: the catalogue's identifiers, made ready for looking up.

`known.json` is written from catalogue/ by `.ci/known.py`. An identifier that ends in `*` after a separator stands for
a family: `pkg:npm/%40angular/*` is everything in that namespace.
"""

import fnmatch
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from stacks.scanner.clues import Sort
from stacks.scanner.naming import folded, forms

FILE = Path(__file__).with_name("known.json")
SEPARATOR = re.compile(r"[/.:_-]")
GLOB = re.compile(r"[*?\[]")


class Known:
    """Identifiers to the slugs of the tools they betray, and names to slugs."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        """Take what `known.json` holds: `names` by slug, slugs by alias, and each sort's canonical identifiers."""
        self.names: Mapping[str, str] = raw["names"]
        self._aliases: Mapping[str, str] = raw["aliases"]
        self._tables: Mapping[Sort, Mapping[str, str]] = {sort: raw[sort] for sort in Sort if sort in raw}
        self.markers = Markers(raw[Sort.FILE])

    def slugs(self, sort: Sort, value: str) -> tuple[str, ...]:
        """The tools that an identifier betrays; none where the catalogue does not know it."""
        if sort is Sort.TOOL:
            named = self.named(value)
            return (named,) if named else ()
        if sort is Sort.OWN:
            return ()
        table = self._tables[sort]
        for form in forms(sort, value):
            if found := table.get(form) or _of_family(table, form):
                return tuple(found.split())
        return ()

    def named(self, text: str) -> str | None:
        """The tool that goes by this slug, name or alias, however it is spelled."""
        return text if text in self.names else self._called.get(folded(text))

    @cached_property
    def _called(self) -> dict[str, str]:
        called = {folded(slug): slug for slug in self.names}
        for name, slug in (*((name, slug) for slug, name in self.names.items()), *self._aliases.items()):
            called.setdefault(folded(name), slug)
        return called


class Markers:
    """Which file or folder betrays a tool by its name alone."""

    def __init__(self, raw: Mapping[str, str]) -> None:
        """Sort the catalogue's file markers by how they are looked up."""
        self._names = {marker: marker for marker in raw if "/" not in marker and not GLOB.search(marker)}
        self._paths = {marker for marker in raw if "/" in marker}
        self._endings: dict[str, str] = {}
        self._beginnings: dict[str, str] = {}
        self._globs: list[tuple[re.Pattern[str], str]] = []
        for marker in raw:
            if "/" not in marker and GLOB.search(marker):
                self._add_glob(marker)

    def _add_glob(self, marker: str) -> None:
        ending = marker[1:]
        if marker.startswith("*.") and "." not in ending[1:] and not GLOB.search(ending):
            self._endings[ending.lower()] = marker
        elif marker.endswith(".*") and not GLOB.search(marker[:-1]):
            self._beginnings[marker[:-1]] = marker
        else:
            self._globs.append((re.compile(fnmatch.translate(marker)), marker))

    def of_name(self, name: str) -> Iterator[str]:
        """The markers that a file or folder of this name is."""
        if name in self._names:
            yield name
        dot = name.rfind(".")
        if dot >= 0 and (ending := self._endings.get(name[dot:].lower())):
            yield ending
        if dot > 0:
            yield from self._beginning(name, dot)
        for pattern, marker in self._globs:
            if pattern.match(name):
                yield marker

    def _beginning(self, name: str, dot: int) -> Iterator[str]:
        """The markers such as `vite.config.*`, tried at each dot of the name."""
        while dot > 0:
            if beginning := self._beginnings.get(name[: dot + 1]):
                yield beginning
            dot = name.rfind(".", 0, dot)

    def of_path(self, path: str) -> Iterator[str]:
        """The markers with a folder in them that end this path, such as `.github/workflows`."""
        rest = path
        while "/" in rest:
            if rest in self._paths:
                yield rest
            rest = rest.partition("/")[2]

    def of(self, path: str) -> tuple[str, ...]:
        """All markers that a path from the root is."""
        return (*self.of_name(path.rpartition("/")[2]), *self.of_path(path))


def _of_family(table: Mapping[str, str], form: str) -> str:
    for separator in reversed(list(SEPARATOR.finditer(form))):
        if found := table.get(f"{form[: separator.end()]}*"):
            return found
    return ""


@cache
def known() -> Known:
    """What the catalogue knew when `known.json` was written."""
    return Known(json.loads(FILE.read_bytes()))
