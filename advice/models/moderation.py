"""Reports of readers, and what moderators did."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from advice import limits
from advice.models.comment import Comment
from advice.models.post import Post
from tools.models import Reason

SUBJECTS = ("post", "comment", "reason", "member")


def exactly_one(*names: str) -> Q:
    """Of these columns one is set and the others are not."""
    condition = Q()
    for chosen in names:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return condition


class AboutOne(models.Model):
    """A row about one post, comment, reason or member."""

    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    reason = models.ForeignKey(Reason, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="%(class)ss_about"
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> Any:
        """What it is about."""
        return self.post or self.comment or self.reason or self.member

    @property
    def subject_kind(self) -> str:
        """Which of the four that is."""
        return next(name for name in SUBJECTS if getattr(self, f"{name}_id") is not None)


class Grounds(models.TextChoices):
    """Why something is reported."""

    SPAM = "spam", "Spam or advertising"
    PAID = "paid", "Bought praise, or a tie that is not declared"
    WRONG = "wrong", "Wrong or misleading"
    RUDE = "rude", "Rude or hateful"
    PRIVATE = "private", "Private or unlawful content"
    OTHER = "other", "Something else"


class Report(AboutOne):
    """A reader's wish that a moderator look at something; once a member and thing."""

    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    grounds = models.CharField(max_length=8, choices=Grounds)
    text = models.CharField(max_length=limits.NOTE, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["created_at"], condition=Q(closed_at=None), name="report_open")]
        constraints = [
            models.CheckConstraint(condition=exactly_one(*SUBJECTS), name="report_about_one"),
            *(
                models.UniqueConstraint(
                    fields=["reporter", name], condition=Q(closed_at=None), name=f"report_once_per_{name}"
                )
                for name in SUBJECTS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_grounds_display()}: {self.subject}"


class Deed(models.TextChoices):
    """What a moderator can do."""

    APPROVE = "approve", "let through"
    HIDE = "hide", "hidden"
    RESTORE = "restore", "restored"
    DISMISS = "dismiss", "left as it is"
    WARN = "warn", "author warned"
    SUSPEND = "suspend", "member suspended"
    READMIT = "readmit", "suspension ended"
    HOLD = "hold", "votes held"
    RELEASE = "release", "held votes released"


class Act(AboutOne):
    """One thing a moderator did, for the public log; `note` is for the author alone."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    deed = models.CharField(max_length=8, choices=Deed)
    grounds = models.CharField(max_length=8, choices=Grounds, blank=True)
    note = models.CharField(max_length=limits.NOTE, blank=True)
    done_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-done_at", "-pk"]
        constraints = [models.CheckConstraint(condition=exactly_one(*SUBJECTS), name="act_about_one")]

    def __str__(self) -> str:
        return f"{self.get_deed_display()}: {self.subject}"
