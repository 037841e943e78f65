"""What beat asks for: thin callers of the functions that do the work."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from tools.github import GitHub
from tools.refresh import refresh

# A tick is a minute. Without a token GitHub answers 60 questions an hour: one a tick spreads them evenly.
PER_TICK = 50
PER_TICK_WITHOUT_TOKEN = 1
SECONDS_PER_RUN = 300
logger = logging.getLogger(__name__)


@shared_task(name="tools.tasks.refresh_due")
def refresh_due() -> None:
    """Ask GitHub about the repositories that are due; runs may overlap, for each claims what it asks about."""
    github = GitHub(settings.GITHUB_API_URL, settings.GITHUB_TOKENS)
    limit = PER_TICK if settings.GITHUB_TOKENS else PER_TICK_WITHOUT_TOKEN
    outcome = refresh(timezone.now(), github, limit, seconds=SECONDS_PER_RUN)
    if outcome.pause or outcome.failed:
        logger.warning("%s", outcome)
    elif outcome.answered:
        logger.info("%s", outcome)
