"""The weekly digest: what it says, to whom, and that nobody gets it twice or for nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advice.models import Outcome, Post, Result
from config.digest.sending import send_due
from members.models import Digest, DigestState, Kind, MailPreference, Member, Rhythm
from tests.advice.builders import a_member, a_tool, make_decision, make_question
from tests.members.builders import make_member, make_reader
from tests.members.mail_server import MailServer, mail_server, texts
from tests.pages import soup
from tests.tools.alerts import make_alert
from tests.tools.builders import make_attribute, make_fact
from tools.models import Alert, AlertKind, Follow

__all__ = ["mail_server"]
pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
"""When digests begin to go out."""
NOW = MONDAY + timedelta(hours=1)
"""When everybody's minute has come."""
FRIDAY = MONDAY - timedelta(days=3)
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY - 60 * WEEK, tick=False) as clock:
        a_tool("flask")
        clock.move_to(FRIDAY)
        yield clock


@pytest.fixture
def ada() -> Member:
    """A member who follows Flask, and whose digest begins a week back."""
    return make_follower("ada")


def make_follower(username: str, *slugs: str, **fields: Any) -> Member:
    member = make_reader(username, **fields)
    for slug in slugs or ("flask",):
        Follow.objects.follow(member, a_tool(slug))
    return member


def by_grace(title: str = "Flask for billing", **fields: Any) -> Post:
    return make_decision(title, author=a_member("grace"), **fields)


def said(server: MailServer) -> tuple[str, str, str]:
    """Subject, text and HTML of the one mail that was taken."""
    (message,) = server.taken
    return str(message["Subject"]), *texts(message)


def test_what_happened_to_followed_tools_is_told(mail_server: MailServer, ada: Member) -> None:
    by_grace(considered=["django"])
    make_question("Flask or Bottle?", about=["flask", "bottle"], author=a_member("grace"))
    by_grace("Rails for the shop", chosen=["rails"])
    old = by_grace("Flask for the shop")
    Post.objects.filter(pk=old.pk).update(published_at=FRIDAY - 52 * WEEK)
    Outcome(post=old).tell(Result.REPLACED, "", date(2026, 11, 20), FRIDAY, a_tool("flask"), a_tool("django"))
    licence = make_attribute("licence", heading="Licence")
    with time_machine.travel(FRIDAY - 52 * WEEK):
        make_fact(a_tool("flask"), licence, "a")
    make_fact(a_tool("flask"), licence, "b")
    assert send_due(NOW).sent == 1
    subject, text, html = said(mail_server)
    assert subject == "[Whystack] Tools you follow: 2 new posts, 1 outcome and 1 fact"
    assert [title.text for title in soup(html.encode()).select("h2")] == [
        "Decisions and questions",
        "How decisions turned out",
        "Facts that are new or changed",
    ]
    assert [" ".join(item.text.split()) for item in soup(html.encode()).select("li")] == [
        "Needs advice Flask or Bottle? grace, on Flask and Bottle",
        "Decided Flask for billing grace, on Flask and Django",
        "Replaced: Flask by Django Flask for the shop On Flask",
        "Licence: B (before: A)",
    ]
    for line in ("* Decided: Flask for billing\n  grace, on Flask and Django\n", "* Licence: B (before: A)\n"):
        assert line in text
    assert f"https://whystack.example{old.get_absolute_url()}" in text
    assert "Rails" not in text


def test_both_parts_lead_to_the_same_places(mail_server: MailServer, ada: Member) -> None:
    post = by_grace()
    send_due(NOW)
    _, text, html = said(mail_server)
    links = [str(a["href"]) for a in soup(html.encode()).select("a")]
    assert [link for link in links if link not in text] == []
    assert f"https://whystack.example{post.get_absolute_url()}" in links
    assert not soup(html.encode()).select("img, script, link, table, [src]")


def test_nothing_is_sent_when_there_is_nothing_to_say(mail_server: MailServer, ada: Member) -> None:
    make_decision("Ada's own", author=ada)
    by_grace("A draft", published=False)
    by_grace("Hidden").hide(FRIDAY)
    assert send_due(NOW).sent == 0
    assert [row.state for row in Digest.objects.all()] == [DigestState.EMPTY]
    with CaptureQueriesContext(connection) as captured:
        send_due(NOW + MINUTE)
    assert len(captured) == 2, "there is nobody left to look at"


def test_a_fact_that_was_only_verified_anew_is_no_news(mail_server: MailServer, ada: Member) -> None:
    licence = make_attribute("licence")
    with time_machine.travel(FRIDAY - 52 * WEEK):
        make_fact(a_tool("flask"), licence, "a")
    make_fact(a_tool("flask"), licence, "a", verified_on=date(2026, 11, 20))
    assert send_due(NOW).sent == 0


def test_a_fact_that_changed_back_is_no_news(
    mail_server: MailServer, ada: Member, clock: time_machine.Traveller
) -> None:
    licence = make_attribute("licence")
    for moment, value in ((FRIDAY - 52 * WEEK, "a"), (FRIDAY, "b"), (FRIDAY + MINUTE, "a")):
        clock.move_to(moment)
        make_fact(a_tool("flask"), licence, value)
    assert send_due(NOW).sent == 0


def test_what_changed_comes_before_what_is_known_for_the_first_time(mail_server: MailServer, ada: Member) -> None:
    licence = make_attribute("licence", heading="Licence", importance=1)
    with time_machine.travel(FRIDAY - 52 * WEEK):
        make_fact(a_tool("flask"), licence, "a")
    make_fact(a_tool("flask"), make_attribute("typing", heading="Typing", importance=99), "a")
    make_fact(a_tool("flask"), licence, "b")
    send_due(NOW)
    assert "* Licence: B (before: A)\n* Typing: A\n" in said(mail_server)[1]


def test_the_facts_of_a_new_tool_are_no_news(mail_server: MailServer) -> None:
    make_follower("ada", "quart")
    make_fact(a_tool("quart"), make_attribute("licence"), "a")
    assert send_due(NOW).sent == 0


def test_many_facts_of_a_tool_are_counted(mail_server: MailServer, ada: Member) -> None:
    for number in range(7):
        make_fact(a_tool("flask"), make_attribute(f"trait-{number}"), "a")
    send_due(NOW)
    subject, text, _ = said(mail_server)
    assert subject.endswith("7 facts")
    assert text.count("* Trait") == 5
    assert "* And 2 more" in text


def test_what_happened_to_followed_tools_comes_first_tool_by_tool(mail_server: MailServer) -> None:
    make_follower("ada", "flask", "django")
    make_alert(a_tool("flask"), "Flask 4.0 is out: major version 4 follows 3.", AlertKind.MAJOR)
    make_alert(a_tool("flask"), "Flask has moved.", AlertKind.RENAMED, happened_on=date(2026, 11, 2))
    make_alert(a_tool("django"), "Django was archived.")
    make_alert(a_tool("rails"), "Rails was archived.")
    by_grace()
    assert send_due(NOW).sent == 1
    subject, text, html = said(mail_server)
    assert subject == "[Whystack] Tools you follow: 3 alerts and 1 new post"
    assert [title.text for title in soup(html.encode()).select("h2, h3")] == [
        "What happened to tools",
        "Django",
        "Flask",
        "Decisions and questions",
    ]
    lines = [
        "Django was archived. (20 November 2026)",
        "Flask 4.0 is out: major version 4 follows 3. (20 November 2026)",
        "Flask has moved. (2 November 2026)",
    ]
    assert [item.text for item in soup(html.encode()).select("ul.facts li")] == lines
    assert [line.removeprefix("* ") for line in text.splitlines() if line.startswith("* ")][:3] == lines
    assert "Flask (https://whystack.example/tools/flask/#lately)" in text
    assert "Rails" not in text + html


def test_many_alerts_are_counted_and_facts_are_told_with_facts(mail_server: MailServer, ada: Member) -> None:
    for _ in range(5):
        make_alert(a_tool("flask"))
    make_alert(a_tool("flask"), "Flask: Typing changed.", AlertKind.FACT)
    for number in range(9):
        Follow.objects.follow(ada, a_tool(f"tool-{number}"))
        make_alert(a_tool(f"tool-{number}"))
    send_due(NOW)
    subject, text, html = said(mail_server)
    assert subject.endswith(": 14 alerts")
    for part in (text, html):
        assert part.count("And 2 more") == 1
        assert "And alerts about 2 more of the tools you follow" in part
        assert "https://whystack.example/alerts/following/" in part
        assert "Typing" not in part


def test_alerts_of_before_or_withdrawn_are_no_news(
    mail_server: MailServer, ada: Member, clock: time_machine.Traveller
) -> None:
    make_alert(a_tool("flask"), withdrawn_at=FRIDAY)
    assert send_due(NOW).sent == 0
    clock.move_to(NOW + MINUTE)
    make_alert(a_tool("flask"))
    assert [send_due(NOW + WEEK).sent, send_due(NOW + 2 * WEEK).sent] == [1, 0]
    assert Alert.objects.count() == 2


def test_a_digest_goes_out_once_a_week(mail_server: MailServer, ada: Member) -> None:
    by_grace()
    sent = [send_due(NOW + hours).sent for hours in (timedelta(0), MINUTE, timedelta(hours=5))]
    assert sent == [1, 0, 0]


def test_the_next_digest_begins_where_the_last_one_ended(
    mail_server: MailServer, ada: Member, clock: time_machine.Traveller
) -> None:
    by_grace("First")
    send_due(NOW)
    clock.move_to(NOW + MINUTE)
    by_grace("Second")
    send_due(NOW + WEEK)
    first, second = (texts(message)[0] for message in mail_server.taken)
    assert ("First" in first, "First" in second, "Second" in second) == (True, False, True)


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        (MONDAY - MINUTE, 0),
        (MONDAY, 0),
        (MONDAY + MINUTE, 1),
        (MONDAY + timedelta(days=1) - MINUTE, 1),
        (MONDAY + timedelta(days=1), 0),
    ],
)
def test_digests_go_out_on_mondays_each_at_a_minute_of_its_own(
    mail_server: MailServer, moment: datetime, sent: int
) -> None:
    make_follower("ada", pk=61)
    by_grace()
    assert send_due(moment).sent == sent


def test_who_wants_none_follows_nothing_or_cannot_be_reached_gets_none(mail_server: MailServer, ada: Member) -> None:
    MailPreference.objects.state(ada, {Kind.DIGEST: Rhythm.NEVER})
    make_reader("idle")
    Follow.objects.follow(make_member("unverified"), a_tool("flask"))
    by_grace()
    assert (send_due(NOW).sent, Digest.objects.count()) == (0, 0)


def test_what_the_server_refuses_is_tried_again_that_day(mail_server: MailServer, ada: Member) -> None:
    make_follower("linus")
    by_grace()
    mail_server.refused = {"ada@example.org": "451 Later"}
    done = send_due(NOW)
    assert (done.sent, done.failed) == (1, 1)
    mail_server.refused = {}
    assert send_due(NOW + 9 * MINUTE).sent == 0
    assert send_due(NOW + 10 * MINUTE).sent == 1
    assert send_due(NOW + 11 * MINUTE).sent == 0
    assert [len(mail_server.to(f"{name}@example.org")) for name in ("ada", "linus")] == [1, 1]


def test_a_digest_that_never_went_out_is_part_of_the_next(mail_server: MailServer, ada: Member) -> None:
    by_grace()
    mail_server.refused = {"ada@example.org": "550 No"}
    send_due(NOW)
    mail_server.refused = {}
    assert send_due(NOW + WEEK).sent == 1


def test_what_another_process_has_claimed_is_not_sent(mail_server: MailServer, ada: Member) -> None:
    by_grace()
    assert Digest.objects.claim(ada, MONDAY.date(), NOW) is not None
    assert Digest.objects.claim(ada, MONDAY.date(), NOW) is None
    assert send_due(NOW).sent == 0


def test_weeks_long_gone_are_forgotten(ada: Member) -> None:
    Digest.objects.claim(ada, MONDAY.date() - 9 * WEEK, NOW - 9 * WEEK)
    send_due(NOW)
    assert [row.week for row in Digest.objects.all()] == [MONDAY.date()]


def test_finding_out_costs_the_same_however_many_members_there_are(mail_server: MailServer) -> None:
    by_grace(considered=["django"])
    attribute = make_attribute("licence")
    make_fact(a_tool("flask"), attribute, "a")
    costs = []
    for count in (1, 3):
        for number in range(count):
            make_follower(f"member-{count}-{number}", "flask", "django")
            by_grace(f"Post {count}-{number}")
            make_alert(a_tool("flask"))
        Digest.objects.all().delete()
        with CaptureQueriesContext(connection) as captured:
            members = send_due(NOW).sent
        costs.append(len(captured) - 5 * members)
    assert costs[0] == costs[1]
