"""What is new, for feed readers: tools, facts by tool and day, posts, stacks, alerts. Browsers show them as pages."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import conditional_page

from advice.feed import FeedForm
from advice.models import Post
from advice.rows import listed, post_rows
from stacks.models import Stack
from tools.models import Alert, Fact, Tool
from tools.models.alert import AlertQuerySet
from tools.pages import public_page

ENTRIES = 30
FACTS_SHOWN = 8
# Characters that no XML may hold, however they are written.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Change:
    """What was verified of one tool on one day."""

    tool: Tool
    day: date
    updated: datetime
    """When this site last learnt one of the facts."""
    facts: Sequence[Fact]
    """The most important ones."""
    more: int
    """How many there are besides."""


@conditional_page
@public_page
def tools(request: HttpRequest) -> HttpResponse:
    """The tools that came into the catalogue last."""
    newest = Tool.objects.with_place().order_by("-created_at", "-pk")[:ENTRIES]
    return _atom(request, "feeds/tools.atom", newest, (tool.created_at for tool in newest))


@conditional_page
@public_page
def changes(request: HttpRequest) -> HttpResponse:
    """The facts verified last, an entry for each tool and day."""
    found = latest_changes()
    return _atom(request, "feeds/changes.atom", found, (change.updated for change in found))


@conditional_page
@public_page
def advice(request: HttpRequest) -> HttpResponse:
    """The posts of the feed of that address, the newest first unless it asks for another order."""
    form = FeedForm(request.GET)
    if not form.is_valid():
        raise Http404
    selection = form.selection()
    newest = selection if selection.asked_sort else replace(selection, asked_sort="new")
    posts = list(listed(newest.of(Post.objects.all()))[:ENTRIES])
    entries = list(zip(posts, post_rows(posts, timezone.now().date()), strict=True))
    extra = {"selection": selection, "query": selection.query}
    return _atom(request, "feeds/advice.atom", entries, (post.changed_at for post in posts), extra)


@conditional_page
@public_page
def alerts(request: HttpRequest) -> HttpResponse:
    """What happened to tools, what was noticed last first."""
    return _alerts(request, Alert.objects.all())


@conditional_page
@public_page
def tool_alerts(request: HttpRequest, slug: str) -> HttpResponse:
    """What happened to one tool."""
    tool = get_object_or_404(Tool, slug=slug)
    return _alerts(request, Alert.objects.filter(tool=tool), {"tool": tool})


@conditional_page
@public_page
def stacks(request: HttpRequest) -> HttpResponse:
    """The stacks whose tools changed last."""
    newest = list(Stack.objects.listed().filter(tools_count__gt=0).with_owner()[:ENTRIES])
    return _atom(request, "feeds/stacks.atom", newest, (stack.changed_at for stack in newest))


def latest_changes() -> list[Change]:
    """The newest days on which facts of a tool were verified; three queries."""
    current = Fact.objects.current()
    days = current.values("tool", "verified_on").annotate(updated=Max("recorded_at"))
    groups = list(days.order_by("-verified_on", "-updated", "tool__slug")[:ENTRIES])
    wanted = current.filter(
        tool__in={group["tool"] for group in groups}, verified_on__in={group["verified_on"] for group in groups}
    )
    facts: dict[tuple[int, date], list[Fact]] = {}
    for fact in wanted.with_values().select_related("tool__function", "tool__kind"):
        facts.setdefault((fact.tool_id, fact.verified_on), []).append(fact)
    return [
        _change(facts[group["tool"], group["verified_on"]], group["updated"])
        for group in groups
        if (group["tool"], group["verified_on"]) in facts
    ]


def _change(facts: Sequence[Fact], updated: datetime) -> Change:
    first = facts[0]
    return Change(first.tool, first.verified_on, updated, facts[:FACTS_SHOWN], len(facts[FACTS_SHOWN:]))


def _alerts(request: HttpRequest, rows: AlertQuerySet, extra: Mapping[str, object] | None = None) -> HttpResponse:
    newest = list(rows.newest().order_by("-created_at", "-pk")[:ENTRIES])
    return _atom(request, "feeds/alerts.atom", newest, (alert.created_at for alert in newest), extra)


def _atom(
    request: HttpRequest,
    name: str,
    entries: Iterable[object],
    times: Iterable[datetime],
    extra: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The entries in that template, sent as plain XML: Chromium shows the source of what is called a feed, unstyled."""
    updated = max(times, default=timezone.now().replace(hour=0, minute=0, second=0, microsecond=0))
    body = render_to_string(name, {"entries": entries, "updated": updated, **(extra or {})}, request)
    return HttpResponse(FORBIDDEN.sub("", body), content_type="application/xml; charset=utf-8")
