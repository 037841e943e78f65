"""Choose A if …: what speaks for a tool because no compared tool offers it as well. Pure."""

from collections.abc import Iterator, Sequence

from comparisons import judging, wording
from comparisons.facts import Answer, Fact, Known, Statement
from comparisons.questions import Question
from comparisons.sentences import cited
from tools.dates import PartialDate
from tools.words import listed


def choices(asked: Sequence[Question]) -> Iterator[Statement]:
    """Every reason that the facts give, the most important first; each is about one tool and cites what it beats."""
    decisive = [q for q in asked if q.complete and (q.attribute.choose_if or q.attribute.choose_if_no)]
    for question in sorted(decisive, key=lambda q: (-q.weight, q.attribute.key)):
        for known in question.known:
            if reason := _reason(question, known):
                yield _choice(question, known, reason)


def _choice(question: Question, known: Known, reason: str) -> Statement:
    name = known.subject.name
    lead = f"Choose {name} if"
    cites = cited([known, *question.known])
    return Statement(question.attribute.key, name, wording.sentence(f"{lead} {reason}"), cites, lead)


def _reason(question: Question, known: Known) -> str:
    attribute, answer = question.attribute, known.fact.answer
    others = [k.fact for k in question.known if k is not known]
    if attribute.type == "boolean":
        alone = all(fact.answer is not answer for fact in others)
        return (attribute.choose_if if answer else attribute.choose_if_no) if alone else ""
    if not attribute.choose_if or question.alike:
        return ""
    if attribute.type in ("number", "date"):
        return attribute.choose_if if _is_ahead(known.fact, others) else ""
    own = _own_words(known.fact, others)
    return attribute.choose_if.replace("{value}", listed(own, "or")) if own else ""


def _is_ahead(fact: Fact, others: Sequence[Fact]) -> bool:
    """Whether it lies at the end that speaks for a tool, and beyond the threshold from every other."""
    sign = 1 if fact.attribute.favours == "more" else -1
    return all(
        not judging.are_similar(fact.attribute, [fact, other])
        and sign * _measure(fact.answer) > sign * _measure(other.answer)
        for other in others
    )


def _measure(answer: Answer) -> float:
    """A number, or a date as its day's number in the calendar."""
    return answer if isinstance(answer, float) else PartialDate.parse(str(answer)).earliest.toordinal()


def _own_words(fact: Fact, others: Sequence[Fact]) -> list[str]:
    """The labels of those answers that no other tool gives, and that say what is there rather than what is missing."""
    taken = {word.key for other in others for word in other.words}
    return [word.label for word in fact.words if word.key not in taken and not word.lacks]
