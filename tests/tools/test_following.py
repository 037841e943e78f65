"""Following a tool: asked for as a state, by members alone, counted once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.members.builders import logged_in, make_member
from tests.pages import page
from tests.tools.builders import make_tool
from tools.models import Follow, Tool

pytestmark = pytest.mark.django_db
URL = "/tools/flask/follow/"


@pytest.fixture(autouse=True)
def flask() -> Tool:
    return make_tool("flask")


def followers() -> tuple[int, int]:
    return Follow.objects.count(), Tool.objects.get(slug="flask").followers_count


def test_following_twice_counts_once_and_leads_back_to_the_tool() -> None:
    ada = logged_in(make_member())
    answers = [ada.post(URL, {"wanted": "yes"}) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == ["/tools/flask/"] * 2
    assert followers() == (1, 1)


def test_stopping_twice_counts_once() -> None:
    ada, grace = logged_in(make_member()), logged_in(make_member("grace"))
    for reader in (ada, grace):
        reader.post(URL, {"wanted": "yes"})
    for _ in range(2):
        ada.post(URL, {"wanted": "no"})
    assert followers() == (1, 1)


def test_a_reader_is_led_to_the_login_and_nothing_is_counted(client: Client) -> None:
    assert client.post(URL, {"wanted": "yes"}).headers["Location"].startswith("/accounts/login/?next=")
    assert followers() == (0, 0)


def test_what_is_no_state_no_tool_or_no_post_is_refused() -> None:
    ada = logged_in(make_member())
    answers = [ada.post(URL, {"wanted": "toggle"}), ada.post(URL), ada.get(URL)]
    answers.append(ada.post("/tools/nothing/follow/", {"wanted": "yes"}))
    assert [answer.status_code for answer in answers] == [400, 400, 405, 404]
    assert followers() == (0, 0)


def test_the_page_says_what_the_member_does_and_how_many_others_do() -> None:
    ada = logged_in(make_member())
    ada.post(URL, {"wanted": "yes"})
    follow = page(ada, "/tools/flask/").select_one("#follow")
    assert follow
    assert " ".join(follow.text.split()) == "Stop following Flask You follow it. 1 follower"
    assert [field["value"] for field in follow.select('[name="wanted"]')] == ["no"]
    assert follow.select_one("form")["data-in-place"] == "#follow"  # type: ignore[index]  # a tag, which has keys


def test_a_readers_page_has_a_link_in_place_of_the_form(client: Client) -> None:
    html = page(client, "/tools/flask/")
    assert html.select('#follow a[href="/accounts/login/?next=%2Ftools%2Fflask%2F"]')
    assert html.select('form[method="post"]') == []


def test_whether_a_member_follows_costs_one_query() -> None:
    ada = make_member()
    flask = Tool.objects.get(slug="flask")
    with CaptureQueriesContext(connection) as captured:
        assert not Follow.objects.is_by(ada, flask)
    assert len(captured) == 1
