"""What the sentences of a comparison say, one by one, without a database."""

from dataclasses import replace
from datetime import date

import pytest

from comparisons import wording
from comparisons.facts import Attribute, Subject
from comparisons.statements import compare
from tests.comparisons.examples import (
    ADMIN,
    DEPENDENCIES,
    FLASK_IN_PYTHON,
    LICENCE,
    ORM,
    PYTHON_TYPING,
    RELEASED,
    STARS,
    TODAY,
    TYPING,
    WRITTEN_IN,
    fact,
    flask,
    subject,
)
from tools.words import Word


def differences(*subjects: Subject) -> list[str]:
    return [statement.text for statement in compare(subjects).differences]


def shared(*subjects: Subject) -> list[str]:
    return [statement.text for statement in compare(subjects).shared]


def test_two_choices_are_set_against_each_other() -> None:
    elixir = subject("Elixir", fact("elixir", TYPING, ("dynamic",)))
    rust = subject("Rust", fact("rust", TYPING, ("static", "inferred")))
    assert differences(elixir, rust) == ["Elixir has dynamic typing, while Rust has static and inferred typing."]


def test_lists_that_overlap_say_first_what_they_share() -> None:
    elixir = subject("Elixir", fact("elixir", TYPING, ("dynamic", "strong")))
    rust = subject("Rust", fact("rust", TYPING, ("static", "strong", "inferred")))
    assert differences(elixir, rust) == [
        (
            "Elixir and Rust both have strong typing; Elixir also has dynamic typing; "
            "Rust also has static and inferred typing."
        )
    ]


def test_a_framework_speaks_of_typing_through_its_language_and_cites_both_facts() -> None:
    elixir = subject("Elixir", fact("elixir", TYPING, ("static",)))
    (statement,) = compare([elixir, flask()]).differences
    assert statement.text == "Elixir has static typing, while Flask (Python) has dynamic and strong typing."
    assert statement.cites == (elixir.facts[0], FLASK_IN_PYTHON, PYTHON_TYPING)


def test_a_language_beside_its_own_framework_is_not_compared_with_itself() -> None:
    python = subject("Python", PYTHON_TYPING, kind="language")
    assert differences(flask(), python) == []
    assert shared(flask(), python) == []


def test_yes_and_no_are_told_in_the_attributes_words() -> None:
    django, bottle = subject("Django", fact("django", ORM, True)), subject("Bottle", fact("bottle", ORM, False))
    assert differences(django, bottle) == ["Django includes an ORM, whereas Bottle includes no ORM."]


def test_three_tools_are_grouped_by_answer() -> None:
    tools = [subject(name, fact(name.lower(), ORM, name != "Flask")) for name in ("Django", "Flask", "Laravel")]
    assert differences(*tools) == ["Django and Laravel include an ORM; Flask alone includes no ORM."]


def test_several_licences_are_joined_by_or() -> None:
    a = subject("Actix", fact("actix", LICENCE, ("MIT", "Apache 2.0")))
    b = subject("Flask", fact("flask", LICENCE, ("BSD 3-Clause",)))
    assert differences(a, b) == ["Actix is licensed under MIT or Apache 2.0; Flask under BSD 3-Clause."]


def test_a_larger_figure_comes_first_with_its_ratio_and_day() -> None:
    a, b = subject("Elixir", fact("elixir", STARS, 26604.0)), subject("Flask", fact("flask", STARS, 72133.0))
    assert differences(a, b) == [
        "Flask has 72.1K stars on GitHub, 2.7 times as many as Elixir (26.6K), as of 22 August 2026."
    ]


def test_figures_of_different_days_name_both() -> None:
    a = subject("Elixir", fact("elixir", STARS, 26604.0, verified=date(2026, 6, 1)))
    b = subject("Flask", fact("flask", STARS, 72133.0))
    said = "Flask has 72.1K stars on GitHub, 2.7 times as many as Elixir (26.6K), as of 22 August 2026 and 1 June 2026"
    assert differences(a, b) == [f"{said} respectively."]


def test_counts_made_more_than_three_months_apart_are_not_compared() -> None:
    a = subject("Elixir", fact("elixir", STARS, 26604.0, verified=date(2026, 5, 21)))
    b = subject("Flask", fact("flask", STARS, 72133.0))
    assert [*compare([a, b]).differences, *compare([a, b]).shared] == []


def test_amounts_have_no_ratio() -> None:
    limit = Attribute(
        "limit",
        "Record limit",
        "number",
        60,
        one="limits a record to {value}",
        many="limit a record to {value}",
        unit_one="megabyte",
        unit_many="megabytes",
    )
    a, b = subject("A", fact("a", limit, 16.0)), subject("B", fact("b", limit, 1.0))
    assert differences(a, b) == ["A limits a record to 16 megabytes; B to 1 megabyte."]


def test_an_answer_that_lacks_something_is_no_reason_to_choose() -> None:
    words = (Word("none", "none", lacks=True),)
    a = subject("A", replace(fact("a", TYPING, ("none",)), words=words))
    b = subject("B", fact("b", TYPING, ("static",)))
    assert [said.text for said in compare([a, b]).choices] == ["Choose B if you want static typing."]


def test_nothing_is_recommended_where_one_tools_answer_is_unknown() -> None:
    a, b = subject("A", fact("a", DEPENDENCIES, 12.0)), subject("B", fact("b", DEPENDENCIES, 1.0))
    assert compare([a, b, subject("C")]).choices == ()


def test_close_figures_are_called_about_as_many() -> None:
    a, b = subject("Django", fact("django", STARS, 88_600.0)), subject("Flask", fact("flask", STARS, 72_133.0))
    assert differences(a, b) == []
    assert shared(a, b) == ["Django has 88.6K stars on GitHub and Flask 72.1K: about as many, as of 22 August 2026."]


def test_a_figure_of_zero_is_none_and_has_no_ratio() -> None:
    a, b = subject("Mui", fact("mui", DEPENDENCIES, 12.0)), subject("Sass", fact("sass", DEPENDENCIES, 0.0))
    assert differences(a, b) == ["Mui declares 12 runtime dependencies and Sass none, as of 22 August 2026."]


def test_equal_figures_among_three_go_together() -> None:
    tools = [subject(n, fact(n.lower(), DEPENDENCIES, c)) for n, c in (("A", 12.0), ("B", 0.0), ("C", 0.0))]
    assert differences(*tools) == ["A declares 12 runtime dependencies, B and C none, as of 22 August 2026."]


def test_one_and_none_are_not_about_as_many() -> None:
    a, b = subject("A", fact("a", DEPENDENCIES, 1.0)), subject("B", fact("b", DEPENDENCIES, 0.0))
    assert differences(a, b) == ["A declares 1 runtime dependency and B none, as of 22 August 2026."]


def test_a_year_after_a_day_of_unknown_distance_is_not_counted() -> None:
    a, b = subject("A", fact("a", RELEASED, "2010-12-31")), subject("B", fact("b", RELEASED, "2013"))
    (text,) = differences(a, b)
    assert text == "A was first released on 31 December 2010, 2 years before B (2013)."


def test_several_of_a_kind_are_each_one() -> None:
    kind = Attribute("runtime-kind", "Kind", "choice", 90, one="is {value}", many="are {value}")
    tools = [subject(name, fact(name, kind, ("a JavaScript runtime",))) for name in ("Bun", "Deno", "Node.js")]
    assert shared(*tools) == ["Bun, Deno and Node.js are each a JavaScript runtime."]


def test_one_of_a_unit_is_singular() -> None:
    a, b = subject("A", fact("a", DEPENDENCIES, 1.0)), subject("B", fact("b", DEPENDENCIES, 1.0))
    assert shared(a, b) == ["A and B both declare 1 runtime dependency, as of 22 August 2026."]


def test_years_between_first_releases_are_counted() -> None:
    a, b = subject("Elixir", fact("elixir", RELEASED, "2012")), subject("Flask", fact("flask", RELEASED, "2010"))
    assert differences(a, b) == ["Flask was first released in 2010, 2 years before Elixir (2012)."]


def test_a_day_is_on_and_a_month_is_in() -> None:
    a = subject("A", fact("a", RELEASED, "2010-04-16"))
    b, c = subject("B", fact("b", RELEASED, "2015-11")), subject("C", fact("c", RELEASED, "2020"))
    assert differences(a, b, c) == ["A was first released on 16 April 2010, B in November 2015 and C in 2020."]


def test_dates_below_the_threshold_are_about_the_same_time() -> None:
    a, b = subject("MySQL", fact("mysql", RELEASED, "1995")), subject("Pg", fact("pg", RELEASED, "1996"))
    assert shared(a, b) == ["MySQL was first released in 1995 and Pg in 1996: at about the same time."]


def test_what_two_tools_share_is_said_with_both() -> None:
    a, b = flask(), subject("Django", fact("django", WRITTEN_IN, ("Python",)))
    assert shared(a, b) == ["Flask and Django are both used from Python."]


def test_what_a_tool_shares_with_anothers_language_is_said_and_both_facts_are_cited() -> None:
    elixir = subject("Elixir", fact("elixir", TYPING, ("strong", "dynamic")))
    (statement,) = compare([flask(), elixir]).shared
    assert statement.text == "Flask (Python) and Elixir both have dynamic and strong typing."
    assert statement.cites == (FLASK_IN_PYTHON, PYTHON_TYPING, elixir.facts[0])


def test_what_three_tools_share_is_said_with_all() -> None:
    tools = [subject(name, fact(name, ORM, False)) for name in "ABC"]
    assert shared(*tools) == ["A, B and C all include no ORM."]


def test_what_is_known_of_one_tool_is_said_of_it_alone_and_nothing_of_the_other() -> None:
    said = list(compare([subject("A", fact("a", ORM, True)), subject("B")]))
    assert [statement.text for statement in said] == ["A includes an ORM."]


def test_what_is_known_of_two_in_three_is_no_common_trait() -> None:
    tools = [subject("A", fact("a", ORM, True)), subject("B", fact("b", ORM, True)), subject("C")]
    assert shared(*tools) == []


def test_an_introduction_names_the_kind_and_what_is_known() -> None:
    tool = flask(fact("flask", RELEASED, "2010"), fact("flask", LICENCE, ("BSD 3-Clause",)))
    (statement,) = compare([tool, subject("B")]).introduction
    assert statement.text == "Flask is a framework that is used from Python."


def test_an_introduction_says_what_a_tool_is_where_a_fact_does() -> None:
    kind = Attribute("kind", "Kind", "choice", 90, one="is {value}", many="are {value}", introduces=True)
    tool = flask(fact("flask", kind, ("a micro framework",)))
    (statement,) = compare([tool, subject("B")]).introduction
    assert statement.text == "Flask is a micro framework that is used from Python."


def test_an_application_gets_its_article() -> None:
    tool = subject("Jira", fact("jira", RELEASED, "2002"), kind="application")
    (statement,) = compare([tool, subject("B")]).introduction
    assert statement.text == "Jira is an application that was first released in 2002."


def test_two_things_that_one_tool_brings_and_the_other_does_not_stand_in_one_sentence() -> None:
    django = subject("Django", fact("django", ORM, True), fact("django", ADMIN, True))
    flask = subject("Flask", fact("flask", ORM, False), fact("flask", ADMIN, False))
    (statement,) = compare([django, flask]).differences
    assert statement.text == (
        "Django includes an ORM and an admin site, whereas Flask includes no ORM and no admin site."
    )
    assert statement.topic == "orm admin-site"
    assert len(statement.cites) == 4


def test_a_trade_off_says_what_each_has_and_has_not() -> None:
    a = subject("A", fact("a", ORM, True), fact("a", ADMIN, False))
    b = subject("B", fact("b", ORM, False), fact("b", ADMIN, True))
    assert differences(a, b) == ["A includes an ORM but no admin site, whereas B includes an admin site but no ORM."]


def test_what_three_tools_include_and_lack_alike_stands_in_one_sentence() -> None:
    tools = [subject(n, fact(n.lower(), ORM, True), fact(n.lower(), ADMIN, False)) for n in "ABC"]
    assert shared(*tools) == ["A, B and C all include an ORM but no admin site."]


def test_three_tools_that_part_differently_are_told_apart_question_by_question() -> None:
    answers = {"A": (True, True), "B": (True, False), "C": (False, False)}
    tools = [subject(n, fact(n.lower(), ORM, orm), fact(n.lower(), ADMIN, adm)) for n, (orm, adm) in answers.items()]
    assert differences(*tools) == [
        "A and B include an ORM; C alone includes no ORM.",
        "B and C include no admin site; A alone includes an admin site.",
    ]


def test_negations_are_said_once_and_joined_by_or() -> None:
    phrases = ["does not check input", "does not send mail"]
    assert wording.together(phrases) == "does not check input or send mail"


@pytest.mark.parametrize(
    ("phrases", "said"),
    [
        (["includes an ORM", "includes an admin site"], "includes an ORM and an admin site"),
        (["includes an ORM", "sends mail"], "includes an ORM and sends mail"),
        (["is used from Python", "is a micro framework"], "is used from Python and is a micro framework"),
        (["includes an ORM"], "includes an ORM"),
    ],
)
def test_a_verb_that_phrases_share_is_said_once(phrases: list[str], said: str) -> None:
    assert wording.together(phrases) == said


def test_twice_and_three_times_are_words() -> None:
    a, b = subject("A", fact("a", STARS, 30_000.0)), subject("B", fact("b", STARS, 15_000.0))
    assert differences(a, b) == ["A has 30K stars on GitHub, twice as many as B (15K), as of 22 August 2026."]


def test_unlike_kinds_are_compared_through_the_language_and_the_page_says_so() -> None:
    elixir = subject("Elixir", fact("elixir", TYPING, ("static",)), kind="language")
    statement = compare([elixir, flask()]).meaning
    assert statement is not None
    assert statement.text == (
        "A language and a framework answer different needs: code that uses Flask is written in Python, "
        "so questions about the language are answered for Flask with Python’s facts, as “Flask (Python)”."
    )
    assert statement.cites == (FLASK_IN_PYTHON,)


def test_where_no_question_reaches_a_language_nothing_is_said_of_it() -> None:
    postgres = subject("PostgreSQL", fact("postgresql", LICENCE, ("PostgreSQL",)), kind="database")
    said = compare([flask(fact("flask", LICENCE, ("BSD 3-Clause",))), postgres])
    assert said.meaning is None
    assert [s.text for s in said.only] == ["Flask is used from Python."]


def test_frameworks_of_several_languages_are_introduced_together() -> None:
    via = fact("rails", WRITTEN_IN, ("Ruby",))
    rails = subject("Rails", via, via=via, base=(fact("ruby", TYPING, ("dynamic",)),))
    go = subject("Go", fact("go", TYPING, ("static",)), kind="language")
    statement = compare([flask(), rails, go]).meaning
    assert statement is not None
    assert statement.text == (
        "A framework and a language answer different needs: code that uses Flask is written in Python and code that "
        "uses Rails in Ruby, so questions about the language are answered for Flask and Rails with the facts of their "
        "languages, in brackets."
    )


def test_the_summary_counts_and_names_what_weighs_most() -> None:
    a = subject("A", fact("a", TYPING, ("static",)), fact("a", ORM, True), fact("a", LICENCE, ("MIT",)))
    b = subject("B", fact("b", TYPING, ("dynamic",)), fact("b", ORM, False), fact("b", LICENCE, ("MIT",)))
    statement = compare([a, b]).summary
    assert statement is not None
    assert statement.text == (
        "Of 3 questions answered for both A and B, 2 are answered differently, above all those about types and about "
        "scope and complexity."
    )
    assert set(statement.cites) == {*a.facts, *b.facts}


def test_a_reason_to_choose_names_only_what_the_other_lacks() -> None:
    a, b = subject("A", fact("a", TYPING, ("static", "strong"))), subject("B", fact("b", TYPING, ("dynamic", "strong")))
    assert [statement.text for statement in compare([a, b]).choices] == [
        "Choose A if you want static typing.",
        "Choose B if you want dynamic typing.",
    ]


def test_yes_and_no_can_both_be_reasons() -> None:
    a, b = subject("A", fact("a", ORM, True)), subject("B", fact("b", ORM, False))
    assert [statement.text for statement in compare([a, b]).choices] == [
        "Choose A if you want an ORM that comes with the framework.",
        "Choose B if you want to choose the ORM yourself.",
    ]


def test_the_end_of_a_figure_that_is_favoured_is_a_reason() -> None:
    a, b = subject("A", fact("a", DEPENDENCIES, 12.0)), subject("B", fact("b", DEPENDENCIES, 2.0))
    assert [s.text for s in compare([a, b]).choices] == ["Choose B if few dependencies matter to you."]


def test_a_similar_figure_is_no_reason() -> None:
    a, b = subject("A", fact("a", DEPENDENCIES, 12.0)), subject("B", fact("b", DEPENDENCIES, 11.0))
    assert compare([a, b]).choices == ()


def test_statements_of_one_theme_stand_together() -> None:
    a = subject("A", fact("a", ORM, True), fact("a", TYPING, ("static",)), fact("a", ADMIN, True))
    b, c = (
        subject("B", fact("b", ORM, False), fact("b", TYPING, ("dynamic",)), fact("b", ADMIN, True)),
        subject("C", fact("c", ORM, False), fact("c", TYPING, ("dynamic",)), fact("c", ADMIN, False)),
    )
    assert [s.heading for s in compare([a, b, c]).differences] == [
        "Types",
        "Scope and complexity",
        "Scope and complexity",
    ]


def test_more_important_differences_come_first() -> None:
    a = subject("A", fact("a", ORM, True), fact("a", TYPING, ("static",)))
    b = subject("B", fact("b", ORM, False), fact("b", TYPING, ("dynamic",)))
    assert [statement.topic for statement in compare([a, b]).differences] == ["typing", "orm"]


@pytest.mark.parametrize(("source", "unsourced"), [("https://example.org", False), ("", True)])
def test_a_statement_knows_whether_it_is_unsourced(source: str, unsourced: bool) -> None:
    a, b = subject("A", fact("a", ORM, True, source=source)), subject("B", fact("b", ORM, False))
    (statement,) = compare([a, b]).differences
    assert statement.unsourced is unsourced


@pytest.mark.parametrize(("verified", "stale"), [(date(2025, 11, 21), False), (date(2025, 11, 20), True)])
def test_a_statement_is_stale_when_a_fact_was_verified_over_a_year_ago(verified: date, stale: bool) -> None:
    a, b = subject("A", fact("a", ORM, True, verified=verified)), subject("B", fact("b", ORM, False))
    (statement,) = compare([a, b]).differences
    assert statement.stale(TODAY, 365) is stale
