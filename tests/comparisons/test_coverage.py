"""The figures of the catalogue's coverage, and the command that prints them."""

from io import StringIO

import pytest
from django.core.management import call_command

from comparisons.coverage import Cited, Coverage, cited, coverage
from tests.comparisons.examples import ADMIN, ORM, TYPING, fact, subject
from tests.tools.builders import make_attribute, make_fact, make_tool


def test_known_and_sourced_answers_are_counted_against_what_is_asked() -> None:
    a = subject("A", fact("a", ORM, True), fact("a", TYPING, ("static",), source=""))
    b = subject("B", fact("b", ORM, False))
    row = coverage("Frameworks", [a, b], asked_of_each=4)
    assert (row.asked, row.known, row.sourced) == (8, 3, 2)
    assert (row.known_share, row.sourced_share) == (3 / 8, 2 / 3)


def test_statements_of_every_pair_are_counted() -> None:
    tools = [subject(name, fact(name.lower(), ORM, True), fact(name.lower(), TYPING, (name,))) for name in "ABC"]
    assert coverage("Frameworks", tools, asked_of_each=2) == Coverage(
        name="Frameworks", tools=3, asked=6, known=6, sourced=6, pairs=3, median=2, tenth=2.0
    )


def test_a_function_with_one_tool_has_no_pairs() -> None:
    row = coverage("Alone", [subject("A", fact("a", ORM, True))], asked_of_each=1)
    assert (row.pairs, row.median, row.tenth) == (0, 0.0, 0.0)


def test_a_statement_counts_as_sourced_when_one_of_its_facts_is() -> None:
    a = subject("A", fact("a", ORM, True, source=""), fact("a", TYPING, ("static",), source=""))
    b = subject("B", fact("b", ORM, False), fact("b", TYPING, ("dynamic",), source=""), fact("b", ADMIN, True))
    assert cited([a, b]) == Cited(pairs=1, statements=3, sourced=2)


@pytest.mark.django_db
def test_the_command_prints_each_function_and_the_best_known_tools() -> None:
    typing = make_attribute("typing", "choices", ("static", "dynamic"))
    make_fact(make_tool("a", stars=10), typing, ["static"], "pkg:pypi/a")
    make_fact(make_tool("b", stars=5), typing, ["dynamic"], "pkg:pypi/b")
    make_tool("c", stars=1)
    out = StringIO()
    call_command("coverage", "--best-known", "2", stdout=out)
    line = next(line for line in out.getvalue().splitlines() if "Microframeworks" in line)
    assert [cell.strip() for cell in line.strip("│ ").split("│")] == [
        "Microframeworks",
        "3",
        "3",
        "67%",
        "100%",
        "3",
        "2",
        "2",
    ]
    assert "The 2 best known tools: 1 pairs, 2 statements, 100.0% of them citing" in " ".join(out.getvalue().split())
