"""The laws and the grammar of every comparison within a function, over the real catalogue."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from random import Random

import pytest
from django.test import Client

from comparisons.facts import Statement, Subject
from comparisons.gather import gather
from comparisons.statements import Statements, compare
from tests.comparisons.laws import ALL_LAWS
from tests.pages import page
from tests.whole_catalogue import whole_catalogue
from tools.catalogue.report import Report
from tools.models import Tool

__all__ = ["whole_catalogue"]
MANY = 300
pytestmark = [pytest.mark.once, pytest.mark.django_db]

ACROSS_KINDS = (
    ("elixir", "flask"),
    ("actix", "flask"),
    ("flask", "rust"),
    ("django", "laravel", "nodejs"),
    ("bootstrap", "foundation", "material-ui"),
    ("flyway", "liquibase"),
    ("elixir", "flask", "go", "nodejs", "rust"),
)
ASKED_FIRST = ("relational-databases", "javascript-ui-frameworks", "containers")
PRAISE = re.compile(
    r"\b(powerful|robust|seamless\w*|blazing\w*|cutting-edge|modern|best|ideal|excellent)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def subjects(whole_catalogue: Report, django_db_blocker: object) -> Mapping[str, Subject]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's blocker, as in its documentation
        tools = list(Tool.objects.with_place().order_by("slug"))
        return {subject.slug: subject for subject in gather(tools).subjects}


type Group = tuple[Subject, ...]
type Comparisons = list[tuple[Group, Statements]]


@pytest.fixture(scope="module")
def comparisons(subjects: Mapping[str, Subject], django_db_blocker: object) -> Comparisons:
    """Pairs of one function, of one category, of two layers, and groups of three to five, drawn the same each time;
    every pair of the functions that people ask for first, and the groups they ask for across kinds."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # as above
        places = list(
            Tool.objects.order_by("slug").values_list(
                "slug", "function__slug", "function__category__slug", "function__category__layer__slug"
            )
        )
    place = {slug: rest for slug, *rest in places}
    pairs = list(combinations(sorted(place), 2))
    draw = Random(2026)  # noqa: S311  # a sample, not a secret
    of_function = [(a, b) for a, b in pairs if place[a][0] == place[b][0]]
    of_category = [(a, b) for a, b in pairs if place[a][1] == place[b][1] and place[a][0] != place[b][0]]
    of_layers = [(a, b) for a, b in pairs if place[a][2] != place[b][2]]
    chosen: list[tuple[str, ...]] = [*ACROSS_KINDS, *((a, b) for a, b in of_function if place[a][0] in ASKED_FIRST)]
    chosen += [
        *draw.sample(of_function, MANY),
        *draw.sample(of_category, MANY // 2),
        *draw.sample(of_layers, MANY // 2),
    ]
    chosen += [tuple(sorted(draw.sample(sorted(place), draw.randint(3, 5)))) for _ in range(MANY // 5)]
    chosen += [tuple(sorted(draw.sample(_of(place, draw), draw.randint(3, 5)))) for _ in range(MANY // 5)]
    groups = [tuple(subjects[slug] for slug in group) for group in dict.fromkeys(chosen)]
    return [(tools, compare(tools)) for tools in groups]


def _of(place: Mapping[str, list[str]], draw: Random) -> list[str]:
    """The tools of one function that has at least five."""
    function = draw.choice([name for name, count in Counter(row[0] for row in place.values()).items() if count >= 5])
    return sorted(slug for slug, row in place.items() if row[0] == function)


def said(comparisons: Comparisons) -> Iterator[tuple[Group, Statement]]:
    for tools, statements in comparisons:
        for statement in statements:
            yield tools, statement


def test_every_file_of_the_catalogue_is_sound(whole_catalogue: Report) -> None:
    assert [str(refusal) for refusal in whole_catalogue.refused] == []
    assert whole_catalogue.clashes == []
    assert whole_catalogue.total > 700


@pytest.mark.parametrize("law", ALL_LAWS, ids=lambda law: law.__name__)
def test_every_comparison(law: Callable[[Group, Statements], None], comparisons: Comparisons) -> None:
    for tools, statements in comparisons:
        law(tools, statements)


def test_no_framework_is_called_a_language(comparisons: Comparisons) -> None:
    for tools, statement in said(comparisons):
        for tool in tools:
            if tool.kind != "language":
                assert f"{tool.name} is a language" not in statement.text
                assert f"{tool.name} is a programming language" not in statement.text


def test_no_statement_praises(comparisons: Comparisons) -> None:
    praising = {s.text for _, s in said(comparisons) if PRAISE.search(s.text)}
    assert praising == set()


def test_no_sentence_is_said_of_many_pairs_unless_its_facts_are_the_same(comparisons: Comparisons) -> None:
    """One in thirty at most: what stands on more pages of a function must rest on the very same facts."""
    for function in ASKED_FIRST:
        pairs = [statements for tools, statements in comparisons if {tool.slug for tool in tools} <= members(function)]
        resting: dict[str, list[frozenset[str]]] = {}
        for statements in pairs:
            for statement in (*statements.differences, *statements.shared, *statements.only):
                resting.setdefault(statement.text, []).append(frozenset(fact.id for fact in statement.cites))
        often = {text: facts for text, facts in resting.items() if len(facts) > 0.03 * len(pairs)}
        assert {text for text, facts in often.items() if len(set(facts)) > 1} == set()


def members(function: str) -> set[str]:
    return set(Tool.objects.filter(function__slug=function).values_list("slug", flat=True))


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
