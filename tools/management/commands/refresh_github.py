"""Refresh the figures of repositories from GitHub and other hosts now, as beat does by the minute."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tools.models import Repository
from tools.models.repository import RepositoryQuerySet
from tools.refresh import Outcome, refresh
from tools.tasks import forges


class Command(BaseCommand):
    help = (
        "Ask their hosts about the repositories that are due, or about those you name. "
        "Exits with 1 if a host could not be asked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--tool", nargs="+", default=[], metavar="SLUG", help="these tools, due or not")
        which.add_argument("--all", action="store_true", help="every tool, due or not")
        parser.add_argument("--limit", type=int, help="at most so many; without a token GitHub answers 60 an hour")
        parser.add_argument("--dry-run", action="store_true", help="list what would be asked, and ask nothing")

    def handle(self, *args: Any, dry_run: bool, limit: int | None, **options: Any) -> None:
        if limit is not None and limit < 1:
            raise CommandError(f"--limit must be 1 or more, not {limit}.")
        repositories = _chosen(options["tool"], everything=options["all"])
        if dry_run:
            for repository in repositories.select_related("tool")[:limit]:
                self.stdout.write(f"{repository.tool.slug}: {repository}")
            return
        is_due = not (options["tool"] or options["all"])
        outcome = _refresh(repositories, limit, is_due=is_due)
        for line in (*outcome.failed, str(outcome)):
            self.stdout.write(line)
        if outcome.pauses:
            sys.exit(1)


def _chosen(slugs: list[str], *, everything: bool) -> RepositoryQuerySet:
    if everything:
        return Repository.objects.order_by("due_at", "pk")
    if not slugs:
        return Repository.objects.due(timezone.now())
    repositories = Repository.objects.filter(tool__slug__in=slugs)
    if missing := sorted(set(slugs) - set(repositories.values_list("tool__slug", flat=True))):
        raise CommandError(f"No tool with a repository has the slug {', '.join(missing)}.")
    return repositories


def _refresh(repositories: RepositoryQuerySet, limit: int | None, *, is_due: bool) -> Outcome:
    columns = (TextColumn("Asking hosts"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("ask", total=repositories[:limit].count())
        return refresh(
            timezone.now(),
            forges(),
            limit,
            # What is due is looked up for each batch: another worker may refresh it in the meantime.
            among=None if is_due else repositories,
            progress=lambda done: progress.update(task, completed=done),
        )
