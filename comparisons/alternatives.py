"""Which other tools to consider: those that answer the same questions alike, each with its reason in words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from comparisons import judging, wording
from comparisons.facts import Statement, Subject
from comparisons.questions import Question, questions
from comparisons.sentences import statement

LIKENESSES = 2
# A tool that nobody starred counts a quarter, one with so many stars three quarters, and so does one of unknown stars.
LEAST_POPULAR = 0.25
# From this importance on, what tools are for parts them into those that serve a need and those that do not.
DEFINING = 85
WELL_KNOWN_STARS = 50_000.0
# From this importance on, an answer in common makes tools alike: not the licence, nor who runs them.
TELLING = 60
# What both lack makes them hardly more alike.
LACK_WEIGHT = 0.2


@dataclass(frozen=True)
class Alternative:
    """Another tool to consider and how well it fits (0 to 1.25).

    `close` ones serve the same purpose, and are used with the same language where the tool is used with one at all.
    """

    subject: Subject
    instead_of: Subject
    both: Sequence[Question]
    """What both answer."""
    score: float
    close: bool

    @cached_property
    def reason(self) -> Statement | None:
        """Why to consider it; None where nothing comparable is known. Worded only for those that are shown."""
        return _reason(self.instead_of, self.subject, self.both)


def ranked(subject: Subject, candidates: Iterable[Subject]) -> list[Alternative]:
    """The candidates as alternatives to the subject, the nearest and best known first, by their own answers alone."""
    itself = replace(subject, via=None, base=())
    found = [_alternative(itself, replace(other, via=None, base=())) for other in candidates]
    return sorted(found, key=lambda alternative: (not alternative.close, -alternative.score, alternative.subject.slug))


def _alternative(subject: Subject, candidate: Subject) -> Alternative:
    asked = [question for question in questions([subject, candidate]) if not question.attribute.measured]
    both = [question for question in asked if question.complete]
    total = sum(_weight(question) for question in asked if question.known[0].subject is subject)
    near = sum(_weight(question) * _nearness(question) for question in both)
    stars = _stars(candidate)
    popularity = LEAST_POPULAR + stars / (stars + WELL_KNOWN_STARS)
    conditions = _conditions(asked)
    return Alternative(
        subject=candidate,
        instead_of=subject,
        both=both,
        score=near / total * popularity if total else 0.0,
        close=all(_nearness(q) > 0 for q in conditions) and bool(conditions or _likenesses(both) or not both),
    )


def _likenesses(both: Sequence[Question]) -> list[Question]:
    """What makes two tools alike: weighty answers of both, not what both lack, the most telling first."""
    told = [q for q in both if q.alike and not _is_lack(q) and q.attribute.type not in ("number", "date")]
    weighty = [q for q in told if q.attribute.inherit or q.attribute.importance >= TELLING]
    return sorted(weighty, key=_telling)


def _conditions(asked: Sequence[Question]) -> list[Question]:
    """What both answer and, answered differently, parts needs: the language, and what tools are for above all.

    What a tool is ("a view library") is only a manner of serving a need.
    """
    purposes = [q for q in asked if _tells_the_purpose(q)]
    weightiest = max(purposes, key=lambda q: q.attribute.importance, default=None)
    defining = [weightiest] if weightiest and weightiest.attribute.importance >= DEFINING else []
    languages = [question for question in asked if question.attribute.inherit]
    return [question for question in (*languages, *defining) if question.complete]


def _tells_the_purpose(question: Question) -> bool:
    attribute = question.attribute
    return attribute.introduces and not attribute.inherit and not wording.says_what_it_is(question.facts[0])


def _weight(question: Question) -> float:
    return question.attribute.importance * (LACK_WEIGHT if _is_lack(question) else 1)


def _is_lack(question: Question) -> bool:
    return all(fact.lacks for fact in question.facts)


def _nearness(question: Question) -> float:
    """From 0, nothing in common, to 1."""
    if question.alike or not question.comparable:
        return 1.0
    return 1 - judging.distance(question.attribute, question.facts)


def _stars(subject: Subject) -> float:
    known = subject.answers.get("stars")
    return known.fact.answer if known and isinstance(known.fact.answer, float) else WELL_KNOWN_STARS


def _reason(subject: Subject, candidate: Subject, both: Sequence[Question]) -> Statement | None:
    """Like the subject, it …, but …: the weightiest of what the two answer."""
    told = [question for question in both if question.attribute.type not in ("number", "date")]
    unlike = sorted((q for q in told if not q.alike), key=lambda q: (-q.rank, q.attribute.key))
    like = _likenesses(both)[:LIKENESSES]
    # A list runs into the next phrase.
    like = like[:1] if any(" and " in phrase for phrase in _predicates(like[:1])) else like
    chosen = [*like, *unlike[:1]]
    if not chosen:
        return None
    text = f"Like {subject.name}, {candidate.name} {wording.together(_predicates(like))}"
    if not like:
        text = f"Unlike {subject.name}, {candidate.name} {_predicates(unlike[:1])[0]}"
    elif unlike:
        text = f"{text}, but {_predicates(unlike[:1])[0]}"
    said = statement(chosen, text, [known for question in chosen for known in question.known])
    return Statement(f"alternative-{candidate.slug}", candidate.name, said.text, said.cites)


def _telling(question: Question) -> tuple[bool, float, str]:
    """The order of likenesses: what tools are for makes them alternatives, so anything else tells more."""
    attribute = question.attribute
    return attribute.introduces and not attribute.inherit, -question.weight, attribute.key


def _predicates(asked: Sequence[Question]) -> list[str]:
    """What is said of the candidate, the second of the two."""
    return [wording.predicate(question.known[1].fact) for question in asked]
