"""The feed: decisions and questions, chosen and ordered; what its order means; and moves from tool to tool."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from advice import ranking
from advice.examples import worked_examples
from advice.feed import FeedForm, FeedPage
from advice.models import Outcome, Post, PostQuerySet
from advice.rows import ListedPost, listed, post_rows
from tools.models import Tool
from tools.pages import for_its_reader, page_of, public_page
from tools.searching.index import current_index

PAGE_SIZE = 20
NEAREST = 5


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """What everybody published."""
    return _feed(request, Post.objects.all(), "advice/feed.html")


@require_safe
@login_required
def following(request: HttpRequest) -> HttpResponse:
    """What was published about the tools that the member follows."""
    assert request.user.is_authenticated
    return for_its_reader(request, _feed(request, Post.objects.followed_by(request.user), "advice/following.html"))


def _feed(request: HttpRequest, posts: PostQuerySet, template: str) -> HttpResponse:
    form = FeedForm(request.GET)
    if not form.is_valid():
        typed = request.GET.get("tool", "")
        nearest = current_index().nearest(typed, NEAREST) if "tool" in form.errors and typed else []
        return render(request, template, {"form": form, "nearest": nearest}, status=400)
    selection = form.selection()
    page: Page[ListedPost] = page_of(listed(selection.of(posts)), request.GET.get("page", "1"), PAGE_SIZE)
    context = {
        "form": form,
        "feed": FeedPage(selection, request.path),
        "selection": selection,
        "page": page,
        "rows": post_rows(list(page), timezone.now().date()),
    }
    return render(request, template, context)


@public_page
def hot_order(request: HttpRequest) -> HttpResponse:
    """How the hot order is reckoned, with its constants and worked examples."""
    context = {
        "formula": ranking.FORMULA,
        "vote": ranking.VOTE,
        "comment": ranking.COMMENT,
        "tenfold": ranking.TENFOLD.days,
        "start": ranking.START,
        "examples": worked_examples(),
    }
    return render(request, "advice/ranking.html", context)


@public_page
def moves(request: HttpRequest) -> HttpResponse:
    """The decisions in which one tool made room for another; one of the two may be left open."""
    left, came = _tool_named(request, "from"), _tool_named(request, "to")
    if left is None and came is None:
        raise Http404
    outcomes = Outcome.objects.moves()
    outcomes = outcomes.filter(tool=left) if left else outcomes
    outcomes = outcomes.filter(replaced_by=came) if came else outcomes
    told = Post.objects.published().filter(pk__in=outcomes.values("post")).latest_outcome_first()
    page: Page[ListedPost] = page_of(listed(told), request.GET.get("page", "1"), PAGE_SIZE)
    context = {"left": left, "came": came, "page": page, "rows": post_rows(list(page), timezone.now().date())}
    return render(request, "advice/moves.html", context)


def _tool_named(request: HttpRequest, parameter: str) -> Tool | None:
    """The tool whose slug that parameter gives, if it gives any; raise Http404 where there is none."""
    slug = request.GET.get(parameter, "")
    if "\0" in slug:
        raise Http404
    return get_object_or_404(Tool, slug=slug) if slug else None
