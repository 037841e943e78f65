"""Links between the pages of a list."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page

from tools.browsing.selection import LONGEST, PARAMETERS, query_string

register = template.Library()
# More values of one parameter than any page offers.
MOST_VALUES = 50
# What other lists than the catalogue's are narrowed by.
KEPT = (
    *PARAMETERS,
    "tool",
    "from",
    "to",
    "with",
    "scale",
    "axis",
    "year",
    "uses",
    "without",
    "size",
    "verified",
    "owner",
)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Addresses of a list's pages: the one before, the one after, and the numbered ones (no address for a gap)."""

    before: str
    after: str
    numbered: list[tuple[int | str, str]]


@register.simple_tag(takes_context=True)
def page_links(context: dict[str, Any], page: Page[Any]) -> PageLinks:
    """The pages one can go to from this one, keeping everything else that its address says."""
    request = context["request"]
    asked = ((name, value) for name, values in request.GET.lists() for value in values[:MOST_VALUES])
    kept = [(name, value[:LONGEST]) for name, value in asked if name in KEPT and name != "page"]

    def address(number: int | str) -> str:
        return f"{request.path}{query_string([*kept, ('page', str(number))])}"

    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return PageLinks(
        before=address(page.previous_page_number()) if page.has_previous() else "",
        after=address(page.next_page_number()) if page.has_next() else "",
        numbered=[(number, address(number) if isinstance(number, int) else "") for number in shown],
    )
