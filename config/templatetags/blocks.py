"""A block said twice: a page gives its title once, for the browser and for whoever shows a card of it."""

from django import template
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> SafeString:
    """The block of that name as the page fills it, as text on one line for an attribute."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    text = " ".join(strip_tags(block.render(context)).split())
    return mark_safe(text.replace('"', "&quot;"))  # noqa: S308  # the block escaped what is not ours
