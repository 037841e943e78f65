"""Readers are counted once a day, by the worker, without a cookie; programs and authors are not readers."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
import time_machine
from celery import current_app
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from kombu.simple import SimpleQueue
from pytest_django import Settings

from advice.models import Post, Reading
from advice.readership import digest, hand_on, impatient_queue, is_reader
from advice.tasks import count_reading, forget_readings
from config import data_dir
from tests.advice.builders import a_member, make_decision
from tests.members.builders import logged_in, make_member, make_moderator

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1"
DAY = date(2026, 11, 21)


@pytest.mark.parametrize("agent", [FIREFOX, SAFARI, "Opera/9.80 (Android; Opera Mini/12.0)"])
def test_a_browser_is_a_reader(rf: RequestFactory, agent: str) -> None:
    assert is_reader(rf.get("/", headers={"user-agent": agent}))


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "facebookexternalhit/1.1",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36",
        "curl/8.5.0",
        "python-requests/2.32",
        "Feedly/1.0",
        "SomeSpider",
    ],
)
def test_a_program_is_none(rf: RequestFactory, agent: str) -> None:
    assert not is_reader(rf.get("/", headers={"user-agent": agent}))


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose", "X-Moz"])
def test_a_page_fetched_ahead_is_not_read(rf: RequestFactory, header: str) -> None:
    assert not is_reader(rf.get("/", headers={"user-agent": FIREFOX, header: "prefetch;prerender"}))


def test_asking_for_the_head_is_not_reading(rf: RequestFactory) -> None:
    assert not is_reader(rf.head("/", headers={"user-agent": FIREFOX}))


def test_a_reader_is_another_the_next_day_and_at_the_next_post(rf: RequestFactory) -> None:
    def said(post: int = 1, day: date = DAY, agent: str = FIREFOX, address: str = "192.0.2.1") -> str:
        request = rf.get("/", headers={"user-agent": agent}, REMOTE_ADDR=address)
        return digest(request, Post(pk=post), day)

    digests = [said(), said(post=2), said(day=date(2026, 11, 22)), said(agent=SAFARI), said(address="192.0.2.2")]
    assert len(set(digests)) == 5
    assert said() == digests[0]
    assert {len(each) for each in digests} == {32}


@pytest.fixture
def queue(settings: Settings) -> Iterator[SimpleQueue]:
    """The queue of this test's process; what lies in it has not been counted yet."""
    data_dir.prepare(settings.DATA_DIR)
    with current_app.connection_for_read() as connection, connection.SimpleQueue("celery") as queue:
        queue.clear()
        yield queue
        queue.clear()


def handed_on(queue: SimpleQueue) -> int:
    """How many readings lay in the queue; none does any more."""
    number = 0
    with suppress(SimpleQueue.Empty):
        while message := queue.get(block=False):
            message.ack()
            number += 1
    return number


def read(client: Client, post: Post, agent: str = FIREFOX) -> None:
    assert client.get(post.get_absolute_url(), headers={"user-agent": agent}).status_code == 200


def test_a_reader_is_handed_to_the_worker_and_nothing_is_written(client: Client, queue: SimpleQueue) -> None:
    post = make_decision()
    with CaptureQueriesContext(connection) as captured:
        read(client, post)
    assert [query["sql"] for query in captured if not query["sql"].startswith("SELECT")] == []
    assert handed_on(queue) == 1
    assert not client.cookies


def test_authors_and_programs_are_not_handed_on(client: Client, queue: SimpleQueue) -> None:
    post = make_decision(author=a_member())
    read(logged_in(a_member()), post)
    read(client, post, "Googlebot/2.1")
    assert handed_on(queue) == 0
    read(logged_in(make_member("grace")), post)
    assert handed_on(queue) == 1


def test_what_is_not_published_has_no_readers(queue: SimpleQueue) -> None:
    post = make_decision(author=a_member())
    post.hide(datetime(2026, 11, 21, tzinfo=UTC))
    read(logged_in(make_moderator()), post)
    assert handed_on(queue) == 0


def test_the_worker_counts_what_was_handed_on(client: Client, queue: SimpleQueue) -> None:
    post = make_decision()
    for agent in (FIREFOX, FIREFOX, SAFARI):
        read(client, post, agent)
        message = queue.get(block=False)
        assert message.headers["task"] == "advice.tasks.count_reading"
        current_app.tasks[message.headers["task"]](*message.decode()[0])
        message.ack()
    post.refresh_from_db()
    assert post.views_count == 2


@pytest.fixture
def silent_server() -> Iterator[int]:
    """The port of a server that takes calls and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_queue_that_is_gone_or_silent_is_given_up(silent_server: int, caplog: pytest.LogCaptureFixture) -> None:
    for port in (1, silent_server):
        assert not hand_on((7, "2026-11-21", "a"), impatient_queue(f"redis://127.0.0.1:{port}/0"))
    assert caplog.text.count("A reading of post 7 is not counted") == 2


def test_a_reader_counts_once_a_day() -> None:
    post = make_decision()
    for day, reader in (("2026-11-21", "a"), ("2026-11-21", "a"), ("2026-11-21", "b"), ("2026-11-22", "a")):
        count_reading(post.pk, day, reader)
    post.refresh_from_db()
    assert post.views_count == 3
    assert list(post.reader_days.values_list("day", "readers")) == [(date(2026, 11, 22), 1), (DAY, 2)]


def test_what_is_not_there_any_more_is_not_counted() -> None:
    post = make_decision()
    post.hide(datetime(2026, 11, 21, tzinfo=UTC))
    count_reading(post.pk, "2026-11-21", "a")
    count_reading(post.pk + 1, "2026-11-21", "a")
    assert not Reading.objects.exists()


def test_who_read_is_forgotten_when_the_day_is_over_and_how_many_is_kept() -> None:
    post = make_decision()
    count_reading(post.pk, "2026-11-20", "a")
    count_reading(post.pk, "2026-11-21", "a")
    with time_machine.travel(datetime(2026, 11, 21, 0, 10, tzinfo=UTC), tick=False):
        forget_readings()
    assert [reading.day for reading in Reading.objects.all()] == [DAY]
    post.refresh_from_db()
    assert post.views_count == 2
