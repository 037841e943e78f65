"""What to consider instead of a tool, and why, without a database."""

from comparisons.alternatives import ranked
from comparisons.facts import Attribute
from tests.comparisons.examples import ADMIN, LICENCE, ORM, STARS, TYPING, WRITTEN_IN, fact, flask, subject


def test_who_answers_alike_comes_before_who_does_not() -> None:
    django = subject("Django", fact("django", ORM, True), fact("django", ADMIN, True))
    rails = subject("Rails", fact("rails", ORM, True), fact("rails", ADMIN, True))
    bottle = subject("Bottle", fact("bottle", ORM, False), fact("bottle", ADMIN, False))
    assert [found.subject.name for found in ranked(django, [bottle, rails])] == ["Rails", "Bottle"]


def test_of_equals_the_better_known_comes_first() -> None:
    a = subject("A", fact("a", ORM, True))
    b, c = (subject(name, fact(name, ORM, True), fact(name, STARS, stars)) for name, stars in (("B", 10.0), ("C", 9e4)))
    assert [found.subject.name for found in ranked(a, [b, c])] == ["C", "B"]


def test_only_tools_of_the_same_language_are_close() -> None:
    bottle = subject("Bottle", fact("bottle", WRITTEN_IN, ("Python",)), fact("bottle", ORM, True))
    koa = subject("Koa", fact("koa", WRITTEN_IN, ("JavaScript",)), fact("koa", ORM, False))
    found = ranked(flask(fact("flask", ORM, False)), [koa, bottle])
    assert [(alternative.subject.name, alternative.close) for alternative in found] == [
        ("Bottle", True),
        ("Koa", False),
    ]


def test_who_is_for_something_else_serves_another_need() -> None:
    purpose = Attribute(
        "purpose", "Purpose", "choices", 90, one="is for {value}", many="are for {value}", introduces=True
    )
    a = subject("A", fact("a", purpose, ("building",)), fact("a", LICENCE, ("MIT",)))
    b = subject("B", fact("b", purpose, ("scheduling",)), fact("b", LICENCE, ("MIT",)))
    c = subject("C", fact("c", purpose, ("building", "running")))
    assert [(found.subject.name, found.close) for found in ranked(a, [b, c])] == [("C", True), ("B", False)]


def test_what_both_lack_is_no_likeness() -> None:
    a, b = subject("A", fact("a", ORM, False)), subject("B", fact("b", ORM, False))
    (found,) = ranked(a, [b])
    assert found.reason is None


def test_the_reason_says_what_is_alike_and_what_is_not_and_cites_both_sides() -> None:
    bottle = subject("Bottle", fact("bottle", WRITTEN_IN, ("Python",)), fact("bottle", ORM, True))
    (found,) = ranked(flask(fact("flask", ORM, False)), [bottle])
    assert found.reason is not None
    assert found.reason.text == "Like Flask, Bottle is used from Python, but includes an ORM."
    assert {(cited.tool, cited.attribute.key) for cited in found.reason.cites} == {
        ("flask", "written-in"),
        ("bottle", "written-in"),
        ("flask", "orm"),
        ("bottle", "orm"),
    }


def test_a_tool_with_nothing_alike_says_what_is_unlike() -> None:
    a, b = subject("A", fact("a", TYPING, ("static",))), subject("B", fact("b", TYPING, ("dynamic",)))
    (found,) = ranked(a, [b])
    assert found.reason is not None
    assert found.reason.text == "Unlike A, B has dynamic typing."


def test_where_nothing_can_be_compared_there_is_no_reason() -> None:
    (found,) = ranked(subject("A", fact("a", ORM, True)), [subject("B", fact("b", LICENCE, ("MIT",)))])
    assert found.reason is None
    assert found.score == 0.0


def test_what_comes_from_a_language_is_no_likeness_of_the_tools() -> None:
    python = subject("Python", fact("python", TYPING, ("dynamic", "strong")), kind="language")
    (found,) = ranked(flask(), [python])
    assert found.reason is None
