"""The directory's filters: every one a GET parameter, so that a selection has an address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.paginator import Page
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.http import QueryDict
from django.urls import reverse

from stacks.models import Size, Stack, StackKind, Use, Watch
from tools.browsing.selection import Way, query_string
from tools.fields import ToolNamesField
from tools.models import Layer, Tool
from tools.pages import page_of
from tools.words import listed

PAGE_SIZE = 30
MOST_TOOLS = 5
LOGOS = 7
"""Tools of a row, the best known first."""
MAX_QUERY = 80
SORTS = {"tools": "Most tools", "noticed": "Most watched and forked"}
FILTERS = ("q", "uses", "without", "kind", "size", "layer", "verified", "owner")


class SeveralToolsField(ToolNamesField):
    """Tools by name, of which none need be named."""

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        super().__init__(most=MOST_TOOLS, **options)
        self.required = required

    def to_python(self, value: Any) -> Any:
        """Find the tools; where none are named nobody is asked."""
        return super().to_python(value) if value else []


class ToolsFilter(django_filters.Filter):
    """A field of several tools."""

    field_class = SeveralToolsField


def _unknown(what: str) -> dict[str, Any]:
    return {"error_messages": {"invalid_choice": f"“%(value)s” is no {what}."}}


class StackFilter(django_filters.FilterSet):
    """All of the filters together; the newest change first unless told."""

    q = django_filters.CharFilter(label="Words in the name", lookup_expr="icontains", field_name="name")
    uses = ToolsFilter(label="Uses all of", method="by_uses")
    without = ToolsFilter(label="Uses none of", method="by_lack")
    kind = django_filters.MultipleChoiceFilter(
        label="Whose",
        choices=[(kind.value, kind.label.capitalize()) for kind in StackKind],
        widget=forms.CheckboxSelectMultiple,
        **_unknown("kind of stack"),
    )
    size = django_filters.ChoiceFilter(label="People", choices=Size.choices, empty_label="Any", **_unknown("size"))
    layer = django_filters.ChoiceFilter(
        label="Has tools of", empty_label="Any part", method="by_layer", **_unknown("layer or category")
    )
    verified = django_filters.ChoiceFilter(
        label="Domain", choices=[("yes", "Verified")], empty_label="Any", method="by_mark", **_unknown("state")
    )
    owner = django_filters.CharFilter(field_name="owner__username", lookup_expr="iexact", widget=forms.HiddenInput)
    sort = django_filters.ChoiceFilter(
        choices=list(SORTS.items()), method="sorted_by", widget=forms.HiddenInput, **_unknown("order of stacks")
    )

    class Meta:
        model = Stack
        fields: list[str] = []

    def __init__(self, data: QueryDict, places: Mapping[str, str]) -> None:
        said = data.copy()
        for name, values in data.lists():
            said.setlist(name, [value for value in values if value])
        super().__init__(said, Stack.objects.listed().order_by("-changed_at", "-pk"))
        self.filters["layer"].extra["choices"] = list(places.items())
        for name in ("q", "owner"):
            self.form.fields[name].max_length = MAX_QUERY  # type: ignore[attr-defined]  # fields of characters

    def by_uses(self, stacks: QuerySet[Stack], name: str, tools: Sequence[Tool]) -> QuerySet[Stack]:
        """Keep those that hold every one of the tools."""
        for tool in tools:
            stacks = stacks.filter(pk__in=Use.objects.filter(tool=tool).order_by().values("stack"))
        return stacks

    def by_lack(self, stacks: QuerySet[Stack], name: str, tools: Sequence[Tool]) -> QuerySet[Stack]:
        """Keep those that hold none of the tools."""
        return stacks.exclude(pk__in=Use.objects.filter(tool__in=tools).order_by().values("stack")) if tools else stacks

    def by_layer(self, stacks: QuerySet[Stack], name: str, value: str) -> QuerySet[Stack]:
        """Keep those that hold any tool of the layer, or of the category after the slash."""
        layer, _, category = value.partition("/")
        place = {"slug": category} if category else {"layer__slug": layer}
        within = {f"tool__function__category__{column}": slug for column, slug in place.items()}
        # Of a common layer the first few tools of a stack tell; a list of all stacks with one would be longer to make.
        return stacks.filter(Exists(Use.objects.filter(stack=OuterRef("pk"), **within)))

    def by_mark(self, stacks: QuerySet[Stack], name: str, value: str) -> QuerySet[Stack]:
        """Keep those whose domain is verified."""
        return stacks.filter(domain__verified_at__isnull=False)

    def sorted_by(self, stacks: QuerySet[Stack], name: str, value: str) -> QuerySet[Stack]:
        """Order by the number of tools, or of those who watch and copy."""
        if value == "tools":
            return stacks.order_by("-tools_count", "-changed_at", "-pk")
        watches = Watch.objects.filter(stack=OuterRef("pk")).order_by().values("stack").annotate(number=Count("pk"))
        forks = (
            Stack.objects.filter(forked_from=OuterRef("pk"))
            .order_by()
            .values("forked_from")
            .annotate(number=Count("pk"))
        )
        noticed = Coalesce(Subquery(watches.values("number")), 0) + Coalesce(Subquery(forks.values("number")), 0)
        return stacks.annotate(noticed=noticed).order_by("-noticed", "-changed_at", "-pk")


@dataclass(frozen=True, slots=True)
class Row:
    """A stack as it is listed, with its best known tools and how many more it holds."""

    stack: Stack
    tools: Sequence[Tool]

    @property
    def more(self) -> int:
        """The tools that are not shown."""
        return self.stack.tools_count - len(self.tools)


class Browsing:
    """What the address asks for and what is found.

    Queries, whatever there is: two for the places, two for each list of tools that is named, three for the list.
    """

    def __init__(self, asked: QueryDict) -> None:
        self.places = _places()
        self.filter = StackFilter(asked, self.places)
        self.is_valid = self.filter.is_valid()
        self.said: Mapping[str, Any] = self.filter.form.cleaned_data if self.is_valid else {}

    @property
    def form(self) -> forms.Form:
        """The form with what was asked, and what was not understood."""
        return self.filter.form

    def page(self, number: str) -> Page[Stack]:
        """One page of the stacks found; raise Http404 for what is no page of them."""
        found: Page[Stack] = page_of(self.filter.qs.select_related("owner", "domain"), number, PAGE_SIZE)
        return found

    @property
    def count(self) -> int:
        """How many filters are set."""
        return sum(bool(self.said.get(name)) for name in FILTERS)

    @property
    def title(self) -> str:
        """What is listed, in words."""
        using, lacking = (listed([tool.name for tool in self.said.get(name, ())]) for name in ("uses", "without"))
        of = f" of {self.said['owner']}" if self.said.get("owner") else ""
        parts = [f"use {using}" if using else "", f"do not use {lacking}" if lacking else ""]
        told = " and ".join(part for part in parts if part)
        return f"Stacks{of} that {told}" if told else f"Stacks{of}"

    def chips(self) -> list[Way]:
        """Every filter that is set, with the link that lets it go."""
        return [Way(label, self._url(without)) for label, without in self._set()]

    def sorts(self) -> list[Way]:
        """The orders the list can stand in."""
        parameters = [pair for pair in self._parameters() if pair[0] != "sort"]
        current = self.said.get("sort") or ""
        return [
            Way(label, self._url([*parameters, ("sort", sort)]), sort == current)
            for sort, label in {"": "Changed last", **SORTS}.items()
        ]

    @property
    def canonical_query(self) -> str:
        """The address that search engines should know: the order does not matter to them."""
        return query_string(pair for pair in self._parameters() if pair[0] != "sort")

    @property
    def is_for_search_engines(self) -> bool:
        """Whether it is worth keeping in an index: all stacks, and those with one tool."""
        return (
            self.is_valid
            and not self.said.get("sort")
            and (self.count == 0 or len(self.said["uses"]) == self.count == 1)
        )

    def _set(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Each filter in words, with the parameters that are left without it."""
        everything = self._parameters()
        labels = {"q": "Name", "uses": "Uses", "without": "Without", "owner": "Of", "layer": "Has tools of"}
        for pair in everything:
            name, value = pair
            if name != "sort":
                said = self._in_words(name, value)
                label = f"{labels[name]}: {said}" if name in labels else said
                yield label, [other for other in everything if other is not pair]

    def _in_words(self, name: str, value: str) -> str:
        match name:
            case "uses" | "without":
                return str(next(tool.name for tool in self.said[name] if tool.slug == value))
            case "kind":
                return str(StackKind(value).label).capitalize()
            case "size":
                return f"{Size(value).label} people"
            case "layer":
                return self.places[value].strip("– ")
            case "verified":
                return "Verified domain"
        return str(value)

    def _parameters(self) -> list[tuple[str, str]]:
        """What is asked, a pair for each tool and each value; tools by slug."""
        found: list[tuple[str, str]] = []
        for name in (*FILTERS, "sort"):
            value = self.said.get(name) or ()
            if name in ("uses", "without"):
                found += [(name, tool.slug) for tool in value]
            else:
                found += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        return found

    def _url(self, parameters: Sequence[tuple[str, str]]) -> str:
        joined = {name: ",".join(value for key, value in parameters if key == name) for name in ("uses", "without")}
        rest = [pair for pair in parameters if pair[0] not in joined]
        return f"{reverse('stacks:directory')}{query_string([*joined.items(), *rest])}"


def rows(stacks: Sequence[Stack]) -> list[Row]:
    """The stacks as they are listed; one query."""
    best = Window(
        RowNumber(),
        partition_by=F("stack"),
        order_by=[
            F("tool__well_known").desc(),
            F("tool__repository__stars").desc(nulls_last=True),
            F("tool__name").asc(),
        ],
    )
    uses = Use.objects.filter(stack__in=stacks).order_by().annotate(place=best).filter(place__lte=LOGOS)
    tools: dict[int, list[Tool]] = {}
    for use in uses.select_related("tool").order_by("stack", "place"):
        tools.setdefault(use.stack_id, []).append(use.tool)
    return [Row(stack, tools.get(stack.pk, [])) for stack in stacks]


def _places() -> dict[str, str]:
    """The layers with their categories, as the filter offers them; two queries."""
    places: dict[str, str] = {}
    for layer in Layer.objects.prefetch_related("categories").order_by("position", "name"):
        places[layer.slug] = layer.name
        places |= {f"{layer.slug}/{category.slug}": f"– {category.name}" for category in layer.categories.all()}
    return places
