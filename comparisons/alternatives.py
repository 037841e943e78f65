"""Which other tools to consider: those that answer the same questions alike, each with its reason in words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log10

from comparisons import judging, wording
from comparisons.facts import Statement, Subject
from comparisons.questions import Question, questions
from comparisons.sentences import statement

LIKENESSES = 2
# A tool with a million stars counts twice as much as one that nobody starred.
POPULARITY = 1 / 6
# Whoever looks for an alternative rarely wants to change the language as well.
LANGUAGE_WEIGHT = 5


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another tool to consider, how well it fits (0 to 2), and why; no reason where nothing comparable is known."""

    subject: Subject
    score: float
    reason: Statement | None


def ranked(subject: Subject, candidates: Iterable[Subject]) -> list[Alternative]:
    """The candidates as alternatives to the subject, the nearest and best known first, by their own answers alone."""
    itself = replace(subject, via=None, base=())
    found = [_alternative(itself, replace(other, via=None, base=())) for other in candidates]
    return sorted(found, key=lambda alternative: (-alternative.score, alternative.subject.slug))


def _alternative(subject: Subject, candidate: Subject) -> Alternative:
    asked = questions([subject, candidate])
    both = [question for question in asked if question.complete and question.attribute.key not in ("stars", "forks")]
    total = sum(_weight(question) for question in asked if question.known[0].subject is subject)
    near = sum(_weight(question) * _nearness(question) for question in both)
    popularity = 1 + POPULARITY * log10(1 + _stars(candidate))
    return Alternative(candidate, near / total * popularity if total else 0.0, _reason(subject, candidate, both))


def _weight(question: Question) -> float:
    return question.attribute.importance * (LANGUAGE_WEIGHT if question.attribute.inherit else 1)


def _nearness(question: Question) -> float:
    if not question.comparable or question.alike:
        return 1.0
    return 1 - judging.distance(question.attribute, question.facts)


def _stars(subject: Subject) -> float:
    known = subject.answers.get("stars")
    return known.fact.answer if known and isinstance(known.fact.answer, float) else 0.0


def _reason(subject: Subject, candidate: Subject, both: Sequence[Question]) -> Statement | None:
    """Like the subject, it …; unlike it, it …: the weightiest of what the two answer themselves."""
    own = [
        question for question in both if not question.inherited and question.attribute.type not in ("number", "date")
    ]
    like = sorted((q for q in own if q.alike), key=lambda q: (-_weight(q), q.attribute.key))[:LIKENESSES]
    unlike = sorted((q for q in own if not q.alike), key=lambda q: (-q.rank, q.attribute.key))[:1]
    if not like and not unlike:
        return None
    parts = []
    if like:
        parts.append(f"like {subject.name}, {candidate.name} {wording.together(_predicates(like))}")
    if unlike:
        whom = subject.name if not like else "it"
        what = candidate.name if not like else "it"
        parts.append(f"unlike {whom}, {what} {_predicates(unlike)[0]}")
    text = "; ".join(parts)
    chosen = [*like, *unlike]
    said = statement(chosen, text[:1].upper() + text[1:], [known for question in chosen for known in question.known])
    return Statement(f"alternative-{candidate.slug}", candidate.name, said.text, said.cites)


def _predicates(asked: Sequence[Question]) -> list[str]:
    """What is said of the candidate, the second of the two."""
    return [wording.predicate(question.known[1].fact) for question in asked]
