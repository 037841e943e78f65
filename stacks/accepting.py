"""A scan accepted line by line, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from stacks.models import Change, Stack, What
from tools.models import Tool
from tools.words import counted


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a stack: so many tools came and went, as the changes after one and up to another one say."""

    added: int
    dropped: int
    after: int
    until: int

    @property
    def told(self) -> str:
        """It in words: "12 tools added, 1 dropped"."""
        if not self.added and not self.dropped:
            return "Nothing changed"
        parts = [counted(self.added, "tool added", "tools added")] if self.added else []
        dropped = counted(self.dropped, "tool dropped", "tools dropped")
        return ", ".join([*parts, *([dropped] if self.dropped else [])])


def accept(stack: Stack, take: Sequence[Tool], leave: Sequence[Tool], now: datetime) -> Accepted:
    """Have the stack hold the first and not the second; repeated, it changes nothing.

    Raise TooManyToolsError where it would hold more than it may.
    """
    with transaction.atomic():
        # Whoever else changes the stack waits, so that what lies between the two marks is ours.
        Stack.objects.select_for_update(of=("self",)).get(pk=stack.pk)
        after = _newest(stack)
        dropped = stack.drop(leave, now)
        added = stack.add(take, now)
        return Accepted(added, dropped, after, _newest(stack))


def undone(stack: Stack, after: int, until: int) -> tuple[list[Tool], list[Tool]]:
    """The tools that would go and those that would come back if these changes were taken back; one query."""
    changes = list(
        Change.objects.filter(stack=stack, pk__gt=after, pk__lte=until).select_related("tool").order_by("pk")
    )
    came = [change.tool for change in changes if change.what == What.ADDED]
    went = [change.tool for change in changes if change.what == What.DROPPED]
    return came, went


def _newest(stack: Stack) -> int:
    """The primary key of the stack's newest change, 0 where there is none."""
    newest: int | None = stack.changes.aggregate(newest=Max("pk"))["newest"]
    return newest or 0
