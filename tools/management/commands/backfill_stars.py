"""Fill the star history of the time before anybody watched."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tools.backfill import Outcome, awaiting, backfill
from tools.github import GitHub
from tools.models import Repository


class Command(BaseCommand):
    help = (
        "Ask GitHub how many stars there were on earlier days, and add what is not known; nothing known is changed. "
        "Exits with 1 if GitHub wants to be left alone: begin again later, it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tool", nargs="+", default=[], metavar="SLUG", help="these tools only")
        parser.add_argument("--limit", type=int, help="at most so many tools; each takes a call for thirty weeks")

    def handle(self, *args: Any, tool: list[str], limit: int | None, **options: Any) -> None:
        if limit is not None and limit < 1:
            raise CommandError(f"--limit must be 1 or more, not {limit}.")
        outcome = _backfill(_chosen(tool)[:limit])
        for line in (*outcome.failed, str(outcome)):
            self.stdout.write(line)
        if outcome.stopped:
            sys.exit(1)


def _chosen(slugs: list[str]) -> list[Repository]:
    repositories = awaiting().select_related("tool")
    if not slugs:
        return list(repositories)
    chosen = list(repositories.filter(tool__slug__in=slugs))
    if unknown := sorted(set(slugs) - {repository.tool.slug for repository in chosen}):
        raise CommandError(f"No tool with a repository on GitHub has the slug {', '.join(unknown)}.")
    return chosen


def _backfill(repositories: list[Repository]) -> Outcome:
    github = GitHub(settings.GITHUB_API_URL, settings.GITHUB_TOKENS)
    columns = (TextColumn("Asking GitHub"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("ask", total=len(repositories))
        return backfill(
            timezone.now().date(),
            github,
            repositories,
            progress=lambda done: progress.update(task, completed=done),
        )
