"""A reason: a pro or a con of a tool, in one line."""

from django.db import models

from tools.models.tool import Tool


class Side(models.TextChoices):
    """For or against: there is no third."""

    PRO = "pro", "pro"
    CON = "con", "con"


class Reason(models.Model):
    """One line for or against a tool, written by the editors until members write their own."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="reasons")
    side = models.CharField(max_length=3, choices=Side)
    text = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["tool", "text"], name="reason_once_per_tool")]

    def __str__(self) -> str:
        return self.text
