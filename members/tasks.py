"""What beat asks for: thin callers of the functions that do the work."""

import logging

from celery import shared_task
from django.utils import timezone

from members.delivering import deliver_due, wire
from members.mailing import mail_due
from members.models import Delivery

logger = logging.getLogger(__name__)


@shared_task(name="members.tasks.mail_members")
def mail_members() -> None:
    """Mail what is due, of every rhythm."""
    done = mail_due(timezone.now())
    if done.failed or done.stopped:
        logger.warning("%s", done)
    elif done.sent:
        logger.info("%s", done)


@shared_task(name="members.tasks.tell_webhooks")
def tell_webhooks() -> None:
    """Send what is due to members' webhooks."""
    done = deliver_due(timezone.now(), wire())
    if done.sent or done.failed:
        logger.info("%s", done)


@shared_task(name="members.tasks.forget_deliveries")
def forget_deliveries() -> None:
    """Drop the record of messages that were settled long ago."""
    Delivery.objects.forget(timezone.now())
