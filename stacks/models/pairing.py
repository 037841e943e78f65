"""How often two tools stand in one stack."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q

from stacks import pairing
from stacks.models.stack import Stack
from stacks.models.use import Use
from tools.models import Tool

BATCH = 500
type Figures = tuple[int, int, int, float, float]


class PairingQuerySet(models.QuerySet["Pairing"]):
    """The vocabulary for pairings."""

    def most_telling(self, count: int) -> "PairingQuerySet":
        """The first of them, with the tools that are used along."""
        return self.select_related("other")[:count]

    def recount(self, now: datetime) -> int:
        """Count all listed stacks anew; return how many rows changed. What says the same as before stays as it is."""
        with transaction.atomic():
            held = Use.objects.listed().order_by("stack").values_list("stack", "tool")
            stacks = Stack.objects.listed().filter(tools_count__gt=0).count()
            wanted = {_figures(couple): couple for couple in pairing.couples(held.iterator(), stacks)}
            columns = ("pk", "tool", "other", "stacks_count", "support", "lift")
            kept = {tuple(row): pk for pk, *row in self.values_list(*columns)}
            gone = [pk for row, pk in kept.items() if row not in wanted]
            self._drop(gone)
            new = [couple for row, couple in wanted.items() if row not in kept]
            self.bulk_create([_row(couple, now) for couple in new], batch_size=BATCH)
        return len(gone) + len(new)

    def _drop(self, keys: list[int]) -> None:
        for start in range(0, len(keys), BATCH):
            self.filter(pk__in=keys[start : start + BATCH]).delete()


def _figures(couple: pairing.Couple) -> Figures:
    return couple.tool, couple.other, couple.together, couple.support, couple.lift


def _row(couple: pairing.Couple, now: datetime) -> "Pairing":
    figures = {"stacks_count": couple.together, "support": couple.support, "lift": couple.lift}
    return Pairing(tool_id=couple.tool, other_id=couple.other, counted_at=now, **figures)


class Pairing(models.Model):
    """Two tools that are used together, as counted over all listed stacks; a row for each direction.

    `support` is the share of stacks that hold both, from 0 to 1; `lift` how many times more often they stand together
    than they would by chance. Agrawal, Imieliński, Swami: Mining Association Rules (1993); Brin et al. (1997) for lift.
    """

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="pairings")
    other = models.ForeignKey(Tool, models.CASCADE, related_name="paired_by")
    stacks_count = models.PositiveIntegerField(help_text="Stacks that hold both.")
    support = models.FloatField()
    lift = models.FloatField()
    counted_at = models.DateTimeField()  # when these figures were counted first

    objects = PairingQuerySet.as_manager()

    class Meta:
        ordering = ["-lift", "-stacks_count", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "other"], name="pairing_once"),
            models.CheckConstraint(condition=~Q(tool=F("other")), name="pairing_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.tool} with {self.other}"

    @property
    def times(self) -> str:
        """How many times more often than by chance, as people say it: `2.4`, or `31` where it is many."""
        return f"{self.lift:.1f}" if self.lift < 10 else f"{self.lift:,.0f}"

    @property
    def least_together(self) -> int:
        """The number of stacks below which nothing is told."""
        return pairing.LEAST_TOGETHER

    @property
    def least_lift(self) -> float:
        """And the lift that is asked for."""
        return pairing.LEAST_LIFT
