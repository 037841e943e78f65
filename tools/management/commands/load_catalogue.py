"""Load the catalogue's files into the database."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tools.catalogue.loading import load


class Command(BaseCommand):
    help = (
        "Load the catalogue: add and change what its files say, keep what editors changed on the site, "
        "refuse bad files whole. Exits with 1 if a file was refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CATALOGUE_DIR)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if not (folder / "taxonomy.yaml").is_file():
            raise CommandError(f"{folder} is not a catalogue: it has no taxonomy.yaml.")
        columns = (TextColumn("Loading the catalogue"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
            task = progress.add_task("load", total=None)
            report = load(folder, lambda done, total: progress.update(task, completed=done, total=total))
        for line in report.lines():
            self.stdout.write(line)
        if report.refused:
            sys.exit(1)
