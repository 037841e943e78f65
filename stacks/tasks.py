"""What beat asks for: thin callers of the functions that do the work."""

import logging

from celery import shared_task
from django.utils import timezone

from stacks.models import Pairing

logger = logging.getLogger(__name__)


@shared_task(name="stacks.tasks.count_pairings")
def count_pairings() -> None:
    """Count anew which tools are used together."""
    if changed := Pairing.objects.recount(timezone.now()):
        logger.info("Pairings that changed: %d", changed)
