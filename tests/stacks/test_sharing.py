"""A stack shown elsewhere: its badge, its frame, its picture, and the lines to paste."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from stacks.models import Stack, Visibility
from stacks.sharing import card, digest
from tests.members.builders import logged_in, make_member
from tests.pages import page, soup
from tests.stacks.builders import NOW, make_stack, verify
from tests.tools.builders import make_attribute, make_fact, make_tool

pytestmark = pytest.mark.django_db
PARTS = ("badge.svg", "embed.html", "card.png")


@pytest.fixture
def acme() -> Stack:
    return make_stack("Acme", "flask", "redis")


def test_the_badge_is_a_drawing_with_a_title_that_says_how_many(client: Client, acme: Stack) -> None:
    response = client.get(f"{acme.get_absolute_url()}badge.svg")
    drawing = ET.fromstring(response.content)  # noqa: S314  # our own answer
    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert drawing[0].text == "Acme on Whystack: stack, 2 tools"
    assert [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")] == ["stack", "2 tools"]


def test_a_name_is_no_markup(client: Client) -> None:
    stack = make_stack('<b>&]"', "flask", slug="odd")
    drawing = ET.fromstring(client.get(f"{stack.get_absolute_url()}badge.svg").content)  # noqa: S314  # our own answer
    assert drawing[0].text == '<b>&]" on Whystack: stack, 1 tool'
    lines = [line.text for line in page(client, stack.get_absolute_url()).select("textarea.share-line")]
    assert '[![<b>&\\]": Whystack stack](http://127.0.0.1:8000' in lines[0]
    assert 'title="&lt;b&gt;&amp;]&quot;: Whystack stack"' in lines[1]


@pytest.mark.parametrize("part", PARTS)
def test_each_part_may_be_kept_and_is_told_to_be_unchanged(client: Client, acme: Stack, part: str) -> None:
    url = f"{acme.get_absolute_url()}{part}"
    first = client.get(url)
    assert (first.status_code, first.headers["Cache-Control"], first.cookies) == (200, "public, max-age=60", {})
    headers = {"If-None-Match": first.headers["ETag"]}
    assert client.get(url, headers=headers).status_code == 304
    acme.drop(acme.tools.all()[:1], NOW)
    assert client.get(url, headers=headers).status_code == 200


@pytest.mark.parametrize("part", PARTS)
def test_who_may_not_read_the_stack_sees_no_part_of_it(client: Client, part: str) -> None:
    unlisted = make_stack("Unlisted", "flask", visibility=Visibility.UNLISTED)
    hidden = make_stack("Hidden", "flask")
    hidden.hide(NOW)
    urls = [f"{stack.get_absolute_url()}{part}" for stack in (unlisted, hidden)]
    assert [client.get(url).status_code for url in urls] == [200, 404]
    stranger = logged_in(make_member("grace"))
    assert [stranger.get(url).status_code for url in urls] == [200, 404]
    assert logged_in(hidden.owner).get(urls[1]).status_code == 200


def test_anybody_may_frame_the_frame_and_nothing_else(client: Client, acme: Stack) -> None:
    frame = client.get(f"{acme.get_absolute_url()}embed.html")
    assert "X-Frame-Options" not in frame.headers
    policy = frame.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    html = soup(frame.content)
    assert not html.select("script, style, [style], form, img[src^=http]")
    assert [link.text.strip() for link in html.select(".tools a")] == ["Flask", "Redis"]
    whole = client.get(acme.get_absolute_url())
    assert "frame-ancestors 'none'" in whole.headers["Content-Security-Policy"]
    assert whole.headers["X-Frame-Options"] == "DENY"


def test_a_comparison_can_be_framed_with_its_sources(client: Client) -> None:
    attribute = make_attribute("typing")
    for slug, answer in (("django", "a"), ("flask", "b")):
        make_fact(make_tool(slug), attribute, answer, f"pkg:pypi/{slug}")
    frame = client.get("/compare/django-vs-flask/embed.html")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers
    html = soup(frame.content)
    assert len(html.select(".said > li")) == 1
    sources = [f"#{row['id']}" for row in html.select(".sources li")]
    assert [link["href"] for link in html.select(".said .note")] == sources
    turned = client.get("/compare/flask-vs-django/embed.html")
    assert (turned.status_code, turned.headers["Location"]) == (301, "/compare/django-vs-flask/embed.html")
    assert client.get("/compare/django-vs-nope/embed.html").status_code == 404


def test_the_picture_is_drawn_once_as_long_as_it_says_the_same(client: Client, acme: Stack) -> None:
    url = f"{acme.get_absolute_url()}card.png"
    first = client.get(url)
    assert first.headers["Content-Type"] == "image/png"
    with Image.open(BytesIO(first.content)) as picture:
        assert picture.size == (1200, 630)
    key = f"card-{digest(repr(card(acme)))}"
    assert caches["pages"].get(key) == first.content
    caches["pages"].set(key, b"kept")
    assert client.get(url).content == b"kept"
    verify(acme)
    assert client.get(url).content.startswith(b"\x89PNG")


def test_the_page_names_its_picture(client: Client, acme: Stack) -> None:
    meta = page(client, acme.get_absolute_url()).select('meta[property="og:image"]')
    assert [str(tag["content"]) for tag in meta] == ["http://127.0.0.1:8000/stacks/ada/acme/card.png"]


@pytest.mark.parametrize("part", PARTS)
def test_three_hundred_tools_cost_as_many_queries_as_one(client: Client, part: str) -> None:
    few, many = make_stack("Few", "flask"), make_stack("Many", *(f"tool-{number}" for number in range(60)))
    costs = []
    for stack in (few, many):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{stack.get_absolute_url()}{part}")
        costs.append(len(captured))
    assert costs == [costs[0]] * 2
