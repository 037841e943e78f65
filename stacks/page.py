"""A stack's page: its tools by layer and category, and what became of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count as CountRows
from django.db.models import Q
from django.db.models.functions import TruncMonth

from stacks import timeline
from stacks.models import Change, Stack, Use, What
from tools import pairs
from tools.models import Category, Layer, Tool

LATEST = 12
"""Changes on the stack's own page; its history has the rest."""
FORKS = 6
GLANCE = 24
"""Tools of a layer that are seen at a glance."""


@dataclass(frozen=True, slots=True)
class Part:
    """A category with the tools of the stack in it, and comparisons of those that serve one function."""

    category: Category
    uses: Sequence[Use]
    comparisons: Sequence[tuple[str, Sequence[Tool]]]


@dataclass(frozen=True, slots=True)
class Band:
    """A layer with its categories."""

    layer: Layer
    parts: Sequence[Part]

    @property
    def uses(self) -> list[Use]:
        """All of its tools."""
        return [use for part in self.parts for use in part.uses]

    @property
    def first(self) -> list[Use]:
        """Those that are seen at a glance."""
        return self.uses[:GLANCE]

    @property
    def more(self) -> int:
        """How many more there are."""
        return len(self.uses) - len(self.first)


@dataclass(frozen=True, slots=True)
class Happening:
    """What was added and dropped within one day."""

    day: date
    added: Sequence[Tool]
    dropped: Sequence[Tool]


def bands(uses: Iterable[Use]) -> list[Band]:
    """The tools by layer and category; they come with their places, in the order of the taxonomy."""
    of_layers = groupby(uses, key=lambda use: use.tool.function.category.layer)
    return [Band(layer, list(_parts(of_layer))) for layer, of_layer in of_layers]


def drawn(stack: Stack, today: date) -> list[timeline.Bar]:
    """Its history as bars; one query."""
    added, dropped = (CountRows("pk", filter=Q(what=what)) for what in (What.ADDED, What.DROPPED))
    months = stack.changes.order_by().annotate(month=TruncMonth("happened_on")).values("month")
    rows = months.annotate(added=added, dropped=dropped).values_list("month", "added", "dropped")
    counts = [timeline.Count(*row) for row in rows]
    return timeline.bars(counts, today)


def happenings(changes: Iterable[Change]) -> list[Happening]:
    """Changes, the newest first, by day."""
    found = []
    for day, of_day in groupby(changes, key=lambda change: change.happened_on):
        rows = list(of_day)
        added, dropped = (
            sorted((row.tool for row in rows if row.what == what), key=lambda tool: tool.name.lower())
            for what in (What.ADDED, What.DROPPED)
        )
        found.append(Happening(day, added, dropped))
    return found


def _parts(uses: Iterable[Use]) -> Iterator[Part]:
    for category, of_category in groupby(uses, key=lambda use: use.tool.function.category):
        rows = list(of_category)
        yield Part(category, rows, list(_comparisons(rows)))


def _comparisons(uses: Sequence[Use]) -> Iterator[tuple[str, Sequence[Tool]]]:
    for _, of_function in groupby(uses, key=lambda use: use.tool.function_id):
        tools = [use.tool for use in of_function]
        if pairs.is_countable(tool.slug for tool in tools):
            yield pairs.address(tool.slug for tool in tools), tools
