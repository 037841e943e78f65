"""What beat asks for: thin callers of the functions that do the work."""

import logging

from celery import shared_task
from django.utils import timezone

from members.mailing import mail_due

logger = logging.getLogger(__name__)


@shared_task(name="members.tasks.mail_members")
def mail_members() -> None:
    """Mail what is due, of every rhythm."""
    done = mail_due(timezone.now())
    if done.failed or done.stopped:
        logger.warning("%s", done)
    elif done.sent:
        logger.info("%s", done)
