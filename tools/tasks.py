"""What beat asks for: thin callers of the functions that do the work."""

import logging

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from tools.forges.answers import Forge
from tools.forges.codeberg import Codeberg
from tools.forges.gitlab import GitLab
from tools.github import GitHub
from tools.refresh import refresh
from tools.thinning import thin
from tools.watching import watch

# A tick is a minute. Without a token GitHub answers 60 questions an hour: one a tick spreads them evenly.
PER_TICK = 1_000
PER_TICK_ONE_BY_ONE = {"github": 1, "gitlab": 5, "codeberg": 5}
SECONDS_PER_RUN = 120
logger = logging.getLogger(__name__)


def forges() -> list[Forge]:
    """The hosts as the settings name them."""
    return [
        GitHub(settings.GITHUB_API_URL, tokens=settings.GITHUB_TOKENS, rests=cache),
        GitLab(settings.GITLAB_API_URL, token=settings.GITLAB_TOKEN, rests=cache),
        Codeberg(settings.CODEBERG_API_URL, token=settings.CODEBERG_TOKEN, rests=cache),
    ]


@shared_task(name="tools.tasks.refresh_due")
def refresh_due() -> None:
    """Ask each host about the repositories that are due; runs may overlap, for each claims what it asks about."""
    for forge in forges():
        limit = PER_TICK if forge.most > 1 else PER_TICK_ONE_BY_ONE[forge.host]
        outcome = refresh(timezone.now(), [forge], limit, seconds=SECONDS_PER_RUN)
        if outcome.pauses or outcome.failed:
            logger.warning("%s", outcome)
        elif outcome.calls:
            logger.info("%s", outcome)


@shared_task(name="tools.tasks.watch_tools")
def watch_tools() -> None:
    """Look for what time alone brings to tools."""
    if found := watch(timezone.now()):
        logger.info("New alerts: %d", found)


@shared_task(name="tools.tasks.thin_history")
def thin_history() -> None:
    """Keep figures older than a year by the month."""
    if thinned := thin(timezone.now().date()):
        logger.info("Thinned the history by %s figures.", thinned)
