"""What people type finds what they mean."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest

from tests.whole_catalogue import whole_catalogue
from tools.catalogue.report import Report
from tools.searching.index import Index, current_index

__all__ = ["whole_catalogue"]
pytestmark = [pytest.mark.once, pytest.mark.django_db]
MISSPELLINGS = Path(__file__).with_name("misspellings.txt")
ENOUGH, LEAST_RIGHT = 300, 0.97


@pytest.fixture
def index(whole_catalogue: Report) -> Index:
    return current_index()


def misspellings() -> Iterator[tuple[str, str]]:
    """Each query of the list, with the slug that somebody who types it means."""
    for line in MISSPELLINGS.read_text().splitlines():
        slug, _, queries = line.partition(": ")
        for query in queries.split("; "):
            yield query, slug


def test_nearly_everything_that_people_type_finds_their_tool_first(index: Index) -> None:
    queries = list(misspellings())
    missed = [
        f"“{query}” finds {index.find(query)[:3]}, not {slug}"
        for query, slug in queries
        if not first(index, query, slug)
    ]
    print(*missed, sep="\n")  # noqa: T201  # shown when the share is missed
    assert len(queries) >= ENOUGH
    assert 1 - len(missed) / len(queries) >= LEAST_RIGHT


def first(index: Index, query: str, slug: str) -> bool:
    return index.find(query)[:1] == [slug]


def test_every_tool_is_found_by_its_name_and_its_slug(index: Index) -> None:
    missed = [
        slug for slug, tool in index.tools.items() if index.find(tool.name)[:1] != [slug] or index.best(slug) != slug
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("flask", "flask"),
        ("FLASK", "flask"),
        (" flask ", "flask"),
        ("go", "go"),
        ("c", "c"),
        ("c#", "csharp"),
        ("c++", "cpp"),
        ("r", "r-lang"),
        ("js", "javascript"),
        ("ts", "typescript"),
        ("py", "python"),
        ("node js", "nodejs"),
        ("node.js", "nodejs"),
        ("golang", "go"),
        ("k8s", "kubernetes"),
        ("kubernet", "kubernetes"),
        ("kubrnet", "kubernetes"),
        ("postgrs q", "postgresql"),
        ("postgress", "postgresql"),
        ("kuberntes", "kubernetes"),
        ("elixr", "elixir"),
        ("djagno", "django"),
        ("ruby on rails", "rails"),
        ("phonegap", "cordova"),
        ("stripe payments", "stripe"),
    ],
)
def test_it_finds_the_tool_first(index: Index, typed: str, slug: str) -> None:
    assert index.find(typed)[:1] == [slug]


@pytest.mark.parametrize("typed", ["", "   ", "zzzzzzzzzz", "-", "...", "\x7f", "漢字", "\x00", "x" * 100, "´`¨"])
def test_nonsense_finds_nothing(index: Index, typed: str) -> None:
    assert (index.find(typed), index.compare(typed, 4), index.nearest(typed, 4)) == ([], [], [])


@pytest.mark.parametrize(
    "typed", ["flask vs dj", "flask versus dj", "flask or dj", "flask dj", "Flask VS. djang", "flask,dj", "dj vs flask"]
)
def test_two_names_offer_their_comparison_first(index: Index, typed: str) -> None:
    assert index.compare(typed, 4)[0].name == "Django vs Flask"
    assert index.compare(typed, 4)[0].url == "/compare/django-vs-flask/"


@pytest.mark.parametrize(
    "typed", ["spring boot", "react native", "visual studio code", "ruby on rails", "flask", "tail wind"]
)
def test_one_name_of_several_words_is_no_comparison(index: Index, typed: str) -> None:
    assert index.compare(typed, 4) == []


def test_several_names_offer_one_comparison_of_all(index: Index) -> None:
    assert [versus.url for versus in index.compare("go vs rust vs zig", 1)] == ["/compare/go-vs-rust-vs-zig/"]
    assert index.compare("a vs b vs c vs d vs e vs f", 4) == []


def test_a_name_and_vs_offers_its_rivals(index: Index) -> None:
    offered = index.compare("flask vs", 4)
    assert offered == index.popular_with("flask", 4)
    assert len(offered) == 4
    assert {"Django vs Flask", "FastAPI vs Flask"} <= {versus.name for versus in offered}


def test_categories_functions_and_kinds_are_found(index: Index) -> None:
    assert [place.url for place in index.find_places("relational", 1)] == [
        "/categories/data-stores/#relational-databases"
    ]
    assert [place.url for place in index.find_places("languages", 3)] == ["/categories/languages/"]
    assert [place.url for place in index.find_places("databses", 1)] == ["/tools/?kind=database"]
    assert "Runtimes & Platforms" not in [place.name for place in index.find_places("orm", 3)]


def test_threads_share_one_index(whole_catalogue: Report) -> None:
    index = current_index()
    start = Barrier(4)
    found: list[str] = []

    def ask() -> None:
        start.wait()
        found.extend(index.find(query)[0] for query in ("flask", "elixr", "k8s"))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.count("flask") == found.count("elixir") == found.count("kubernetes") == 4
