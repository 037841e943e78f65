"""The page of one stack, and its history."""

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from stacks import page as pages
from stacks.models import Change, Stack, Watch
from stacks.models.stack import StackQuerySet
from stacks.sharing import Snippets
from tools.pages import page_of, public_page

PAGE_SIZE = 100
"""Changes on a page of the history."""


@public_page
def stack(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """What a company, project or person uses: six queries, whatever it holds, and one more for members."""
    row = readable(request, owner, slug, Stack.objects.with_uses())
    if (row.owner.username, row.slug) != (owner, slug):
        return redirect(row, permanent=True)
    forks = row.forks.listed().with_owner()[: pages.FORKS]
    context = {
        "stack": row,
        "is_own": row.owner_id == request.user.pk,
        "bands": pages.bands(row.uses.all()),
        "bars": pages.drawn(row, timezone.localdate()),
        "happenings": pages.happenings(Change.objects.filter(stack=row).newest()[: pages.LATEST]),
        "forks": forks,
        "watched": Watch.objects.is_by(request.user, row),
        "snippets": Snippets.of(row),
    }
    return render(request, "stacks/stack.html", context)


@public_page
def history(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """Everything that was added to a stack and dropped from it, the newest first."""
    row = readable(request, owner, slug)
    if (row.owner.username, row.slug) != (owner, slug):
        return redirect("stacks:history", row.owner.username, row.slug, permanent=True)
    page: Page[Change] = page_of(Change.objects.filter(stack=row).newest(), request.GET.get("page", "1"), PAGE_SIZE)
    context = {
        "stack": row,
        "page": page,
        "bars": pages.drawn(row, timezone.localdate()) if page.number == 1 else [],
        "happenings": pages.happenings(page),
    }
    return render(request, "stacks/history.html", context)


def readable(request: HttpRequest, owner: str, slug: str, stacks: StackQuerySet | None = None) -> Stack:
    """The stack at that address in whatever case, with its owner; raise Http404 where this reader may not see any."""
    rows = (Stack.objects.all() if stacks is None else stacks).readable_by(request.user).with_owner()
    found = rows.select_related("forked_from__owner")
    row = found.filter(owner__username__iexact=owner, slug=slug.lower()).first()
    if row is None:
        raise Http404
    return row
