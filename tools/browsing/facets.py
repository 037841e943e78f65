"""Facets with the number of tools behind each value, counted from a cross table. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tools.words import listed

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, with the tools that would be left if it were chosen beside the other facets."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A question of the filters with the answers that lead somewhere, those with most tools first."""

    name: str
    heading: str
    options: Sequence[Option]

    @property
    def chosen(self) -> int:
        """How many values of it are chosen."""
        return sum(option.chosen for option in self.options)

    @property
    def first(self) -> Sequence[Option]:
        """What is seen at once."""
        return self.options[:SHOWN]

    @property
    def rest(self) -> Sequence[Option]:
        """What is folded away."""
        return self.options[SHOWN:]


@dataclass(frozen=True, slots=True)
class Cell:
    """Tools that answer some facets alike: the value of each facet, and how many they are."""

    values: Mapping[str, str]
    tools: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What a cross table says: how many tools are left, and behind each value given the other facets."""

    total: int
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    """How many tools would be left if this facet were let go."""


def tally(cells: Iterable[Cell], chosen: Mapping[str, Sequence[str]], facets: Sequence[str]) -> Tally:
    """Count, in one walk: a cell that fails one facet alone counts for that facet alone."""
    asked = {facet: frozenset(chosen[facet]) for facet in facets if chosen.get(facet)}
    total = 0
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in facets}
    without: Counter[str] = Counter()
    for cell in cells:
        failed = [facet for facet, wanted in asked.items() if cell.values[facet] not in wanted]
        if len(failed) > 1:
            continue
        if not failed:
            total += cell.tools
        without.update(dict.fromkeys(failed or facets, cell.tools))
        for facet in failed or facets:
            counts[facet][cell.values[facet]] += cell.tools
    return Tally(total, counts, without)


def facet(
    name: str, heading: str, labels: Mapping[str, str], counts: Mapping[str, int], chosen: Sequence[str]
) -> Facet:
    """The facet's values that lead somewhere or are chosen: those chosen first, then by tools, then as listed."""
    options = [Option(value, label, counts.get(value, 0), value in chosen) for value, label in labels.items()]
    left = [option for option in options if option.count or option.chosen]
    return Facet(name, heading, sorted(left, key=lambda option: (not option.chosen, -option.count)))


def title(places: Sequence[str], labels: Mapping[str, Sequence[str]], q: str = "") -> str:
    """Say what is listed: "Microframeworks in Python or Ruby, under MIT". `labels` are those chosen of each facet."""
    kinds = labels.get("kind", ())
    subject = listed(places or kinds or ["Tools"], "or")
    language = f" in {listed(labels['language'], 'or')}" if labels.get("language") else ""
    narrower = [
        listed(kinds, "or").lower() if places and kinds else "",
        f"under {listed(labels['licence'], 'or')}" if labels.get("licence") else "",
        listed(labels.get("state", ()), "or").lower(),
        listed(labels.get("sourced", ()), "or").lower(),
    ]
    named = f" with “{q}” in their names" if q else ""
    return ", ".join([subject + language, *filter(None, narrower)]) + named
