"""Who takes part: the custom user, in the first migration so that it can grow."""

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from members.usernames import is_username

# How many links a profile may show.
LINKS = 5


class Member(AbstractUser):
    """A person with an account; known by the username or a display name, reached by email."""

    first_name = None  # type: ignore[assignment]  # names are not asked for; Django lets a field be removed so
    last_name = None  # type: ignore[assignment]  # as above
    username = models.CharField(max_length=40, unique=True, validators=[is_username])
    display_name = models.CharField(max_length=60, blank=True)
    headline = models.CharField(max_length=120, blank=True, help_text="Such as “Senior engineer at …”.")
    company = models.CharField(max_length=80, blank=True)
    bio = models.TextField(max_length=1_000, blank=True)
    links = models.JSONField(default=list, blank=True, help_text="Addresses, https:// each.")
    trusted_at = models.DateTimeField(
        null=True, blank=True, help_text="When a moderator first let something of theirs through."
    )
    suspended_until = models.DateTimeField(null=True, blank=True, help_text="Until then they may read, not write.")
    suspension_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="member_username_unique_without_case",
                violation_error_message="A member with that username already exists.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="member_email_unique_without_case",
                violation_error_message="A member with that email address already exists.",
            ),
        ]

    def get_full_name(self) -> str:
        """The name others see."""
        return self.display_name or self.username

    def get_short_name(self) -> str:
        """The name others see."""
        return self.get_full_name()

    def get_absolute_url(self) -> str:
        """The member's profile."""
        return reverse("members:profile", args=[self.username])

    @property
    def is_newcomer(self) -> bool:
        """Whether a moderator still has to let the first thing of theirs through; staff are known."""
        return self.trusted_at is None and not self.is_staff

    @property
    def is_suspended(self) -> bool:
        """Whether they may read only, at this moment."""
        return self.suspended_until is not None and self.suspended_until > timezone.now()

    def trust(self, now: datetime) -> None:
        """Let what they write appear at once from now on; the first time counts."""
        Member.objects.filter(pk=self.pk, trusted_at=None).update(trusted_at=now)

    def suspend(self, until: datetime, reason: str) -> None:
        """Let them read only until then, and tell them why."""
        Member.objects.filter(pk=self.pk).update(suspended_until=until, suspension_reason=reason)

    def readmit(self) -> None:
        """End a suspension."""
        Member.objects.filter(pk=self.pk).update(suspended_until=None, suspension_reason="")
