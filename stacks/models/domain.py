"""The domain that proves whose stack it is."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from stacks import rhythm
from stacks.domain_names import FILE, LONGEST, RECORD, proof

if TYPE_CHECKING:
    from stacks.models.stack import Stack

TOKEN_LENGTH = 32
CLAIM = timedelta(minutes=5)
"""After this a worker's claim is void: whoever made it died, for no look takes so long."""


def new_token() -> str:
    """What the owner of the domain puts there."""
    return get_random_string(TOKEN_LENGTH)


class Method(models.TextChoices):
    """Where the token is looked for."""

    DNS = "dns", "a TXT record"
    FILE = "file", "a file"


class DomainQuerySet(models.QuerySet["Domain"]):
    """The vocabulary for domains."""

    def claim(self, stack: "Stack", name: str, now: datetime) -> "Domain":
        """Have the stack name this domain; what its owner verified for another stack counts here at once."""
        with transaction.atomic():
            mine = self.filter(stack__owner=stack.owner_id, name=name).order_by(F("verified_at").asc(nulls_last=True))
            known = mine.first()
            if known is not None and known.stack_id == stack.pk:
                return known
            self.filter(stack=stack).delete()
            shared = {column: getattr(known, column) for column in SHARED} if known else {"due_at": now}
            return self.create(stack=stack, name=name, claimed_at=now, **shared)

    def due(self, now: datetime) -> "DomainQuerySet":
        """Those to look at now, which no worker is at, or whoever was is dead; the longest due first."""
        free = Q(claimed_until=None) | Q(claimed_until__lte=now)
        return self.filter(free, due_at__lte=now).order_by("due_at", "pk")

    def look_now(self, now: datetime) -> None:
        """Have a worker look at them as soon as it can, and at those that were given up again."""
        self.update(due_at=now)
        self.filter(verified_at=None).update(attempts=0)


class Domain(models.Model):
    """A company's or project's domain: claimed, then verified by a token found there, then looked at again at times."""

    stack = models.OneToOneField("stacks.Stack", models.CASCADE, related_name="domain")
    name = models.CharField(max_length=LONGEST, help_text="Such as example.org, in lower case.")
    token = models.CharField(max_length=TOKEN_LENGTH, default=new_token, editable=False)
    method = models.CharField(max_length=4, choices=Method, blank=True, help_text="Where the token was found.")
    claimed_at = models.DateTimeField(default=timezone.now, editable=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, default=timezone.now, help_text="When it is looked at next.")
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False, help_text="By a worker that looks now.")
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True, help_text="Why the token was not found last time.")

    objects = DomainQuerySet.as_manager()

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

    @property
    def record(self) -> str:
        """The name under which the TXT record stands."""
        return f"{RECORD}.{self.name}"

    @property
    def file(self) -> str:
        """The address of the file."""
        return f"https://{self.name}{FILE}"

    @property
    def proof(self) -> str:
        """What stands in either."""
        return proof(self.token)

    def take(self, now: datetime) -> bool:
        """Make it this worker's to look at; False where another was quicker."""
        return bool(Domain.objects.due(now).filter(pk=self.pk).order_by().update(claimed_until=now + CLAIM))

    def found(self, method: Method, now: datetime) -> None:
        """The token is there: for this stack, and for each of its owner's that names the domain."""
        due = now + rhythm.MONTH
        state = {
            "method": method,
            "checked_at": now,
            "attempts": 0,
            "problem": "",
            "due_at": due,
            "claimed_until": None,
        }
        self._siblings().update(**state)
        self._siblings().filter(verified_at=None).update(verified_at=now)

    def missed(self, problem: str, now: datetime) -> None:
        """The token is not there, for a reason told in a sentence; what was verified once outlives a few failures."""
        failures = self.attempts + 1
        wait = rhythm.next_look(verified=self.is_verified, failures=failures)
        state = {"checked_at": now, "attempts": failures, "problem": problem[:300], "claimed_until": None}
        self._siblings().update(due_at=wait and now + wait, **state)
        if not rhythm.is_kept(failures):
            self._siblings().update(verified_at=None, method="")

    def _siblings(self) -> DomainQuerySet:
        """The rows of the same owner and name: they share the token."""
        return Domain.objects.filter(name=self.name, token=self.token)


# What the rows of one owner and one name have in common.
SHARED = ("token", "method", "verified_at", "checked_at", "due_at", "attempts", "problem")
