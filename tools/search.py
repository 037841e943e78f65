"""Find tools by what people type: exact and prefix matches first, then near misses, the better known before others."""

from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tools.models import Alias, Tool

LIMIT = 30
NEAR = 0.72
# In a short name one wrong letter is another name: "Go" is not "Vi".
SHORTEST_FUZZY = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A tool found by one of its names; the lower `rank` is the better match."""

    slug: str
    rank: tuple[float, int]


def find_slugs(query: str, limit: int = LIMIT) -> list[str]:
    """Return slugs of tools for the query, best first; two queries."""
    wanted = _folded(query)
    if not wanted:
        return []
    stars, names = _names()
    best: dict[str, tuple[float, int]] = {}
    for name, slugs in names.items():
        if (closeness := _closeness(wanted, name)) is not None:
            for slug in slugs:
                best[slug] = min(best.get(slug, (9.0, 0)), (closeness, -stars[slug]))
    if not best and len(wanted) >= SHORTEST_FUZZY:
        for name, score, _ in process.extract(
            wanted, list(names), scorer=OSA.normalized_similarity, score_cutoff=NEAR, limit=limit
        ):
            for slug in names[name]:
                best[slug] = min(best.get(slug, (9.0, 0)), (4 - score, -stars[slug]))
    return sorted(best, key=lambda slug: (best[slug], slug))[:limit]


def best_match(query: str) -> str | None:
    """Return the slug of the tool the query most likely means, or None."""
    return next(iter(find_slugs(query, limit=1)), None)


def _closeness(wanted: str, name: str) -> float | None:
    """0 for the very name, 1 for a beginning, 2 for the beginning of a word, 3 for anywhere; None for no match."""
    if name == wanted:
        return 0.0
    if name.startswith(wanted):
        return 1.0
    if f" {wanted}" in name:
        return 2.0
    return 3.0 if len(wanted) >= SHORTEST_FUZZY - 1 and wanted in name else None


def _names() -> tuple[dict[str, int], dict[str, list[str]]]:
    """Every tool's stars, and every folded name, alias and slug with the tools it may mean."""
    stars: dict[str, int] = {}
    names: dict[str, list[str]] = {}
    for slug, name, count in Tool.objects.values_list("slug", "name", "repository__stars"):
        stars[slug] = count or 0
        for text in {_folded(name), _folded(slug), _folded(slug.replace("-", " "))}:
            names.setdefault(text, []).append(slug)
    for slug, name in Alias.objects.values_list("tool__slug", "name"):
        names.setdefault(_folded(name), []).append(slug)
    return stars, names


def _folded(text: str) -> str:
    """Lower case, with dots, hyphens and runs of space read as one space: "Node.js", "node js" and "NODE-JS" agree."""
    return " ".join(text.casefold().replace(".", " ").replace("-", " ").replace("_", " ").split())
