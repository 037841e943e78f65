"""A member's wish to hear of every tool in a stack."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
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
