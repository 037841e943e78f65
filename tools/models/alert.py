"""What happened to a tool that its followers should hear of: each happening once."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tools import sources
from tools.models.tool import Tool

if TYPE_CHECKING:
    from members.models import Member


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

    def note(self, alerts: Iterable["Alert"]) -> None:
        """Keep what happened, each happening once however often it is noticed."""
        self.bulk_create(alerts, batch_size=500, ignore_conflicts=True)

    def standing(self) -> "AlertQuerySet":
        """Those that no editor withdrew."""
        return self.filter(withdrawn_at=None)

    def untold(self) -> "AlertQuerySet":
        """Those whose followers have not been told, the oldest first."""
        return self.standing().filter(told_at=None).order_by("created_at", "pk")

    def newest(self) -> "AlertQuerySet":
        """The newest first, with their tools."""
        return self.standing().select_related("tool").order_by("-happened_on", "-pk")

    def followed_by(self, member: "Member") -> "AlertQuerySet":
        """Those about the tools that the member follows, or that stand in a stack they watch."""
        return self.filter(Q(tool__in=member.follows.values("tool")) | Q(tool__in=member.watches.tools()))

    def withdraw(self, now: datetime) -> None:
        """Show and tell them no more. The rows stay, so that what was noticed wrongly is not noticed again."""
        self.standing().update(withdrawn_at=now)


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
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When an editor took it back.")

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(told_at=None), name="alert_untold"),
            models.Index(fields=["-happened_on", "-id"], name="alert_newest"),
        ]
        constraints = [models.UniqueConstraint(fields=["tool", "kind", "key"], name="alert_once")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Where its tool's page tells what happened lately."""
        return f"{self.tool.get_absolute_url()}#lately"

    @property
    def source_url(self) -> str:
        """Where it can be read; the empty string where its source has no address."""
        return sources.url(self.source)

    @property
    def source_label(self) -> str:
        """A few words that name its source."""
        return sources.label(self.source)
