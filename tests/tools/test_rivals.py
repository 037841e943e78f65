"""Rivals: which comparisons are popular, and what a tool is weighed against."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.pages import page
from tests.tools.builders import make_function, make_tool
from tools.models import Rival, Tool

pytestmark = pytest.mark.django_db


def make_rivals(tool: Tool, *others: Tool, popular: int | None = None) -> None:
    """`tool` names the others, in this order."""
    for position, other in enumerate(others):
        Rival.objects.create(tool=tool, other=other, position=position, popular=popular)


def couples(count: int) -> list[str]:
    return [f"{one.slug}, {other.slug}" for one, other in Rival.objects.couples(count)]


def names(tools: list[Tool]) -> list[str]:
    return [tool.slug for tool in tools]


@pytest.fixture
def flask() -> Tool:
    return make_tool("flask", stars=70_000)


@pytest.fixture
def django() -> Tool:
    return make_tool("django", stars=80_000, function="full-stack")


@pytest.fixture
def bottle() -> Tool:
    return make_tool("bottle", stars=8_000)


@pytest.fixture
def rails() -> Tool:
    return make_tool("rails", stars=60_000, function="full-stack")


def test_a_couple_counts_once_though_both_name_one_another(flask: Tool, django: Tool) -> None:
    make_rivals(flask, django)
    make_rivals(django, flask)
    assert couples(5) == ["django, flask"]


def test_what_editors_call_popular_comes_first_then_the_couple_whose_lesser_has_most_stars(
    flask: Tool, django: Tool, bottle: Tool, rails: Tool
) -> None:
    unknown = make_tool("unknown")
    make_rivals(django, flask, unknown, bottle)
    make_rivals(rails, django, popular=2)
    make_rivals(bottle, flask, popular=1)
    ordered = ["bottle, flask", "django, rails", "django, flask", "bottle, django", "django, unknown"]
    assert couples(9) == ordered
    assert couples(3) == ordered[:3]


def test_as_many_couples_as_asked_for_though_each_is_named_twice(flask: Tool, django: Tool, bottle: Tool) -> None:
    for tool, others in ((flask, (django, bottle)), (django, (flask, bottle)), (bottle, (django, flask))):
        make_rivals(tool, *others)
    assert couples(3) == ["django, flask", "bottle, django", "bottle, flask"]


def test_popular_couples_of_a_category_have_both_sides_in_it(flask: Tool, bottle: Tool) -> None:
    make_function("editors", category="development")
    make_rivals(flask, make_tool("vim", function="editors"), bottle)
    assert Rival.objects.within(flask.function.category).couples(5) == [(bottle, flask)]


@pytest.mark.parametrize("count", [1, 3])
def test_popular_couples_are_one_query(count: int, flask: Tool, django_assert_num_queries: object) -> None:
    make_rivals(flask, *(make_tool(f"rival-{number}", stars=number) for number in range(count)))
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture
        found = [(one.name, other.name) for one, other in Rival.objects.couples(10)]
    assert len(found) == count


def test_a_tool_is_weighed_against_those_it_names_then_those_that_name_it(
    flask: Tool, django: Tool, bottle: Tool, rails: Tool
) -> None:
    pyramid = make_tool("pyramid", stars=4_000)
    make_rivals(django, rails, flask)
    make_rivals(flask, django)
    make_rivals(bottle, flask, django)
    make_rivals(pyramid, django)
    assert names(django.weighed_against()) == ["rails", "flask", "pyramid", "bottle"]
    assert names(rails.weighed_against()) == ["django"]


def test_a_tools_page_shows_its_rivals_then_the_best_known_of_its_function(
    client: Client, flask: Tool, django: Tool, bottle: Tool
) -> None:
    for number in range(9):
        make_tool(f"micro-{number}", stars=number)
    make_rivals(django, flask)
    make_rivals(flask, bottle)
    html = page(client, "/tools/flask/")
    shown = [str(link["href"]) for link in html.select(".neighbours a.versus")]
    assert shown == [
        "/compare/bottle-vs-flask/",
        "/compare/django-vs-flask/",
        *(f"/compare/flask-vs-micro-{number}/" for number in (8, 7, 6, 5)),
    ]
    assert "most often weighed against, then others for Microframeworks" in html.text
    assert html.select('.jump a[href="#alternatives"]')


def test_a_tool_alone_in_its_function_still_shows_its_rivals(client: Client, flask: Tool, django: Tool) -> None:
    make_rivals(django, flask)
    (hint,) = page(client, "/tools/django/").select("#alternatives + .hint")
    assert hint.text == "What the editors say it is most often weighed against."


def test_the_first_page_shows_what_editors_call_popular(
    client: Client, flask: Tool, django: Tool, bottle: Tool
) -> None:
    make_rivals(flask, django)
    make_rivals(flask, bottle, popular=1)
    html = page(client, "/")
    shown = [str(link["href"]) for link in html.select(".pair-list a")]
    assert shown == ["/compare/bottle-vs-flask/", "/compare/django-vs-flask/"]


def test_the_sitemap_lists_rivals_and_the_best_known_of_each_function_once(
    client: Client, flask: Tool, django: Tool, bottle: Tool
) -> None:
    make_rivals(flask, django, bottle)
    text = client.get("/sitemap.xml").content.decode()
    assert [text.count(f"/compare/{couple}/<") for couple in ("django-vs-flask", "bottle-vs-flask")] == [1, 1]


def test_a_rival_is_named_once_and_is_another_tool(flask: Tool, django: Tool) -> None:
    make_rivals(flask, django)
    for other in (flask, django):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_rivals(flask, other)
