"""What runs of the refresh did: the newest ones, for editors."""

from django.db import models

from tools.models.repository import Host


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
    paused_until = models.DateTimeField(null=True, blank=True)
    calls_left = models.PositiveIntegerField(null=True, blank=True)
    resets_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_host_display()}, {self.started_at:%Y-%m-%d %H:%M}"
