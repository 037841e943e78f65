"""A page is made once for all readers without cookies, until the catalogue changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from members.models import Member
from tests.members.builders import make_member
from tests.tools.builders import make_tool
from tools.models import Edition, Follow, Reason, Side, Tool

pytestmark = pytest.mark.django_db

KEPT = (
    "/",
    "/tools/flask/",
    "/tools/flask/alternatives/",
    "/tools/flask/history/",
    "/categories/",
    "/compare/bottle-vs-flask/",
)


@pytest.fixture(autouse=True)
def pages_are_kept() -> Iterator[None]:
    make_tool("flask", stars=72_133)
    make_tool("bottle", stars=8_000)
    with override_settings(PAGES_KEPT_SECONDS=600):
        yield


@pytest.mark.parametrize("url", KEPT)
def test_a_second_reader_costs_one_query_and_reads_the_same(client: Client, url: str) -> None:
    first = client.get(url)
    with CaptureQueriesContext(connection) as captured:
        second = client.get(url)
    assert (len(captured), second.content, second.headers["Cache-Control"]) == (1, first.content, "public, max-age=60")
    assert {"ETag", "Vary", "Content-Security-Policy"} <= second.headers.keys()


def test_an_edit_is_seen_at_once(client: Client) -> None:
    client.get("/tools/flask/")
    Tool.objects.filter(slug="flask").update(description="Small and explicit.")
    Edition.objects.advance()
    assert b"Small and explicit." in client.get("/tools/flask/").content


def test_who_has_the_page_already_is_told_that_it_is_unchanged(client: Client) -> None:
    etag = client.get("/tools/flask/").headers["ETag"]
    again = client.get("/tools/flask/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["Cache-Control"]) == (304, b"", "public, max-age=60")


def test_a_cache_that_fails_costs_time_and_no_page(
    client: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    broken = {**settings.CACHES["pages"], "LOCATION": str(tmp_path / "file" / "pages")}
    if "Redis" in broken["BACKEND"]:
        broken["LOCATION"] = "redis://127.0.0.1:1/0"
    with override_settings(CACHES={**settings.CACHES, "pages": broken}):
        assert client.get("/tools/flask/").status_code == 200
    assert "The cache of pages cannot be" in caplog.text


def test_a_member_neither_reads_nor_leaves_a_kept_page(client: Client) -> None:
    client.force_login(Member.objects.create_user("ada", "ada@example.org"))
    assert b"ada" in client.get("/tools/flask/").content
    assert b"ada" not in Client().get("/tools/flask/").content
    assert b"ada" in client.get("/tools/flask/").content


def test_addresses_with_a_query_are_not_kept(client: Client) -> None:
    for number in range(3):
        client.get(f"/tools/flask/?{number}=1")
    with CaptureQueriesContext(connection) as captured:
        client.get("/tools/flask/?0=1")
    assert len(captured) > 1


def test_what_does_not_exist_is_not_kept(client: Client) -> None:
    assert client.get("/tools/bash/").status_code == 404
    make_tool("bash")
    assert client.get("/tools/bash/").status_code == 200


def test_pages_and_rate_limits_are_kept_apart(client: Client) -> None:
    client.get("/tools/flask/")
    caches["default"].clear()
    with CaptureQueriesContext(connection) as captured:
        client.get("/tools/flask/")
    assert len(captured) == 1


def test_a_members_new_reason_is_seen_at_once_and_a_vote_or_a_follow_later(client: Client) -> None:
    flask, ada = Tool.objects.get(slug="flask"), make_member()
    client.get("/tools/flask/")
    reason = Reason.objects.suggest(ada, flask, Side.PRO, "Small and explicit")
    kept = client.get("/tools/flask/").content
    assert b"Small and explicit" in kept
    reason.vote(make_member("grace"))
    Follow.objects.follow(ada, flask)
    assert client.get("/tools/flask/").content == kept
    reason.hide()
    assert b"Small and explicit" not in client.get("/tools/flask/").content
