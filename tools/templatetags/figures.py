"""A tool's figures for templates that list many tools."""

from datetime import date

from django import template
from django.conf import settings
from django.utils import timezone

from tools import health, presenting
from tools.models import Tool

register = template.Library()


@register.filter
def stars(tool: Tool) -> presenting.Figure:
    """A tool's stars as they are shown; its repository should have been selected with it."""
    return presenting.stars(tool)


@register.filter
def stale(day: date | None) -> str:
    """Why figures of that day are stale, in words; the empty string where they are not."""
    return health.stale(day, timezone.now().date(), settings.FIGURES_PROMISED_DAYS)
