"""Print how much of the catalogue is known and sourced, and how much its comparisons say."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.table import Table

from comparisons.coverage import Coverage, cited, coverage
from comparisons.gather import gather
from tools.models import Attribute, Function, Tool


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
        for function in Function.objects.select_related("category"):
            members = [subjects[tool.slug] for tool in tools if tool.function_id == function.pk]
            table.add_row(*_cells(coverage(function.name, members, asked[function.pk])))
        console.print(table)
        chosen = [subjects[tool.slug] for tool in Tool.objects.best_known(best_known)]
        found = cited(chosen)
        console.print(
            f"The {len(chosen)} best known tools: {found.pairs:,} pairs, {found.statements:,} statements, "
            f"{found.share:.1%} of them citing at least one sourced fact."
        )


def _asked() -> Counter[int]:
    """How many compared attributes each function's tools are asked."""
    asked: Counter[int] = Counter()
    functions = list(Function.objects.select_related("category"))
    for attribute in Attribute.objects.filter(compare=True).prefetch_related("layers", "categories", "functions"):
        layers = {row.pk for row in attribute.layers.all()}
        categories = {row.pk for row in attribute.categories.all()}
        chosen = {row.pk for row in attribute.functions.all()}
        everywhere = not (layers or categories or chosen)
        asked.update(
            f.pk
            for f in functions
            if everywhere or f.pk in chosen or f.category_id in categories or f.category.layer_id in layers
        )
    return asked


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
