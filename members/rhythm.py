"""When mail goes out: what was told before a moment is due then, and what failed is tried again. Pure."""

from datetime import UTC, datetime, time, timedelta

from django.db.models import TextChoices

DAILY_AT = time(7, tzinfo=UTC)
"""The hour of the daily round, and on Mondays of the weekly one."""
TRIES = 8
"""How often one mail is tried: over about a day, for the pauses double."""
FIRST_PAUSE = timedelta(minutes=10)
STALE = timedelta(days=9)
"""What could not be mailed within a week and its tries stays on the site alone."""


class Rhythm(TextChoices):
    """How soon mail goes out."""

    AT_ONCE = "at-once", "At once"
    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"
    NEVER = "never", "Never"


def rounds(now: datetime) -> dict[Rhythm, datetime]:
    """The latest round of each rhythm: what was told until then is due. A round that was missed is caught up."""
    today = datetime.combine(now.astimezone(UTC).date(), DAILY_AT)
    daily = today if today <= now else today - timedelta(days=1)
    return {
        Rhythm.AT_ONCE: now,
        Rhythm.DAILY: daily,
        Rhythm.WEEKLY: daily - timedelta(days=daily.weekday()),
    }


def next_try(now: datetime, failures: int) -> datetime:
    """When to try again after so many failures."""
    return now + FIRST_PAUSE * (1 << min(failures - 1, TRIES))
