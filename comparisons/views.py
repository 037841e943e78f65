"""Comparisons: a page for every 2 to 5 tools, the page on which tools are picked, and alternatives to one."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override

from comparisons.forms import AsOfForm, PickerForm
from comparisons.gather import find, gather, subjects
from comparisons.page import alternatives_page, comparison_page, excerpt
from comparisons.picking import picker_page
from tools import pairs
from tools.models import ReasonVote, Tool
from tools.pages import FRAMED, kept_page, page_of, public_page
from tools.presenting import stars_chart

# How many tools of each function are weighed, and how many a page shows.
CANDIDATES = 40
PAGE_SIZE = 20
POSTS = 3
EMBEDDED = 4
"""Differences that a frame shows."""


@public_page
@kept_page
def comparison(request: HttpRequest, address: str) -> HttpResponse:
    """Two to five tools side by side; any order or case of a comparison's address leads to the one it has."""
    slugs = _slugs(address)
    if (canonical := pairs.address(slugs)) != address:
        return _permanently(reverse("comparisons:comparison", args=[canonical]), request)
    if not AsOfForm(request.GET).is_valid():
        return render(request, "400.html", {"reason": "A day is written as 2025-11-01."}, status=400)
    tools = _tools(slugs)
    page = comparison_page(gather(tools), timezone.now().date())
    context = {
        "comparison": page,
        "chart": stars_chart(tools),
        "history_url": f"{reverse('tools:history', args=slugs[:1])}?with={','.join(slugs[1:])}",
        "posts": _posts(tools),
        "stacks_count": _stacks_count(tools),
        "voted": ReasonVote.objects.by_viewer(request.user, page.reasons),
    }
    return render(request, "comparisons/comparison.html", context)


@csp_override(FRAMED)
@xframe_options_exempt
@public_page
@kept_page
def embed(request: HttpRequest, address: str) -> HttpResponse:
    """The weightiest differences of a comparison with their sources, for the frames of others."""
    slugs = _slugs(address)
    if (canonical := pairs.address(slugs)) != address:
        return _permanently(reverse("comparisons:embed", args=[canonical]), request)
    said = excerpt(subjects(_tools(slugs)), EMBEDDED, timezone.now().date())
    return render(request, "comparisons/embed.html", {"comparison": said})


def _slugs(address: str) -> Sequence[str]:
    slugs = pairs.parse(address)
    if slugs is None or not pairs.is_countable(slugs):
        raise Http404
    return slugs


def _tools(slugs: Sequence[str]) -> Sequence[Tool]:
    tools = find(slugs)
    if len(tools) < len(slugs):
        raise Http404
    return tools


def _stacks_count(tools: Sequence[Tool]) -> int:
    """How many stacks hold all of the tools; no query where one of them is in none."""
    if not all(tool.stacks_count for tool in tools):
        return 0
    stacks = tools[0].stacks.listed()
    for other in tools[1:]:
        stacks = stacks.holding(other)
    return int(stacks.count())


def _posts(tools: Sequence[Tool]) -> Sequence[Any]:
    """What members wrote about two or more of the tools, the most useful and newest first; two queries."""
    # Comparisons know nothing of posts: the relation that hangs on tools leads up to them.
    posts = tools[0].posts.model._default_manager
    return list(posts.published().about_several(tools).with_tools().hottest()[:POSTS])


def _permanently(url: str, request: HttpRequest) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)


@public_page
@kept_page
def alternatives(request: HttpRequest, slug: str) -> HttpResponse:
    """What to consider instead of a tool, the nearest first, each with its reason."""
    tools = find([slug])
    if not tools:
        raise Http404
    gathered = gather(tools, CANDIDATES)
    page = page_of(gathered.alternatives[slug], request.GET.get("page", "1"), PAGE_SIZE)
    context = {"tool": tools[0], "page": page, **alternatives_page(gathered, page, timezone.now().date())}
    return render(request, "comparisons/alternatives.html", context)


@public_page
def picker(request: HttpRequest) -> HttpResponse:
    """Pick 2 to 5 tools by name; a good pick leads to their comparison."""
    form = PickerForm(request.GET)
    if form.is_ready():
        return HttpResponseRedirect(reverse("comparisons:comparison", args=[pairs.address(form.slugs())]))
    return render(request, "comparisons/picker.html", {"page": picker_page(form)}, status=400 if form.errors else 200)
