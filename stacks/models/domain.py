"""The domain that proves whose stack it is."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

TOKEN_LENGTH = 32


def new_token() -> str:
    """What the owner of the domain puts there."""
    return get_random_string(TOKEN_LENGTH)


class Method(models.TextChoices):
    """Where the token is looked for."""

    DNS = "dns", "a TXT record"
    FILE = "file", "a file"


class Domain(models.Model):
    """A company's or project's domain: claimed, then verified by a token found there, then looked at again at times."""

    stack = models.OneToOneField("stacks.Stack", models.CASCADE, related_name="domain")
    name = models.CharField(max_length=253, help_text="Such as example.org, in lower case.")
    token = models.CharField(max_length=TOKEN_LENGTH, default=new_token, editable=False)
    method = models.CharField(max_length=4, choices=Method, blank=True, help_text="Where the token was found.")
    claimed_at = models.DateTimeField(default=timezone.now, editable=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, default=timezone.now, help_text="When it is looked at next.")
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False, help_text="By a worker that looks now.")
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True, help_text="Why the token was not found last time.")

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["due_at"], name="domain_due")]
        constraints = [
            models.CheckConstraint(condition=Q(verified_at=None) | ~Q(method=""), name="domain_verified_somehow"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        """Whether the token was found there."""
        return self.verified_at is not None
