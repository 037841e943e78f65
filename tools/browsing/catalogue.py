"""A page of the catalogue: facets with counts, chips, the list, the shortlist; what its template prints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page
from django.forms import Form
from django.http import QueryDict
from django.urls import reverse

from tools import pairs
from tools.browsing import facets
from tools.browsing.facets import Facet
from tools.browsing.filters import CROSSED, HEADINGS, SORTS, ToolFilter, Vocabulary
from tools.browsing.places import LEVELS, Bough, functions_meant, meant, tree
from tools.browsing.rows import ToolRow, tool_rows
from tools.browsing.selection import FACETS, Selection, parse_shortlist
from tools.models import Tool
from tools.pages import page_of
from tools.searching.index import Known, current_index
from tools.words import listed

PAGE_SIZE = 30
CLOSE_NAMES = 3
# The facets that are lists of values; places are a tree.
FLAT = tuple(facet for facet in FACETS if facet not in LEVELS)


@dataclass(frozen=True, slots=True)
class Link:
    """Where a click leads, and what it is about."""

    heading: str
    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the list."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A tool of the list, with the link that puts it on the shortlist or takes it off, where there is one."""

    row: ToolRow
    is_listed: bool
    url: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The tools picked so far, each with the link that takes it off, and the address where they are compared."""

    tools: Sequence[tuple[Tool, str]]
    comparison: str
    """Empty as long as there is only one tool."""

    @property
    def value(self) -> str:
        """It as an address holds it."""
        return ",".join(tool.slug for tool, _ in self.tools)


def picking_rows(rows: Sequence[ToolRow], selection: Selection) -> list[ListedRow]:
    """Rows for another page: each link leads to this selection in the catalogue, with the tool on the shortlist."""
    catalogue = reverse("tools:catalogue")
    slugs = [row.tool.slug for row in rows]
    urls = [f"{catalogue}{selection.listing(slug).query}#{slug}" for slug in slugs]
    return [ListedRow(row, is_listed=False, url=url) for row, url in zip(rows, urls, strict=True)]


class Browsing:
    """What the address asks for and what is found; where it is not valid, what was understood of it.

    Queries, whatever there is in the catalogue: four for the facets' values, three for their counts (two where
    nothing is filtered), four for the list, one where there is a shortlist; where nothing is found, one for each
    filter that might be let go.
    """

    def __init__(self, asked: QueryDict, today: date) -> None:
        self._today = today
        vocabulary = Vocabulary.load()
        self._labels = vocabulary.labels
        self._paths = vocabulary.paths
        self.filter = ToolFilter(asked, vocabulary, today)
        self.is_valid = self.filter.is_valid()
        self._picked = _tools_of(asked.get("shortlist", ""))
        cleaned = self.filter.form.cleaned_data
        self.selection = Selection(
            q=cleaned.get("q") or "",
            chosen={name: [value for value in self._labels[name] if value in cleaned.get(name, ())] for name in FACETS},
            sort=cleaned.get("sort") or "",
            shortlist=tuple(tool.slug for tool in self._picked),
        )
        functions = functions_meant(self._paths, self.selection.chosen)
        crossed = {**self.selection.chosen, "function": functions}
        self._tally = facets.tally(self.filter.cross_table(), crossed, CROSSED)

    def page(self, number: str) -> Page[Tool]:
        """One page of the tools found, which all links keep to; raise Http404 for what is no page of them."""
        page: Page[Tool] = page_of(self.filter.qs, number, PAGE_SIZE)
        self.selection = replace(self.selection, page=page.number)
        return page

    @property
    def form(self) -> Form:
        """The form with what was asked, and what was not understood."""
        return self.filter.form

    @property
    def title(self) -> str:
        """What is listed, in words."""
        labels = {name: self._chosen_labels(name) for name in FLAT}
        return facets.title(self._place_labels(), labels, self.selection.q)

    @property
    def canonical_query(self) -> str:
        """The query string of the page that says the same by stars and without a shortlist."""
        return self.selection.plain().query

    @property
    def is_for_search_engines(self) -> bool:
        """Whether it is worth keeping in an index: not every combination of filters, orders and shortlists is."""
        return self.selection.count <= 1 and not self.selection.q and self.selection.plain() == self.selection

    @property
    def clear_url(self) -> str:
        """The whole catalogue, in the same order."""
        return self._url(self.selection.cleared())

    def places(self) -> list[Bough]:
        """The layers with their categories, and the functions of those chosen, with their counts."""
        return tree(self._paths, self._tally.counts["function"], self.selection.chosen)

    @property
    def places_chosen(self) -> int:
        """How many layers, categories and functions are chosen."""
        return sum(len(self.selection.chosen[level]) for level in LEVELS)

    def facets(self) -> list[Facet]:
        """Every other facet with its values and their counts; two queries."""
        counts = {**self._tally.counts, "language": self.filter.languages(), "licence": self.filter.licences()}
        return [
            facets.facet(name, HEADINGS[name], self._labels[name], counts[name], self.selection.chosen[name])
            for name in FLAT
        ]

    def sorts(self) -> list[Sort]:
        """The orders the list can stand in; another order begins on its first page."""
        first = replace(self.selection, page=1)
        return [
            Sort(label, self._url(replace(first, sort=sort)), sort == self.selection.sort)
            for sort, label in {"": "Stars", **SORTS}.items()
        ]

    def chips(self) -> list[Link]:
        """Every filter that is set, with the link that lets it go."""
        chips = [
            Link(HEADINGS[name], self._labels[name][value], self._url(self.selection.without(name, value)))
            for name in FACETS
            for value in self.selection.chosen[name]
        ]
        if self.selection.q:
            chips.insert(0, Link(HEADINGS["q"], self.selection.q, self._url(self.selection.without("q"))))
        return chips

    def ways_out(self) -> list[Link]:
        """What to let go where nothing is found: each filter without which tools are left, most of them first."""
        ways = [
            Link(heading, said, self._url(without), count)
            for heading, said, without, count in self._steps_back()
            if count and without.count
        ]
        return sorted(ways, key=lambda way: -(way.count or 0))

    def close_names(self) -> list[Known]:
        """Tools called much like the name that was looked for; one query, and five where the catalogue has changed."""
        if not self.selection.q:
            return []
        index = current_index()
        found = [index.tools[slug] for slug in index.find(self.selection.q, CLOSE_NAMES)]
        return found or index.nearest(self.selection.q, CLOSE_NAMES)

    def rows(self, tools: Sequence[Tool]) -> list[ListedRow]:
        """The tools as they are listed, each with its link to the shortlist; three queries."""
        return [self._row(row) for row in tool_rows(tools, self._today)]

    def shortlist(self) -> Shortlist | None:
        """The tools picked so far; None where there are none."""
        if not self._picked:
            return None
        slugs = self.selection.shortlist
        compared = reverse("comparisons:comparison", args=[pairs.address(slugs)]) if pairs.is_countable(slugs) else ""
        links = [(tool, self._url(self.selection.unlisting(tool.slug))) for tool in self._picked]
        return Shortlist(links, compared)

    def _row(self, row: ToolRow) -> ListedRow:
        slug, shortlist = row.tool.slug, self.selection.shortlist
        is_listed = slug in shortlist
        if not is_listed and len(shortlist) == pairs.MOST:
            return ListedRow(row, is_listed, "")
        other = self.selection.unlisting(slug) if is_listed else self.selection.listing(slug)
        return ListedRow(row, is_listed, f"{self._url(other)}#{slug}")

    def _steps_back(self) -> Iterator[tuple[str, str, Selection, int]]:
        """Each filter that is set: its heading, what it says, the selection without it, and its number of tools."""
        selection = self.selection
        if selection.q:
            yield HEADINGS["q"], selection.q, selection.without("q"), self.filter.narrowed(but=("q",)).count()
        if places := self._place_labels():
            anywhere = selection
            for level in LEVELS:
                anywhere = anywhere.without(level)
            yield HEADINGS["category"], listed(places, "or"), anywhere, self._tally.without["function"]
        for name in FLAT:
            if said := listed(self._chosen_labels(name), "or"):
                yield HEADINGS[name], said, selection.without(name), self._count_without(name)

    def _place_labels(self) -> list[str]:
        """The places whose tools are listed, the narrowest first."""
        left = meant(self._paths, self.selection.chosen)
        return [self._labels[level][slug] for level in reversed(LEVELS) for slug in left[level]]

    def _chosen_labels(self, name: str) -> list[str]:
        return [self._labels[name][value] for value in self.selection.chosen[name]]

    def _count_without(self, name: str) -> int:
        return self._tally.without[name] if name in CROSSED else self.filter.narrowed(but=(name,)).count()

    @staticmethod
    def _url(selection: Selection) -> str:
        return reverse("tools:catalogue") + selection.query


def _tools_of(shortlist: str) -> list[Tool]:
    """The tools on a shortlist, in its order, as many as a comparison takes; names of none are left out."""
    slugs = parse_shortlist(shortlist)
    found = {tool.slug: tool for tool in Tool.objects.among(slugs)} if slugs else {}
    return [found[slug] for slug in slugs if slug in found][: pairs.MOST]
