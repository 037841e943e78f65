"""A folder, or manifests in memory, to what they say: the one way in for the command line and for uploads."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from stacks.scanner.clues import Certainty, Clue, Manifest, Scan, Skipped, Sort, UnreadableError
from stacks.scanner.folders import for_development, foreign_file, scaffold
from stacks.scanner.knowledge import Known
from stacks.scanner.opening import bounded, decoded, opened
from stacks.scanner.reading import Registry, Row, registry
from stacks.scanner.resolving import Resolver
from stacks.scanner.walking import Walk

FILES = 5_000
"""Manifests read in one scan."""
TOTAL = 200_000_000
"""Bytes read in one scan."""
CLUES = 30_000
"""Of one manifest."""
TELL = 100
"""Files between two words of progress."""
AMONG_TEMPLATES = frozenset(("kubernetes", "ci", "terraform"))
"""Modules whose manifests are at work in folders of templates; others there are copied, not used."""


class Scanner:
    """One scan: files go in, a Scan comes out."""

    def __init__(self, known: Known, readers: Registry | None = None) -> None:
        """Begin with nothing read."""
        self._known = known
        self._readers = readers or registry()
        self._resolver = Resolver(known)
        self._skipped: list[Skipped] = []
        self._files = self._bytes = 0
        self._folders: set[str] = set()

    def take(self, path: str, data: Callable[[], bytes]) -> None:
        """Look at a file, by its path from the root; `data` is asked for only where a reader wants it."""
        self._mark(path)
        if rows := self._rows(path):
            name = shown(path)
            try:
                self._read(name, self._text(data), rows)
            except UnreadableError as error:
                self._skipped.append(Skipped(name, str(error)))

    def skip(self, skipped: Iterable[Skipped]) -> None:
        """Note what was passed by."""
        self._skipped += [Skipped(shown(row.file), row.why) for row in skipped]

    def scan(self) -> Scan:
        """What all the files say together."""
        tools, transitive, unknown = self._resolver.resolved()
        return Scan(tools, transitive, unknown, tuple(self._skipped), self._files)

    def _rows(self, path: str) -> list[Row]:
        rows = self._readers.rows(path)
        return [row for row in rows if row[1] in AMONG_TEMPLATES] if rows and scaffold(path) else rows

    def _mark(self, path: str) -> None:
        """Note what the names of the file and of its folders betray."""
        markers = self._known.markers
        found = markers.of(path)
        if found and not self._readers.judges(path):
            copied = scaffold(path)
            self._resolver.take(shown(path), (_marked(marker) for marker in found if marker[0] == "*" or not copied))
        folder = path.rpartition("/")[0]
        while folder and folder not in self._folders:
            self._folders.add(folder)
            self._resolver.take(shown(folder), map(_marked, markers.of(folder)))
            folder = folder.rpartition("/")[0]

    def _text(self, data: Callable[[], bytes]) -> str:
        if self._files >= FILES or self._bytes >= TOTAL:
            raise UnreadableError("So much was read before that this was left.")
        content = data()
        self._files += 1
        self._bytes += len(content)
        return decoded(content)

    def _read(self, name: str, text: str, rows: list[Row]) -> None:
        manifest = Manifest(name, text)
        development = for_development(name)
        for reader in self._readers.readers(rows):
            clues = _bounded(reader(manifest))
            try:
                self._resolver.take(name, (replace(clue, development=True) if development else clue for clue in clues))
            except UnreadableError:
                raise
            except (RecursionError, MemoryError):
                raise UnreadableError("It is too large or too deeply nested to be read.") from None
            except Exception as error:  # a reader's mistake must not end the scan; the sentence tells it
                raise UnreadableError(f"It could not be read ({type(error).__name__}).") from error


def scan_folder(path: Path, known: Known, *, told: Callable[[int], None] | None = None) -> Scan:
    """What a folder's manifests say; `told` hears now and then how many files were looked at.

    Raises NotADirectoryError where there is no such folder.
    """
    if not path.is_dir():
        raise NotADirectoryError(path)
    scanner = Scanner(known)
    walk = Walk(path)
    for count, (name, where) in enumerate(walk.files(), 1):
        scanner.take(name, partial(opened, where))
        if told and count % TELL == 0:
            told(count)
    scanner.skip(walk.skipped)
    return scanner.scan()


def scan_manifests(manifests: Iterable[tuple[str, bytes]], known: Known) -> Scan:
    """What manifests in memory say, given as name or path and content."""
    scanner = Scanner(known)
    given = [(cleaned(path), data) for path, data in manifests]
    top = os.path.commonpath([path for path, _data in given]) if given else ""
    for path, data in given:
        if foreign_file(path[len(top) :].lstrip("/") if "/" in path else path):
            scanner.skip([Skipped(path, "It stands in a folder of samples, test data, or other people's code.")])
        else:
            scanner.take(path, partial(bounded, data))
    return scanner.scan()


def cleaned(path: str) -> str:
    """A path that somebody sent, from the root, without dots that lead anywhere."""
    return "/".join(part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")) or "manifest"


def shown(path: str) -> str:
    """A path that can be printed anywhere: names may hold line ends, escapes and bytes that are no text."""
    return path if path.isprintable() else "".join(letter if letter.isprintable() else "\ufffd" for letter in path)


def _marked(marker: str) -> Clue:
    return Clue(Sort.FILE, marker, 0, Certainty.CONFIGURED)


def _bounded(clues: Iterator[Clue]) -> Iterator[Clue]:
    for count, clue in enumerate(clues):
        if count >= CLUES:
            raise UnreadableError(f"Only its first {CLUES:,} entries were read.")
        yield clue
