"""Facts in, statements out: the sentences of a comparison, each with the facts it cites. Pure.

Five laws hold, and are tested: an unknown fact is met with silence; every number, name and date follows from cited
facts; swapping the tools swaps the sides and nothing else; below its threshold a difference is called similar; what
the tools share is said too, and what is stale or unsourced can be told from the statement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comparisons import judging, wording
from comparisons.facts import Attribute, Fact, Known, Statement, Subject
from tools.figures import times
from tools.words import counted, listed

STALE_AFTER_DAYS = 365
# What a reader wants to know first of any tool, in this order, as far as it is known.
INTRODUCED_BY = ("written-in", "hosting", "first-released", "licence")
# An inherited difference is one step away from the tool itself.
INHERITED_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class Statements:
    """The sentences of one comparison, by what they are for."""

    introduction: tuple[Statement, ...]
    differences: tuple[Statement, ...]
    shared: tuple[Statement, ...]

    def __iter__(self) -> Iterator[Statement]:
        yield from (*self.introduction, *self.differences, *self.shared)


def compare(subjects: Sequence[Subject]) -> Statements:
    """Say what 2 to 5 tools are, how they differ (what matters most first), and what they share."""
    differences: list[tuple[float, Statement]] = []
    shared: list[tuple[float, Statement]] = []
    for attribute in _questions(subjects):
        known = [found for subject in subjects if (found := subject.known(attribute.key))]
        if len(known) < 2 or _is_one_fact(known):
            continue
        facts = [k.fact for k in known]
        if not judging.are_similar(attribute, facts):
            differences.append((_rank(attribute, known), _difference(attribute, known)))
        elif len(known) == len(subjects):
            weight = INHERITED_WEIGHT if any(k.via for k in known) else 1.0
            shared.append((attribute.importance * weight, _shared(attribute, known)))
    return Statements(tuple(_introductions(subjects)), _ranked(differences), _ranked(shared))


def _questions(subjects: Sequence[Subject]) -> list[Attribute]:
    """Every attribute that a sentence may be made of, once, in an order that does not depend on the subjects'."""
    attributes = {
        fact.attribute.key: fact.attribute
        for subject in subjects
        for fact in (*subject.facts, *subject.base)
        if fact.attribute.compare
    }
    return [attributes[key] for key in sorted(attributes)]


def _is_one_fact(known: Sequence[Known]) -> bool:
    """A language beside its framework, or two frameworks of one language: there is nothing to compare."""
    return len({k.fact.id for k in known}) == 1


def _rank(attribute: Attribute, known: Sequence[Known]) -> float:
    weight = INHERITED_WEIGHT if any(k.via for k in known) else 1.0
    return attribute.importance * weight * (0.5 + judging.distance(attribute, [k.fact for k in known]) / 2)


def _ranked(found: list[tuple[float, Statement]]) -> tuple[Statement, ...]:
    return tuple(statement for _, statement in sorted(found, key=lambda item: (-item[0], item[1].topic)))


def _statement(attribute: Attribute, text: str, known: Sequence[Known]) -> Statement:
    cites = dict.fromkeys(fact for k in known for fact in k.cites)
    return Statement(attribute.key, attribute.heading, text, tuple(cites))


def _difference(attribute: Attribute, known: Sequence[Known]) -> Statement:
    if attribute.type == "number" and not any(k.via for k in known):
        return _different_numbers(attribute, known)
    if attribute.type == "date" and not any(k.via for k in known):
        return _different_dates(attribute, known)
    groups = wording.grouped(known)
    text = wording.joined([wording.clause(group) for group in groups], attribute.key)
    return _statement(attribute, text, [k for group in groups for k in group])


def _different_numbers(attribute: Attribute, known: Sequence[Known]) -> Statement:
    """The greatest first; between two tools also how many times as much it is."""
    ordered = sorted(known, key=lambda k: (-_number(k.fact), k.subject.name))
    text = _series(ordered)
    if len(ordered) == 2 and _number(ordered[1].fact) > 0:
        more, less = ordered
        ratio = times(judging.ratio([_number(k.fact) for k in ordered]))
        text = f"{wording.clause([more])}, {ratio} as many as {less.subject.name} ({wording.bare(less.fact)})"
    return _statement(attribute, wording.sentence(text + _as_of(ordered)), ordered)


def _different_dates(attribute: Attribute, known: Sequence[Known]) -> Statement:
    """The earliest first; between two tools also by how many years, where the years are known."""
    ordered = sorted(known, key=lambda k: (str(k.fact.answer), k.subject.name))
    text = _series(ordered)
    years = int(judging.span([k.fact for k in ordered]))
    if len(ordered) == 2 and years:
        first, second = ordered
        before = f"{counted(years, 'year', 'years')} before"
        text = f"{wording.clause([first])}, {before} {second.subject.name} ({wording.bare(second.fact)})"
    return _statement(attribute, wording.sentence(text), ordered)


def _series(known: Sequence[Known]) -> str:
    """The first tools with the whole phrase, the others with their answers alone; equal answers go together."""
    groups = wording.grouped(known)
    first, *rest = groups
    parts = [wording.clause(first)] + [f"{wording.names(group)} {wording.remainder(group[0].fact)}" for group in rest]
    # "A and B none" within another "and" would be misread.
    return ", ".join(parts) if any(len(group) > 1 for group in groups) else listed(parts)


def _as_of(known: Sequence[Known]) -> str:
    days = {wording.plain_day(k.fact) for k in known}
    return f", as of {days.pop()}" if len(days) == 1 else ""


def _shared(attribute: Attribute, known: Sequence[Known]) -> Statement:
    if attribute.type in ("number", "date") and len({k.fact.answer for k in known}) > 1:
        return _similar(attribute, known)
    if any(k.via for k in known):
        return _shared_through_languages(attribute, known)
    names = wording.names(known)
    both = " both" if len(known) == 2 else " all"
    text = f"{names}{_after_be(both, wording.predicate(known[0].fact, plural=True))}"
    return _statement(attribute, wording.sentence(text), known)


def _shared_through_languages(attribute: Attribute, known: Sequence[Known]) -> Statement:
    """Those that answer for themselves first, then each language with the tools that are used from it."""
    groups = sorted(wording.grouped(known), key=lambda group: group[0].via is not None)
    clauses = [wording.clause(group) for group in groups]
    text = "; ".join([clauses[0], *(f"{clause} too" for clause in clauses[1:])])
    return _statement(attribute, wording.sentence(text), [k for group in groups for k in group])


def _after_be(both: str, predicate: str) -> str:
    """ "both" stands after "are" and "were", before any other verb: "are both used", "both include"."""
    verb, _, rest = predicate.partition(" ")
    if rest.startswith("each "):
        return f" {predicate}"
    if verb in ("are", "were", "can", "may", "must"):
        return f" {verb}{both} {rest}"
    return f"{both} {predicate}"


def _similar(attribute: Attribute, known: Sequence[Known]) -> Statement:
    ordered = sorted(known, key=lambda k: (k.subject.name, k.subject.slug))
    word = "about as many" if attribute.type == "number" else "at about the same time"
    text = f"{_series(ordered)}: {word}{_as_of(ordered) if attribute.type == 'number' else ''}"
    return _statement(attribute, wording.sentence(text), ordered)


def _introductions(subjects: Sequence[Subject]) -> Iterator[Statement]:
    for subject in subjects:
        facts = [fact for key in INTRODUCED_BY if (fact := subject.own(key)) and fact.attribute.compare]
        if facts:
            said = listed([wording.predicate(fact) for fact in facts])
            text = f"{subject.name} is {wording.with_article(subject.kind)}: it {said}"
            yield Statement(f"introduction-{subject.slug}", subject.name, wording.sentence(text), tuple(facts))


def _number(fact: Fact) -> float:
    assert isinstance(fact.answer, float)
    return fact.answer
