"""Facts in, statements out: the sentences of a comparison, each with the facts it cites. Pure.

Five laws hold, and are tested: an unknown fact is met with silence; every number, name and date follows from cited
facts; swapping the tools swaps the sides and nothing else; below its threshold a difference is called similar; what
the tools share is said too, and what is stale or unsourced can be told from the statement.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from comparisons import choosing, introducing, sentences
from comparisons.facts import Statement, Subject
from comparisons.questions import Question, questions

STALE_AFTER_DAYS = 365
# What matters less and is known of one tool alone stands in the table only.
ONLY_FROM = 45

type Ranked = tuple[float, Statement]
type Sentence = Callable[[Sequence[Question]], Statement]


@dataclass(frozen=True, slots=True)
class Statements:
    """The sentences of one comparison, by what they are for. Those of one heading stand together."""

    summary: Statement | None
    introduction: tuple[Statement, ...]
    meaning: Statement | None
    choices: tuple[Statement, ...]
    """Reasons to choose one of the tools, under its name, the most important first."""
    differences: tuple[Statement, ...]
    shared: tuple[Statement, ...]
    only: tuple[Statement, ...]
    """What is known of one tool alone, as far as it matters much."""

    def __iter__(self) -> Iterator[Statement]:
        yield from (said for said in (self.summary, self.meaning) if said)
        yield from (*self.introduction, *self.choices)
        yield from (*self.differences, *self.shared, *self.only)


def compare(subjects: Sequence[Subject]) -> Statements:
    """Say what 2 to 5 tools are, how they differ (what matters most first), what they share, when to choose each."""
    asked = questions(subjects)
    compared = [question for question in asked if question.comparable]
    apart = [question for question in compared if not question.alike]
    common = [question for question in compared if question.alike and question.complete]
    through = any(question.inherited for question in compared)
    single = [
        question
        for question in asked
        if len(question.known) == 1 and question.weight >= ONLY_FROM and (through or not question.inherited)
    ]
    differences = _told(apart, sentences.joined_difference, _parting, lambda question: question.rank)
    introduction = tuple(introducing.introductions(subjects))
    told = {statement.text for statement in introduction}
    only = _told(single, sentences.joined_only, _whose, lambda question: question.weight)
    return Statements(
        summary=introducing.summary(subjects, compared, differences),
        introduction=introduction,
        meaning=introducing.meaning(subjects) if through else None,
        choices=tuple(choosing.choices(apart)),
        differences=differences,
        shared=_told(common, sentences.joined_shared, _nothing, lambda question: question.weight),
        only=tuple(statement for statement in only if statement.text not in told),
    )


def _told(
    asked: Sequence[Question],
    sentence: Sentence,
    kinship: Callable[[Question], object],
    rank: Callable[[Question], float],
) -> tuple[Statement, ...]:
    """A sentence a question, or one for all yes-or-no questions of a heading and a kinship; best ranked first."""
    joined: dict[object, list[Question]] = {}
    for question in sorted(asked, key=lambda question: (-rank(question), question.attribute.key)):
        key: object = question.attribute.key
        if sentences.can_be_joined(question):
            key = (question.attribute.under, kinship(question))
        joined.setdefault(key, []).append(question)
    return _under_headings([(rank(group[0]), sentence(group)) for group in joined.values()])


def _parting(question: Question) -> object:
    """The two sides of a yes-or-no question, whichever of them says yes."""
    return frozenset(
        frozenset(known.subject.slug for known in question.known if known.fact.answer is answer)
        for answer in (True, False)
    )


def _whose(question: Question) -> object:
    return question.known[0].subject.slug


def _nothing(question: Question) -> object:
    return None


def _under_headings(ranked: Sequence[Ranked]) -> tuple[Statement, ...]:
    """Those of one heading together, headings by their best rank, ranks before names."""
    best: dict[str, float] = {}
    for rank, statement in ranked:
        best[statement.heading] = max(rank, best.get(statement.heading, 0.0))
    return tuple(
        statement
        for rank, statement in sorted(
            ranked, key=lambda item: (-best[item[1].heading], item[1].heading, -item[0], item[1].topic)
        )
    )
