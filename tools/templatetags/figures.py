"""A tool's figures for templates that list many tools."""

from django import template

from tools import presenting
from tools.models import Tool

register = template.Library()


@register.filter
def stars(tool: Tool) -> presenting.Figure:
    """A tool's stars as they are shown; its repository should have been selected with it."""
    return presenting.stars(tool)
