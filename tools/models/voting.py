"""Votes: one a member and row, counted in the row's own column in the same transaction."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

if TYPE_CHECKING:
    from members.models import Member

# A ring: so many new accounts from one address, voting for one thing within so many minutes. Once some are held,
# whichever of them come later belong to it.
RING = 3
RING_WITHIN = timedelta(minutes=15)
NEW_FOR = timedelta(days=7)


class VoteQuerySet[Row: "Vote"](models.QuerySet[Row]):
    """The vocabulary for votes."""

    def counted(self) -> Self:
        """Those that count: the held ones wait for a moderator."""
        return self.filter(held=False)

    def by(self, member: "Member", rows: "models.QuerySet[Any] | list[Any]") -> set[int]:
        """Which of the rows this member voted for, by primary key; one query for a whole page."""
        return set(self.filter(member=member, on__in=rows).values_list("on", flat=True))

    def by_viewer(self, viewer: Any, rows: "models.QuerySet[Any] | list[Any]") -> set[int]:
        """As `by`, of whoever reads the page; without a query for those who are no members."""
        return self.by(viewer, rows) if viewer.is_authenticated else set()

    def ring(self, address: str, now: datetime) -> Self:
        """Those of new accounts from one address within the time in which a ring votes, and those held already."""
        recent = Q(created_at__gt=now - RING_WITHIN, member__date_joined__gt=now - NEW_FOR)
        return self.filter(recent | Q(held=True), address=address)


class Vote(models.Model):
    """A member's vote for a row, which the subclass names `on`."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(class)ss")
    address = models.CharField(max_length=32, blank=True, help_text="A digest of the network address, to find rings.")
    held = models.BooleanField(default=False, help_text="Looks like one of a ring: does not count until released.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["on", "member"], name="%(class)s_once")]

    def __str__(self) -> str:
        return f"{self.member} for {getattr(self, 'on', None)}"

    @property
    def column(self) -> str:
        """The column of the row in which this vote counts."""
        return "votes_count"


class VotedOn(models.Model):
    """A row that members vote for; its votes hang on it as `votes`."""

    votes_count = models.PositiveIntegerField(default=0, editable=False)

    votes: ClassVar[Any]
    # Which of the votes that are not held count in which column.
    vote_columns: ClassVar[dict[str, Q]] = {"votes_count": Q()}

    class Meta:
        abstract = True

    def vote(self, member: "Member", address: str = "", **context: Any) -> bool:
        """Count the member's vote once; say whether it is new. What is said with it replaces what was said before."""
        with transaction.atomic():
            self._lock()
            defaults = {"address": address, **context, **self.counted_apart(member)}
            vote, is_new = self.votes.get_or_create(member=member, defaults=defaults)
            if is_new:
                self._count(vote, +1)
                self._hold_ring(vote)
            elif context:
                self.votes.filter(pk=vote.pk).update(**context)
        return bool(is_new)

    def withdraw_vote(self, member: "Member") -> bool:
        """Take the member's vote back; say whether there was one."""
        with transaction.atomic():
            self._lock()
            vote = self.votes.select_for_update().filter(member=member).first()
            # Of two at a time only one deletes the row.
            gone = vote is not None and self.votes.filter(pk=vote.pk).delete()[0] > 0
            if gone and not vote.held:
                self._count(vote, -1)
        return gone

    @classmethod
    def withdraw_votes_of(cls, member: "Member") -> list[int]:
        """Take back all of the member's votes for such rows, in as many queries whatever their number.

        Returns the primary keys of the rows that they were for.
        """
        votes = cls.votes.rel.related_model.objects.filter(member=member)
        with transaction.atomic():
            rows = cls._default_manager.filter(pk__in=votes.values("on")).order_by("pk")
            keys = list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
            for column, votes_of_column in cls.vote_columns.items():
                counted = votes.counted().filter(votes_of_column)
                cls._default_manager.filter(pk__in=counted.values("on")).update(**{column: F(column) - 1})
            votes.delete()
        return keys

    def hold(self, vote: Any) -> None:
        """Keep a vote from counting until a moderator releases it."""
        with transaction.atomic():
            self._lock()
            if self.votes.filter(pk=vote.pk, held=False).update(held=True):
                self._count(vote, -1)

    def release(self, vote: Any) -> None:
        """Let a held vote count for good: its address is forgotten, so that no later vote makes a ring with it."""
        with transaction.atomic():
            self._lock()
            if self.votes.filter(pk=vote.pk, held=True).update(held=False, address=""):
                self._count(vote, +1)

    def release_votes(self) -> int:
        """Let all held votes count; return how many there were."""
        with transaction.atomic():
            self._lock()
            held = list(self.votes.filter(held=True))
            for vote in held:
                self.release(vote)
        return len(held)

    def counted_apart(self, member: "Member") -> dict[str, bool]:
        """What a new vote of the member is marked with, where it is counted apart."""
        return {}

    def _lock(self) -> None:
        """Take this row before its votes: who takes both in one order never waits for one another in a circle."""
        list(type(self)._default_manager.select_for_update(no_key=True).filter(pk=self.pk).values_list("pk"))

    def _count(self, vote: Any, by: int) -> None:
        type(self)._default_manager.filter(pk=self.pk).update(**{vote.column: F(vote.column) + by})

    def _hold_ring(self, vote: Any) -> None:
        if vote.address and vote.member.date_joined > vote.created_at - NEW_FOR:
            ring = list(self.votes.ring(vote.address, vote.created_at))
            if len(ring) >= RING:
                for one in ring:
                    self.hold(one)
