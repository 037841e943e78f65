"""Find tools by what people type: exact and prefix matches first, then near misses, the better known before others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tools.models import Alias, Tool

LIMIT = 30
NEAR = 0.72
# In a short name one wrong letter is another name: "Go" is not "Vi".
SHORTEST_FUZZY = 4


@dataclass(frozen=True, slots=True)
class Index:
    """Every folded name with the tools it may mean, and every tool's stars: two queries, any number of searches."""

    stars: Mapping[str, int]
    names: Mapping[str, Sequence[str]]

    @classmethod
    def load(cls) -> "Index":
        """Read all names, aliases and slugs."""
        stars: dict[str, int] = {}
        names: dict[str, list[str]] = {}
        for slug, name, count in Tool.objects.values_list("slug", "name", "repository__stars"):
            stars[slug] = count or 0
            for text in {_folded(name), _folded(slug)}:
                names.setdefault(text, []).append(slug)
        for slug, name in Alias.objects.values_list("tool__slug", "name"):
            names.setdefault(_folded(name), []).append(slug)
        return cls(stars, names)

    def find(self, query: str, limit: int = LIMIT) -> list[str]:
        """Return slugs of tools for the query, best first."""
        wanted = _folded(query)
        ranks = self._matches(wanted) or self._near_misses(wanted, limit)
        return sorted(ranks, key=lambda slug: (ranks[slug], -self.stars[slug], slug))[:limit]

    def best(self, query: str) -> str | None:
        """Return the slug of the tool the query most likely means, or None."""
        return next(iter(self.find(query, limit=1)), None)

    def _matches(self, wanted: str) -> dict[str, float]:
        ranks: dict[str, float] = {}
        for name, slugs in self.names.items() if wanted else ():
            if (closeness := _closeness(wanted, name)) is not None:
                for slug in slugs:
                    ranks[slug] = min(ranks.get(slug, closeness), closeness)
        return ranks

    def _near_misses(self, wanted: str, limit: int) -> dict[str, float]:
        """Names a typing error away; the less alike, the higher the rank."""
        ranks: dict[str, float] = {}
        if len(wanted) >= SHORTEST_FUZZY:
            scorer = OSA.normalized_similarity
            for name, score, _ in process.extract(
                wanted, list(self.names), scorer=scorer, score_cutoff=NEAR, limit=limit
            ):
                for slug in self.names[name]:
                    ranks[slug] = min(ranks.get(slug, 1 - score), 1 - score)
        return ranks


def find_slugs(query: str) -> list[str]:
    """Return slugs of tools for one query, best first; two queries."""
    return Index.load().find(query)


def _closeness(wanted: str, name: str) -> float | None:
    """0 for the very name, 1 for a beginning, 2 for the beginning of a word, 3 for anywhere; None for no match."""
    if name == wanted:
        return 0.0
    if name.startswith(wanted):
        return 1.0
    if f" {wanted}" in name:
        return 2.0
    return 3.0 if len(wanted) >= SHORTEST_FUZZY - 1 and wanted in name else None


def _folded(text: str) -> str:
    """Lower case, with dots, hyphens and runs of space read as one space: "Node.js", "node js" and "NODE-JS" agree."""
    return " ".join(text.casefold().replace(".", " ").replace("-", " ").replace("_", " ").split())
