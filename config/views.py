"""Pages that compose several apps, and the pages nobody asks for."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from advice.models import Post
from advice.rows import listed, post_rows
from comparisons.gather import subjects
from comparisons.page import excerpt
from stacks.models import Stack
from tools import bursts, pairs
from tools import rising as rises
from tools.charts import LONGEST_STEP
from tools.models import Category, Fact, Rival, Tool
from tools.pages import for_its_reader, kept_page, public_page
from tools.refreshing import rhythm

POPULAR_COMPARISONS = 8
RISING = 6
LATEST_DECISIONS = 3
LATEST_STACKS = 4
EXAMPLES = 2
# The limits count by the minute unless an operator says otherwise; allauth does not tell which one was reached.
RETRY_SECONDS = 60


@public_page
@kept_page
def home(request: HttpRequest) -> HttpResponse:
    """What this is, where to begin: search, popular comparisons, tools on the rise, the layers."""
    today = timezone.now().date()
    couples = Rival.objects.couples(POPULAR_COMPARISONS)
    example = excerpt(subjects(couples[0]), EXAMPLES, today) if couples else None
    decisions = Post.objects.published().decisions().newest()
    size = {
        "tools": Tool.objects.count(),
        "facts": Fact.objects.current().count(),
        "couples": Rival.objects.count_couples(),
    }
    context = {
        "example": example,
        "size": size,
        "comparisons": [(pairs.address((a.slug, b.slug)), (a, b)) for a, b in couples],
        "stacks": list(Stack.objects.listed().with_owner()[:LATEST_STACKS]),
        "rising": rises.rising(today, RISING),
        "decisions": post_rows(list(listed(decisions)[:LATEST_DECISIONS]), today),
        "categories": Category.objects.with_functions(),
    }
    return render(request, "pages/home.html", context)


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What Whystack is and how its sentences are made."""
    return render(request, "pages/about.html")


@public_page
def figures(request: HttpRequest) -> HttpResponse:
    """How figures are collected, with the rules as they are in force."""
    rules = {
        "often_hours": rhythm.OFTEN // timedelta(hours=1),
        "lively_percent": round(rhythm.LIVELY * 100),
        "seldom_days": rhythm.SELDOM.days,
        "promised_days": settings.FIGURES_PROMISED_DAYS,
        "gap_days": LONGEST_STEP.days,
        "window_days": rises.WINDOW.days,
        "slack_days": rises.SLACK.days,
        "fresh_days": rises.FRESH.days,
        "fewest_stars": f"{rises.FEWEST_STARS:,}",
        "most_of_it": round(bursts.MOST_OF_IT * 100),
        "times": bursts.TIMES,
        "least_stars": bursts.LEAST_STARS,
        "before_days": bursts.BEFORE.days,
        "after_days": bursts.AFTER.days,
        "longest_days": bursts.LONGEST.days,
        "falls_back_to": bursts.FALLS_BACK_TO,
        "fewest_before": bursts.FEWEST_BEFORE,
        "fewest_after": bursts.FEWEST_AFTER,
    }
    return render(request, "pages/figures.html", rules)


@public_page
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the people who run this site; there is no such page where they name no address."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    return render(request, "pages/contact.html")


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of readers and members."""
    return render(request, "pages/privacy.html")


@public_page
def api(request: HttpRequest) -> HttpResponse:
    """What programs may ask of the site, and how."""
    return render(request, "pages/api.html")


@public_page
def terms(request: HttpRequest) -> HttpResponse:
    """On what terms the site may be used."""
    return render(request, "pages/terms.html")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything but the rooms of members and editors."""
    lines = ["User-agent: *", "Disallow: /accounts/", "Disallow: /admin/"]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what came was not understood."""
    return for_its_reader(request, render(request, "400.html", status=400))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not yours to see or do."""
    return for_its_reader(request, render(request, "403.html", status=403))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was too old or came from elsewhere, with what to do."""
    return for_its_reader(request, render(request, "403_csrf.html", status=403))


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: allauth asks for this page where one of the account forms was sent too often."""
    response = for_its_reader(request, render(request, "429.html", status=429))
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the page needs neither database nor session."""
    return HttpResponse(render_to_string("500.html", {"site_name": settings.SITE_NAME}), status=500)
