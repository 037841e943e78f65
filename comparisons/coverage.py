"""How much the catalogue knows, how much of it is sourced, and how much its comparisons have to say. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median, quantiles

from comparisons.facts import Statement, Subject
from comparisons.statements import Statements, compare

# Every repository has them without being asked.
FIGURES = ("stars", "forks")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures of one function, or of all of them.

    `asked` counts the questions that its tools could answer (tools times the compared attributes in scope), `known` and
    `sourced` those that they do. The statements are those of the pairs within it, the introductions left out.
    """

    name: str
    tools: int
    asked: int
    known: int
    sourced: int
    pairs: int
    median: float
    tenth: float

    @property
    def known_share(self) -> float:
        """How much of what could be asked is known, from 0 to 1."""
        return self.known / self.asked if self.asked else 0.0

    @property
    def sourced_share(self) -> float:
        """How much of what is known has a source, from 0 to 1."""
        return self.sourced / self.known if self.known else 0.0


def coverage(name: str, subjects: Sequence[Subject], asked_of_each: int) -> Coverage:
    """Count what is known of these tools, each of which is asked so many questions, and what its pairs say."""
    known = (k.fact for subject in subjects for k in subject.compared.values() if not k.via)
    facts = [fact for fact in known if fact.attribute.key not in FIGURES]
    said = [len(list(_sentences(compare(pair)))) for pair in combinations(subjects, 2)]
    return Coverage(
        name=name,
        tools=len(subjects),
        asked=len(subjects) * asked_of_each,
        known=len(facts),
        sourced=sum(bool(fact.source) for fact in facts),
        pairs=len(said),
        median=median(said) if said else 0.0,
        tenth=quantiles(said, n=10)[0] if len(said) > 1 else float(sum(said)),
    )


@dataclass(frozen=True, slots=True)
class Cited:
    """How many statements of how many pairs cite at least one sourced fact."""

    pairs: int
    statements: int
    sourced: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.sourced / self.statements if self.statements else 0.0


def cited(subjects: Sequence[Subject]) -> Cited:
    """Over every pair of these tools, whatever their functions."""
    pairs = statements = sourced = 0
    for pair in combinations(subjects, 2):
        pairs += 1
        for statement in _sentences(compare(pair)):
            statements += 1
            sourced += any(fact.source for fact in statement.cites)
    return Cited(pairs, statements, sourced)


def _sentences(said: Statements) -> Iterator[Statement]:
    """What compares the two: summaries and introductions cite many facts or speak of one tool."""
    yield from (*said.differences, *said.shared, *said.only)
