"""Readers report a post, a comment, a reason, a stack or a member: once, with a ground, and never what is their own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from advice.limits import NOTE
from advice.models import Report
from tests.advice.builders import a_member, a_tool, make_comment, make_decision, make_question
from tests.members.builders import logged_in, make_member
from tests.pages import page, soup
from tests.stacks.builders import make_stack
from tools.models import Reason

pytestmark = pytest.mark.django_db
SPAM = {"grounds": "spam", "text": "Buy now"}

MAKERS: dict[str, Callable[[], Any]] = {
    "post": make_decision,
    "comment": lambda: make_comment(make_question(), author=a_member()),
    "reason": lambda: Reason.objects.create(tool=a_tool(), side="pro", text="Small", author=a_member(), of_member=True),
    "stack": make_stack,
    "member": a_member,
}


@pytest.fixture(params=MAKERS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def subject(kind: str) -> Any:
    return MAKERS[kind]()


@pytest.fixture
def url(kind: str, subject: Any) -> str:
    return f"/report/{kind}/{subject.pk}/"


@pytest.fixture
def reader() -> Client:
    return logged_in(make_member("bob"))


def test_an_anonymous_reader_is_asked_to_log_in(client: Client, url: str) -> None:
    assert client.get(url).headers["Location"].startswith("/accounts/login/?next=")
    assert SPAM["text"] in soup(client.post(url, SPAM).content).text
    assert not Report.objects.exists()


def test_a_member_reports_a_thing_once(reader: Client, kind: str, subject: Any, url: str) -> None:
    assert page(reader, url).select_one("h1").text.startswith("Report a")  # type: ignore[union-attr]  # the page has one
    for _ in range(2):
        response = reader.post(url, SPAM)
        assert (response.status_code, response.headers["Location"]) == (302, url)
    report = Report.objects.get()
    assert (report.subject, report.subject_kind, report.grounds, report.text) == (subject, kind, "spam", "Buy now")


def test_the_reporter_is_thanked_and_told_what_happens_next(reader: Client, url: str) -> None:
    thanks = soup(reader.post(url, SPAM, follow=True).content)
    assert [line.text for line in thanks.select(".message")] == ["Thank you. A moderator will look at it."]
    assert "What happens next" in [heading.text for heading in thanks.select("h2")]
    again = soup(reader.post(url, SPAM, follow=True).content)
    assert [line.text for line in again.select(".message")] == ["You reported this already."]
    assert not page(reader, url).select("main form")


def test_the_author_cannot_report_their_own(url: str) -> None:
    author = logged_in(a_member())
    assert author.get(url).status_code == 403
    response = author.post(url, SPAM)
    assert (response.status_code, soup(response.content).select("h1")[0].text) == (403, "This is yours")
    assert not Report.objects.exists()


def test_each_member_may_report_and_may_again_when_a_moderator_has_answered(
    reader: Client, subject: Any, url: str
) -> None:
    reader.post(url, SPAM)
    logged_in(make_member("eve")).post(url, SPAM)
    assert Report.objects.open().about(subject).count() == 2
    Report.objects.close(timezone.now())
    reader.post(url, SPAM)
    assert Report.objects.open().count() == 1


def test_what_a_suspended_member_reports_is_refused(url: str) -> None:
    member = make_member("bob")
    member.suspend(timezone.now() + timedelta(days=1), "Spam")
    assert logged_in(member).post(url, SPAM).status_code == 403
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": "Look"}, "This field is required."),
        ({"grounds": "nonsense", "text": "Look"}, "Select a valid choice"),
        ({"grounds": "other"}, "Say in a few words what is wrong."),
        ({"grounds": "other", "text": "   "}, "Say in a few words what is wrong."),
        ({"grounds": "spam", "text": "x" * (NOTE + 1)}, f"at most {NOTE} characters"),
    ],
)
def test_a_wrong_report_keeps_what_was_typed(reader: Client, typed: dict[str, str], told: str) -> None:
    response = reader.post(f"/report/post/{make_decision().pk}/", typed)
    form = soup(response.content).select("main form")[0]
    assert response.status_code == 200
    assert told in form.text
    assert form.select("textarea")[0].text.strip() == typed.get("text", "").strip()
    assert not Report.objects.exists()


def test_a_note_may_have_so_many_characters(reader: Client) -> None:
    assert (
        reader.post(f"/report/post/{make_decision().pk}/", {"grounds": "spam", "text": "x" * NOTE}).status_code == 302
    )


def test_what_readers_do_not_see_cannot_be_reported(reader: Client) -> None:
    draft, hidden = make_decision("Draft", published=False), make_decision("Hidden")
    comment, under_hidden = make_comment(make_question()), make_comment(hidden)
    hidden.hide(timezone.now())
    comment.hide()
    reason = Reason.objects.create(tool=a_tool(), side="pro", text="Small", state="queued")
    gone = make_member("gone", is_active=False)
    paths = [
        *(f"post/{pk}" for pk in (draft.pk, hidden.pk, 0, 10**30)),
        *(f"comment/{pk}" for pk in (comment.pk, under_hidden.pk)),
        f"reason/{reason.pk}",
        f"member/{gone.pk}",
        f"tool/{reason.tool_id}",
    ]
    assert {reader.post(f"/report/{path}/", SPAM).status_code for path in paths} == {404}
    assert not Report.objects.exists()
