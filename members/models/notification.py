"""What the site tells a member: on the site at once, by mail as often as they wish."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Max, Q

from members.models.preference import Kind, wanted_rhythm
from members.rhythm import STALE, TRIES, next_try, rounds

if TYPE_CHECKING:
    from members.models.member import Member


class NotificationQuerySet(models.QuerySet["Notification"]):
    """The vocabulary for notifications."""

    def tell(self, members: Iterable["Member"], kind: Kind, key: str, text: str, url: str, *, note: str = "") -> None:
        """Tell each of the members once: whoever was told under this key already is not told again."""
        said = {"kind": kind, "key": key, "text": text[:200], "url": url, "note": note}
        rows = [Notification(member=member, **said) for member in members]
        self.bulk_create(rows, ignore_conflicts=True)

    def unread(self) -> "NotificationQuerySet":
        """Those the member has not seen."""
        return self.filter(read_at=None)

    def mark_read(self, now: datetime) -> None:
        """Say that the member has seen them; those seen before keep their time."""
        self.unread().update(read_at=now)

    def due(self, now: datetime) -> "NotificationQuerySet":
        """Those to mail now, the oldest first: unread, by the rhythm the member wants for their kind."""
        waiting = self.filter(mailed_at=None, read_at=None, created_at__gt=now - STALE, mail_failures__lt=TRIES)
        timely = Q()
        for rhythm, until in rounds(now).items():
            timely |= Q(rhythm=rhythm, created_at__lte=until)
        patient = Q(mail_after=None) | Q(mail_after__lte=now)
        return waiting.annotate(rhythm=wanted_rhythm()).filter(timely & patient).order_by("created_at", "pk")

    def claim(self, member: "Member", now: datetime) -> "list[Notification]":
        """Those of the member that are due, now this process's to mail: whoever else asks gets none of them."""
        with transaction.atomic():
            rows = list(self.due(now).filter(member=member).select_for_update())
            self.filter(pk__in=[row.pk for row in rows]).update(mailed_at=now)
        return rows

    def mail_failed(self, now: datetime) -> None:
        """Take the claim back: they wait for another try, ever longer, a few times."""
        failures = self.aggregate(most=Max("mail_failures"))["most"] + 1
        self.update(mailed_at=None, mail_failures=F("mail_failures") + 1, mail_after=next_try(now, failures))


class Notification(models.Model):
    """One sentence to one member, and where it leads."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=80, help_text="What happened, such as “comment-12”: told once.")
    text = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True, help_text="What a moderator wrote to the member.")
    url = models.CharField(max_length=300, help_text="A path of this site.")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_failures = models.PositiveSmallIntegerField(default=0, editable=False)
    mail_after = models.DateTimeField(null=True, blank=True, editable=False, help_text="Not before, after a failure.")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["member", "-created_at"], name="notification_of_member"),
            models.Index(fields=["member"], condition=Q(read_at=None), name="notification_unread"),
            models.Index(fields=["created_at"], condition=Q(mailed_at=None), name="notification_to_mail"),
        ]
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="notification_once")]

    def __str__(self) -> str:
        return self.text
