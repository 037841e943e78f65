"""Tools are picked one after another, and the address says which."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.pages import page
from tests.tools.builders import make_tool
from tools.models import Rival, Tool

pytestmark = pytest.mark.django_db
SLUGS = ("bottle", "django", "flask", "koa", "rails", "sinatra")


@pytest.fixture(autouse=True)
def six_tools() -> None:
    for stars, slug in enumerate(SLUGS):
        make_tool(slug, stars=stars)


def picks(html: BeautifulSoup) -> list[str]:
    return [str(box["value"]) for box in html.select('.picks input[name="tool"]')]


def test_an_empty_page_asks_for_a_name_and_shows_popular_comparisons(client: Client) -> None:
    Rival.objects.create(tool=Tool.objects.get(slug="rails"), other=Tool.objects.get(slug="sinatra"))
    html = page(client, "/compare/")
    (box,) = html.select("#add-tool")
    assert box.has_attr("required")
    assert html.select('main a[href="/compare/rails-vs-sinatra/"]')


def test_one_tool_is_kept_and_the_page_says_what_is_missing(client: Client) -> None:
    html = page(client, "/compare/?tool=Flask")
    assert picks(html) == ["flask"]
    assert "Flask is picked: one more tool is missing." in html.text
    assert html.select("#add-tool[required]")
    assert html.select('.pick-remove[href="/compare/"]')


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("tool=flask&tool=django", "django-vs-flask"),
        ("tool=flask&tool=dj", "django-vs-flask"),
        ("tool=flask&tool=djagno", "django-vs-flask"),
        ("tool=Flask&tool=&tool=+Django+", "django-vs-flask"),
        ("tool=flask&tool=flask&tool=koa", "flask-vs-koa"),
        ("tool=flask+vs+django", "django-vs-flask"),
        ("tool=rails&tool=flask+vs+django", "django-vs-flask-vs-rails"),
        ("tool=flask&tool=koa&tool=rails&tool=django&tool=bottle", "bottle-vs-django-vs-flask-vs-koa-vs-rails"),
    ],
)
def test_a_good_pick_leads_to_the_comparison(client: Client, query: str, address: str) -> None:
    response = client.get(f"/compare/?{query}")
    assert (response.status_code, response.headers["Location"]) == (302, f"/compare/{address}/")


def test_the_same_tool_twice_is_one(client: Client) -> None:
    assert picks(page(client, "/compare/?tool=flask&tool=Flask")) == ["flask"]


def test_adding_another_stays_with_the_tools_so_far(client: Client) -> None:
    html = page(client, "/compare/?tool=flask&tool=django&add=1")
    assert picks(html) == ["flask", "django"]
    assert "add up to 3 more" in html.text
    assert not html.select("#add-tool[required]")
    assert [link["href"] for link in html.select(".pick-remove")] == ["/compare/?tool=django", "/compare/?tool=flask"]


def test_taking_one_of_three_away_keeps_two_on_the_page(client: Client) -> None:
    html = page(client, "/compare/?tool=flask&tool=django&tool=koa&add=1")
    (first, _, _) = html.select(".pick-remove")
    assert picks(page(client, str(first["href"]))) == ["django", "koa"]


def test_an_unknown_name_is_told_beside_the_box_and_kept(client: Client) -> None:
    html = page(client, "/compare/?tool=flask&tool=djxxgo", status=400)
    (box,) = html.select("#add-tool")
    assert box["value"] == "djxxgo"
    assert "add-tool-error" in str(box["aria-describedby"])
    assert "No tool here is called “djxxgo”." in html.select("#add-tool-error")[0].text
    assert picks(html) == ["flask"]
    (meant, *_) = html.select(".chips a")
    assert client.get(str(meant["href"])).status_code in (200, 302)


def test_more_than_five_are_refused_and_five_are_kept(client: Client) -> None:
    html = page(client, "/compare/?" + "&".join(f"tool={slug}" for slug in SLUGS), status=400)
    assert picks(html) == list(SLUGS[:5])
    assert "at most five" in html.text
    assert not html.select("#add-tool")


@pytest.mark.parametrize("typed", ["%00", "a" * 61, "vs", "<script>", "zzzz vs yyyy"])
def test_what_is_no_name_is_an_error_of_theirs(client: Client, typed: str) -> None:
    html = page(client, f"/compare/?tool=flask&tool={typed}", status=200 if typed == "%00" else 400)
    assert not html.select("main script")
    assert picks(html) == ["flask"]


def test_a_tools_page_leads_to_a_comparison(client: Client) -> None:
    (form,) = page(client, "/tools/flask/").select("form.compare-with")
    hidden, box = form.select('input[name="tool"]')
    assert (form["action"], hidden["value"], box["type"]) == ("/compare/", "flask", "text")
