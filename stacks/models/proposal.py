"""What a scan found, sent by its member from the command line, until it is accepted line by line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from stacks import limits

if TYPE_CHECKING:
    from members.models import Member
    from stacks.models.stack import Stack


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """The vocabulary for proposals."""

    def propose(self, member: "Member", slugs: Sequence[str], stack: "Stack | None" = None) -> "Proposal":
        """Keep what a scan found, for this stack or a new one; the same once more is the same proposal.

        The member's oldest proposals make room where there are too many.
        """
        found = sorted(set(slugs))
        with transaction.atomic():
            same = [row for row in self.filter(member=member, stack=stack) if row.slugs == found]
            kept = same[0] if same else self.create(member=member, stack=stack, slugs=found)
            recent = self.filter(member=member).order_by("-created_at", "-pk").values_list("pk", flat=True)
            self.filter(member=member).exclude(pk__in=list(recent[: limits.PROPOSALS])).delete()
        return kept


class Proposal(models.Model):
    """The slugs that a scan found, and nothing else of it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="proposals")
    stack = models.ForeignKey("stacks.Stack", models.CASCADE, null=True, blank=True, related_name="proposals")
    slugs = models.JSONField(help_text="Of tools, in alphabetical order.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{len(self.slugs)} tools found"

    def get_absolute_url(self) -> str:
        """Where its member accepts it line by line."""
        return reverse("stacks:proposal", args=[self.pk])
