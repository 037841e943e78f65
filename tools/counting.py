"""Counts that stand in columns, proved and mended against the rows they count."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, Model, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from tools.models import Follow, Reason, ReasonVote, Tool


@dataclass(frozen=True, slots=True)
class Counter:
    """A column that says how many rows point at its own row."""

    model: type[Model]
    column: str
    rows: QuerySet[Model]
    by: str
    """The foreign key by which the rows point."""
    adds_up: str = ""
    """The column of the rows to add up, where they are not just counted."""

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.column}"

    def drifted(self) -> QuerySet[Model]:
        """The rows whose column says something else than `counted`."""
        return self.model._default_manager.alias(counted=self._counted()).exclude(**{self.column: F("counted")})

    def mend(self) -> int:
        """Set the drifted columns right; return how many there were."""
        return self.drifted().update(**{self.column: self._counted()})

    def _counted(self) -> Coalesce:
        what = Sum(self.adds_up) if self.adds_up else Count("pk")
        rows = self.rows.filter(**{self.by: OuterRef("pk")}).order_by().values(self.by)
        return Coalesce(Subquery(rows.annotate(counted=what).values("counted"), output_field=IntegerField()), 0)


def counters() -> Iterator[Counter]:
    """The catalogue's."""
    yield Counter(Tool, "followers_count", Follow.objects.all(), "tool")
    votes = ReasonVote.objects.counted()
    yield Counter(Reason, "votes_count", votes.filter(affiliated=False), "on")
    yield Counter(Reason, "affiliated_votes_count", votes.filter(affiliated=True), "on")
