"""Ask the authors of decisions what became of them."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from advice.models import Outcome
from members.models import Kind, Notification

BATCH = 200


def ask_due(today: date, now: datetime) -> int:
    """Ask about every visit that is due, once each, whoever else asks at the same time; return how many were asked.

    A batch is marked and told in one transaction: if it fails, both are undone and the next run asks.
    """
    asked = 0
    while batch := list(Outcome.objects.due(today).select_related("post__author")[:BATCH]):
        asked += _ask(batch, now)
    return asked


def _ask(batch: list[Outcome], now: datetime) -> int:
    with transaction.atomic():
        waiting = Outcome.objects.filter(pk__in=[visit.pk for visit in batch], asked_at=None, result="")
        marked = waiting.update(asked_at=now)
        for visit in batch:
            _tell(visit)
    return marked


def _tell(visit: Outcome) -> None:
    author = visit.post.author
    assert author is not None
    Notification.objects.tell(
        [author],
        kind=Kind.REVISIT,
        key=f"revisit-{visit.pk}",
        text=f"You decided this {visit.months} months ago. What became of it? “{visit.post.title}”",
        url=reverse("advice:revisit", args=[visit.post_id]),
    )
