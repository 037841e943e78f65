"""From a folder to the files in it that may say something. Nothing is opened here, and no link is followed."""

import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from stacks.scanner.clues import Skipped
from stacks.scanner.folders import foreign

DEPTH = 24
ENTRIES = 300_000
"""Files and folders that are looked at before a scan gives up."""


class Walk:
    """One way through a folder: `files` yields paths, `skipped` says what was passed by."""

    def __init__(self, root: Path) -> None:
        """Start at the folder; a link there is followed, links in it are not."""
        self._root = os.path.realpath(root)
        self.skipped: list[Skipped] = []

    def files(self) -> Iterator[tuple[str, str]]:
        """Each regular file: its path from the root, and where to open it. Folders near the root come first."""
        entries = 0
        waiting = deque([("", 0)])
        while waiting:
            folder, depth = waiting.popleft()
            if depth > DEPTH:
                self.skipped.append(Skipped(folder, "It is nested too deeply."))
                continue
            listed = self._listed(folder)
            entries += len(listed)
            if entries > ENTRIES:
                self.skipped.append(
                    Skipped(folder or ".", f"Only the first {ENTRIES:,} files and folders were looked at.")
                )
                return
            folders, files = self._sorted(folder, listed)
            waiting.extend((path, depth + 1) for path in folders)
            yield from files

    def _sorted(self, folder: str, listed: list[os.DirEntry[str]]) -> tuple[list[str], list[tuple[str, str]]]:
        """The folders to go on with, and the files; nothing of a virtual environment, whatever it is called."""
        names = {entry.name for entry in listed}
        folders: list[str] = []
        files: list[tuple[str, str]] = []
        if "pyvenv.cfg" in names:
            return folders, files
        for entry in listed:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                folders += () if foreign(path, names) else (path,)
            elif entry.is_file(follow_symlinks=False) or self._inside(entry):
                files.append((path, entry.path))
        return folders, files

    def _listed(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(f"{self._root}/{folder}") as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.skipped.append(Skipped(folder or ".", f"The folder cannot be read: {error.strerror}."))
            return []

    def _inside(self, entry: os.DirEntry[str]) -> bool:
        """Whether a link leads to a file of this folder; other links and special files are passed by."""
        try:
            is_link_to_file = entry.is_symlink() and entry.is_file()
        except OSError:
            # It leads in a circle.
            return False
        return is_link_to_file and os.path.realpath(entry.path).startswith(f"{self._root}/")
