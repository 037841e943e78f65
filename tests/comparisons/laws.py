"""The laws and the grammar that every comparison keeps, as checks that raise AssertionError with what broke them."""

import re
from collections.abc import Sequence
from itertools import permutations

from comparisons.facts import Fact, Statement, Subject
from comparisons.statements import Statements, compare
from tools.dates import PartialDate
from tools.figures import compact

NUMBER = re.compile(r"\d[\d.,]*")
UNGRAMMATICAL = re.compile(
    r"  | [,.;:]|[,;]{2}|\{|\}|\bNone\b|\bTrue\b|\bFalse\b|\bnan\b"  # what a machine leaves behind
    r"|\b(\w+) \1\b"  # a word twice
    r"|\b[Aa] (?!one)[aeio]\w|\b[Aa]n [bcdfgjkpqtvwxyz]\w"  # the wrong article
    r"|[^.]\Z|\.\.\Z|[a-z]{2}\. [A-Z]"  # not one full stop, at the end
)


def topics(statements: Sequence[Statement]) -> list[str]:
    """The attributes that the statements are about."""
    return [topic for statement in statements for topic in statement.topic.split()]


def cites_only_what_is_known(tools: Sequence[Subject], said: Statements) -> None:
    held: set[Fact] = {fact for tool in tools for fact in (*tool.facts, *tool.base)}
    for statement in said:
        assert statement.cites, statement.text
        assert set(statement.cites) <= held, statement.text


def is_silent_of_the_unknown(tools: Sequence[Subject], said: Statements) -> None:
    for statement in said:
        named = {fact.tool_name for fact in statement.cites} | _words(statement.cites)
        for tool in tools:
            if re.search(rf"(?<![\w.]){re.escape(tool.name)}(?![\w.]*\w)", statement.text):
                assert any(tool.name in name for name in named), statement.text


def _words(facts: Sequence[Fact]) -> set[str]:
    """Every word that the facts' answers and questions are told in."""
    asked = {phrase for f in facts for phrase in (f.attribute.one, f.attribute.many, f.attribute.no_one)}
    asked |= {
        phrase for f in facts for phrase in (f.attribute.choose_if, f.attribute.choose_if_no, f.attribute.no_many)
    }
    return asked | {word.label for fact in facts for word in fact.words} | {fact.attribute.under for fact in facts}


def has_no_number_of_its_own(tools: Sequence[Subject], said: Statements) -> None:
    for statement in said:
        if statement.topic != "summary":
            numbers = {number.rstrip(".,") for number in NUMBER.findall(statement.text)}
            assert numbers <= _numbers(statement), statement.text


def _numbers(statement: Statement) -> set[str]:
    """Every number that the cited facts say, or that follows from two of them."""
    texts = {fact.tool_name for fact in statement.cites} | _words(statement.cites)
    figures = [fact.answer for fact in statement.cites if isinstance(fact.answer, float)]
    dates = [PartialDate.parse(str(fact.answer)) for fact in statement.cites if fact.attribute.type == "date"]
    texts |= {compact(figure) for figure in figures} | {str(date) for date in dates}
    texts |= {str(fact.answer) for fact in statement.cites if isinstance(fact.answer, str)}
    texts |= {f"{fact.verified.day} {fact.verified.year}" for fact in statement.cites}
    for more, less in permutations(figures, 2):
        ratio = more / max(less, 1.0)
        texts |= {f"{ratio:.1f}".removesuffix(".0"), f"{ratio:,.0f}"}
    texts |= {str(abs((a.earliest - b.earliest).days) // 365) for a, b in permutations(dates, 2)}
    texts |= {str(abs(a.year - b.year) + step) for a, b in permutations(dates, 2) for step in (-1, 0)}
    return {number.rstrip(".,") for text in texts for number in NUMBER.findall(text)}


def does_not_depend_on_the_order(tools: Sequence[Subject], said: Statements) -> None:
    for order in (tools[::-1], [*tools[1:], *tools[:1]]):
        other = compare(order)
        for part in ("differences", "shared", "only"):
            a, b = getattr(said, part), getattr(other, part)
            assert [(s.topic, frozenset(s.cites)) for s in a] == [(s.topic, frozenset(s.cites)) for s in b]
        assert (said.summary is None) == (other.summary is None)
        if said.summary and other.summary:
            assert set(said.summary.cites) == set(other.summary.cites)
        for part in ("introduction", "choices", "only"):
            assert {s.text for s in getattr(said, part)} == {s.text for s in getattr(other, part)}


def calls_similar_what_lies_below_its_threshold(tools: Sequence[Subject], said: Statements) -> None:
    for statement in said.differences:
        facts = [fact for fact in statement.cites if fact.attribute.key == statement.topic]
        if not facts or facts[0].attribute.type not in ("number", "date"):
            continue
        attribute = facts[0].attribute
        if attribute.type == "number":
            counts = [fact.answer for fact in facts if isinstance(fact.answer, float)]
            # None against some is a difference however few; otherwise the ratio decides.
            none = min(counts) == 0 < max(counts)
            assert none or max(counts) >= (attribute.threshold or 1.25) * min(counts), statement.text
        else:
            years = [PartialDate.parse(str(fact.answer)).year for fact in facts]
            assert max(years) - min(years) >= (attribute.threshold or 1) - 1, statement.text


def tells_each_question_once(tools: Sequence[Subject], said: Statements) -> None:
    """What is shared is said, what differs is said, and neither of them twice."""
    told = topics([*said.differences, *said.shared, *said.only])
    assert len(told) == len(set(told))
    for key in tools[0].answers.keys() & set.intersection(*(set(tool.answers) for tool in tools)):
        known = [tool.answers[key] for tool in tools]
        days = [k.fact.verified for k in known]
        apart = known[0].fact.attribute.measured and (max(days) - min(days)).days > 92
        if known[0].fact.attribute.compare and len({k.fact.id for k in known}) > 1 and not apart:
            assert key in told, key
        if known[0].fact.attribute.type not in ("number", "date") and key in topics(said.shared):
            assert len({k.fact.known_as for k in known}) == 1, key


def is_grammatical(tools: Sequence[Subject], said: Statements) -> None:
    for statement in said:
        assert not UNGRAMMATICAL.search(statement.text.replace(" .NET", " NET")), statement.text


def says_nothing_twice(tools: Sequence[Subject], said: Statements) -> None:
    texts = [statement.text for statement in said]
    assert len(texts) == len(set(texts)), sorted(text for text in texts if texts.count(text) > 1)


ALL_LAWS = (
    cites_only_what_is_known,
    is_silent_of_the_unknown,
    has_no_number_of_its_own,
    does_not_depend_on_the_order,
    calls_similar_what_lies_below_its_threshold,
    tells_each_question_once,
    is_grammatical,
    says_nothing_twice,
)
