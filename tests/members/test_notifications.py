"""The pages of what a member is told, and of the mail about it."""

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import Kind, MailPreference, Member, Notification, Rhythm
from members.unsubscribing import SALT, link
from tests.members.builders import logged_in, make_member, make_reader
from tests.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Member:
    return make_reader("ada")


def tell(member: Member, count: int = 1, url: str = "/about/") -> list[Notification]:
    first = Notification.objects.count()
    for number in range(first, first + count):
        Notification.objects.tell([member], Kind.REPLY, f"event-{number}", f"event {number}", url)
    return list(member.notifications.order_by("pk"))


def unread(member: Member) -> int:
    return member.notifications.unread().count()


def way_out(member: Member, *kinds: Kind) -> str:
    return link(member, kinds).removeprefix("http://127.0.0.1:8000")


def test_a_member_sees_what_they_were_told_the_newest_first(ada: Member) -> None:
    tell(ada, 3)
    tell(make_member("grace"))
    Notification.objects.filter(key="event-1").mark_read(timezone.now())
    items = page(logged_in(ada), "/notifications/").select(".notification")
    said = [[part.text for part in item.select(".tag, .link, a")] for item in items]
    assert said == [["Unread", "event 2"], ["event 1"], ["Unread", "event 0"]]


def test_the_header_counts_what_is_unread(ada: Member) -> None:
    client = logged_in(ada)
    assert not page(client, "/about/").select(".site-account .unread")
    tell(ada, 2)
    (count,) = page(client, "/about/").select(".site-account .unread")
    assert count.text == "2 unread"


def test_an_anonymous_page_asks_nothing_about_notifications() -> None:
    with CaptureQueriesContext(connection) as captured:
        Client().get("/about/")
    assert [query["sql"] for query in captured if "notification" in query["sql"]] == []


def test_opening_a_notification_marks_it_as_read(ada: Member) -> None:
    one, _ = tell(ada, 2)
    response = logged_in(ada).post("/notifications/read/", {"one": one.pk})
    assert (response.status_code, response.headers["Location"]) == (302, "/about/")
    assert unread(ada) == 1
    assert logged_in(ada).post("/notifications/read/", {"one": one.pk}).status_code == 302
    assert unread(ada) == 1


def test_all_that_was_listed_is_marked_as_read_and_what_came_since_is_not(ada: Member) -> None:
    tell(ada, 2)
    client = logged_in(ada)
    (until,) = page(client, "/notifications/").select('input[name="until"]')
    tell(ada)
    assert client.post("/notifications/read/", {"until": until["value"]}).status_code == 302
    assert unread(ada) == 1


def test_nobody_marks_what_another_was_told(ada: Member) -> None:
    (one,) = tell(ada)
    grace = logged_in(make_member("grace"))
    assert grace.post("/notifications/read/", {"one": one.pk}).status_code == 404
    assert grace.post("/notifications/read/", {"until": one.pk}).status_code == 302
    assert unread(ada) == 1


@pytest.mark.parametrize("form", [{}, {"one": "x"}, {"until": ""}, {"until": "-1"}, {"one": "9" * 40}])
def test_what_is_no_notification_is_refused(ada: Member, form: dict[str, str]) -> None:
    assert logged_in(ada).post("/notifications/read/", form).status_code == 400


@pytest.mark.parametrize("number", ["0", "2", "x", "9" * 5_000])
def test_beyond_the_last_page_is_nothing(ada: Member, number: str) -> None:
    assert logged_in(ada).get("/notifications/", {"page": number}).status_code == 404


@pytest.mark.parametrize("url", ["/notifications/", "/accounts/mail/"])
def test_others_are_led_to_the_log_in(url: str) -> None:
    response = Client().get(url)
    assert (response.status_code, response.headers["Location"]) == (302, f"/accounts/login/?next={url}")


def test_who_is_suspended_may_still_read_and_stop_mail(ada: Member) -> None:
    (one,) = tell(ada)
    ada.suspend(timezone.now().replace(year=2100), "Spam")
    client = logged_in(ada)
    page(client, "/notifications/")
    assert client.post("/notifications/read/", {"one": one.pk}).status_code == 302
    assert client.post("/accounts/mail/", dict.fromkeys(Kind, "never")).status_code == 302


@pytest.mark.parametrize(("method", "url"), [("get", "/notifications/read/"), ("post", "/notifications/")])
def test_a_page_takes_one_method(ada: Member, method: str, url: str) -> None:
    assert getattr(logged_in(ada), method)(url).status_code == 405


def test_the_list_costs_the_same_however_long_it_is(ada: Member) -> None:
    client, costs = logged_in(ada), []
    for count in (1, 2, 40):
        tell(ada, count)
        with CaptureQueriesContext(connection) as captured:
            page(client, "/notifications/")
        costs.append(len(captured))
    assert costs == [6, 6, 6]


def test_mail_comes_as_often_as_the_member_chooses(ada: Member) -> None:
    client = logged_in(ada)
    fields = page(client, "/accounts/mail/").select("main select")
    assert [str(field["name"]) for field in fields] == [kind.value for kind in Kind]
    chosen = dict.fromkeys(Kind, "weekly")
    assert client.post("/accounts/mail/", chosen).status_code == 302
    assert set(MailPreference.objects.of(ada).values()) == {Rhythm.WEEKLY}


def test_a_wrong_choice_changes_nothing_and_keeps_the_others(ada: Member) -> None:
    chosen = dict.fromkeys(Kind, "never") | {"digest": "daily"}
    response = logged_in(ada).post("/accounts/mail/", chosen)
    assert response.status_code == 200
    assert b'<option value="never" selected>' in response.content
    assert not MailPreference.objects.exists()


def test_the_page_of_mail_says_where_mail_goes_or_why_none_does(ada: Member) -> None:
    assert "Mail goes to ada@example.org." in page(logged_in(ada), "/accounts/mail/").text
    stranger = logged_in(make_member("grace"))
    assert page(stranger, "/accounts/mail/").select("main .notice-warning")


def test_a_link_to_stop_mail_asks_first_and_may_be_used_twice(ada: Member) -> None:
    url = way_out(ada, Kind.REPLY, Kind.MENTION)
    asked = page(Client(), url)
    assert [item.text for item in asked.select("main li")] == ["Replies to your comments", "Mentions of you"]
    assert not MailPreference.objects.exists()
    for _ in range(2):
        assert Client().post(url).status_code == 200
    wanted = MailPreference.objects.of(ada)
    assert {kind for kind in Kind if wanted[kind] == Rhythm.NEVER} == {Kind.REPLY, Kind.MENTION}


def test_a_link_that_is_not_ours_is_explained(ada: Member) -> None:
    token = way_out(ada, Kind.REPLY).split("/")[2]
    forged = signing.dumps([ada.pk, "reply"], salt="another")
    nonsense = signing.dumps([ada.pk, "all"], salt=SALT)
    for wrong in ("x", token[:-1], token + "x", forged, nonsense):
        for answer in (Client().get(f"/unsubscribe/{wrong}/"), Client().post(f"/unsubscribe/{wrong}/")):
            assert answer.status_code == 404
            assert b"This link does not work" in answer.content
    assert not MailPreference.objects.exists()


def test_a_closed_account_has_no_mail_to_stop(ada: Member) -> None:
    url = way_out(ada, Kind.REPLY)
    Member.objects.filter(pk=ada.pk).update(is_active=False)
    page(Client(), url, status=404)
    ada.delete()
    page(Client(), url, status=404)
