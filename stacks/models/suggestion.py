"""What a scan met and the catalogue does not know, as members offer it to editors."""

import re
from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone

LONGEST = 200
MOST = 50
"""Names offered at once."""
_NAME = re.compile(r"[A-Za-z0-9@._:/+%~#?=&-]{2,200}")


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """The vocabulary for suggestions."""

    def offer(self, identifiers: Iterable[str]) -> int:
        """Keep these names, each once; return how many are new. What cannot be an identifier is left out."""
        names = [name for name in dict.fromkeys(identifiers) if _NAME.fullmatch(name)][:MOST]
        with transaction.atomic():
            known = set(self.filter(identifier__in=names).values_list("identifier", flat=True))
            new = [Suggestion(identifier=name) for name in names if name not in known]
            self.bulk_create(new, ignore_conflicts=True)
        return len(new)

    def waiting(self) -> "SuggestionQuerySet":
        """Those that no editor has settled, the oldest first."""
        return self.filter(settled_at=None).order_by("offered_at", "pk")


class Suggestion(models.Model):
    """An identifier that no tool answers to, and nothing else: not whose stack it is from, nor how often it was met."""

    identifier = models.CharField(max_length=LONGEST, unique=True, help_text="Such as pkg:pypi/some-package.")
    offered_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="When an editor added a tool for it, or not.")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-offered_at", "-pk"]

    def __str__(self) -> str:
        return self.identifier
