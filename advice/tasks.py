"""What the worker does for posts: thin callers of the functions that do the work."""

import logging
from datetime import date

from celery import shared_task
from django.utils import timezone

from advice.models import Post, Reading
from advice.revisiting import ask_due

logger = logging.getLogger(__name__)


@shared_task(name="advice.tasks.count_reading")
def count_reading(post: int, day: str, reader: str) -> None:
    """Count one reader of a post that everybody sees, once for that day."""
    if Post.objects.published().filter(pk=post).exists():
        Reading.objects.note(post, date.fromisoformat(day), reader)


@shared_task(name="advice.tasks.ask_authors")
def ask_authors() -> None:
    """Ask what became of the decisions that are due to be revisited."""
    now = timezone.now()
    if asked := ask_due(now.date(), now):
        logger.info("Authors asked what became of their decisions: %s", asked)


@shared_task(name="advice.tasks.forget_readings")
def forget_readings() -> None:
    """Throw away who read on days that are over."""
    Reading.objects.forget(timezone.now().date())
