"""The laws and the grammar of every comparison within a function, over the real catalogue."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest
from django.test import Client

from comparisons.facts import Fact, Statement, Subject
from comparisons.gather import gather
from comparisons.statements import Statements, compare
from tests.pages import page
from tests.whole_catalogue import whole_catalogue
from tools.catalogue.report import Report
from tools.models import Tool

__all__ = ["whole_catalogue"]
pytestmark = pytest.mark.django_db

ACROSS_KINDS = (
    ("elixir", "flask"),
    ("actix", "flask"),
    ("flask", "rust"),
    ("django", "laravel", "nodejs"),
    ("bootstrap", "foundation", "material-ui"),
    ("flyway", "liquibase"),
    ("elixir", "flask", "go", "nodejs", "rust"),
)
PRAISE = re.compile(
    r"\b(powerful|robust|seamless\w*|blazing\w*|cutting-edge|modern|best|ideal|excellent)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def subjects(whole_catalogue: Report, django_db_blocker: object) -> Mapping[str, Subject]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's blocker, as in its documentation
        tools = list(Tool.objects.with_place().order_by("slug"))
        return {subject.slug: subject for subject in gather(tools).subjects}


@pytest.fixture(scope="module")
def comparisons(
    subjects: Mapping[str, Subject], django_db_blocker: object
) -> list[tuple[tuple[Subject, ...], Statements]]:
    """Every pair within every function, and the groups that people ask for across kinds."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # as above
        functions: dict[int, list[str]] = {}
        for slug, function in Tool.objects.order_by("slug").values_list("slug", "function"):
            functions.setdefault(function, []).append(slug)
    groups = [*ACROSS_KINDS, *(pair for slugs in functions.values() for pair in combinations(slugs, 2))]
    chosen = [tuple(subjects[slug] for slug in group) for group in groups]
    return [(tools, compare(tools)) for tools in chosen]


def said(comparisons: list[tuple[tuple[Subject, ...], Statements]]) -> Iterator[tuple[tuple[Subject, ...], Statement]]:
    for tools, statements in comparisons:
        for statement in statements:
            yield tools, statement


type Comparisons = list[tuple[tuple[Subject, ...], Statements]]


def test_every_file_of_the_catalogue_is_sound(whole_catalogue: Report) -> None:
    assert [str(refusal) for refusal in whole_catalogue.refused] == []
    assert whole_catalogue.clashes == []
    assert whole_catalogue.total > 700


def test_every_statement_cites_facts_that_the_page_holds(comparisons: Comparisons) -> None:
    for tools, statement in said(comparisons):
        held: set[Fact] = {fact for tool in tools for fact in (*tool.facts, *tool.base)}
        assert statement.cites
        assert set(statement.cites) <= held


def test_swapping_the_tools_changes_no_topic_and_no_citation(
    subjects: Mapping[str, Subject], comparisons: Comparisons
) -> None:
    for tools, statements in comparisons:
        swapped = compare(tools[::-1])
        for part in ("differences", "shared"):
            before, after = getattr(statements, part), getattr(swapped, part)
            assert [(s.topic, set(s.cites)) for s in before] == [(s.topic, set(s.cites)) for s in after]


def test_no_framework_is_called_a_language(comparisons: Comparisons) -> None:
    for tools, statement in said(comparisons):
        for tool in tools:
            if tool.kind != "language":
                assert f"{tool.name} is a language" not in statement.text
                assert f"{tool.name} is a programming language" not in statement.text


UNGRAMMATICAL = re.compile(
    r"  | [,.;:]|[,;]{2}|\{|\}|\bNone\b|\bTrue\b|\bFalse\b|\bnan\b"  # what a machine leaves behind
    r"|\b(\w+) \1\b"  # a word twice
    r"|\b[Aa] (?!one)[aeio]\w|\b[Aa]n [bcdfgjkpqtvwxyz]\w"  # the wrong article
    r"|[^.]\Z|\.\.\Z"  # not one full stop at the end
)


def test_every_statement_is_a_sentence(comparisons: Comparisons) -> None:
    assert {s.text for _, s in said(comparisons) if UNGRAMMATICAL.search(s.text.replace(" .NET", " NET"))} == set()


def test_no_statement_praises(comparisons: Comparisons) -> None:
    praising = {s.text for _, s in said(comparisons) if PRAISE.search(s.text)}
    assert praising == set()


def test_no_comparison_says_the_same_twice(comparisons: Comparisons) -> None:
    for tools, statements in comparisons:
        texts = [statement.text for statement in statements]
        assert len(texts) == len(set(texts)), [tool.slug for tool in tools]


def test_every_pair_within_a_function_has_something_to_say(comparisons: Comparisons) -> None:
    silent = {tuple(tool.slug for tool in tools) for tools, statements in comparisons if not [*statements]}
    assert silent == set()


@pytest.mark.parametrize("group", ACROSS_KINDS, ids="-vs-".join)
def test_the_page_of_a_comparison_people_ask_for_holds_every_promise(
    whole_catalogue: Report, client: Client, group: tuple[str, ...]
) -> None:
    html = page(client, f"/compare/{'-vs-'.join(group)}/")
    statements = html.select("li.statement[id][data-cites]")
    assert len(statements) > 5
    for statement in statements:
        for anchor in str(statement["data-cites"]).split():
            (source,) = html.select(f"li#{anchor}")
            assert source["data-value"]
            assert source["data-verified"]
            assert str(source["data-source"]).startswith("https://") or source["data-source"]
    anchors = [str(tag["id"]) for tag in html.select("[id]")]
    assert len(anchors) == len(set(anchors))
    assert all(heading.text.strip() for heading in html.select("h1, h2, h3, h4, th"))
    assert not re.search(r"\bNone\b|\{\{|\{%", html.text)
    assert {str(link["href"])[1:] for link in html.select('a[href^="#"]')} <= set(anchors)
