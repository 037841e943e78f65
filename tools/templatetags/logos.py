"""A tool's logo for templates that show its name."""

from django import template

from tools import logos
from tools.models import Tool

register = template.Library()


@register.filter
def logo(tool: Tool) -> logos.Logo:
    """What is drawn beside the tool's name."""
    return logos.of(tool)
