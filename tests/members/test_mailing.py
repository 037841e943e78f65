"""Mail about notifications, over real SMTP: when it is due, to whom it goes, and what failures leave."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from config.mail import mailer
from members.mailing import MEMBERS_PER_RUN, mail_due
from members.models import Kind, MailPreference, Member, Notification, Rhythm
from members.rhythm import TRIES, next_try
from tests.members.builders import make_member, make_reader
from tests.members.mail_server import MailServer, mail_server, texts
from tests.pages import soup

__all__ = ["mail_server"]
pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
SUNDAY = MONDAY - timedelta(hours=19)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def tell(
    member: Member, at: datetime = SUNDAY, kind: Kind = Kind.REPLY, text: str = "grace replied", note: str = ""
) -> None:
    key = f"event-{Notification.objects.count()}"
    with time_machine.travel(at, tick=False):
        Notification.objects.tell([member], kind, key, text, "/comments/1/", note=note)


def test_what_is_due_at_once_goes_out_once(mail_server: MailServer) -> None:
    tell(make_reader())
    assert mail_due(SUNDAY + MINUTE).sent == 1
    assert mail_due(SUNDAY + 2 * MINUTE).sent == 0
    (message,) = mail_server.taken
    assert (message["To"], message["Subject"]) == ("ada@example.org", "[Whystack] grace replied")


@pytest.mark.parametrize(
    ("rhythm", "told", "until", "since"),
    [
        (Rhythm.AT_ONCE, SUNDAY, SUNDAY - MINUTE, SUNDAY),
        (Rhythm.DAILY, SUNDAY, MONDAY - MINUTE, MONDAY),
        (Rhythm.DAILY, SUNDAY, MONDAY - MINUTE, MONDAY + DAY),
        (Rhythm.WEEKLY, SUNDAY - 6 * DAY, MONDAY - MINUTE, MONDAY),
        (Rhythm.WEEKLY, MONDAY + MINUTE, MONDAY + 7 * DAY - MINUTE, MONDAY + 7 * DAY),
    ],
)
def test_each_rhythm_has_its_hour(
    mail_server: MailServer, rhythm: Rhythm, told: datetime, until: datetime, since: datetime
) -> None:
    member = make_reader()
    MailPreference.objects.state(member, {Kind.REPLY: rhythm})
    tell(member, told)
    assert mail_due(until).sent == 0
    assert mail_due(since).sent == 1


def test_who_wants_none_gets_none_and_what_was_read_is_not_mailed(mail_server: MailServer) -> None:
    never, reader = make_reader("never"), make_reader("reader")
    MailPreference.objects.state(never, {Kind.REPLY: Rhythm.NEVER})
    tell(never)
    tell(reader)
    reader.notifications.mark_read(SUNDAY)
    assert mail_due(SUNDAY + 8 * DAY).sent == 0


def test_no_mail_goes_where_nobody_proved_to_be(mail_server: MailServer) -> None:
    make_member("without-address")
    EmailAddress.objects.filter(user=make_reader("unverified")).update(verified=False)
    make_reader("gone", is_active=False)
    make_reader("suspended", suspended_until=SUNDAY + 4_000 * DAY)
    make_reader("paused", suspended_until=SUNDAY + 7 * DAY)
    for member in Member.objects.all():
        tell(member)
    mail_due(SUNDAY + MINUTE)
    assert [message["To"] for message in mail_server.taken] == ["paused@example.org"]


def test_one_mail_gathers_what_is_due(mail_server: MailServer) -> None:
    member = make_reader()
    tell(member, text="linus mentioned you", kind=Kind.MENTION)
    tell(member, text="A moderator hid your post", note="One link\nis enough.", kind=Kind.MODERATION)
    tell(member, text="grace commented", kind=Kind.COMMENT)
    mail_due(SUNDAY + MINUTE)
    (message,) = mail_server.taken
    plain, html = texts(message)
    assert message["Subject"] == "[Whystack] linus mentioned you and 1 more"
    assert [a.text for a in soup(html.encode()).select("li > a")] == [
        "linus mentioned you",
        "A moderator hid your post",
    ]
    assert plain.startswith(
        "linus mentioned you\n22 November 2026, 12:00 UTC\nhttps://whystack.example/comments/1/\n\n"
    )
    assert "    One link\n    is enough.\n" in plain
    assert "One link<br>is enough." in html


def test_a_very_long_mail_leads_to_the_site(mail_server: MailServer) -> None:
    member = make_reader()
    for number in range(32):
        tell(member, text=f"event {number}")
    mail_due(SUNDAY + MINUTE)
    plain, html = texts(mail_server.taken[0])
    assert len(soup(html.encode()).select("li")) == 30
    assert "And 2 more: https://whystack.example/notifications/" in plain


def test_the_headers_as_they_are_sent(mail_server: MailServer, settings: Settings) -> None:
    settings.CONTACT_EMAIL = "editors@whystack.example"
    tell(make_reader(), text="Grüße aus Köln: grace replied to your comment on “A rather long title of a question”")
    mail_due(SUNDAY + MINUTE)
    (message,) = mail_server.taken
    header = mail_server.raw[0].partition(b"\r\n\r\n")[0].decode("ascii")
    assert re.search(
        r"^List-Unsubscribe: <https://whystack\.example/unsubscribe/[\w:-]+/>,\r\n"
        r" <mailto:editors@whystack\.example\?subject=unsubscribe>\r?$",
        header,
        re.MULTILINE,
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@whystack.example>")
    assert "“A rather" in message["Subject"]


def test_a_mail_tried_again_is_known_by_its_id(mail_server: MailServer) -> None:
    tell(make_reader())
    for _ in range(2):
        Notification.objects.update(mailed_at=None)
        mail_due(SUNDAY + MINUTE)
    first, second = mail_server.taken
    assert first["Message-ID"] == second["Message-ID"]


def test_the_way_out_works_without_a_log_in(mail_server: MailServer) -> None:
    member = make_reader()
    tell(member)
    mail_due(SUNDAY + MINUTE)
    (message,) = mail_server.taken
    path = message["List-Unsubscribe"].strip("<>").removeprefix("https://whystack.example")
    with time_machine.travel(SUNDAY + 300 * DAY):
        anybody = Client(enforce_csrf_checks=True)
        assert anybody.get(path).status_code == 200
        assert MailPreference.objects.of(member)[Kind.REPLY] == Rhythm.AT_ONCE
        assert anybody.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert MailPreference.objects.of(member)[Kind.REPLY] == Rhythm.NEVER
    assert path in texts(message)[0]


def test_one_refused_mail_holds_up_nobody_and_is_tried_again_a_few_times(mail_server: MailServer) -> None:
    tell(make_reader("ada"))
    tell(make_reader("grace"))
    mail_server.refused = {"ada@example.org": "550 No such person"}
    now = SUNDAY + MINUTE
    assert str(mail_due(now)) == "Mails sent: 1, failed: 1."
    assert mail_due(now + 9 * MINUTE).failed == 0
    for failures in range(1, TRIES):
        now = next_try(now, failures)
        assert mail_due(now).failed == 1
    assert mail_due(now + DAY).failed == 0
    mail_server.refused = {}
    assert mail_due(now + 2 * DAY).sent == 0
    assert [message["To"] for message in mail_server.taken] == ["grace@example.org"]


def test_what_is_refused_for_now_goes_out_later(mail_server: MailServer) -> None:
    tell(make_reader())
    mail_server.refused = {"ada@example.org": "451 Later, please"}
    mail_due(SUNDAY + MINUTE)
    mail_server.refused = {}
    assert mail_due(SUNDAY + 11 * MINUTE).sent == 1


def test_nothing_is_claimed_while_the_server_is_away(settings: Settings) -> None:
    with MailServer() as gone:
        settings.MAILERS = {"default": mailer(gone.url)}
    tell(make_reader())
    assert str(mail_due(SUNDAY + MINUTE)) == (
        "Mails sent: 0, failed: 0. The mail server does not answer: ConnectionRefusedError"
    )
    assert Notification.objects.get().mail_failures == 0


def test_a_server_that_hangs_up_ends_the_run_and_loses_nothing(mail_server: MailServer) -> None:
    for name in ("ada", "grace", "linus"):
        tell(make_reader(name))
    mail_server.hangs_up = True
    done = mail_due(SUNDAY + MINUTE)
    assert (done.sent, done.failed, done.stopped) == (0, 1, "SMTPServerDisconnected")
    assert Notification.objects.filter(mailed_at=None).count() == 3
    mail_server.hangs_up = False
    mail_server.taken.clear()
    assert mail_due(SUNDAY + 11 * MINUTE).sent == 3


def test_no_address_reaches_the_log(mail_server: MailServer, caplog: pytest.LogCaptureFixture) -> None:
    tell(make_reader())
    mail_server.refused = {"ada@example.org": "550 ada@example.org is unknown"}
    mail_due(SUNDAY + MINUTE)
    assert "SMTPRecipientsRefused" in caplog.text
    assert "ada@" not in caplog.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_is_asked_the_same_number_of_times_however_long_it_is(
    mail_server: MailServer, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        tell(make_reader(f"member-{number}"))
    each = 4
    with django_assert_num_queries(2 + count * each):
        assert mail_due(SUNDAY + MINUTE).sent == count
    assert count < MEMBERS_PER_RUN


def test_what_two_workers_claim_is_sent_by_one() -> None:
    member = make_reader()
    tell(member)
    first = Notification.objects.claim(member, SUNDAY + MINUTE)
    second = Notification.objects.claim(member, SUNDAY + MINUTE)
    assert (len(first), second) == (1, [])
