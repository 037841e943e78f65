"""What can be said at all: every question with the answers that are known of the compared tools. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from comparisons import judging
from comparisons.facts import Attribute, Fact, Known, Subject

# An inherited difference is one step away from the tool itself.
INHERITED_WEIGHT = 0.8


class Question(NamedTuple):
    """An attribute with the known answers, in the order of the tools, and what is judged of them."""

    attribute: Attribute
    known: tuple[Known, ...]
    facts: tuple[Fact, ...]
    """The answers themselves."""
    complete: bool
    """Whether every compared tool's answer is known."""
    inherited: bool
    """Whether a language answers for any of the tools."""
    comparable: bool
    """Whether two tools answer it: not a language beside its framework, nor two frameworks of one language, nor counts
    made at different times."""
    alike: bool
    """Whether the answers agree, or differ by less than the threshold."""
    weight: float
    """How much the question matters here, from 0 to 100."""
    rank: float
    """How much the difference matters: its weight, halved for the smallest difference."""


def questions(subjects: Sequence[Subject]) -> list[Question]:
    """Every question that sentences are made of, once, in an order that does not depend on the subjects'."""
    tables = [subject.compared for subject in subjects]
    return [
        question(tuple([table[key] for table in tables if key in table]), len(subjects))
        for key in sorted(set().union(*tables))
    ]


def question(known: tuple[Known, ...], asked: int) -> Question:
    """Judge what is known of an attribute, where `asked` tools are compared."""
    attribute = known[0].fact.attribute
    facts = tuple([k.fact for k in known])
    inherited = any(k.via for k in known)
    # Most questions are answered by one tool alone, where there is nothing to judge.
    comparable = len(facts) > 1 and len({fact.id for fact in facts}) > 1 and judging.are_of_one_time(attribute, facts)
    alike = comparable and judging.are_similar(attribute, facts)
    distance = judging.distance(attribute, facts) if comparable and not alike else 0.0
    weight = attribute.importance * (INHERITED_WEIGHT if inherited else 1.0)
    return Question(
        attribute=attribute,
        known=known,
        facts=facts,
        complete=len(known) == asked,
        inherited=inherited,
        comparable=comparable,
        alike=alike,
        weight=weight,
        rank=weight * (0.5 + distance / 2),
    )
