"""Search on every page: its own page, suggestions while one types, and what a wrong address may have meant."""

import re

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from config.forms import SearchForm, SuggestForm
from stacks.models import Stack
from tools import pairs
from tools.models import Tool
from tools.pages import for_its_reader, public_page
from tools.searching.index import READINGS, Index, Known, Place, Versus, current_index
from tools.searching.passages import passage, words_of

TOOLS, COMPARISONS, PLACES, STACKS = 6, 4, 3, 6
NEAREST = 5
MENTIONS = 20
MAX_PATH = 200


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Tools, comparisons, places and stacks by name, then tools of which the words are said."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "pages/search.html", {"form": form, "query": ""}, status=400)
    query = form.cleaned_data["q"]
    return render(request, "pages/search.html", {"form": form, "query": query, **(_found(query) if query else {})})


def _found(query: str) -> dict[str, object]:
    index = current_index()
    compared = index.compare(query, COMPARISONS)
    slugs = [tool.slug for tool in compared[0].tools] if compared else index.find(query)
    tools = {tool.slug: tool for tool in Tool.objects.among(tuple(slugs)).with_place()}
    words = words_of(query)
    mentioning = Tool.objects.mentioning(words).exclude(slug__in=slugs).best_known(MENTIONS) if words else []
    found = {
        "stacks": list(Stack.objects.listed().named(query).with_owner()[:STACKS]),
        "versus": compared,
        "tools": [tools[slug] for slug in slugs if slug in tools],
        "places": index.find_places(query, PLACES),
        "mentions": [(tool, passage(_texts(tool), words)) for tool in mentioning],
    }
    popular = index.popular_with(slugs[0], COMPARISONS) if slugs and not compared else []
    instead = {} if any(found.values()) else {"nearest": index.nearest(query, NEAREST), "categories": index.categories}
    return {**found, "popular": popular, **instead, "is_nothing": bool(instead)}


def _texts(tool: Tool) -> list[str]:
    """What editors and members say of a tool, a text each."""
    return [tool.description, *tool.features, *tool.choose_if, *(reason.text for reason in tool.reasons.all())]


@public_page
def suggest(request: HttpRequest) -> HttpResponse:
    """What a reader who typed this much may want, as JSON; the likeliest group first."""
    form = SuggestForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": next(iter(form.errors.values()))[0]}, status=400)
    return JsonResponse(_suggestions(current_index(), form.cleaned_data["q"], form.cleaned_data["beside"]))


def _suggestions(index: Index, query: str, beside: str) -> dict[str, list[dict[str, str]]]:
    compared = index.compare(query, COMPARISONS)
    slugs = [tool.slug for tool in compared[0].tools] if compared else index.find_beside(beside, query, TOOLS)
    tools = [index.tools[slug] for slug in slugs]
    versus = compared or (index.popular_with(slugs[0], COMPARISONS) if slugs else [])
    groups = {
        "tools": [{"name": tool.name, "place": tool.place, "url": tool.url} for tool in tools],
        "comparisons": _named(versus),
        "categories": _named(index.find_places(query, PLACES)),
    }
    order = ["comparisons", "tools", "categories"] if compared else list(groups)
    return {group: groups[group] for group in order}


def _named(found: list[Versus] | list[Place]) -> list[dict[str, str]]:
    return [{"name": one.name, "url": one.url} for one in found]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing at this address, but something like it there may be."""
    try:
        meant = _meant(request.path_info)
    except DatabaseError:
        # Without the catalogue the page still says what it has to.
        meant = []
    return for_its_reader(request, render(request, "404.html", {"meant": meant}, status=404))


def _meant(path: str) -> list[Known | Place | Versus]:
    """What a wrong address may have meant, the likeliest first; one query, and none where it says nothing."""
    parts = [part for part in path[:MAX_PATH].split("/") if re.search(r"\w", part)]
    if not parts:
        return []
    index = current_index()
    room, name = parts[0], parts[min(1, len(parts) - 1)].lower()
    query = name.replace("-", " ")
    if pairs.SEPARATOR in name:
        return _compared(index, name.split(pairs.SEPARATOR))
    tools: list[Known | Place | Versus] = [index.tools[slug] for slug in index.meant(query, NEAREST)]
    places: list[Known | Place | Versus] = [*index.find_places(query, NEAREST)]
    return [*places, *tools][:NEAREST] if room == "categories" else [*tools, *places][:NEAREST]


def _compared(index: Index, names: list[str]) -> list[Known | Place | Versus]:
    known = [slug for name in names for slug in index.meant(name.replace("-", " "), READINGS)[:1]]
    tools: list[Known | Place | Versus] = [index.tools[slug] for slug in dict.fromkeys(known)]
    return [index.versus(known), *tools] if pairs.is_countable(known) else tools[:NEAREST]
