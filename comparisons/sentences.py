"""One sentence for one question, or for several yes-or-no questions of one theme. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from comparisons import judging, wording
from comparisons.facts import Attribute, Fact, Known, Statement
from comparisons.questions import Question
from tools.figures import times
from tools.words import Word, counted, listed


def statement(questions: Sequence[Question], text: str, known: Sequence[Known]) -> Statement:
    """A statement about these questions that cites what was known, and through what."""
    topic = " ".join([question.attribute.key for question in questions])
    return Statement(topic, questions[0].attribute.under, wording.sentence(text), cited(known))


def cited(known: Sequence[Known]) -> tuple[Fact, ...]:
    """The facts that were known, and through what, each once."""
    return tuple({fact.id: fact for k in known for fact in k.cites}.values())


def difference(question: Question) -> Statement:
    """How the tools differ in one answer."""
    if question.attribute.measured:
        return _different_numbers(question)
    if question.attribute.type == "date":
        return _different_dates(question)
    if common := _common_words(question):
        return _overlapping(question, common)
    groups = wording.grouped(question.known)
    alone = question.complete and wording.one_against_many(groups)
    if alone:
        groups.sort(key=len, reverse=True)
        text = "; ".join(wording.clause(group, alone=len(group) == 1) for group in groups)
    elif wording.has_gap(question.attribute):
        text = "; ".join([wording.clause(groups[0]), *map(wording.gapped, groups[1:])])
    else:
        text = wording.joined([wording.clause(group) for group in groups], question.attribute.key)
    return statement([question], text, [k for group in groups for k in group])


def _common_words(question: Question) -> frozenset[str]:
    """What two lists share, where neither is a choice between alternatives."""
    attribute, facts = question.attribute, question.facts
    if len(facts) != 2 or attribute.type not in ("choices", "tools") or attribute.joined_by == "or":
        return frozenset()
    return frozenset.intersection(*(frozenset(word.key for word in fact.words) for fact in facts))


def _overlapping(question: Question, common: frozenset[str]) -> Statement:
    """Two lists with something in common: first that, then what each has beside it."""
    first = question.known[0].fact
    phrase = wording.predicate(_with_words(first, [word for word in first.words if word.key in common]), plural=True)
    parts = [f"{wording.names(question.known)} {wording.both(2, phrase)}"]
    for known in question.known:
        own = [word for word in known.fact.words if word.key not in common]
        if own:
            parts.append(wording.besides(replace(known, fact=_with_words(known.fact, own))))
    return statement([question], "; ".join(parts), question.known)


def _with_words(fact: Fact, words: Sequence[Word]) -> Fact:
    return replace(fact, words=tuple(words))


def _different_numbers(question: Question) -> Statement:
    """The greatest first; between two tools also how many times as much it is."""
    ordered = sorted(question.known, key=lambda k: (-_number(k.fact), k.subject.name))
    text = _series(ordered)
    if len(ordered) == 2 and _number(ordered[1].fact) > 0:
        more, less = ordered
        ratio = times(judging.ratio([_number(k.fact) for k in ordered]))
        text = f"{wording.clause([more])}, {ratio} as many as {wording.name(less)} ({wording.bare(less.fact)})"
    return statement([question], text + wording.as_of([k.fact for k in ordered]), ordered)


def _different_dates(question: Question) -> Statement:
    """The earliest first; between two tools also by how many years, where the years are known."""
    ordered = sorted(question.known, key=lambda k: (str(k.fact.answer), k.subject.name))
    text = _series(ordered)
    years = int(judging.span([k.fact for k in ordered]))
    if len(ordered) == 2 and years:
        first, second = ordered
        before = f"{counted(years, 'year', 'years')} before"
        text = f"{wording.clause([first])}, {before} {wording.name(second)} ({wording.bare(second.fact)})"
    return statement([question], text, ordered)


def _series(known: Sequence[Known]) -> str:
    """The first tools with the whole phrase, the others with their answers alone; equal answers go together."""
    groups = wording.grouped(known)
    first, *rest = groups
    parts = [wording.clause(first)] + [f"{wording.names(group)} {wording.remainder(group[0].fact)}" for group in rest]
    # "A and B none" within another "and" would be misread.
    return ", ".join(parts) if any(len(group) > 1 for group in groups) else listed(parts)


def shared(question: Question) -> Statement:
    """What all tools answer alike."""
    if question.attribute.type in ("number", "date") and len({fact.answer for fact in question.facts}) > 1:
        return _similar(question)
    phrase = wording.predicate(question.known[0].fact, plural=True)
    text = f"{wording.names(question.known)} {wording.both(len(question.known), phrase)}{_day(question)}"
    return statement([question], text, question.known)


def _similar(question: Question) -> Statement:
    ordered = sorted(question.known, key=lambda k: (k.subject.name, k.subject.slug))
    if question.attribute.type == "number":
        text = f"{_series(ordered)}: about as many{_day(question)}"
    else:
        text = f"{_series(ordered)}: at about the same time"
    return statement([question], text, ordered)


def only(question: Question) -> Statement:
    """What is known of one tool alone."""
    return statement([question], wording.clause(question.known) + _day(question), question.known)


def _day(question: Question) -> str:
    """When a count was so; nothing for what does not change."""
    return wording.as_of(question.facts) if question.attribute.measured else ""


def can_be_joined(question: Question) -> bool:
    """Whether it may stand in one sentence with others: yes or no, answered by the tools themselves, in plain words."""
    attribute = question.attribute
    return attribute.type == "boolean" and not question.inherited and not _holds_a_list(attribute)


def _holds_a_list(attribute: Attribute) -> bool:
    return any(mark in phrase for phrase in (attribute.one, attribute.no_one) for mark in (" and ", " or ", ","))


def joined_difference(questions: Sequence[Question]) -> Statement:
    """Several yes-or-no questions that part the tools in the same way: what one brings and the other does not."""
    if len(questions) == 1:
        return difference(questions[0])
    groups = wording.grouped(questions[0].known)
    clauses = []
    for group in groups:
        slugs = {k.subject.slug for k in group}
        facts = [next(k.fact for k in question.known if k.subject.slug in slugs) for question in questions]
        clauses.append(f"{wording.names(group)} {wording.predicates(facts, plural=len(group) > 1)}")
    return statement(questions, wording.joined(clauses, questions[0].attribute.key), _all_known(questions))


def joined_shared(questions: Sequence[Question]) -> Statement:
    """Several yes-or-no questions that all tools answer alike."""
    if len(questions) == 1:
        return shared(questions[0])
    known = questions[0].known
    phrase = wording.predicates([question.facts[0] for question in questions], plural=True)
    text = f"{wording.names(known)} {wording.both(len(known), phrase)}"
    return statement(questions, text, _all_known(questions))


def joined_only(questions: Sequence[Question]) -> Statement:
    """Several yes-or-no questions answered for one tool alone."""
    if len(questions) == 1:
        return only(questions[0])
    facts: list[Fact] = [question.facts[0] for question in questions]
    text = f"{questions[0].known[0].subject.name} {wording.predicates(facts)}"
    return statement(questions, text, _all_known(questions))


def _all_known(questions: Sequence[Question]) -> list[Known]:
    return [known for question in questions for known in question.known]


def _number(fact: Fact) -> float:
    assert isinstance(fact.answer, float)
    return fact.answer
