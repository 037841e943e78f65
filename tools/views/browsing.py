"""The catalogue as lists: all tools, and the categories they stand in."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tools import pairs
from tools.browsing.catalogue import PAGE_SIZE, Browsing, picking_rows
from tools.browsing.filters import languages_in
from tools.browsing.rows import stars_day, tool_rows
from tools.browsing.selection import Selection
from tools.browsing.taxonomy_map import layer_maps
from tools.models import Category, Function, Rival, Tool
from tools.pages import kept_page, page_of, public_page

COUPLES = 6


@public_page
def catalogue(request: HttpRequest) -> HttpResponse:
    """All tools, filtered and paged, with the tools picked for a comparison."""
    browsing = Browsing(request.GET, timezone.now().date())
    context = {"browsing": browsing, "facets": browsing.facets()}
    if not browsing.is_valid:
        return render(request, "tools/catalogue.html", context, status=400)
    page = browsing.page(request.GET.get("page", "1"))
    rows = browsing.rows(list(page))
    context |= {"page": page, "rows": rows, "stars_day": stars_day(list(page))}
    if not rows:
        context |= {"ways_out": browsing.ways_out(), "close_names": browsing.close_names()}
    return render(request, "tools/catalogue.html", context)


@public_page
@kept_page
def categories(request: HttpRequest) -> HttpResponse:
    """The taxonomy with the number of tools in each part, as a map and as a list."""
    categories = list(Category.objects.with_functions())
    return render(request, "tools/categories.html", {"categories": categories, "maps": layer_maps(categories)})


@public_page
@kept_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """One category: its functions, its tools, comparisons within it, and where to look further."""
    category = Category.objects.select_related("layer").filter(slug=slug).first()
    if category is None:
        raise Http404
    functions = list(category.functions.with_counts())
    chosen = _function_asked(request, functions)
    inside = Tool.objects.filter(function__category=category)
    tools = (inside.in_function(chosen) if chosen else inside).with_place().by_popularity()
    page: Page[Tool] = page_of(tools, request.GET.get("page", "1"), PAGE_SIZE)
    function = {"function": [chosen.slug] if chosen else []}
    narrowed = Selection(chosen={"category": [category.slug], **function})
    context = {
        "category": category,
        "functions": functions,
        "chosen": chosen,
        "page": page,
        "canonical_query": Selection(chosen=function, page=page.number).query,
        "narrow_query": narrowed.query,
        "rows": picking_rows(tool_rows(list(page), timezone.now().date()), replace(narrowed, page=page.number)),
        "is_of_one_function": chosen is not None or len(functions) == 1,
        "stars_day": stars_day(list(page)),
        "comparisons": [
            (pairs.address((a.slug, b.slug)), (a, b)) for a, b in Rival.objects.within(category).couples(COUPLES)
        ],
        "languages": languages_in(category),
        "siblings": Category.objects.beside(category),
    }
    return render(request, "tools/category.html", context)


def _function_asked(request: HttpRequest, functions: Sequence[Function]) -> Function | None:
    """The function that `?function=` names, if it names any; raise Http404 where it is none of these."""
    asked = request.GET.get("function", "")
    chosen = next((function for function in functions if function.slug == asked), None)
    if asked and chosen is None:
        raise Http404
    return chosen
