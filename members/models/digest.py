"""The record of weekly digests: one a member and week, whatever fails and however often it is tried."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from members.rhythm import TRIES, next_try

if TYPE_CHECKING:
    from members.models.member import Member

KEPT = timedelta(weeks=8)


class DigestState(models.TextChoices):
    """How far a digest came."""

    SENDING = "sending", "being sent"
    SENT = "sent", "sent"
    EMPTY = "empty", "nothing to say"
    FAILED = "failed", "refused by the mail server"


class DigestQuerySet(models.QuerySet["Digest"]):
    """The vocabulary for digests."""

    def settled(self) -> "DigestQuerySet":
        """Those after which the next one begins."""
        return self.exclude(state=DigestState.FAILED)

    def to_retry(self, now: datetime) -> "DigestQuerySet":
        """Those the mail server refused, and that may be tried again now."""
        return self.filter(state=DigestState.FAILED, retry_at__lte=now, failures__lt=TRIES)

    def claim(self, member: "Member", week: date, now: datetime) -> "Digest | None":
        """The member's digest of the week, this process's to send; None where another process has it or it is done."""
        row, is_new = self.get_or_create(member=member, week=week, defaults={"until": now})
        if is_new:
            return row
        again = self.to_retry(now).filter(pk=row.pk).update(state=DigestState.SENDING, until=now)
        return row if again else None

    def nothing_to_say(self, members: "Iterable[Member]", week: date, now: datetime) -> None:
        """Note that these members were looked at."""
        rows = [Digest(member=member, week=week, until=now, state=DigestState.EMPTY) for member in members]
        changes = ["state", "until"]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["member", "week"], update_fields=changes)

    def forget(self, today: date) -> None:
        """Drop the record of weeks long gone; a member's newest digest says where the next begins, not the older."""
        self.filter(week__lt=today - KEPT).delete()


class Digest(models.Model):
    """What became of one member's digest of one week."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    week = models.DateField(help_text="The Monday on which it goes out.")
    until = models.DateTimeField(help_text="The next one begins here.")
    state = models.CharField(max_length=7, choices=DigestState, default=DigestState.SENDING)
    failures = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-week"]
        indexes = [models.Index(fields=["retry_at"], condition=Q(state="failed"), name="digest_to_retry")]
        constraints = [models.UniqueConstraint(fields=["member", "week"], name="digest_once_a_week")]

    def __str__(self) -> str:
        return f"{self.member}, {self.week}: {self.get_state_display()}"

    def sent(self) -> None:
        """Note that the mail server took it."""
        Digest.objects.filter(pk=self.pk).update(state=DigestState.SENT)

    def failed(self, now: datetime) -> None:
        """Let it wait for another try, ever longer, a few times."""
        failures = self.failures + 1
        Digest.objects.filter(pk=self.pk).update(
            state=DigestState.FAILED, failures=failures, retry_at=next_try(now, failures)
        )
