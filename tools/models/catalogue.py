"""What the catalogue's files said when they were last loaded."""

from django.db import models
from django.db.models import F, Q

THE_ONE = 1


class EditionQuerySet(models.QuerySet["Edition"]):
    """The vocabulary for the catalogue's edition."""

    def current(self) -> int:
        """The number that everything read of the catalogue from now on has at least; one query."""
        return self.values_list("number", flat=True).first() or 0

    def advance(self) -> None:
        """Say that the catalogue changed: last in the transaction that changed it, so that both are seen together."""
        self._advance("number")

    def advance_contributions(self) -> None:
        """Say that pages show other posts or reasons of members than before; the catalogue itself is as it was."""
        self._advance("contributions")

    def of_pages(self) -> tuple[int, int]:
        """The numbers that any page was made of; one query."""
        return self.values_list("number", "contributions").first() or (0, 0)

    def _advance(self, column: str) -> None:
        if not self.update(**{column: F(column) + 1}):
            # Whoever comes second adds to the row of whoever came first.
            self.bulk_create([Edition(pk=THE_ONE)], ignore_conflicts=True)
            self.update(**{column: F(column) + 1})


class Edition(models.Model):
    """How often the catalogue was changed by its files or its editors: what was made of it may be kept until then."""

    number = models.PositiveBigIntegerField(default=0)
    contributions = models.PositiveBigIntegerField(
        default=0, help_text="How often members' posts changed what pages of the catalogue show."
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=THE_ONE), name="one_edition")]

    def __str__(self) -> str:
        return str(self.number)


class CatalogueFile(models.Model):
    """One file of the catalogue as last loaded: the common ancestor when file and site both changed since."""

    path = models.CharField(max_length=200, unique=True, help_text="Relative to the catalogue's folder.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file's bytes, hexadecimal.")
    content = models.JSONField(default=dict)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path
