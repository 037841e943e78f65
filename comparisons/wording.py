"""Words for answers and groups of tools: grammar without knowledge of any tool."""

from collections.abc import Iterable, Sequence

from comparisons.facts import Answer, Attribute, Fact, Known
from tools.dates import PartialDate
from tools.figures import compact
from tools.words import counted, dated, listed

VOWELS = "aeiou"
# What may lead from a verb to an answer: "is licensed under", "was released in".
PREPOSITIONS = frozenset(
    ("as", "at", "by", "for", "from", "in", "into", "on", "over", "since", "through", "to", "under", "via", "with")
)
CONNECTIVES = (", whereas ", ", while ")
AUXILIARIES = ("are", "were", "can", "may", "must")
NEGATED = ("does not ", "do not ", "cannot ", "is not ", "are not ")
WITHOUT = (*NEGATED, "have no ")


def with_article(noun: str) -> str:
    """Return the noun with a or an, by its first letter: enough for the kinds of tools."""
    return f"{'an' if noun[0].lower() in VOWELS else 'a'} {noun}"


def sentence(text: str) -> str:
    """End with one full stop; the first word is a name and keeps its own capitals."""
    return text if text.endswith(".") else f"{text}."


def inside(heading: str) -> str:
    """A heading as it reads inside a sentence: "concurrency", but "GitHub stars"."""
    first = heading.split(" ", 1)[0]
    return heading if any(letter.isupper() for letter in first[1:]) else heading[:1].lower() + heading[1:]


def answer_in_words(fact: Fact) -> str:
    """An answer as it reads inside a sentence, with its unit where it is counted."""
    attribute, answer, words = fact.attribute, fact.answer, fact.words
    if words:
        return words[0].label if len(words) == 1 else listed([word.label for word in words], attribute.joined_by)
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
    return f"are each {said[4:]}" if plural and said.startswith(("are a ", "are an ")) else said


def _filled(phrase: str, fact: Fact) -> str:
    if fact.attribute.type == "date" and PartialDate.parse(str(fact.answer)).day is not None:
        phrase = phrase.replace("in {value}", "on {value}")
    return phrase.replace("{value}", answer_in_words(fact))


def predicates(facts: Sequence[Fact], *, plural: bool = False) -> str:
    """What is said of a tool by several facts: what it has, then what it has not, each verb once."""
    yes = [predicate(fact, plural=plural) for fact in facts if fact.answer is not False]
    no = [predicate(fact, plural=plural) for fact in facts if fact.answer is False]
    if not (yes and no):
        return together(yes or no)
    verb, without = _common_verb(yes + no), together(no)
    if not verb:
        return f"{together(yes)} and {without}"
    return f"{together(yes)} but {without.removeprefix(f'{verb} ')}"


def together(phrases: Sequence[str]) -> str:
    """Several verb phrases as one, with a verb or a negation that they share said once."""
    for negation in NEGATED:
        if len(phrases) > 1 and all(phrase.startswith(negation) for phrase in phrases):
            return negation + listed([phrase.removeprefix(negation) for phrase in phrases], "or")
    verb = _common_verb(phrases)
    if not verb or len(phrases) == 1:
        return listed(phrases)
    return f"{verb} {listed([phrase.removeprefix(f'{verb} ') for phrase in phrases])}"


def _common_verb(phrases: Sequence[str]) -> str:
    """The first word of all phrases, or the empty string: of negated ones, and of "is" with its many complements."""
    if any(phrase.startswith(NEGATED) for phrase in phrases):
        return ""
    verbs = {phrase.split(" ", 1)[0] for phrase in phrases}
    return verbs.pop() if len(verbs) == 1 and not verbs & {"is", "are", "was", "were"} else ""


def says_what_it_is(fact: Fact) -> bool:
    """Whether it tells what a tool is ("is a view library") rather than something of it."""
    return predicate(fact).startswith(("is a ", "is an "))


def has_gap(attribute: Attribute) -> bool:
    """Whether a second clause can do without the verb, because a preposition leads to the answer: "Flask under BSD"."""
    before = attribute.one.partition("{value}")[0].split()
    return len(before) > 1 and before[-1] in PREPOSITIONS


def gapped(group: Sequence[Known]) -> str:
    """A clause without its verb: "Flask under BSD", "Flask (Python) with threads"."""
    return f"{names(group)} {_from_the_preposition(group[0].fact)}"


def besides(known: Known) -> str:
    """What a tool has beside what was said already: "Flask also with threads", "Flask also supports macros"."""
    fact = known.fact
    return (
        f"{name(known)} {f'also {_from_the_preposition(fact)}' if has_gap(fact.attribute) else also(predicate(fact))}"
    )


def _from_the_preposition(fact: Fact) -> str:
    before, _, after = fact.attribute.one.partition("{value}")
    return f"{before.split()[-1]} {answer_in_words(fact)}{after}"


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


def name(known: Known) -> str:
    """A tool's name, with the language that answers for it: "Flask (Python)"."""
    return f"{known.subject.name} ({known.through})" if known.via else known.subject.name


def names(group: Sequence[Known]) -> str:
    """The tools' names as a sentence lists them."""
    return listed([name(known) for known in group])


def clause(group: Sequence[Known], *, alone: bool = False) -> str:
    """One clause about tools that share an answer."""
    only = " alone" if alone else ""
    return f"{names(group)}{only} {predicate(group[0].fact, plural=len(group) > 1)}"


def grouped(known: Iterable[Known]) -> list[list[Known]]:
    """Group by answer, in the order of the first of each group."""
    groups: dict[Answer, list[Known]] = {}
    for k in known:
        groups.setdefault(k.fact.known_as, []).append(k)
    return list(groups.values())


def one_against_many[Group: Sequence[object]](groups: Sequence[Group]) -> bool:
    """Whether a single one stands against several that agree."""
    return len(groups) == 2 and min(map(len, groups)) == 1 < max(map(len, groups))


def joined(clauses: Sequence[str], topic: str) -> str:
    """Join clauses into a sentence; the connective depends on the topic alone, so that it never wavers."""
    connective = one_of(CONNECTIVES, topic) if len(clauses) == 2 else "; "
    return sentence(connective.join(clauses))


def one_of[Way](ways: Sequence[Way], topic: str) -> Way:
    """One of several ways to say it, always the same for a topic."""
    return ways[sum(map(ord, topic)) % len(ways)]


def both(count: int, phrase: str) -> str:
    """A plural verb phrase with "both" or "all" where it belongs: "are both used", "both include", but "have no"."""
    word = "both" if count == 2 else "all"
    verb, _, rest = phrase.partition(" ")
    if "each " in (rest[:5], phrase[:5]) or phrase.startswith(WITHOUT):
        return phrase
    if verb in AUXILIARIES:
        return f"{verb} {word} {rest}"
    return f"{word} {phrase}"


def also(phrase: str) -> str:
    """A verb phrase with "also" where it belongs: "is also licensed", "also supports"."""
    verb, _, rest = phrase.partition(" ")
    if " also " in f" {phrase} ":
        return phrase
    return f"{verb} also {rest}" if verb in (*AUXILIARIES, "is", "was") else f"also {phrase}"


def plain_day(fact: Fact) -> str:
    """The day a fact was verified, or its month where it is known no closer."""
    day = fact.verified
    return str(PartialDate(day.year, day.month, None if fact.rounded else day.day))


def as_of(facts: Sequence[Fact]) -> str:
    """When the figures were so: one day, two in the order of the figures, or the span of several."""
    days = list(dict.fromkeys(plain_day(fact) for fact in facts))
    if len(days) == 1:
        return f", as of {days[0]}"
    if len(facts) == 2:
        return f", as of {days[0]} and {days[1]} respectively"
    first, last = min(facts, key=lambda fact: fact.verified), max(facts, key=lambda fact: fact.verified)
    return f", counted between {plain_day(first)} and {plain_day(last)}"
