"""Print how much of the catalogue is known and sourced, and how much its comparisons say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.table import Table

from comparisons.coverage import Coverage, cited, coverage
from comparisons.gather import gather
from tools.catalogue.vocabulary import Vocabulary
from tools.models import Function, Tool


class Command(BaseCommand):
    help = "Print what is known and sourced, and the statements a pair has, by function and for the best known tools."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--best-known", type=int, default=200, help="how many tools count as best known")

    def handle(self, *args: Any, best_known: int, **options: Any) -> None:
        tools = list(Tool.objects.with_place().with_neighbours().order_by("name"))
        subjects = {subject.slug: subject for subject in gather(tools, candidates=0).subjects}
        asked = _asked()
        console = Console(file=self.stdout, width=100)  # type: ignore[arg-type]  # OutputWrapper writes as a file does
        table = Table("function", *("tools", "asked", "known", "sourced", "pairs", "median", "10th pct"))
        for function in Function.objects.all():
            members = [subjects[tool.slug] for tool in tools if tool.function_id == function.pk]
            table.add_row(*_cells(coverage(function.name, members, asked[function.slug])))
        console.print(table)
        chosen = [subjects[tool.slug] for tool in Tool.objects.best_known(best_known)]
        found = cited(chosen)
        console.print(
            f"The {len(chosen)} best known tools: {found.pairs:,} pairs, {found.statements:,} statements, "
            f"{found.share:.1%} of them citing at least one sourced fact."
        )


def _asked() -> dict[str, int]:
    """How many compared attributes the tools of each function are asked."""
    vocabulary = Vocabulary.of_site()
    compared = [question for question in vocabulary.questions.values() if question.compare]
    return {
        function: sum(question.is_asked_in(places) for question in compared)
        for function, places in vocabulary.places.items()
    }


def _cells(row: Coverage) -> list[str]:
    return [
        row.name,
        f"{row.tools}",
        f"{row.asked:,}",
        f"{row.known_share:.0%}",
        f"{row.sourced_share:.0%}",
        f"{row.pairs:,}",
        f"{row.median:.0f}",
        f"{row.tenth:.0f}",
    ]
