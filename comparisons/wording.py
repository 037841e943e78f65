"""Words for answers and groups of tools: grammar without knowledge of any tool."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from comparisons.facts import Fact, Known
from tools.dates import PartialDate
from tools.figures import compact
from tools.words import counted, dated, listed

VOWELS = "aeiou"
PREPOSITIONS = ("at", "from", "in", "on", "since", "with")
CONNECTIVES = (", whereas ", ", while ")


def with_article(noun: str) -> str:
    """Return the noun with a or an, by its first letter: enough for the kinds of tools."""
    return f"{'an' if noun[0].lower() in VOWELS else 'a'} {noun}"


def sentence(text: str) -> str:
    """End with one full stop; the first word is a name and keeps its own capitals."""
    return text if text.endswith(".") else f"{text}."


def answer_in_words(fact: Fact) -> str:
    """An answer as it reads inside a sentence, with its unit where it is counted."""
    attribute, answer = fact.attribute, fact.answer
    if fact.words:
        return listed([word.label for word in fact.words], attribute.joined_by)
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, float):
        return counted(answer, attribute.unit_one, attribute.unit_many)
    if attribute.type == "date":
        return dated(str(answer))
    return str(answer)


def predicate(fact: Fact, *, plural: bool = False) -> str:
    """What is said of a tool, as a verb phrase: "includes an ORM", or "include an ORM" of several."""
    attribute = fact.attribute
    if fact.answer is False:
        return attribute.no_many if plural else attribute.no_one
    said = _filled(attribute.many if plural else attribute.one, fact)
    # Several tools are not "a runtime": each of them is one.
    return re.sub(r"^are (an? )", r"are each \1", said) if plural else said


def _filled(phrase: str, fact: Fact) -> str:
    if fact.attribute.type == "date" and PartialDate.parse(str(fact.answer)).day is not None:
        phrase = phrase.replace("in {value}", "on {value}")
    return phrase.replace("{value}", answer_in_words(fact))


def remainder(fact: Fact) -> str:
    """The shortest way to give a second tool's answer after the first one's whole predicate: "in 2012", "48.6M"."""
    before = fact.attribute.one.partition("{value}")[0].split()
    whole = _filled(fact.attribute.one, fact)
    preposition = whole.partition(answer_in_words(fact))[0].split()[-1:] if before[-1:] else []
    lead = f"{preposition[0]} " if preposition and preposition[0] in PREPOSITIONS else ""
    return f"{lead}{bare(fact)}"


def bare(fact: Fact) -> str:
    """An answer without the unit that was just named: "48.6M", "none", "2012"."""
    if isinstance(fact.answer, float):
        return compact(fact.answer) if fact.answer else "none"
    return answer_in_words(fact)


def names(group: Sequence[Known]) -> str:
    """The tools' names as a sentence lists them."""
    return listed([known.subject.name for known in group])


def clause(group: Sequence[Known]) -> str:
    """One clause about tools that share an answer and the way they came to it."""
    plural = len(group) > 1
    first = group[0]
    if first.via is None:
        return f"{names(group)} {predicate(first.fact, plural=plural)}"
    return f"{names(group)} {predicate(first.via, plural=plural)}, which {predicate(first.fact)}"


def grouped(known: Iterable[Known]) -> list[list[Known]]:
    """Group by answer and by the fact inherited through, in the order of the first of each group."""
    keyed = [((k.fact.known_as, k.fact.id if k.via else ""), k) for k in known]
    order = {key: place for place, key in reversed(list(enumerate(key for key, _ in keyed)))}
    keyed.sort(key=lambda item: order[item[0]])
    return [[k for _, k in group] for _, group in groupby(keyed, key=lambda item: item[0])]


def joined(clauses: Sequence[str], topic: str) -> str:
    """Join clauses into a sentence; the connective depends on the topic alone, so that it never wavers."""
    if len(clauses) == 2 and not any(", which " in clause for clause in clauses):
        return sentence(CONNECTIVES[sum(map(ord, topic)) % len(CONNECTIVES)].join(clauses))
    return sentence("; ".join(clauses))


def plain_day(fact: Fact) -> str:
    """The day a fact was verified, or its month where it is known no closer."""
    day = fact.verified
    return str(PartialDate(day.year, day.month, None if fact.rounded else day.day))
