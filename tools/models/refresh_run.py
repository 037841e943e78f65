"""What runs of the refresh did: the newest ones, for editors."""

from collections import Counter
from collections.abc import Iterable

from django.db import models

from tools.models.repository import Host

MOST_KEPT = 500


class RefreshRunQuerySet(models.QuerySet["RefreshRun"]):
    """The vocabulary for runs."""

    def forget_oldest(self) -> None:
        """Keep the newest ones only."""
        newest = self.order_by("-started_at", "-pk").values_list("pk", flat=True)[:MOST_KEPT]
        self.exclude(pk__in=list(newest)).delete()


class RefreshRun(models.Model):
    """One run against one host."""

    host = models.CharField(max_length=8, choices=Host)
    started_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    failures = models.JSONField(default=dict, blank=True, help_text="How often each sentence was the reason.")
    stopped_by = models.CharField(max_length=200, blank=True, help_text="Why the run ended early.")
    token_refused = models.BooleanField(default=False, help_text="Its host does not know the token.")
    paused_until = models.DateTimeField(null=True, blank=True)
    calls_left = models.PositiveIntegerField(null=True, blank=True)
    resets_at = models.DateTimeField(null=True, blank=True)

    objects = RefreshRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_host_display()}, {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Each sentence with how often it was the reason, the most frequent first: databases keep no order in JSON."""
        return sorted(self.failures.items(), key=lambda said: (-said[1], said[0]))

    def add_failures(self, reasons: Iterable[str]) -> None:
        """Count these reasons; not saved."""
        self.failures = dict(Counter(self.failures) + Counter(reasons))
        self.failed = sum(self.failures.values())
