"""Tools on the rise: what gained most in stars, for its size, since a figure that is a year old or somewhat more.

The newest figure may be older than today, so the time between both is told with every growth. What rests on a burst out
of proportion (`tools.bursts`) is no rise, though it is growth.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import ExpressionWrapper, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from tools.bursts import BEFORE, Burst, bursts, rests_on_bursts
from tools.charts import Count
from tools.models import Observation, Repository, Tool

WINDOW = timedelta(days=365)
# The earlier figure may be this much older than the window, since observations are monthly with gaps.
SLACK = timedelta(days=90)
FRESH = timedelta(days=180)
FEWEST_STARS = 1_000
# For each place so many tools are looked at, in case that some of them rest on bursts.
CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Rise:
    """A tool with its stars at both ends of the window, and the growth between them as a fraction."""

    tool: Tool
    before: int
    since: date
    now: int
    on: date
    growth: float

    @property
    def percent(self) -> int:
        """The growth in whole per cent."""
        return round(self.growth * 100)


def rising(today: date, count: int) -> list[Rise]:
    """The tools whose stars grew most, relative to what they had, and not in bursts; two queries."""
    rows = _grown(today).filter(growth__gt=0).select_related("tool__function", "tool__kind")
    rises = [_rise(row) for row in rows.order_by("-growth", "name")[: count * CANDIDATES]]
    sudden = unusual(rises)
    return [rise for rise in rises if rise.tool.pk not in sudden][:count]


def unusual(rises: Sequence[Rise]) -> set[int]:
    """The tools among these, by their primary keys, whose growth rests on bursts; one query."""
    grown = [rise for rise in rises if rise.growth > 0]
    found = _bursts(grown)
    return {rise.tool.pk for rise in grown if rests_on_bursts(rise.now - rise.before, rise.since, found[rise.tool.pk])}


def _bursts(rises: Sequence[Rise]) -> dict[int, Sequence[Burst]]:
    """The bursts of these tools by their primary keys, as far as the figures since the windows' beginnings tell."""
    counts: dict[int, list[Count]] = {rise.tool.pk: [] for rise in rises}
    earliest = min((rise.since for rise in rises), default=date.max) - BEFORE
    seen = Observation.objects.exact_stars([rise.tool for rise in rises]).filter(date__gte=earliest)
    for tool, day, stars in seen.values_list("repository__tool", "date", "stars"):
        assert stars is not None, "which the query asked for"
        counts[tool].append(Count(day, stars))
    return {tool: bursts(known) for tool, known in counts.items()}


def growth_of(tools: Iterable[Tool], today: date) -> dict[int, Rise]:
    """The growth of each of these tools for which it is known, up or down, by the tool's primary key; one query."""
    rows = _grown(today).filter(tool__in=[tool.pk for tool in tools]).select_related("tool")
    return {row.tool_id: _rise(row) for row in rows}


def fastest_growing_first(today: date) -> tuple[Any, ...]:
    """An order of tools: by growth since the older figure, unknown last, equals by name."""
    growth = Subquery(_grown(today).filter(tool=OuterRef("pk")).values("growth")[:1], output_field=FloatField())
    return growth.desc(nulls_last=True), F("name").asc()


def _grown(today: date) -> QuerySet[Any]:
    """Repositories with their `growth` between a figure of a year ago (`before`, seen on `since`) and a fresh one."""
    earlier = Observation.objects.filter(
        repository=OuterRef("pk"),
        stars__gte=FEWEST_STARS,
        rounded=False,
        date__lte=today - WINDOW,
        date__gte=today - WINDOW - SLACK,
    ).order_by("-date")
    said_again = Q(seen_on__gte=today - FRESH, stars_source=Concat("host", Value(":"), "name"))
    return (
        Repository.objects.filter(Q(stars_on__gte=today - FRESH) | said_again, stars_rounded=False)
        .annotate(before=Subquery(earlier.values("stars")[:1]), since=Subquery(earlier.values("date")[:1]))
        .filter(before__isnull=False)
        .annotate(growth=ExpressionWrapper(Cast("stars", FloatField()) / F("before") - 1, FloatField()))
    )


def _rise(row: Any) -> Rise:
    """A repository with what the query added to it, which its class does not know of."""
    return Rise(row.tool, row.before, row.since, row.stars, row.as_of(row.stars_on, row.stars_source), row.growth)
