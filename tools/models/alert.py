"""What happened to a tool that its followers should hear of: each happening once."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tools.models.tool import Tool


class AlertKind(models.TextChoices):
    """What is worth telling; stars are not among it."""

    ARCHIVED = "archived", "archived"
    UNARCHIVED = "unarchived", "taken out of the archive"
    RENAMED = "renamed", "repository renamed"
    GONE = "gone", "repository gone"
    BACK = "back", "repository back"
    LICENCE = "licence", "licence changed"
    MAJOR = "major", "major release"
    SILENT = "silent", "no release for a year"
    END_OF_LIFE = "end_of_life", "end of life near"
    FACT = "fact", "an important fact changed"


class AlertQuerySet(models.QuerySet["Alert"]):
    """The vocabulary for alerts."""

    def untold(self) -> "AlertQuerySet":
        """Those whose followers have not been told, the oldest first."""
        return self.filter(told_at=None).order_by("created_at", "pk")

    def newest(self) -> "AlertQuerySet":
        """The newest first, with their tools."""
        return self.select_related("tool").order_by("-happened_on", "-pk")


class Alert(models.Model):
    """One sentence about a tool, with the day and the source it rests on; `key` makes each happening one alert."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=12, choices=AlertKind)
    key = models.CharField(max_length=200, help_text="What happened, such as “major 4.0” or “gone 2026-11-21”.")
    text = models.CharField(max_length=200)
    happened_on = models.DateField()
    source = models.CharField(max_length=300, blank=True, help_text="In the catalogue's notation of sources.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["created_at"], condition=Q(told_at=None), name="alert_untold")]
        constraints = [models.UniqueConstraint(fields=["tool", "kind", "key"], name="alert_once")]

    def __str__(self) -> str:
        return self.text
