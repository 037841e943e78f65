"""A member's wish to hear of every tool in a stack."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

if TYPE_CHECKING:
    from members.models import Member
    from stacks.models.stack import Stack


class WatchQuerySet(models.QuerySet["Watch"]):
    """The vocabulary for watching stacks."""

    def watch(self, member: "Member", stack: "Stack") -> bool:
        """Have the member hear of the stack's tools; say whether that is new."""
        return self.get_or_create(member=member, stack=stack)[1]

    def unwatch(self, member: "Member", stack: "Stack") -> bool:
        """Have the member hear no more of them by way of this stack; say whether they did until now."""
        return self.filter(member=member, stack=stack).delete()[0] > 0

    def is_by(self, viewer: Any, stack: "Stack") -> bool:
        """Whether this reader watches the stack; one query for members, none for others."""
        return viewer.is_authenticated and self.filter(member=viewer, stack=stack).exists()

    def of_readable(self) -> "WatchQuerySet":
        """Those of stacks that their watchers may read: what a moderator hid is its owner's alone."""
        return self.filter(Q(stack__hidden_at=None) | Q(stack__owner=F("member")))

    def tools(self) -> models.QuerySet["Watch", Any]:
        """The tools in the stacks, by primary key."""
        return self.of_readable().filter(stack__uses__isnull=False).order_by().values("stack__uses__tool")

    def hearing_of(self, tools: Iterable[int]) -> models.QuerySet["Watch", tuple[int, int]]:
        """Who watches which of these tools, as couples of primary keys, each once; one query."""
        found = self.of_readable().filter(stack__uses__tool__in=list(tools)).order_by("member", "stack__uses__tool")
        return found.values_list("member", "stack__uses__tool").distinct()

    def count_by_tool(self, tools: Iterable[int]) -> dict[int, int]:
        """How many watch stacks with each of these tools; one query."""
        rows = self.of_readable().filter(stack__uses__tool__in=list(tools)).order_by().values("stack__uses__tool")
        return dict(rows.values_list("stack__uses__tool", Count("member", distinct=True)))


class Watch(models.Model):
    """A member who hears of every tool in a stack, whichever it holds at the time."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches")
    stack = models.ForeignKey("stacks.Stack", models.CASCADE, related_name="watches")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["member", "stack"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.member} watches {self.stack}"
