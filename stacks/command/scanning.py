"""`whystack scan`: reads a folder, and tells what it found."""

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from stacks.command.problems import CommandError, Exit, printable
from stacks.command.progress import Progress
from stacks.scanner.clues import Scan
from stacks.scanner.knowledge import known
from stacks.scanner.scanning import scan_folder

if TYPE_CHECKING:
    from stacks.command.sites import Site


def scan(arguments: Namespace) -> Exit:
    """Scan the folder, print what was found, and share it where that is asked for."""
    site = _site(arguments.share) if arguments.share else None
    found = _found(_folder(arguments.folder))
    if arguments.json:
        from stacks.command.answer import as_json

        sys.stdout.write(as_json(found))
    else:
        from stacks.command.table import Look, table

        sys.stdout.write(table(found, known().names, Look.of(sys.stdout)))
    sys.stdout.flush()
    if site:
        from stacks.command.sharing import share

        address = share([tool.slug for tool in found.tools], site, agreed=arguments.yes)
        stream = sys.stderr if arguments.json else sys.stdout
        stream.write(f"{address}\n")
    return Exit.DONE


def _site(address: str) -> "Site":
    """Where to share, known before anything is read."""
    from stacks.command.sites import site_of

    return site_of(address)


def _folder(name: str) -> Path:
    """The folder of that name; raise CommandError where it is none, or cannot be read."""
    folder, shown = Path(name), printable(name)
    try:
        if not folder.is_dir():
            what = "is a file; name the folder it is in" if folder.exists() else "does not exist"
            raise CommandError(f"{shown} {what}.", Exit.FAILED)
        with os.scandir(folder):
            return folder
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"{shown} cannot be read: {why}.", Exit.FAILED) from error


def _found(folder: Path) -> Scan:
    progress = Progress(sys.stderr)
    try:
        return scan_folder(folder, known(), told=progress)
    finally:
        progress.end()
