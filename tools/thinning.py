"""Old figures kept by the month: what changed from day to day is of interest for a year.

Of each month that lies further back, the last figure is kept, and the first one of all. Rounded figures are few, known
to the month at most, and left alone.
"""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Lag, Lead, TruncMonth

from tools.models import Observation


def thin(today: date) -> int:
    """Delete the figures that later ones of an old month stand for, in one statement; return how many. Repeatable."""
    deleted, _ = Observation.objects.filter(pk__in=_stood_for(today).values("pk")).delete()
    return deleted


def monthly_before(today: date) -> date:
    """The day before which figures are kept by the month: the first day of the month a year ago."""
    return date(today.year - 1, today.month, 1)


def _stood_for(today: date) -> QuerySet[Observation]:
    """Neither the first nor the last of its month: a later figure of the month says as much of stars and of forks."""
    # The stubs do not know that a condition is an expression too.
    alike: list[Any] = [F("repository"), Q(stars=None), Q(forks=None)]
    old = Observation.objects.filter(rounded=False, date__lt=monthly_before(today)).order_by()
    return old.annotate(
        month=TruncMonth("date"),
        before=Window(Lag("date"), partition_by=alike, order_by="date"),
        following=Window(Lead(TruncMonth("date")), partition_by=alike, order_by="date"),
    ).filter(before__isnull=False, following=F("month"))
