"""Search on its page, while one types, and where an address was wrong."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages import page
from tests.tools.builders import make_tool
from tools.models import Reason, Tool
from tools.searching.index import current_index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def four_tools() -> None:
    for slug, stars in (("flask", 70), ("django", 80), ("bottle", 9)):
        make_tool(slug, stars=stars)
    make_tool("elixir", kind="language", function="languages", description="Runs on the Erlang <VM>.")


def urls(client: Client, query: str, group: str) -> list[str]:
    return [row["url"] for row in client.get("/search/suggest", {"q": query}).json()[group]]


def test_suggestions_come_in_three_groups(client: Client) -> None:
    answer = client.get("/search/suggest?q=fla").json()
    assert list(answer) == ["tools", "comparisons", "categories"]
    assert answer["tools"] == [{"name": "Flask", "place": "Microframeworks", "url": "/tools/flask/"}]
    assert answer["comparisons"] == [
        {"name": "Django vs Flask", "url": "/compare/django-vs-flask/"},
        {"name": "Bottle vs Flask", "url": "/compare/bottle-vs-flask/"},
    ]
    assert urls(client, "framew", "categories") == ["/categories/frameworks/"]


def test_two_names_suggest_their_comparison_before_all_else(client: Client) -> None:
    answer = client.get("/search/suggest?q=flask dj").json()
    assert next(iter(answer)) == "comparisons"
    assert answer["comparisons"][0]["url"] == "/compare/django-vs-flask/"


def test_suggestions_may_be_kept_and_cost_one_query(client: Client) -> None:
    current_index()
    with CaptureQueriesContext(connection) as captured:
        response = client.get("/search/suggest?q=flask")
    assert len(captured) == 1
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert not response.cookies


def test_nothing_typed_suggests_nothing(client: Client) -> None:
    assert client.get("/search/suggest").json() == {"tools": [], "comparisons": [], "categories": []}


@pytest.mark.parametrize("query", ["a" * 101, "a\x00"])
def test_a_query_that_is_none_is_refused_in_json(client: Client, query: str) -> None:
    response = client.get("/search/suggest", {"q": query})
    assert response.status_code == 400
    assert list(response.json()) == ["error"]


def test_the_page_shows_a_comparison_before_tools(client: Client) -> None:
    html = page(client, "/search/?q=flask vs django")
    assert next(heading.text for heading in html.select("main h2")) == "Comparisons"
    assert html.select('main a[href="/compare/django-vs-flask/"]')
    html = page(client, "/search/?q=flask")
    assert [heading.text for heading in html.select("main h2")][:2] == ["Tools", "Comparisons"]


def test_what_the_editors_say_is_searched_whatever_its_case(client: Client) -> None:
    flask = Tool.objects.get(slug="flask")
    Tool.objects.filter(pk=flask.pk).update(features=["Sessions in signed COOKIES"], choose_if=["you like <b>less</b>"])
    Reason.objects.create(tool=flask, side="pro", text="Short handbook")
    for query in ("signed cookies", "cookies handbook", "LESS handbook", "sessions"):
        (found,) = page(client, f"/search/?q={query}").select(".mentions li")
        assert found.select('a[href="/tools/flask/"]')
        assert found.select("mark")
    assert not page(client, "/search/?q=signed unicorns").select(".mentions")


def test_a_passage_is_shown_as_it_is_written(client: Client) -> None:
    (found,) = page(client, "/search/?q=erlang <vm>").select(".mentions li p")
    assert found.decode_contents() == "Runs on the <mark>Erlang</mark> <mark>&lt;VM&gt;</mark>."


def test_nothing_found_names_what_is_near_and_where_to_look(client: Client) -> None:
    html = page(client, "/search/?q=bxttxx")
    assert "Nothing found" in html.text
    assert html.select('main a[href="/tools/bottle/"]')
    assert html.select('main a[href="/categories/frameworks/"]')
    assert html.select('main a[href="/about/#contribute"]')


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/tools/flaskk/", "/tools/flask/"),
        ("/tools/flsk/alternatives/", "/tools/flask/"),
        ("/flask/", "/tools/flask/"),
        ("/compare/djang-vs-flask/", "/compare/django-vs-flask/"),
        ("/compare/flask-vs-nothing/", "/tools/flask/"),
        ("/compare/elixir-vs-xir/", "/tools/elixir/"),
        ("/categories/framworks/", "/categories/frameworks/"),
    ],
)
def test_a_wrong_address_is_told_what_it_may_have_meant(client: Client, address: str, meant: str) -> None:
    html = page(client, address, status=404)
    assert html.select("main .chips a")[0]["href"] == meant


def test_a_wrong_address_costs_one_query_more(client: Client) -> None:
    current_index()
    with CaptureQueriesContext(connection) as captured:
        client.get("/compare/flask-vs-djang-vs-x/y/")
    assert len(captured) == 1


def test_a_wrong_address_is_told_so_without_a_database(client: Client) -> None:
    def refuse(*_: Any) -> None:
        raise OperationalError

    with connection.execute_wrapper(refuse):
        html = page(client, "/flask/", status=404)
    assert html.select("h1")
    assert not html.select("main .chips")


def test_whoever_weighs_a_tool_is_suggested_those_of_its_function_first(client: Client) -> None:
    make_tool("fluent", kind="language", function="languages", stars=900)
    answer = client.get("/search/suggest?q=fl").json()
    assert [tool["name"] for tool in answer["tools"]] == ["Fluent", "Flask"]
    answer = client.get("/search/suggest?q=fl&beside=bottle").json()
    assert [tool["name"] for tool in answer["tools"]] == ["Flask", "Fluent"]


def test_a_tool_is_not_suggested_beside_itself_and_a_full_name_stays_first(client: Client) -> None:
    assert client.get("/search/suggest?q=fla&beside=flask").json()["tools"] == []
    assert client.get("/search/suggest?q=elixir&beside=flask").json()["tools"][0]["name"] == "Elixir"
    assert client.get("/search/suggest?q=elixir&beside=nope").json()["tools"][0]["name"] == "Elixir"


def test_suggestions_beside_a_tool_cost_one_query_too(client: Client) -> None:
    current_index()
    with CaptureQueriesContext(connection) as captured:
        response = client.get("/search/suggest?q=fl&beside=bottle")
    assert len(captured) == 1
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_a_name_held_within_another_is_not_what_was_meant(client: Client) -> None:
    html = page(client, "/compare/flask-vs-jang/", status=404)
    assert [str(link["href"]) for link in html.select("main .chips a")] == ["/tools/flask/"]
