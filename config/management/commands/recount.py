"""Prove that counts say what the rows say, and mend those that do not."""

import sys
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from advice import counting as advice
from advice.models import Standing
from stacks import counting as stacks
from tools import counting as tools


class Command(BaseCommand):
    help = "Compare every count that stands in a column with the rows it counts, and set right what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say what differs; exit with 1 if anything does")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        found = self._drift(mend=not check)
        for line in found:
            self.stdout.write(line)
        if not found:
            self.stdout.write("Every count is right.")
        elif check:
            sys.exit(1)

    def _drift(self, *, mend: bool) -> list[str]:
        verb = "mended" if mend else "wrong"
        with transaction.atomic():
            counts = [
                (str(counter), counter.mend() if mend else counter.drifted().count())
                for counter in chain(tools.counters(), advice.counters(), stacks.counters())
            ]
            cold, outdated = advice.lukewarm(), advice.outdated()
            if mend:
                for post in cold:
                    post.warm()
                Standing.objects.recompute(row.tool_id for row in outdated)
        counts += [("advice.Post.heat", len(cold)), ("advice.Standing", len(outdated))]
        return [f"{name}: {count} {verb}" for name, count in counts if count]
