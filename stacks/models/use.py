"""A tool in a stack, and what was added and dropped."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from stacks import limits
from tools.models import Tool

if TYPE_CHECKING:
    from stacks.models.stack import Stack


class UseQuerySet(models.QuerySet["Use"]):
    """The vocabulary for tools in stacks."""

    def with_tools(self) -> "UseQuerySet":
        """Each with its tool and the tool's place, in the same query; in the order of the taxonomy, then by name."""
        layer, category, function = "function__category__layer", "function__category", "function"
        # Two places may have one position, and each must stand together.
        order = [f"tool__{place}__{by}" for place in (layer, category, function) for by in ("position", "pk")]
        return self.select_related("tool__kind", f"tool__{layer}").order_by(*order, "tool__name")

    def listed(self) -> "UseQuerySet":
        """Those in stacks that count."""
        return self.filter(stack__visibility="public", stack__hidden_at=None)


class Use(models.Model):
    """A tool that a stack holds, with its owner's note."""

    stack = models.ForeignKey("stacks.Stack", models.CASCADE, related_name="uses")
    tool = models.ForeignKey(Tool, models.CASCADE, related_name="uses")
    why = models.CharField(max_length=limits.WHY, blank=True, help_text="Why it is used, in a line.")
    since = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The year since when it is used.")
    used_version = models.CharField(max_length=limits.VERSION, blank=True, help_text="If the owner wishes to say it.")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["stack", "tool"], name="use_once")]

    def __str__(self) -> str:
        return f"{self.stack} uses {self.tool}"


class What(models.TextChoices):
    """What became of a tool in a stack."""

    ADDED = "added", "added"
    DROPPED = "dropped", "dropped"


class ChangeQuerySet(models.QuerySet["Change"]):
    """The vocabulary for the history of stacks."""

    def note(self, stack: "Stack", what: What, tools: Iterable[int], day: date) -> None:
        """Keep what became of these tools on that day."""
        self.bulk_create([Change(stack=stack, tool_id=tool, what=what, happened_on=day) for tool in tools])

    def newest(self) -> "ChangeQuerySet":
        """The newest first, with their tools."""
        return self.select_related("tool").order_by("-happened_on", "-pk")


class Change(models.Model):
    """A tool that was added to a stack or dropped from it on a day."""

    stack = models.ForeignKey("stacks.Stack", models.CASCADE, related_name="changes")
    tool = models.ForeignKey(Tool, models.CASCADE, related_name="stack_changes")
    what = models.CharField(max_length=7, choices=What)
    happened_on = models.DateField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["stack", "-happened_on"], name="stack_change_newest")]

    def __str__(self) -> str:
        return f"{self.stack}: {self.what} {self.tool}"
