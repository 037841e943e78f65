"""What beat asks for: thin callers of the functions that do the work."""

import logging

from celery import shared_task
from django.utils import timezone

from config.alerts import tell_followers as tell
from config.digest.sending import send_due
from config.domains import looker
from stacks.verifying import verify_due

logger = logging.getLogger(__name__)


@shared_task(name="config.tasks.send_digests")
def send_digests() -> None:
    """Send the weekly digests whose minute has come."""
    done = send_due(timezone.now())
    if done.failed or done.stopped:
        logger.warning("%s", done)
    elif done.sent:
        logger.info("%s", done)


@shared_task(name="config.tasks.tell_followers")
def tell_followers() -> None:
    """Tell the followers of tools of new alerts."""
    if told := tell(timezone.now()):
        logger.info("Alerts told: %d", told)


@shared_task(name="config.tasks.verify_domains")
def verify_domains() -> None:
    """Look at the domains of stacks that are due."""
    done = verify_due(timezone.now(), looker())
    if done.found or done.missed:
        logger.info("%s", done)
