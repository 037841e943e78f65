"""The catalogue's filters: every one a GET parameter, so that a selection has an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import django_filters
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from tools.browsing.facets import Cell
from tools.browsing.places import LEVELS, Path, functions_meant
from tools.models import Category, Choice, Fact, FactValue, Function, Kind, Tool
from tools.models.tool import MOST_STARS_FIRST
from tools.rising import fastest_growing_first
from tools.words import capitalised

MAX_QUERY = 100
# The attributes that two of the facets ask about.
LANGUAGE, LICENCE = "written-in", "licence"
STATES = {"active": "Active repository", "archived": "Archived repository"}
SOURCED = {"yes": "At least one sourced fact"}
SORTS = {"name": "Name", "growth": "Growth of stars", "stacks": "In most stacks", "newest": "Newest here"}

HEADINGS = {
    "q": "Name",
    "layer": "Layer",
    "category": "Category",
    "function": "Function",
    "kind": "Kind",
    "language": "Language",
    "licence": "Licence",
    "state": "State",
    "sourced": "Sources",
}
# What the cross table tells apart; languages and licences are counted by themselves, since a tool may have several.
CROSSED = ("function", "kind", "state", "sourced")

type Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the facets may be asked for."""

    labels: Mapping[str, Labels]
    """The values of each facet with their labels, in the order in which they are listed."""
    functions: Mapping[int, str]
    """The slugs of functions by their primary keys."""
    paths: Sequence[Path]
    """The way to each function, as they are listed."""
    kinds: Mapping[int, str]
    """The slugs of kinds by their primary keys."""
    languages: Mapping[str, int]
    """The tools used with each language, whatever is filtered."""

    @classmethod
    def load(cls) -> "Vocabulary":
        """Read it; four queries."""
        functions = list(
            Function.objects.select_related("category__layer").order_by(
                "category__layer__position", "category__layer__name", "category__position", "category__name", "name"
            )
        )
        used = FactValue.objects.answering(LANGUAGE).values_list("tool__slug", "tool__name").annotate(tools=Count("pk"))
        languages = list(used.order_by("tool__name"))
        licences = Choice.objects.filter(attribute__slug=LICENCE).values_list("key", "label")
        kinds = list(Kind.objects.order_by("plural").values_list("pk", "slug", "plural"))
        labels = {
            "layer": {function.category.layer.slug: function.category.layer.name for function in functions},
            "category": {function.category.slug: function.category.name for function in functions},
            "function": {function.slug: function.name for function in functions},
            "kind": {slug: capitalised(plural) for _, slug, plural in kinds},
            "language": {slug: name for slug, name, _ in languages},
            "licence": {key: without_article(label) for key, label in licences},
            "state": STATES,
            "sourced": SOURCED,
        }
        used_with = {slug: tools for slug, _, tools in languages}
        slugs = {function.pk: function.slug for function in functions}
        paths = [_path(function) for function in functions]
        return cls(labels, slugs, paths, {pk: slug for pk, slug, _ in kinds}, used_with)


def languages_in(category: Category) -> list[tuple[str, str, int]]:
    """The languages that the category's tools are used with: slug, name and number of tools, those with most first."""
    values = FactValue.objects.answering(LANGUAGE).filter(fact__tool__function__category=category)
    counted = values.values_list("tool__slug", "tool__name").annotate(tools=Count("pk"))
    return list(counted.order_by("-tools", "tool__name"))


def without_article(label: str) -> str:
    """A licence as a list names it: "Elastic License 2.0" for "the Elastic License 2.0"."""
    return capitalised(label.removeprefix("the ").removeprefix("a "))


def _facet(name: str) -> django_filters.MultipleChoiceFilter:
    """Any of several values; which ones there are is known when the filter is made."""
    unknown = {"invalid_choice": f"“%(value)s” is not among the values of {HEADINGS[name]} here."}
    return django_filters.MultipleChoiceFilter(
        label=HEADINGS[name], method="by_facet", choices=[], error_messages=unknown
    )


class ToolFilter(django_filters.FilterSet):
    """Facets (any of the values within one, all of the facets together) and words in the name; by stars unless told.

    Layers, categories and functions are one facet: a function that is chosen narrows its category, and so on.
    """

    q = django_filters.CharFilter(label="Filter this list by name", method="by_name", max_length=MAX_QUERY)
    layer = _facet("layer")
    category = _facet("category")
    function = _facet("function")
    kind = _facet("kind")
    language = _facet("language")
    licence = _facet("licence")
    state = _facet("state")
    sourced = _facet("sourced")
    sort = django_filters.ChoiceFilter(
        label="Sort by",
        method="sorted_by",
        empty_label="Stars",
        choices=list(SORTS.items()),
        error_messages={"invalid_choice": "“%(value)s” is no order of tools."},
    )

    class Meta:
        model = Tool
        fields: list[str] = []

    def __init__(self, data: QueryDict, vocabulary: Vocabulary, today: date) -> None:
        said = data.copy()
        for name, values in data.lists():
            said.setlist(name, [value for value in values if value])
        super().__init__(said, Tool.objects.with_place().by_popularity())
        self.vocabulary = vocabulary
        self.today = today
        for name, labels in vocabulary.labels.items():
            self.filters[name].extra["choices"] = list(labels.items())

    def narrowed(self, *, but: Sequence[str] = ()) -> QuerySet[Tool]:
        """All tools that pass the filters, of which those named in `but` are let go; in no order."""
        tools: QuerySet[Tool] = Tool.objects.order_by()
        for name, value in self.form.cleaned_data.items():
            if name not in (*but, "sort"):
                tools = self.filters[name].filter(tools, value)
        return tools

    def cross_table(self) -> list[Cell]:
        """Tools that pass all but the crossed facets, by what those facets ask; one query."""
        sourced = _has_a_source()
        rows = (
            self.narrowed(but=(*LEVELS, *CROSSED))
            .annotate(sourced=sourced)
            .values_list("function", "kind", "repository__archived", "sourced")
            .annotate(tools=Count("pk"))
        )
        functions, kinds = self.vocabulary.functions, self.vocabulary.kinds
        states = {None: "", False: "active", True: "archived"}
        return [
            Cell(dict(zip(CROSSED, (functions[at], kinds[kind], states[archived], "yes" * known), strict=True)), tools)
            for at, kind, archived, known, tools in rows
        ]

    def languages(self) -> Mapping[str, int]:
        """How many of the tools that pass the other filters are used with each language; at most one query."""
        if not self._is_narrowed("language"):
            return self.vocabulary.languages
        return self._counts(LANGUAGE, "language", "tool__slug")

    def licences(self) -> dict[str, int]:
        """How many of the tools that pass the other filters have each licence; one query."""
        return self._counts(LICENCE, "licence", "choice__key")

    def _counts(self, attribute: str, facet: str, column: str) -> dict[str, int]:
        values = FactValue.objects.answering(attribute)
        if self._is_narrowed(facet):
            values = values.filter(fact__tool__in=self.narrowed(but=(facet,)).values("pk"))
        return dict(values.values_list(column).annotate(tools=Count("pk")).order_by())

    def _is_narrowed(self, facet: str) -> bool:
        """Whether any filter but this facet is set."""
        return any(value for name, value in self.form.cleaned_data.items() if name not in (facet, "sort"))

    def by_name(self, tools: QuerySet[Tool], name: str, value: str) -> QuerySet[Tool]:
        """Keep tools whose name or alias holds the words."""
        return tools.filter(
            Q(name__icontains=value) | Q(pk__in=Tool.objects.filter(aliases__name__icontains=value).values("pk"))
        )

    def by_facet(self, tools: QuerySet[Tool], name: str, value: Sequence[str]) -> QuerySet[Tool]:
        """Keep tools that answer the facet with one of the values."""
        match name:
            case "layer" | "category" | "function":
                functions = functions_meant(self.vocabulary.paths, self.form.cleaned_data)
                return tools.filter(function__slug__in=functions)
            case "kind":
                return tools.filter(kind__slug__in=value)
            case "language":
                return tools.filter(
                    pk__in=FactValue.objects.answering(LANGUAGE).filter(tool__slug__in=value).values("fact__tool")
                )
            case "licence":
                return tools.filter(
                    pk__in=FactValue.objects.answering(LICENCE).filter(choice__key__in=value).values("fact__tool")
                )
            case "sourced":
                return tools.filter(_has_a_source())
        return tools.filter(repository__archived__in=[state == "archived" for state in value])

    def sorted_by(self, tools: QuerySet[Tool], name: str, value: str) -> QuerySet[Tool]:
        """Order by name, by growth, by the stacks that hold the tool, or by the day it came to the catalogue."""
        match value:
            case "name":
                return tools.order_by("name")
            case "growth":
                return tools.order_by(*fastest_growing_first(self.today))
            case "stacks":
                return tools.order_by("-stacks_count", *MOST_STARS_FIRST)
        return tools.order_by("-created_at", "name")


def _has_a_source() -> Exists:
    """Whether any current fact of the tool names where it is from."""
    return Exists(Fact.objects.current().sourced().filter(tool=OuterRef("pk")))


def _path(function: Function) -> Path:
    category = function.category
    levels = (category.layer, category, function)
    layer_slug, category_slug, slug = (level.slug for level in levels)
    layer_name, category_name, name = (level.name for level in levels)
    return Path((layer_slug, category_slug, slug), (layer_name, category_name, name))
