"""Readers of manifests, a module for each ecosystem; its `READERS` says which files it reads, by name or path.

`readers.json`, written by `.ci/known.py`, says which module reads what, so that a scan loads those alone that it needs.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from glob import translate
from importlib import import_module
from pathlib import Path

from stacks.scanner.clues import Reader

FILE = Path(__file__).with_name("readers.json")
WILD = re.compile(r"[*?\[]")
JUDGES = "markers"
"""The module that looks into files whose names alone prove nothing."""

type Row = tuple[str, str]
"""A glob and the module that reads it."""


class Registry:
    """Which readers a file has, found by its last part first: most files have none."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Sort the globs by how they are looked up."""
        self._names: dict[str, list[Row]] = {}
        self._endings: dict[str, list[Row]] = {}
        self._wild: list[tuple[re.Pattern[str], Row]] = []
        for row in rows:
            self._add(row)

    def _add(self, row: Row) -> None:
        last = row[0].rpartition("/")[2]
        if not WILD.search(last):
            self._names.setdefault(last, []).append(row)
        elif last.startswith("*.") and not WILD.search(last[2:]) and "." not in last[2:]:
            self._endings.setdefault(last[1:], []).append(row)
        else:
            self._wild.append((_pattern(last), row))

    def _candidates(self, name: str) -> Iterator[Row]:
        yield from self._names.get(name, ())
        dot = name.rfind(".")
        if dot >= 0:
            yield from self._endings.get(name[dot:], ())
        for pattern, row in self._wild:
            if pattern.match(name):
                yield row

    def rows(self, path: str) -> list[Row]:
        """The globs that a path from the root matches, with their modules."""
        return [
            row
            for row in self._candidates(path.rpartition("/")[2])
            if "/" not in row[0] or _pattern(f"**/{row[0]}").match(path)
        ]

    def readers(self, rows: Iterable[Row]) -> list[Reader]:
        """The readers that the rows name, their modules loaded now."""
        return list(dict.fromkeys(_readers(module)[glob] for glob, module in rows))

    def judges(self, path: str) -> bool:
        """Whether a reader looks into this file to say what its name alone does not prove."""
        return any(module == JUDGES for _glob, module in self.rows(path))


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile(translate(glob, recursive=True, include_hidden=True))


def _readers(module: str) -> Mapping[str, Reader]:
    readers: Mapping[str, Reader] = import_module(f"{__name__}.{module}").READERS
    return readers


@cache
def registry() -> Registry:
    """All readers there are."""
    return Registry((glob, module) for module, globs in json.loads(FILE.read_bytes()).items() for glob in globs)


def modules() -> list[str]:
    """The names of the modules that have readers."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def globs() -> dict[str, list[str]]:
    """What each module reads, as `readers.json` should say."""
    found = {name: getattr(import_module(f"{__name__}.{name}"), "READERS", {}) for name in modules()}
    return {name: sorted(readers) for name, readers in found.items() if readers}
