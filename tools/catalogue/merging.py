"""Three-way merging of documents: what the file said before, what the site says, what the file says now. Pure.

A side that did not change since the last load gives way to the one that did. Where both changed and disagree, the
site is kept (an editor wrote it) and the clash is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.catalogue.reading import Document


@dataclass(frozen=True)
class Clash:
    """A field that an editor and the file changed differently; None means absent."""

    field: str
    site: Any
    file: Any


def merge(base: Document, site: Document, file: Document) -> tuple[Document, list[Clash]]:
    """Return the merged document and the clashes. Mappings merge key by key, lists item by item, the rest whole.

    A field that the last load did not know yet, though it had a base, counts as unchanged on the site.
    """
    merged: Document = {}
    clashes: list[Clash] = []
    for name in dict.fromkeys([*file, *site]):
        ours, theirs = site.get(name), file.get(name)
        was = base.get(name, ours if base else None)
        if isinstance(ours, dict) or isinstance(theirs, dict):
            merged[name], found = _merge_mapping(name, was or {}, ours or {}, theirs or {})
            clashes += found
        elif isinstance(ours, list) or isinstance(theirs, list):
            merged[name] = _merge_list(was or [], ours or [], theirs or [])
        else:
            merged[name], clash = _merge_value(name, was, ours, theirs)
            clashes += [clash] if clash else []
    return merged, clashes


def _merge_value(name: str, was: Any, ours: Any, theirs: Any) -> tuple[Any, Clash | None]:
    if ours in (was, theirs):
        return theirs, None
    if theirs == was:
        return ours, None
    return ours, Clash(name, ours, theirs)


def _merge_mapping(
    name: str, was: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Clash]]:
    merged, clashes = {}, []
    for key in dict.fromkeys([*theirs, *ours]):
        value, clash = _merge_value(f"{name}.{key}", was.get(key), ours.get(key), theirs.get(key))
        if value is not None:
            merged[key] = value
        if clash:
            clashes.append(clash)
    return merged, clashes


def _merge_list(was: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """The file's order, without what an editor took away, then what an editor added."""
    taken_away = [item for item in was if item not in ours]
    added = [item for item in ours if item not in was and item not in theirs]
    return [item for item in theirs if item not in taken_away] + added
