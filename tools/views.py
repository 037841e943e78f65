"""The catalogue's pages."""

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tools import pairs
from tools.filters import ToolFilter
from tools.models import Category, Tool
from tools.pages import kept_page, page_of, public_page
from tools.presenting import fact_sheet, repository_figures, stars_chart

PAGE_SIZE = 30
NEIGHBOURS = 6


@public_page
def catalogue(request: HttpRequest) -> HttpResponse:
    """All tools, filtered and paged."""
    filters = ToolFilter(request.GET, Tool.objects.with_place().by_popularity())
    if not filters.is_valid():
        return render(request, "tools/catalogue.html", {"filter": filters}, status=400)
    page: Page[Tool] = page_of(filters.qs, request.GET.get("page", "1"), PAGE_SIZE)
    return render(request, "tools/catalogue.html", {"filter": filters, "page": page})


@public_page
@kept_page
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    """What one tool is: facts with their sources, reasons, figures, its neighbours."""
    tool = get_object_or_404(Tool.objects.with_place(), slug=slug)
    reasons = list(tool.reasons.all())
    context = {
        "tool": tool,
        "sheet": fact_sheet(tool),
        "figures": repository_figures(tool),
        "chart": stars_chart([tool]),
        "pros": [reason for reason in reasons if reason.side == "pro"],
        "cons": [reason for reason in reasons if reason.side == "con"],
        "integrations": list(tool.integrations.order_by("integrated_by_rows__position")),
        "neighbours": [(other, pairs.address((tool.slug, other.slug))) for other in tool.neighbours()[:NEIGHBOURS]],
    }
    return render(request, "tools/tool.html", context)


@public_page
@kept_page
def categories(request: HttpRequest) -> HttpResponse:
    """The taxonomy with the number of tools in each part."""
    return render(request, "tools/categories.html", {"categories": Category.objects.with_functions()})


@public_page
@kept_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """One category: its functions and their tools."""
    category = Category.objects.select_related("layer").filter(slug=slug).first()
    if category is None:
        raise Http404
    tools = Tool.objects.with_place().filter(function__category=category).by_popularity()
    page: Page[Tool] = page_of(tools, request.GET.get("page", "1"), PAGE_SIZE)
    context = {"category": category, "functions": list(category.functions.with_counts()), "page": page}
    return render(request, "tools/category.html", context)
