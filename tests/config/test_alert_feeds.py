"""Alerts for feed readers: of all tools, and of one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.config.test_feeds import ATOM, XHTML, entries, feed, text
from tests.pages import page
from tests.tools.alerts import make_alert
from tests.tools.builders import make_tool
from tools.models import Alert, AlertKind, Tool

pytestmark = pytest.mark.django_db
ALL, FLASK = "/feeds/alerts.atom", "/tools/flask/alerts.atom"


@pytest.fixture(autouse=True)
def two_tools() -> None:
    flask, bottle = make_tool("flask"), make_tool("bottle")
    make_alert(flask, "Flask <is> archived & gone.", source="github:pallets/flask")
    make_alert(bottle, "Bottle has another licence.", AlertKind.LICENCE)


@pytest.mark.parametrize(
    ("url", "alternate", "titles"),
    [
        (ALL, "/alerts/", ["Bottle has another licence.", "Flask <is> archived & gone."]),
        (FLASK, "/alerts/?tool=flask", ["Flask <is> archived & gone."]),
    ],
)
def test_a_feed_tells_what_happened_the_latest_first(
    client: Client, url: str, alternate: str, titles: list[str]
) -> None:
    root = feed(client, url)
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": f"http://127.0.0.1:8000{url}", "alternate": f"http://127.0.0.1:8000{alternate}"}
    found = root.findall(f"{ATOM}entry")
    assert [text(entry, "title") for entry in found] == titles
    ids = [text(element, "id") for element in (root, *found)]
    assert len(set(ids)) == len(ids)
    assert all(text(element, "updated").endswith("+00:00") for element in (root, *found))


def test_an_entry_says_its_kind_day_and_source(client: Client) -> None:
    (entry,) = entries(client, FLASK)
    category = entry.find(f"{ATOM}category")
    assert category is not None
    assert category.attrib == {"term": "archived", "label": "archived"}
    paragraphs = ["".join(part.itertext()) for part in entry.iter(f"{XHTML}p")]
    assert paragraphs == ["20 November 2026 · pallets/flask", "Flask with all its facts and sources"]
    hrefs = [link.get("href") for link in entry.iter(f"{XHTML}a")]
    assert hrefs == ["https://github.com/pallets/flask", "http://127.0.0.1:8000/tools/flask/"]


def test_there_is_no_feed_of_a_tool_that_does_not_exist(client: Client) -> None:
    assert client.get("/tools/nothing/alerts.atom").status_code == 404


def test_what_was_withdrawn_is_not_in_a_feed_and_an_empty_feed_is_still_one(client: Client) -> None:
    Alert.objects.withdraw(timezone.now())
    assert [entries(client, url) for url in (ALL, FLASK)] == [[], []]


@pytest.mark.parametrize(("url", "cost"), [(ALL, 1), (FLASK, 2)])
def test_a_feed_costs_the_same_queries_and_is_sent_again_only_when_something_happened(
    client: Client, url: str, cost: int
) -> None:
    costs = []
    for count in (1, 3, 40):
        for _ in range(count):
            make_alert(Tool.objects.get(slug="flask"))
        with CaptureQueriesContext(connection) as captured:
            shown = len(entries(client, url))
        costs.append((shown <= 30, len(captured)))
    assert costs == [(True, cost)] * 3
    etag = client.get(url).headers["ETag"]
    assert client.get(url, headers={"if-none-match": etag}).status_code == 304
    make_alert(Tool.objects.get(slug="flask"))
    assert client.get(url, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("url", "href"), [("/tools/flask/", FLASK), ("/alerts/", ALL), ("/alerts/?tool=flask&kind=archived", FLASK)]
)
def test_pages_tell_feed_readers_of_them(client: Client, url: str, href: str) -> None:
    links = page(client, url).select('link[rel="alternate"][type="application/atom+xml"]')
    assert [str(link["href"]) for link in links][-1] == href
