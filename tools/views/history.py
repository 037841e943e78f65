"""A tool through time, as a page and as a file."""

from collections.abc import Sequence
from itertools import groupby

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tools.history.asking import Asked, HistoryForm
from tools.history.changes import changes, superseded
from tools.history.export import as_csv
from tools.history.stars import Stars
from tools.history.table import Row
from tools.models import Fact, Release, Tool
from tools.pages import kept_page, page_of, public_page

CHANGES = 20
RELEASES = 30


@public_page
@kept_page
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known of a tool through time: stars, alone or beside other tools', changed facts, releases."""
    tool = get_object_or_404(Tool.objects.with_place(), slug=slug)
    form = HistoryForm(request.GET, tool)
    asked = form.asked()
    others = _in_order(asked)
    stars = Stars.of([tool, *others], asked)
    years = {year: list(rows) for year, rows in groupby(stars.rows(), key=lambda row: row.year)}
    year = _year_asked(request, years)
    page: Page[Fact] = page_of(superseded(tool), request.GET.get("page", "1"), CHANGES)
    context = {
        "tool": tool,
        "form": form,
        "asked": asked,
        "others": [(other, asked.without(other.slug)) for other in others],
        "chart": stars.chart(asked),
        "unusual": stars.unusual(),
        "begun": stars.begun(),
        "year": year,
        "years": [(one, asked.url(one)) for one in years],
        "rows": years.get(year, []),
        "page": page,
        "changes": changes(tool, page),
        "releases": Release.objects.filter(repository__tool=tool)[:RELEASES],
    }
    return render(request, "tools/history.html", context, status=400 if form.errors else 200)


@public_page
def history_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """All figures of a tool for a spreadsheet."""
    tool = get_object_or_404(Tool, slug=slug)
    stars = Stars.of([tool], Asked())
    response = HttpResponse(as_csv(stars.seen[tool.pk]), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{tool.slug}-history.csv"'
    return response


def _in_order(asked: Asked) -> Sequence[Tool]:
    """The other tools, in the order in which they were asked for; at most one query."""
    found = {tool.slug: tool for tool in Tool.objects.filter(slug__in=asked.others)} if asked.others else {}
    return [found[slug] for slug in asked.others if slug in found]


def _year_asked(request: HttpRequest, years: dict[int, list[Row]]) -> int:
    """The year whose figures `?year=` asks for, else the newest; raise Http404 for one without figures."""
    asked = request.GET.get("year", "")
    known = {str(year): year for year in years}
    if asked and asked not in known:
        raise Http404
    return known.get(asked, max(years, default=0))
