"""Clues to tools: what each proves, and whether the project itself uses it."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from stacks.scanner.clues import Certainty, Clue, Evidence, Found, Sort, Unknown
from stacks.scanner.knowledge import Known
from stacks.scanner.naming import CANONICAL

SAME_MARKER = 3
"""How often the same file marker is taken as evidence; a thousand *.md prove no more."""
EVIDENCE = 50
"""Pieces of evidence kept of one tool."""
TYPES_ALONE = "pkg:npm/@types/"
"""Types of a package say nothing of a tool, and the package stands elsewhere."""


class _Said(NamedTuple):
    file: str
    clue: Clue
    key: str
    """The identifier in its one spelling."""


class Resolver:
    """Takes clues of all manifests, then says once what they mean together."""

    def __init__(self, known: Known) -> None:
        """Begin with no clue."""
        self._known = known
        self._said: list[_Said] = []
        self._markers: Counter[str] = Counter()
        self._declared: dict[tuple[str, str], set[str]] = {}
        """Package type and folder to the packages that manifests there declare."""
        self._gathered: dict[tuple[str, str], set[str]] = {}
        """The same with all folders below, once it was asked for."""
        self._own: dict[str, set[str]] = {}
        """The project's own packages, and the files that name them so."""

    def take(self, file: str, clues: Iterable[Clue]) -> None:
        """Add what a file says."""
        for clue in clues:
            if clue.sort is Sort.OWN:
                self._own.setdefault(CANONICAL[Sort.PURL](clue.value), set()).add(file)
                continue
            if clue.sort is Sort.FILE and not self._counts(clue):
                continue
            said = _Said(file, clue, clue.value if clue.sort is Sort.TOOL else CANONICAL[clue.sort](clue.value))
            self._said.append(said)
            if clue.sort is Sort.PURL and clue.certainty is Certainty.DECLARED and clue.direct:
                self._declared.setdefault((_type(said.key), _folder(file)), set()).add(said.key)

    def _counts(self, clue: Clue) -> bool:
        self._markers[clue.value] += 1
        return self._markers[clue.value] <= SAME_MARKER

    def resolved(self) -> tuple[tuple[Found, ...], tuple[Found, ...], tuple[Unknown, ...]]:
        """Tools used, tools that only others need, and what nobody knows; each in alphabetical order."""
        used: dict[str, list[Evidence]] = {}
        locked: dict[str, list[Evidence]] = {}
        unknown: dict[str, list[Evidence]] = {}
        own = self._own_packages()
        slugs_of: dict[tuple[Sort, str], tuple[str, ...]] = {}
        for said in self._said:
            if said.key in own:
                continue
            direct = self._direct(said)
            proof = _evidence(said, direct=direct)
            place = (said.clue.sort, said.key)
            if place not in slugs_of:
                slugs_of[place] = self._known.slugs(said.clue.sort, said.clue.value)
            for slug in slugs_of[place]:
                (used if direct else locked).setdefault(slug, []).append(proof)
            if not slugs_of[place] and direct and _worth_telling(said):
                unknown.setdefault(said.key, []).append(proof)
        return (
            tuple(Found(slug, _surest(used[slug])) for slug in sorted(used)),
            tuple(Found(slug, _surest(locked[slug])) for slug in sorted(locked.keys() - used.keys())),
            tuple(Unknown(key, _surest(unknown[key])) for key in sorted(unknown)),
        )

    def _direct(self, said: _Said) -> bool:
        """A lockfile's word counts where no manifest beside or below says which packages the project asks for."""
        clue = said.clue
        if clue.sort is not Sort.PURL or clue.certainty is not Certainty.LOCKED:
            return clue.direct
        declared = self._below(_type(said.key), _folder(said.file))
        return said.key in declared if declared else clue.direct

    def _below(self, kind: str, folder: str) -> set[str]:
        """What manifests in a folder and in those below it declare, of one type of package."""
        if (kind, folder) not in self._gathered:
            self._gathered[kind, folder] = set().union(
                *(
                    names
                    for (other, place), names in self._declared.items()
                    if other == kind and (not folder or place == folder or place.startswith(f"{folder}/"))
                )
            )
        return self._gathered[kind, folder]

    def _own_packages(self) -> set[str]:
        """Packages made here. One that its own file depends on is another's, of the same name as some application."""
        needed = {(said.file, said.key) for said in self._said if said.key in self._own}
        return {key for key, files in self._own.items() if not any((file, key) in needed for file in files)}


def _folder(file: str) -> str:
    return file.rpartition("/")[0]


def _type(purl: str) -> str:
    return purl.partition("/")[0]


def _evidence(said: _Said, *, direct: bool) -> Evidence:
    clue = said.clue
    return Evidence(said.file, clue.line, clue.value, clue.certainty, direct, clue.development, clue.version)


def _surest(evidence: list[Evidence]) -> tuple[Evidence, ...]:
    ranked = sorted(
        dict.fromkeys(evidence),
        key=lambda proof: (-proof.certainty, proof.development, proof.file.count("/"), proof.file, proof.line),
    )
    return tuple(ranked[:EVIDENCE])


def _worth_telling(said: _Said) -> bool:
    clue = said.clue
    return clue.sort is not Sort.FILE and clue.certainty is Certainty.DECLARED and not said.key.startswith(TYPES_ALONE)
