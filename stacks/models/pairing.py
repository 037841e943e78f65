"""How often two tools stand in one stack."""

from django.db import models
from django.db.models import F, Q

from tools.models import Tool


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
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["-lift", "-stacks_count", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "other"], name="pairing_once"),
            models.CheckConstraint(condition=~Q(tool=F("other")), name="pairing_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.tool} with {self.other}"
