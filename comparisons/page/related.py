"""Comparisons that a reader of one may want next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from comparisons.alternatives import Alternative
from comparisons.facts import Subject
from tools import pairs

type Named = tuple[str, str]
"""A slug and a name."""
type Nearest = Mapping[str, Sequence[Alternative]]
"""For each compared tool's slug, the alternatives to it that the page shows."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another comparison a reader may want next, and what makes it so."""

    title: str
    address: str
    reason: str


def related(subjects: Sequence[Subject], nearest: Nearest) -> Iterator[Related]:
    """The others beside the languages they build on, then each beside alternatives to another, taking turns."""
    names = {subject.slug: subject.name for subject in subjects}
    seen = {frozenset(names)}
    for one, other, reason in (*_beside_languages(subjects), *_beside_alternatives(subjects, nearest)):
        pair = {one[0]: one[1], other[0]: other[1]}
        if len(pair) == 2 and frozenset(pair) not in seen:
            seen.add(frozenset(pair))
            slugs = pairs.canonical(pair)
            yield Related(" vs ".join(pair[slug] for slug in slugs), pairs.address(slugs), reason)


def _beside_languages(subjects: Sequence[Subject]) -> Iterator[tuple[Named, Named, str]]:
    for subject in subjects:
        if subject.via is not None:
            language = (subject.via.words[0].key, subject.via.words[0].label)
            for other in subjects:
                if other is not subject and other.kind != subject.kind:
                    yield (other.slug, other.name), language, f"{language[1]} is the language of {subject.name}"


def _beside_alternatives(subjects: Sequence[Subject], nearest: Nearest) -> Iterator[tuple[Named, Named, str]]:
    for turn in range(max(map(len, nearest.values()), default=0)):
        for subject in subjects:
            for alternative in nearest[subject.slug][turn : turn + 1]:
                swapped = (alternative.subject.slug, alternative.subject.name)
                for other in subjects:
                    if other is not subject:
                        yield (other.slug, other.name), swapped, f"{swapped[1]} instead of {subject.name}"
