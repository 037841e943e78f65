"""What the site tells a member: on the site at once, by mail as often as they wish."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from members.models.member import Member


class Kind(models.TextChoices):
    """What a notification is about; the closed list of what a member can have mail about."""

    ANSWER = "answer", "Answers to your questions"
    REPLY = "reply", "Replies to your comments"
    COMMENT = "comment", "Comments on posts you subscribe to"
    MENTION = "mention", "Mentions of you"
    REVISIT = "revisit", "Decisions of yours that are due to be revisited"
    MODERATION = "moderation", "What moderators tell you"
    DIGEST = "digest", "Digest of the tools you follow"


class Rhythm(models.TextChoices):
    """How soon mail goes out."""

    AT_ONCE = "at-once", "At once"
    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"
    NEVER = "never", "Never"


# What a member who has not chosen gets.
DEFAULT_RHYTHMS = {
    Kind.ANSWER: Rhythm.AT_ONCE,
    Kind.REPLY: Rhythm.AT_ONCE,
    Kind.COMMENT: Rhythm.DAILY,
    Kind.MENTION: Rhythm.AT_ONCE,
    Kind.REVISIT: Rhythm.AT_ONCE,
    Kind.MODERATION: Rhythm.AT_ONCE,
    Kind.DIGEST: Rhythm.WEEKLY,
}


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


class MailPreference(models.Model):
    """How often a member wants mail of one kind; without a row it is the kind's default."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_preferences")
    kind = models.CharField(max_length=12, choices=Kind)
    rhythm = models.CharField(max_length=8, choices=Rhythm)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="mail_preference_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.rhythm}"
