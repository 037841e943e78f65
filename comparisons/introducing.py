"""Before the differences: what each tool is, what comparing them means, and the comparison in short. Pure."""

from collections.abc import Iterator, Sequence

from comparisons import wording
from comparisons.facts import Fact, Statement, Subject
from comparisons.questions import Question
from comparisons.sentences import cited
from tools.words import listed

# What else a tool is introduced by, where nothing says what it is for.
OTHERWISE = ("first-released", "licence")
PHRASES = 2
LEAST_QUESTIONS = 3
FURTHEST = 3


def introductions(subjects: Sequence[Subject]) -> Iterator[Statement]:
    """One sentence a tool: what it is, with what it is used and what it is for."""
    for subject in subjects:
        natures, phrases = _introduced_by(subject)
        facts = [*natures[:1], *phrases[: PHRASES - len(natures[:1])]]
        if facts:
            what = wording.predicate(natures[0]) if natures else f"is {wording.with_article(subject.kind)}"
            rest = listed([wording.predicate(fact) for fact in facts[len(natures[:1]) :]])
            text = f"{subject.name} {what} that {rest}" if rest else f"{subject.name} {what}"
            yield Statement(f"introduction-{subject.slug}", subject.name, wording.sentence(text), tuple(facts))


def _introduced_by(subject: Subject) -> tuple[list[Fact], list[Fact]]:
    """The facts that say what a tool is ("is a view library"), and those that say something of it, weightiest first."""
    own = [fact for fact in subject.facts if fact.attribute.compare and not fact.lacks]
    own.sort(key=lambda fact: (not fact.attribute.inherit, -fact.attribute.importance, fact.attribute.key))
    found = [fact for fact in own if fact.attribute.introduces]
    natures = [fact for fact in found if wording.says_what_it_is(fact)]
    phrases = [fact for fact in found if fact not in natures]
    otherwise = {fact.attribute.key: fact for fact in own if not natures}
    return natures, phrases or [otherwise[key] for key in OTHERWISE if key in otherwise][:1]


def meaning(subjects: Sequence[Subject]) -> Statement | None:
    """For tools of unlike kinds: through what they are compared, where a language answers for one of them."""
    through = [subject for subject in subjects if subject.via]
    if not through or len({subject.kind for subject in subjects}) == 1:
        return None
    cites = tuple(subject.via for subject in through if subject.via)
    text = f"{_kinds(subjects)} answer different needs: {_languages(through)}, so {_consequence(through)}"
    return Statement("meaning", "What is compared", wording.sentence(text[:1].upper() + text[1:]), cites)


def _kinds(subjects: Sequence[Subject]) -> str:
    """a language and a framework."""
    return listed([wording.with_article(kind) for kind in dict.fromkeys(subject.kind for subject in subjects)])


def _languages(through: Sequence[Subject]) -> str:
    """code that uses Flask is written in Python, and code that uses Rails in Ruby."""
    using: dict[str, list[str]] = {}
    for subject in through:
        using.setdefault(_language(subject), []).append(subject.name)
    parts = [f"code that uses {listed(names, 'or')} is written in {language}" for language, names in using.items()]
    # The verb is said once.
    return listed([parts[0], *(part.replace(" is written in ", " in ") for part in parts[1:])])


def _consequence(through: Sequence[Subject]) -> str:
    languages = {_language(subject) for subject in through}
    whom = listed([subject.name for subject in through])
    if len(languages) == 1 and len(through) == 1:
        (language,) = languages
        return f"questions about the language are answered for {whom} with {language}’s facts, as “{whom} ({language})”"
    return f"questions about the language are answered for {whom} with the facts of their languages, in brackets"


def _language(subject: Subject) -> str:
    assert subject.via is not None
    return wording.answer_in_words(subject.via)


def summary(
    subjects: Sequence[Subject], asked: Sequence[Question], differences: Sequence[Statement]
) -> Statement | None:
    """How many of the common questions are answered differently, and which weigh most. Cites every fact compared."""
    if len(asked) < LEAST_QUESTIONS:
        return None
    different = sum(not question.alike for question in asked)
    names = listed([subject.name for subject in subjects])
    whom = f"both {names}" if len(subjects) == 2 else "at least two of these tools"
    furthest = list(dict.fromkeys(statement.heading for statement in differences))[:FURTHEST]
    text = f"Of {len(asked)} questions answered for {whom}, {_counted(different)}"
    if furthest:
        those = "the one" if different == 1 else "above all those"
        text += f", {those} about {_headings([wording.inside(heading) for heading in furthest])}"
    cites = cited([known for question in asked for known in question.known])
    return Statement("summary", "In short", wording.sentence(text), cites)


def _counted(different: int) -> str:
    if different == 0:
        return "none is answered differently"
    return f"{different} {'is' if different == 1 else 'are'} answered differently"


def _headings(headings: Sequence[str]) -> str:
    """Headings hold an "and" of their own, so that a comma or another "about" parts them."""
    if len(headings) < 3:
        return " and about ".join(headings)
    return f"{', '.join(headings[:-1])}, and {headings[-1]}"
