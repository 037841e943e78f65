"""How long ago something was said, in plain words."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.timesince import timesince

register = template.Library()


@register.filter
def age(then: datetime) -> str:
    """As in "3 months ago"; "just now" within a minute."""
    if (timezone.now() - then).total_seconds() < 60:
        return "just now"
    return f"{timesince(then, depth=1)} ago"
