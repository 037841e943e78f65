"""The feed for feed readers: each selection as valid Atom, newest first, kept until something changes."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advice.models import Post, Result
from tests.advice.builders import make_decision, make_question
from tests.advice.outcomes import tell
from tests.config.test_feeds import ATOM, XHTML, entries, feed, text
from tests.members.builders import make_member
from tests.tools.builders import make_tool

pytestmark = pytest.mark.django_db
URL = "/feeds/advice.atom"


def test_it_has_what_atom_requires(client: Client) -> None:
    make_decision("Flask <small> & \x0b more", author=make_member("ada", display_name="Ada Sample"))
    make_question()
    root = feed(client, f"{URL}?sort=new")
    found = root.findall(f"{ATOM}entry")
    assert [text(element, "title") for element in (root, *found)] == [
        "Whystack: Decisions and questions",
        "Needs advice: Which framework for a small service?",
        "Decided: Flask <small> &  more",
    ]
    assert all(text(element, "updated").endswith("+00:00") for element in (root, *found))
    ids = [text(element, "id") for element in found]
    assert ids == [f"http://127.0.0.1:8000/advice/{pk}/" for pk in Post.objects.newest().values_list("pk", flat=True)]
    assert [name.text for name in found[1].iter(f"{ATOM}name")] == ["Ada Sample"]


def test_it_knows_its_own_address_and_the_pages(client: Client) -> None:
    make_tool("flask")
    root = feed(client, f"{URL}?kind=questions&tool=flask")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://127.0.0.1:8000/feeds/advice.atom?kind=questions&tool=flask",
        "alternate": "http://127.0.0.1:8000/feed/?kind=questions&tool=flask",
    }


def test_an_entry_tells_the_tools_the_outcome_and_the_beginning(client: Client) -> None:
    post = make_decision(chosen=["flask"], considered=["django"], decided_on=date(2025, 1, 1), why="It **is** small.")
    tell(post, Result.KEPT, date(2026, 1, 1))
    (entry,) = entries(client, URL)
    paragraphs = ["".join(part.itertext()) for part in entry.iter(f"{XHTML}p")]
    assert paragraphs == [
        "Chosen: Flask",
        "Considered: Django",
        "How it turned out: Kept after 12 months",
        "It is small.",
        "Read it on Whystack",
    ]


def test_it_takes_the_parameters_of_the_feed_and_puts_the_newest_first(client: Client) -> None:
    first = make_decision("First")
    make_decision("Second")
    make_question("Third")
    for number in range(3):
        first.vote(make_member(f"voter-{number}"))
    assert [text(entry, "title") for entry in entries(client, f"{URL}?kind=decisions")] == [
        "Decided: Second",
        "Decided: First",
    ]
    assert text(entries(client, f"{URL}?sort=hot")[0], "title") == "Decided: First"


@pytest.mark.parametrize("query", ["?kind=nope", "?sort=nope", "?tool=nope", "?category=nope", "?tool=%00"])
def test_there_is_no_feed_of_what_does_not_exist(client: Client, query: str) -> None:
    assert client.get(f"{URL}{query}").status_code == 404


def test_it_is_sent_again_only_when_something_changed(client: Client) -> None:
    make_decision()
    first = client.get(URL)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    known = {"if-none-match": first.headers["ETag"]}
    assert client.get(URL, headers=known).status_code == 304
    make_question()
    assert client.get(URL, headers=known).status_code == 200


def test_it_costs_three_queries_however_much_there_is(client: Client) -> None:
    costs = []
    for count in (1, 3, 40):
        for number in range(count):
            make_decision(f"Post {count} {number}")
        with CaptureQueriesContext(connection) as captured:
            shown = len(entries(client, URL))
        costs.append((shown <= 30, len(captured)))
    assert costs == [(True, 3)] * 3


def test_an_empty_feed_is_still_one(client: Client) -> None:
    assert entries(client, URL) == []
