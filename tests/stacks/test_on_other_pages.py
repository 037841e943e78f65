"""What pages of tools, comparisons, lists and feeds say of stacks."""

from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stacks.models import Pairing, StackKind, Visibility
from tests.pages import page
from tests.stacks.builders import NOW, make_stack, verify
from tools.searching.index import current_index

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_tools_page_names_who_uses_it_the_verified_first(client: Client) -> None:
    verified = make_stack("Proven", "flask")
    make_stack("Told", "flask", kind=StackKind.PROJECT)
    make_stack("Ada", "flask", kind=StackKind.PERSON)
    make_stack("Secret", "flask", visibility=Visibility.UNLISTED)
    verify(verified)
    html = page(client, "/tools/flask/")
    section = html.select("section:has(> #stacks)")[0]
    assert [link.text for link in section.select(".post-line-title a")] == ["Proven", "Told"]
    assert html.select('.figures a[href="/stacks/?uses=flask"]')
    assert "acme.example, verified" in section.text


def test_a_tools_page_names_what_is_used_along_only_where_it_says_something(client: Client) -> None:
    for number in range(6):
        make_stack(f"Both {number}", "flask", "redis")
        make_stack(f"Other {number}", "rails")
    Pairing.objects.recount(NOW)
    section = page(client, "/tools/flask/").select("section:has(> #stacks)")[0]
    assert [" ".join(row.text.split()) for row in section.select(".neighbours li")] == [
        "Redis in 6 stacks, 2.0 times as often as by chance"
    ]
    assert "in at least 5 of them" in section.text
    assert not page(client, "/tools/rails/").select("section:has(> #stacks) .neighbours")


def test_a_comparison_says_how_many_stacks_hold_each_and_both(client: Client) -> None:
    make_stack("Both", "django", "flask")
    make_stack("One", "flask")
    header = page(client, "/compare/django-vs-flask/").select(".comparison-header")[0]
    assert "In 1 stack with Django, 2 stacks with Flask, 1 with both." in " ".join(header.text.split())


@pytest.mark.parametrize(
    "url", ["/tools/flask/", "/compare/django-vs-flask/", "/", "/search/?q=acme", "/feeds/stacks.atom"]
)
def test_stacks_cost_a_page_the_same_queries_however_many_there_are(client: Client, url: str) -> None:
    costs = []
    for count in (1, 3):
        for number in range(count):
            make_stack(f"Acme {count} {number}", "flask", "django")
        current_index()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        costs.append(len(captured))
    assert costs == [costs[0]] * 2


def test_search_finds_listed_stacks_by_name(client: Client) -> None:
    make_stack("Acme Ltd", "flask")
    make_stack("Acme secret", "flask", visibility=Visibility.UNLISTED)
    make_stack("Acme hidden", "flask").hide(NOW)
    found = page(client, "/search/?q=acme").select("section:has(> #found-stacks) .post-line-title")
    assert [title.text for title in found] == ["Acme Ltd"]


def test_the_first_page_invites_and_shows_the_latest(client: Client) -> None:
    for number in range(6):
        make_stack(f"Acme {number}", "flask")
    section = page(client, "/").select("section:has(> #stacks)")[0]
    assert [link.text for link in section.select(".post-line-title")] == [f"Acme {number}" for number in (5, 4, 3, 2)]
    assert section.select('a[href="/stacks/scan/"]')


def test_the_feed_has_listed_stacks_that_hold_something(client: Client) -> None:
    make_stack("Acme & Sons", "flask", slug="sons", description="We <make> things")
    make_stack("Empty")
    make_stack("Secret", "flask", visibility=Visibility.UNLISTED)
    feed = ET.fromstring(client.get("/feeds/stacks.atom").content)  # noqa: S314  # our own answer
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Acme & Sons"]


def test_crawlers_hear_of_listed_stacks_that_say_something(client: Client) -> None:
    make_stack("Much", *(f"tool-{number}" for number in range(5)))
    make_stack("Little", "flask")
    make_stack("Secret", *(f"tool-{number}" for number in range(5)), visibility=Visibility.UNLISTED)
    text = client.get("/sitemap.xml").content.decode()
    assert "/stacks/ada/much/</loc>" in text
    assert "/stacks/ada/little/" not in text
    assert "/stacks/ada/secret/" not in text


def test_tools_can_stand_in_the_order_of_their_stacks(client: Client) -> None:
    make_stack("One", "redis", "flask")
    make_stack("Two", "redis")
    names = [str(row["id"]) for row in page(client, "/tools/?sort=stacks").select(".tool-row")]
    assert names == ["redis", "flask"]
