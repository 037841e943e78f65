"""The five laws of a comparison, over facts nobody chose."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.facts import Answer, Attribute, Fact, Subject
from comparisons.statements import Statements, compare
from tests.comparisons.examples import ALL, ORM, TYPING, WRITTEN_IN, fact
from tests.comparisons.laws import ALL_LAWS, topics

NAMES = ("Actix", "Django", "Elixir", "Node.js", "C#")
WORDS = ("alpha", "beta", "gamma", "delta")


def answers(attribute: Attribute) -> st.SearchStrategy[Answer]:
    match attribute.type:
        case "boolean":
            return st.booleans()
        case "number":
            return st.integers(0, 10**7).map(float)
        case "date":
            return st.integers(1960, 2026).map(str)
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map(tuple)


@st.composite
def subjects(draw: st.DrawFn, least: int = 2, most: int = 5) -> tuple[Subject, ...]:
    """Two to five tools that know something of each attribute or nothing, some with a language behind them."""
    bases = {
        language: tuple(fact(language, attribute, draw(answers(attribute))) for attribute in (TYPING, ORM))
        for language in ("Python", "Rust")
    }
    return tuple(draw(_subject(name, bases)) for name in NAMES[: draw(st.integers(least, most))])


@st.composite
def _subject(draw: st.DrawFn, name: str, bases: dict[str, tuple[Fact, ...]]) -> Subject:
    known = [attribute for attribute in ALL if attribute is not WRITTEN_IN and draw(st.booleans())]
    sources = st.sampled_from(["", "https://example.org"])
    facts = tuple(
        replace(fact(name, attribute, draw(answers(attribute)), source=draw(sources)), tool_name=name)
        for attribute in known
    )
    if not draw(st.booleans()):
        return Subject(name.lower(), name, "tool", facts)
    language = draw(st.sampled_from(sorted(bases)))
    via = replace(fact(name, WRITTEN_IN, (language,)), tool_name=name)
    return Subject(name.lower(), name, "framework", (via, *facts), via, bases[language])


@pytest.mark.parametrize("law", ALL_LAWS, ids=lambda law: law.__name__)
def test_every_comparison(law: Callable[[Sequence[Subject], Statements], None]) -> None:
    @given(subjects())
    def holds(tools: tuple[Subject, ...]) -> None:
        law(tools, compare(tools))

    holds()


@given(subjects())
def test_the_same_facts_give_the_same_sentences(tools: tuple[Subject, ...]) -> None:
    assert compare(tools) == compare(tools)


@given(subjects())
def test_sides_swap_with_the_tools_and_nothing_else_does(tools: tuple[Subject, ...]) -> None:
    """The same names and answers either way round: only their order, and with it a verb's number, follows the tools."""
    said = re.compile(rf"{'|'.join(map(re.escape, (*NAMES, *WORDS)))}|\d[\d.,]*[KM]?|Python|Rust")
    for one, two in zip(compare(tools).differences, compare(tools[::-1]).differences, strict=True):
        assert sorted(said.findall(one.text)) == sorted(said.findall(two.text))


@given(subjects())
def test_what_all_tools_share_is_said_and_nothing_else_is_called_shared(tools: tuple[Subject, ...]) -> None:
    said = topics(compare(tools).shared)
    for attribute in ALL:
        known = [tool.answers.get(attribute.key) for tool in tools]
        facts = [found.fact for found in known if found]
        same = len(facts) == len(tools) and len({fact.known_as for fact in facts}) == 1
        if attribute.type not in ("number", "date"):
            assert (attribute.key in said) == (same and len({fact.id for fact in facts}) > 1)


@given(subjects())
def test_an_unsourced_fact_marks_every_statement_that_cites_it(tools: tuple[Subject, ...]) -> None:
    for statement in compare(tools):
        assert statement.unsourced == any(not cited.source for cited in statement.cites)


@given(subjects())
def test_what_is_known_of_one_tool_is_said_of_it_alone(tools: tuple[Subject, ...]) -> None:
    said = topics(compare(tools).only)
    counted = [[found for tool in tools if (found := tool.answers.get(a.key))] for a in ALL]
    through = any(len({k.fact.id for k in known}) > 1 and any(k.via for k in known) for known in counted)
    for attribute in ALL:
        known = [found for tool in tools if (found := tool.answers.get(attribute.key))]
        inherited = [bool(k.via) for k in known]
        told = inherited == [False] and attribute.importance >= 45
        told_through = inherited == [True] and attribute.importance * 0.8 >= 45 and through
        assert (attribute.key in said) == (told or told_through)


@given(subjects())
def test_the_summary_counts_what_is_compared_and_cites_all_of_it(tools: tuple[Subject, ...]) -> None:
    said = compare(tools)
    cited = {fact for part in (said.differences, said.shared) for statement in part for fact in statement.cites}
    known = [[t.answers[a.key].fact.id for t in tools if a.key in t.answers] for a in ALL]
    asked, different = sum(len(set(ids)) > 1 for ids in known), len(topics(said.differences))
    assert (said.summary is not None) == (asked >= 3)
    if said.summary:
        assert set(said.summary.cites) >= cited
        counts = [int(number) for number in re.findall(r"\b\d+\b", said.summary.text)]
        assert counts == [asked, different] if different else counts == [asked]


@given(subjects())
def test_a_reason_to_choose_a_tool_is_an_answer_that_no_other_gives(tools: tuple[Subject, ...]) -> None:
    for statement in compare(tools).choices:
        chosen, *others = [fact for fact in statement.cites if fact.attribute.key == statement.topic]
        assert statement.text.startswith(f"Choose {statement.heading} if ")
        if isinstance(chosen.answer, bool):
            assert all(other.answer is not chosen.answer for other in others)
        if isinstance(chosen.answer, float):
            assert all(isinstance(other.answer, float) and other.answer > chosen.answer for other in others)
        if isinstance(chosen.answer, tuple):
            named = [word for word in chosen.answer if re.search(rf"\b{word}\b", statement.text)]
            assert named
            assert not {word for other in others for word in other.answer} & set(named)  # type: ignore[union-attr]  # answers of one type


@given(subjects(), st.data())
def test_changing_a_fact_changes_only_statements_that_cite_it(tools: tuple[Subject, ...], data: st.DataObject) -> None:
    """Yes-or-no questions told in one sentence belong together: what stood beside the changed fact is told anew."""
    own = [fact for tool in tools for fact in tool.facts if fact is not tool.via]
    if not own:
        return
    old = data.draw(st.sampled_from(own))
    new = replace(old, answer=data.draw(answers(old.attribute)), words=())
    if isinstance(new.answer, tuple):
        new = replace(new, words=tuple(replace(old.words[0], key=w, label=w) for w in new.answer))
    changed = tuple(replace(t, facts=tuple(new if f is old else f for f in t.facts)) for t in tools)
    was, now = compare(tools), compare(changed)
    before = {(s.topic, s.text) for s in was if old not in s.cites}
    after = {(s.topic, s.text) for s in now if new not in s.cites}
    beside = {fact for s in [*was, *now] if " " in s.topic and {old, new} & set(s.cites) for fact in s.cites}
    apart = {(s.topic, s.text) for s in [*was, *now] if set(s.cites) <= beside}
    assert before - apart == after - apart
