"""How long ago something was said, in plain words."""

from datetime import datetime

from django import template
from django.utils import timezone

from tools.dates import moment_age

register = template.Library()


@register.filter
def age(then: datetime) -> str:
    """As in "3 months ago"; "just now" within a minute."""
    return moment_age(then, timezone.now())
