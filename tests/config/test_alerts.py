"""Followers are told of what happened to their tools: each of them, once, and never flooded."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from config.alerts import READERS, SPELT_OUT, tell_followers
from members.mailing import mail_due
from members.models import Kind, MailPreference, Member, Notification, Rhythm, Webhook
from tests.advice.builders import a_tool
from tests.members.builders import make_member, make_reader
from tests.members.mail_server import MailServer, mail_server, texts
from tests.tools.alerts import make_alert
from tools.models import Alert, AlertKind, Follow, Tool

__all__ = ["mail_server"]
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def make_follower(username: str, *slugs: str) -> Member:
    member = make_reader(username)
    for slug in slugs:
        Follow.objects.follow(member, a_tool(slug))
    return member


def told(member: Member) -> list[str]:
    return [row.text for row in member.notifications.order_by("pk")]


def test_each_follower_of_the_tool_is_told_and_nobody_else() -> None:
    ada, grace = make_follower("ada", "flask"), make_follower("grace", "flask", "django")
    alan = make_follower("alan", "rails")
    alert = make_alert(a_tool("flask"), "Flask was archived.")
    assert (tell_followers(NOW), tell_followers(NOW)) == (1, 0)
    assert [told(member) for member in (ada, grace, alan)] == [["Flask was archived."], ["Flask was archived."], []]
    row = ada.notifications.get()
    assert (row.kind, row.key, row.url) == (Kind.ALERT, f"alert-{alert.pk}", "/tools/flask/#lately")
    alert.refresh_from_db()
    assert alert.told_at == NOW


def test_an_alert_is_told_once_also_when_it_is_told_again() -> None:
    ada = make_follower("ada", "flask")
    webhook = Webhook.objects.create(member=ada, url="https://ada.example/hook", secret="s")
    for _ in range(SPELT_OUT + 2):
        make_alert(a_tool("flask"))
    for _ in range(3):
        tell_followers(NOW)
        Alert.objects.update(told_at=None)
    assert ada.notifications.count() == SPELT_OUT + 1
    assert webhook.deliveries.count() == SPELT_OUT + 2


class Killed(BaseException):
    """What ends a process in the midst of its work."""


@transaction.atomic
def tell_and_be_killed() -> None:
    tell_followers(NOW)
    raise Killed


def test_what_a_killed_process_was_telling_is_told_by_the_next() -> None:
    ada = make_follower("ada", "flask")
    Webhook.objects.create(member=ada, url="https://ada.example/hook", secret="s")
    make_alert(a_tool("flask"), "Flask was archived.")
    with pytest.raises(Killed):
        tell_and_be_killed()
    assert (told(ada), Alert.objects.untold().count()) == ([], 1)
    tell_followers(NOW)
    assert told(ada) == ["Flask was archived."]


def test_a_webhook_hears_every_alert_in_a_form_for_programs() -> None:
    ada = make_follower("ada", "flask")
    webhook = Webhook.objects.create(member=ada, url="https://ada.example/hook", secret="s")
    alert = make_alert(a_tool("flask"), "Flask was archived.", source="github:pallets/flask")
    tell_followers(NOW)
    (delivery,) = webhook.deliveries.all()
    assert delivery.key == f"alert-{alert.pk}"
    assert delivery.payload == {
        "event": "archived",
        "id": alert.pk,
        "text": "Flask was archived.",
        "happened_on": "2026-11-20",
        "source": "https://github.com/pallets/flask",
        "tool": {"slug": "flask", "name": "Flask", "url": "http://127.0.0.1:8000/tools/flask/"},
    }


def test_of_many_alerts_the_weightiest_are_spelt_out_and_the_others_counted() -> None:
    ada, grace = make_follower("ada", "flask", "django"), make_follower("grace", "django")
    for number in range(SPELT_OUT + 11):
        make_alert(a_tool("flask"), f"Fact {number} changed.", AlertKind.FACT)
    make_alert(a_tool("django"), "Django has another licence.", AlertKind.LICENCE)
    tell_followers(NOW)
    first = [f"Fact {number} changed." for number in range(SPELT_OUT - 1)]
    assert told(ada) == ["Django has another licence.", *first, "12 more alerts about tools you follow"]
    assert told(grace) == ["Django has another licence."]
    assert [row.url for row in ada.notifications.order_by("-pk")[:1]] == ["/alerts/following/"]


def test_what_was_withdrawn_is_not_told() -> None:
    ada = make_follower("ada", "flask")
    make_alert(a_tool("flask"))
    Alert.objects.withdraw(NOW)
    assert (tell_followers(NOW), told(ada)) == (0, [])


def test_who_follows_later_is_not_told_of_the_past() -> None:
    make_alert(a_tool("flask"))
    tell_followers(NOW)
    ada = make_follower("ada", "flask")
    tell_followers(NOW)
    assert told(ada) == []


def test_a_run_ends_where_it_has_told_enough() -> None:
    ada = make_follower("ada", "flask", "django")
    Tool.objects.filter(slug="flask").update(followers_count=READERS)
    for slug in ("flask", "django", "flask"):
        make_alert(a_tool(slug))
    assert [tell_followers(NOW) for _ in range(4)] == [1, 1, 1, 0]
    Tool.objects.filter(slug="flask").update(followers_count=READERS + 1)
    make_alert(a_tool("flask"), "Read by more than a run may have.")
    assert tell_followers(NOW) == 1
    assert len(told(ada)) == 4


@pytest.mark.parametrize(("rhythm", "sent"), [(None, [0, 1]), (Rhythm.AT_ONCE, [1, 0]), (Rhythm.NEVER, [0, 0])])
def test_mail_about_alerts_comes_daily_unless_the_member_wants_otherwise(
    mail_server: MailServer, rhythm: Rhythm | None, sent: list[int]
) -> None:
    ada = make_follower("ada", "flask")
    if rhythm:
        MailPreference.objects.state(ada, {Kind.ALERT: rhythm})
    with time_machine.travel(NOW, tick=False):
        make_alert(a_tool("flask"), "Flask was archived.")
        tell_followers(NOW)
    assert [mail_due(moment).sent for moment in (NOW + timedelta(hours=1), NOW + timedelta(hours=20))] == sent
    for message in mail_server.taken:
        assert message["Subject"] == "[Whystack] Flask was archived."
        for part in texts(message):
            assert "http" in part
            assert "/tools/flask/#lately" in part
            assert "alerts about tools you follow" in part


def test_telling_costs_the_same_queries_however_many_follow() -> None:
    costs = []
    for count in (1, 30):
        for number in range(count):
            make_follower(f"reader-{count}-{number}", "flask")
        make_alert(a_tool("flask"))
        with CaptureQueriesContext(connection) as captured:
            tell_followers(NOW)
        costs.append(len(captured))
    assert costs == [costs[0]] * 2
    assert Notification.objects.count() == 1 + 31


def test_there_is_nothing_to_do_where_nothing_happened() -> None:
    make_member()
    with CaptureQueriesContext(connection) as captured:
        assert tell_followers(NOW) == 0
    assert len([query for query in captured if "SELECT" in query["sql"]]) == 1
