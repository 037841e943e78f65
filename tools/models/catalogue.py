"""What the catalogue's files said when they were last loaded."""

from django.db import models


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
