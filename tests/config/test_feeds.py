"""Feeds: valid Atom, newest first, at one cost however much there is, kept by caches until something changes."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages import page
from tests.tools.builders import make_attribute, make_fact, make_tool
from tools.models import Tool

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
FEEDS = ("/feeds/tools.atom", "/feeds/changes.atom")


def feed(client: Client, url: str) -> ET.Element:
    response = client.get(url)
    assert response.status_code == 200
    return ET.fromstring(response.content)  # noqa: S314  # our own answer


def entries(client: Client, url: str) -> list[ET.Element]:
    return feed(client, url).findall(f"{ATOM}entry")


def text(element: ET.Element, name: str) -> str:
    found = element.findtext(f"{ATOM}{name}")
    assert found
    return found


@pytest.fixture(autouse=True)
def two_tools() -> None:
    colour, size = make_attribute("colour"), make_attribute("size")
    flask, bottle = make_tool("flask", description="A <small> framework & more"), make_tool("bottle")
    make_fact(flask, colour, "a", verified_on=date(2026, 8, 20), note="but\x0b only <sometimes>")
    make_fact(flask, size, "b", verified_on=date(2026, 8, 21))
    make_fact(bottle, colour, "b", verified_on=date(2026, 8, 20))
    make_fact(bottle, size, "b", verified_on=date(2026, 8, 20))


@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_and_its_entries_have_what_atom_requires(client: Client, url: str) -> None:
    root = feed(client, url)
    ids = []
    for element in (root, *root.findall(f"{ATOM}entry")):
        assert text(element, "title").strip()
        assert text(element, "updated")[10] == "T"
        assert text(element, "updated").endswith("+00:00")
        ids.append(text(element, "id"))
        assert element.find(f'{ATOM}link[@rel="alternate"]') is not None
    assert len(set(ids)) == len(ids) > 2
    assert all(name.startswith("http://127.0.0.1:8000/") for name in ids)
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    own = root.find(f'{ATOM}link[@rel="self"]')
    assert own is not None
    assert own.get("href") == f"http://127.0.0.1:8000{url}"


@pytest.mark.parametrize("url", FEEDS)
def test_an_entry_has_links_that_work_in_a_browser(client: Client, url: str) -> None:
    for entry in entries(client, url):
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "xhtml"
        assert [child.tag for child in content] == [f"{XHTML}div"]
        assert content.findall(f".//{XHTML}a")


def test_new_tools_come_first(client: Client) -> None:
    make_tool("quart")
    assert [text(entry, "title") for entry in entries(client, FEEDS[0])] == ["Quart", "Bottle", "Flask"]


def test_facts_are_gathered_by_tool_and_day(client: Client) -> None:
    found = entries(client, FEEDS[1])
    assert [text(entry, "title") for entry in found] == [
        "Flask, 21 August 2026",
        "Bottle, 20 August 2026",
        "Flask, 20 August 2026",
    ]
    told = ["".join(item.itertext()) for item in found[2].iter(f"{XHTML}li")]
    assert told == ["Colour: A (but only <sometimes>)"]


def test_a_superseded_fact_is_no_news(client: Client) -> None:
    flask = Tool.objects.get(slug="flask")
    make_fact(flask, flask.facts.get(attribute__slug="size").attribute, "a", verified_on=date(2026, 8, 22))
    titles = [text(entry, "title") for entry in entries(client, FEEDS[1])]
    assert titles[0] == "Flask, 22 August 2026"
    assert "Flask, 21 August 2026" not in titles


def test_many_facts_of_one_day_are_counted(client: Client) -> None:
    for number in range(12):
        make_fact(Tool.objects.get(slug="bottle"), make_attribute(f"trait-{number}"), "a", verified_on=date(2026, 9, 1))
    items = ["".join(item.itertext()) for item in entries(client, FEEDS[1])[0].iter(f"{XHTML}li")]
    assert (len(items), items[-1]) == (9, "and 4 more")


@pytest.mark.parametrize(("url", "limit"), [(FEEDS[0], 1), (FEEDS[1], 3)])
def test_a_feed_costs_the_same_queries_however_much_there_is(client: Client, url: str, limit: int) -> None:
    costs = []
    for count in (1, 3, 40):
        attribute = make_attribute(f"trait-{count}")
        for number in range(count):
            make_fact(make_tool(f"tool-{count}-{number}"), attribute, "a")
        with CaptureQueriesContext(connection) as captured:
            shown = len(entries(client, url))
        costs.append((shown <= 30, len(captured)))
    assert costs == [(True, limit)] * 3


@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_is_sent_again_only_when_something_changed(client: Client, url: str) -> None:
    first = client.get(url)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert first.headers["Content-Type"] == "application/xml; charset=utf-8"
    known = {"if-none-match": first.headers["ETag"]}
    assert client.get(url, headers=known).status_code == 304
    make_fact(make_tool("quart"), make_attribute("speed"), "a")
    assert client.get(url, headers=known).status_code == 200


@pytest.mark.parametrize("url", FEEDS)
def test_an_empty_feed_is_still_one(client: Client, url: str) -> None:
    Tool.objects.all().delete()
    assert entries(client, url) == []


def test_pages_tell_readers_of_the_feeds(client: Client) -> None:
    links = page(client, "/").select('link[rel="alternate"][type="application/atom+xml"]')
    assert [str(link["href"]) for link in links] == [*FEEDS, "/feeds/advice.atom"]
