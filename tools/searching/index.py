"""Find tools, comparisons and categories by what people type, without asking the database each time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock

from django.urls import reverse

from tools import pairs
from tools.models import Alias, Category, Edition, Function, Kind, Rival, Tool
from tools.models.tool import WELL_KNOWN_FIRST
from tools.searching.folding import folded
from tools.searching.matching import ALIKE, BEGINNING, FAR, MISSPELT, MOST_WORDS, WITHIN, WORD, Name, Names

LIMIT = 30
# Readings of one name that is not quite clear.
READINGS = 6
_VERSUS = re.compile(r"\s+(?:vs\.?|versus|or|against|and|compared (?:to|with))(?:\s+|$)|\s*,\s*|-vs-", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """A tool as far as search knows it: its name, what it is for, and where its page is."""

    slug: str
    name: str
    place: str
    function: str

    @property
    def url(self) -> str:
        """Its own page."""
        return reverse("tools:tool", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Place:
    """A category, a function or a kind, with where its tools are listed."""

    name: str
    url: str
    is_category: bool = False


@dataclass(frozen=True, slots=True)
class Versus:
    """Two to five tools, in the order of their comparison's address."""

    tools: tuple[Known, ...]

    @property
    def name(self) -> str:
        """As in "Django vs Flask"."""
        return " vs ".join(tool.name for tool in self.tools)

    @property
    def url(self) -> str:
        """The comparison's page."""
        return reverse("comparisons:comparison", args=[pairs.address(tool.slug for tool in self.tools)])


class Index:
    """What can be found in one edition of the catalogue. It is only read once it is made, so threads share it."""

    def __init__(
        self,
        edition: int,
        tools: Iterable[tuple[Known, Sequence[Name]]],
        places: Iterable[Place],
        rivals: Iterable[tuple[str, str]],
    ) -> None:
        names: list[Name] = []
        self.edition = edition
        self.tools: dict[str, Known] = {}
        self.places: dict[str, Place] = {}
        self._alike: dict[str, list[Known]] = {}
        for tool, its_names in tools:
            self.tools[tool.slug] = tool
            self._alike.setdefault(tool.function, []).append(tool)
            names += its_names
        for place in places:
            self.places.setdefault(folded(place.name), place)
        self.categories = [place for place in self.places.values() if place.is_category]
        self._rivals: dict[str, list[str]] = {}
        # What was written between two of the queries is not known here yet.
        for one, other in (couple for couple in rivals if self.tools.keys() >= set(couple)):
            self._rivals.setdefault(one, []).append(other)
            self._rivals.setdefault(other, []).append(one)
        self._standing = {slug: place for place, slug in enumerate(self.tools)}
        self._tool_names = Names(names)
        self._place_names = Names(Name(key, place.name) for key, place in self.places.items())

    @classmethod
    def load(cls, edition: int = 0) -> "Index":
        """Read the catalogue's names: five queries."""
        functions = list(Function.objects.select_related("category"))
        rivals = Rival.objects.as_named().values_list("tool__slug", "other__slug")
        return cls(edition, _tools(functions), _places(functions), rivals)

    def find(self, query: str, limit: int = LIMIT) -> list[str]:
        """Return slugs of tools for the query, best first; of equals the better known first."""
        ranks = self._tool_names.rank(query, limit)
        return sorted(ranks, key=lambda slug: (ranks[slug], self._standing[slug]))[:limit]

    def find_beside(self, beside: str, query: str, limit: int) -> list[str]:
        """As `find`, for whoever weighs the tool `beside`: its rivals and those of its function come first.

        Only what is named outright stands before them. The tool itself is left out.
        """
        if beside not in self.tools:
            return self.find(query, limit)
        near = {other.slug for other in self._alike[self.tools[beside].function]} | {*self._rivals.get(beside, ())}
        ranks = self._tool_names.rank(query, LIMIT)
        ranks.pop(beside, None)
        order = {slug: (cost >= BEGINNING and slug not in near, cost) for slug, cost in ranks.items()}
        return sorted(order, key=lambda slug: (*order[slug], self._standing[slug]))[:limit]

    def best(self, query: str) -> str | None:
        """Return the slug of the tool the query most likely means, or None."""
        return query if query in self.tools else next(iter(self.find(query, limit=READINGS)), None)

    def named(self, name: str) -> str | None:
        """Return the slug of the tool of just this name, slug or alias, in any case; of several the best known.

        For what is kept: unlike `best`, it guesses nothing.
        """
        if name in self.tools:
            return name
        ranks = self._tool_names.rank(name, READINGS)
        called = (slug for slug, cost in ranks.items() if cost < MISSPELT)
        return min(called, key=lambda slug: (ranks[slug], self._standing[slug]), default=None)

    def meant(self, name: str, limit: int) -> list[str]:
        """Return slugs of tools that somebody who wrote this whole name may have meant: those that sound or look alike.

        Names that only hold it somewhere, or are far from it, are not among them.
        """
        ranks = self._tool_names.rank(name, limit)
        likely = [slug for slug, cost in ranks.items() if cost < WITHIN or ALIKE <= cost < FAR]
        return sorted(likely, key=lambda slug: (ranks[slug], self._standing[slug]))[:limit]

    def nearest(self, query: str, count: int) -> list[Known]:
        """The tools whose names look most like the query, however little."""
        return [self.tools[slug] for slug in self._tool_names.nearest(query, count)]

    def find_places(self, query: str, limit: int) -> list[Place]:
        """Categories, functions and kinds for the query, best first."""
        ranks = self._place_names.rank(query, limit)
        # "orm" stands in "platforms", which nobody means.
        sensible = (key for key in sorted(ranks, key=lambda key: ranks[key]) if ranks[key] != WITHIN)
        return [self.places[key] for key in islice(sensible, limit)]

    def compare(self, query: str, limit: int) -> list[Versus]:
        """The comparisons that a query such as "flask vs dj" means, the likeliest first."""
        parts = self.parts(query)
        if not pairs.FEWEST <= len(parts) <= pairs.MOST:
            return []
        *first, last = parts
        known = [slug for part in first if part and (slug := self.best(part))]
        if len(known) < len(first):
            return []
        if not last:
            return self.popular_with(known[0], limit) if len(set(known)) == 1 else []
        readings = ({*known, slug} for slug in self.find(last, limit=limit + len(known)))
        return [self.versus(slugs) for slugs in islice((s for s in readings if len(s) == len(parts)), limit)]

    def popular_with(self, slug: str, limit: int) -> list[Versus]:
        """The comparisons of a tool with its rivals, then with the best known others of its function."""
        alike = (other.slug for other in self._alike[self.tools[slug].function])
        others = dict.fromkeys((*self._rivals.get(slug, ()), *alike))
        return [self.versus((slug, other)) for other in islice((o for o in others if o != slug), limit)]

    def versus(self, slugs: Iterable[str]) -> Versus:
        """The comparison of these tools."""
        return Versus(tuple(self.tools[slug] for slug in pairs.canonical(slugs)))

    def parts(self, query: str) -> list[str]:
        """The names that a query compares, the last maybe still empty: one where it compares nothing."""
        if query in self.tools:
            return [query]
        parts = [part.strip() for part in _VERSUS.split(f"{query.lstrip()} ")]
        return parts if len(parts) > 1 else self._side_by_side(query)

    def _side_by_side(self, query: str) -> list[str]:
        """Two names with only a space between, as in "flask dj", where they are not one name."""
        cost = self._tool_names.cost
        if cost(query) < WITHIN:
            return [query]
        words = query.split()[:MOST_WORDS]
        for place in range(len(words) - 1, 0, -1):
            one, other = " ".join(words[:place]), " ".join(words[place:])
            if cost(one) < BEGINNING and cost(other) < WORD:
                return [one, other]
        return [query]


class _Shelf:
    """Keeps the index of the newest edition that this process has seen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: Index | None = None

    def index(self) -> Index:
        edition = Edition.objects.current()
        kept = self._kept
        if kept is None or kept.edition != edition:
            # Whoever waits here finds what the one before has loaded.
            with self._lock:
                kept = self._kept
                if kept is None or kept.edition != edition:
                    kept = self._kept = Index.load(edition)
        return kept

    def clear(self) -> None:
        self._kept = None


_shelf = _Shelf()


def current_index() -> Index:
    """The index of the catalogue as it is: one query, and five more where the catalogue has changed."""
    return _shelf.index()


def forget_index() -> None:
    """Drop what is kept: for tests, whose rows come and go without an edition."""
    _shelf.clear()


def _tools(functions: Iterable[Function]) -> Iterable[tuple[Known, Sequence[Name]]]:
    """Every tool with its names, the best known first."""
    by_pk = {function.pk: function for function in functions}
    aliases: dict[int, list[str]] = {}
    for pk, name in Alias.objects.values_list("tool", "name"):
        aliases.setdefault(pk, []).append(name)
    rows = Tool.objects.order_by(*WELL_KNOWN_FIRST).values_list("pk", "slug", "name", "function", "kind__noun")
    for pk, slug, name, function_pk, noun in rows:
        if (function := by_pk.get(function_pk)) is None:
            continue
        words = _words(function.name, function.category.name, noun)
        names = [Name(slug, name, words=words), Name(slug, slug)]
        names += [Name(slug, alias, official=False) for alias in aliases.get(pk, ())]
        yield Known(slug, name, function.name, function.slug), names


def _places(functions: Iterable[Function]) -> Iterable[Place]:
    """Categories before functions before kinds: of one name the first is kept."""
    seen: dict[int, Category] = {function.category_id: function.category for function in functions}
    for category in seen.values():
        yield Place(category.name, category.get_absolute_url(), is_category=True)
    for function in functions:
        yield Place(function.name, function.get_absolute_url())
    for kind in Kind.objects.all():
        yield Place(kind.plural.capitalize(), f"{reverse('tools:catalogue')}?kind={kind.slug}")


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for text in texts for word in folded(text).split())
