"""Facets, selections and their words, without a database."""

import pytest

from tools.browsing.facets import Cell, Option, facet, tally, title
from tools.browsing.places import Path, functions_meant, meant, tree
from tools.browsing.selection import Selection, parse_shortlist, query_string

CELLS = (
    Cell({"kind": "framework", "state": "active"}, 5),
    Cell({"kind": "framework", "state": "archived"}, 2),
    Cell({"kind": "database", "state": "active"}, 3),
)
FACETS = ("kind", "state")


def test_with_nothing_chosen_each_value_has_all_its_tools() -> None:
    found = tally(CELLS, {}, FACETS)
    assert (found.total, found.counts) == (
        10,
        {"kind": {"framework": 7, "database": 3}, "state": {"active": 8, "archived": 2}},
    )


def test_a_value_counts_what_is_left_beside_the_other_facets() -> None:
    found = tally(CELLS, {"kind": ["framework"], "state": ["archived"]}, FACETS)
    assert found.total == 2
    assert found.counts == {"kind": {"framework": 2}, "state": {"active": 5, "archived": 2}}
    assert found.without == {"kind": 2, "state": 7}


def test_values_that_lead_nowhere_are_left_out_unless_they_are_chosen() -> None:
    labels = {"a": "A", "b": "B", "c": "C", "d": "D"}
    options = facet("kind", "Kind", labels, {"a": 1, "b": 4}, ["c"]).options
    assert [(option.value, option.count, option.chosen) for option in options] == [
        ("c", 0, True),
        ("b", 4, False),
        ("a", 1, False),
    ]


def test_a_long_facet_folds_its_rest_away() -> None:
    labels = {str(number): str(number) for number in range(11)}
    long = facet("kind", "Kind", labels, dict.fromkeys(labels, 1), [])
    assert (len(long.first), len(long.rest)) == (8, 3)


@pytest.mark.parametrize(
    ("places", "labels", "words"),
    [
        ([], {}, "Tools"),
        ([], {"language": ["Python"]}, "Tools in Python"),
        (["Microframeworks"], {"language": ["Python", "Ruby"]}, "Microframeworks in Python or Ruby"),
        (["DevOps"], {"kind": ["Services"], "licence": ["MIT"]}, "DevOps, services, under MIT"),
        ([], {"kind": ["Databases"], "state": ["Archived repository"]}, "Databases, archived repository"),
    ],
)
def test_the_title_says_what_is_listed(places: list[str], labels: dict[str, list[str]], words: str) -> None:
    assert title(places, labels) == words


def test_a_title_tells_the_name_that_was_looked_for() -> None:
    assert title([], {}, "fla") == "Tools with “fla” in their names"


PATHS = (
    Path(("data", "stores", "relational"), ("Data", "Stores", "Relational")),
    Path(("data", "stores", "vector"), ("Data", "Stores", "Vector")),
    Path(("data", "languages", "languages"), ("Data", "Languages", "Languages")),
    Path(("devops", "testing", "unit-tests"), ("DevOps", "Testing", "Unit tests")),
)


@pytest.mark.parametrize(
    ("chosen", "functions"),
    [
        ({}, []),
        ({"layer": ["data"]}, ["relational", "vector", "languages"]),
        ({"layer": ["data"], "category": ["stores"]}, ["relational", "vector"]),
        ({"category": ["stores"], "function": ["vector"]}, ["vector"]),
        ({"layer": ["data"], "function": ["vector"]}, ["vector"]),
        ({"category": ["stores", "testing"], "function": ["vector"]}, ["vector", "unit-tests"]),
        ({"layer": ["devops"], "category": ["languages"]}, ["languages", "unit-tests"]),
    ],
)
def test_the_narrower_of_two_places_counts_and_others_stand_beside_it(
    chosen: dict[str, list[str]], functions: list[str]
) -> None:
    assert functions_meant(PATHS, chosen) == functions


def test_a_place_that_is_narrowed_is_not_meant_any_more() -> None:
    chosen = {"layer": ["data"], "category": ["stores", "testing"], "function": ["vector"]}
    assert meant(PATHS, chosen) == {"layer": [], "category": ["testing"], "function": ["vector"]}


def test_a_category_shows_its_functions_once_it_is_chosen() -> None:
    counts = {"relational": 5, "vector": 2, "languages": 3, "unit-tests": 0}
    (data,) = tree(PATHS, counts, {"category": ["stores"]})
    assert (data.layer, data.is_open) == (Option("data", "Data", 10, chosen=False), True)
    assert [(twig.category.label, twig.category.count, len(twig.functions)) for twig in data.twigs] == [
        ("Stores", 7, 2),
        ("Languages", 3, 0),
    ]


def test_an_only_function_is_shown_where_it_is_chosen_itself() -> None:
    bough = tree(PATHS, {"languages": 3}, {"function": ["languages"]})[0]
    assert [function.value for function in bough.twigs[0].functions] == ["languages"]


def test_an_address_has_one_order_and_nothing_empty() -> None:
    asked = [("page", "2"), ("kind", "b"), ("q", ""), ("other", "x"), ("layer", "a")]
    assert query_string(asked) == "?layer=a&kind=b&page=2&other=x"
    assert query_string([("page", "1"), ("sort", "")]) == ""


def test_a_selection_says_itself() -> None:
    selection = Selection("fl ask", {"language": ["python", "ruby"], "layer": ["devops"]}, "name", 3, ("b", "a"))
    assert selection.query == "?q=fl+ask&layer=devops&language=python&language=ruby&sort=name&page=3&shortlist=b,a"
    assert selection.count == 4


def test_letting_a_filter_go_leads_to_the_first_page_and_keeps_the_shortlist() -> None:
    selection = Selection("x", {"language": ["python", "ruby"]}, "", 3, ("flask",))
    assert selection.without("language", "ruby").query == "?q=x&language=python&shortlist=flask"
    assert selection.without("language").query == "?q=x&shortlist=flask"
    assert selection.without("q").query == "?language=python&language=ruby&shortlist=flask"
    assert selection.cleared().query == "?shortlist=flask"


def test_a_shortlist_holds_words_that_could_be_tools_once() -> None:
    assert parse_shortlist("flask,DJANGO,,flask,a b,%00,x-vs-y") == ("flask", "django")
