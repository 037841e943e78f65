"""What a catalogue page's address asks for: facets, order, page and shortlist, in one order. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from tools.slugs import is_valid_tool_slug

FACETS = ("layer", "category", "function", "kind", "language", "licence", "state", "sourced")
PARAMETERS = ("q", *FACETS, "sort", "page", "shortlist")
LONGEST = 1_000


def query_string(parameters: Iterable[tuple[str, str]]) -> str:
    """Return "?kind=framework&page=2": in the order of PARAMETERS, others after them, empty ones and page 1 dropped."""
    said = [(name, value) for name, value in parameters if value and (name, value) != ("page", "1")]
    said.sort(key=lambda pair: PARAMETERS.index(pair[0]) if pair[0] in PARAMETERS else len(PARAMETERS))
    return f"?{urlencode(said, safe=',')}" if said else ""


def parse_shortlist(text: str) -> tuple[str, ...]:
    """The words in "flask,django" that could name tools, each once; no more of them than anybody would write."""
    words = dict.fromkeys(word for word in text.lower()[:LONGEST].split(",") if is_valid_tool_slug(word))
    return tuple(words)


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a neighbouring selection."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything that an address of the catalogue says."""

    q: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The values of each facet, in the order in which the facet lists them."""
    sort: str = ""
    page: int = 1
    shortlist: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """It as a query string, or nothing where it asks for nothing."""
        facets = [(facet, value) for facet in FACETS for value in self.chosen.get(facet, ())]
        rest = [("q", self.q), ("sort", self.sort), ("page", str(self.page)), ("shortlist", ",".join(self.shortlist))]
        return query_string(facets + rest)

    @property
    def count(self) -> int:
        """How many filters are set."""
        return sum(map(len, self.chosen.values())) + bool(self.q)

    def without(self, facet: str, value: str | None = None) -> "Selection":
        """Without a value of a facet, or without the whole facet (`q` counts as one); back on the first page."""
        if facet == "q":
            return replace(self, q="", page=1)
        left = [other for other in self.chosen.get(facet, ()) if value not in (None, other)]
        return replace(self, chosen={**self.chosen, facet: left}, page=1)

    def cleared(self) -> "Selection":
        """Without any filter; the order and the shortlist stay."""
        return Selection(sort=self.sort, shortlist=self.shortlist)

    def plain(self) -> "Selection":
        """What is listed, whatever the order and the shortlist: the page that search engines should know."""
        return replace(self, sort="", shortlist=())

    def listing(self, slug: str) -> "Selection":
        """With this tool on the shortlist."""
        return replace(self, shortlist=(*self.shortlist, slug))

    def unlisting(self, slug: str) -> "Selection":
        """Without this tool on the shortlist."""
        return replace(self, shortlist=tuple(other for other in self.shortlist if other != slug))
