"""Outcomes for tests."""

from datetime import date
from typing import Any

from django.utils import timezone

from advice.models import Outcome, Post, Result


def tell(post: Post, result: Result, on: date, why: str = "", months: int | None = None, **tools: Any) -> Outcome:
    """What became of the decision, told for that day; for the planned visit after so many months, or unasked."""
    outcome = post.outcomes.filter(months=months).first() if months else None
    outcome = outcome or Outcome(post=post, months=months)
    outcome.tell(result, why, on, timezone.now(), **tools)
    return outcome
