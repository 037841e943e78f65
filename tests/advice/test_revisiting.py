"""What became of decisions: asked when it is due, told once, counted as it should be."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from advice.models import Outcome, Post, Result, Standing, Subscription
from advice.revisiting import ask_due
from members.models import Kind, Notification
from tests.advice.builders import a_member, a_tool, make_decision, make_question
from tests.members.builders import logged_in
from tests.pages import soup

pytestmark = pytest.mark.django_db
DECIDED = date(2026, 1, 31)
BEGUN = datetime(2026, 1, 31, 12, tzinfo=UTC)


def decided(**fields: Any) -> Post:
    """A decision published on the day it was made, the last of January."""
    with time_machine.travel(BEGUN, tick=False):
        return make_decision(decided_on=DECIDED, **fields)


def told(result: str = "kept", on: date = date(2026, 8, 1), **fields: Any) -> dict[str, Any]:
    """What a browser sends to tell it."""
    return {"result": result, "on": str(on), "why": "It went so.", "replaced_by": "", **fields}


def ask(day: date) -> int:
    return ask_due(day, datetime(day.year, day.month, day.day, 6, tzinfo=UTC))


def days_after(days: int) -> date:
    return DECIDED + timedelta(days=days)


@pytest.fixture
def in_august() -> Any:
    with time_machine.travel(datetime(2026, 8, 1, 12, tzinfo=UTC), tick=False):
        yield


def test_an_author_is_asked_after_6_12_and_24_months_once_each() -> None:
    post = decided()
    days = [date(2026, 7, 30), date(2026, 7, 31), date(2026, 8, 1), date(2027, 1, 31), date(2028, 1, 31)]
    assert [ask(day) for day in days] == [0, 1, 0, 1, 1]
    notes = Notification.objects.filter(member=post.author, kind=Kind.REVISIT).order_by("pk")
    assert [note.text.split(".")[0] for note in notes] == [
        "You decided this 6 months ago",
        "You decided this 12 months ago",
        "You decided this 24 months ago",
    ]
    assert {note.url for note in notes} == {f"/advice/{post.pk}/revisit/"}


def test_nobody_is_asked_of_what_is_over_hidden_or_without_an_author() -> None:
    over, hidden, orphan = decided(), decided(title="Hidden"), decided(title="Orphan")
    Outcome(post=over).tell(Result.ENDED, "Sold.", date(2026, 3, 1), timezone.now())
    hidden.hide(timezone.now())
    Post.objects.filter(pk=orphan.pk).update(author=None)
    assert ask(date(2029, 1, 1)) == 0


def test_every_decision_that_is_due_is_asked_about() -> None:
    for number in range(3):
        decided(title=f"Decision {number}")
    assert ask(date(2026, 7, 31)) == 3
    assert Notification.objects.count() == 3


@pytest.mark.usefixtures("in_august")
def test_the_answer_goes_to_the_visit_that_was_due_and_sent_twice_is_one() -> None:
    post = decided()
    ada, url = logged_in(a_member()), f"/advice/{post.pk}/revisit/"
    for _ in range(2):
        assert ada.post(url, told("regrets")).headers["Location"] == post.get_absolute_url()
    assert list(Outcome.objects.answered().values_list("months", "result", "on")) == [
        (6, "regrets", date(2026, 8, 1)),
    ]
    post.refresh_from_db()
    assert post.revisited_at == timezone.now()


@pytest.mark.usefixtures("in_august")
def test_whoever_subscribes_to_a_decision_hears_how_it_turned_out() -> None:
    post, grace = decided(), a_member("grace")
    Subscription.objects.state(grace, post, wanted=True)
    logged_in(a_member()).post(f"/advice/{post.pk}/revisit/", told("ended"))
    assert [note.text for note in grace.notifications.all()] == [
        f"ada told how “{post.title}” turned out: project ended"
    ]


@pytest.mark.usefixtures("in_august")
def test_one_answer_answers_every_visit_that_was_due() -> None:
    with time_machine.travel(datetime(2025, 1, 1, tzinfo=UTC)):
        post = make_decision(decided_on=date(2025, 1, 1))
    logged_in(a_member()).post(f"/advice/{post.pk}/revisit/", told())
    assert list(post.outcomes.order_by("due_on").values_list("months", "result")) == [(6, "kept"), (24, "")]


def test_what_is_told_unasked_has_no_visit() -> None:
    post = decided()
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC)):
        logged_in(a_member()).post(f"/advice/{post.pk}/revisit/", told(on=date(2026, 2, 20)))
    assert Outcome.objects.answered().get().months is None
    assert post.outcomes.count() == 4


@pytest.mark.usefixtures("in_august")
def test_a_replacement_names_both_tools_and_sent_twice_is_one_move() -> None:
    post = decided(chosen=["flask", "redis"])
    a_tool("django")
    sent = told("replaced", tool=a_tool("flask").pk, replaced_by="django")
    for _ in range(2):
        assert logged_in(a_member()).post(f"/advice/{post.pk}/revisit/", sent).status_code == 302
    assert Standing.objects.get(tool__slug="flask").gone_to == [["django", "Django", 1]]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (told(""), "Say what became of it."),
        (told("replaced"), "Say which tool was replaced."),
        (told("replaced", tool="flask", replaced_by="Flask"), "Flask cannot replace itself."),
        (told("replaced", tool="flask", replaced_by="Flaskk"), "No tool here is called “Flaskk”. Did you mean Flask?"),
        (told("regrets", why=""), "Say why: a sentence is enough."),
        (told(why="x" * 2_001), "This has 2,001 characters, and up to 2,000 fit: shorten it."),
        (told(on=date(2026, 8, 2)), "This day is yet to come."),
        (
            told(on=date(2026, 1, 30)),
            "On that day it was not decided yet, or you told of a later one: 31 January 2026 or later.",
        ),
    ],
)
@pytest.mark.usefixtures("in_august")
def test_what_cannot_be_is_refused_and_kept_in_the_form(sent: dict[str, Any], sentence: str) -> None:
    post = decided(chosen=["flask"])
    if sent.get("tool") == "flask":
        sent = sent | {"tool": a_tool("flask").pk}
    response = logged_in(a_member()).post(f"/advice/{post.pk}/revisit/", sent)
    page = soup(response.content)
    assert response.status_code == 400
    assert [item.get_text() for item in page.select(".errorlist li")] == [sentence]
    assert page.select("textarea[name=why]")[0].get_text().strip() == sent["why"]
    assert not Outcome.objects.answered().exists()


def test_the_latest_is_corrected_within_a_day_and_not_after() -> None:
    post = decided()
    ada, url = logged_in(a_member()), f"/advice/{post.pk}/revisit/"
    with time_machine.travel(datetime(2026, 8, 1, 12, tzinfo=UTC)) as clock:
        ada.post(url, told("ended"))
        latest = Outcome.objects.answered().get()
        assert b"checked" in ada.get(f"{url}?correct={latest.pk}").content
        ada.post(url, told("kept", correct=latest.pk))
        assert Outcome.objects.answered().get().result == "kept"
        clock.shift(timedelta(days=1, minutes=1))
        late = ada.post(url, told("regrets", correct=latest.pk))
        assert b"more than a day ago" in late.content
        assert ada.post(url, told("regrets", correct=latest.pk + 1)).status_code == 400
    assert Outcome.objects.answered().get().result == "kept"


def test_a_corrected_move_leaves_the_tool_that_was_named_first() -> None:
    post = decided(chosen=["flask"])
    outcome = Outcome(post=post)
    for by in ("django", "rails"):
        outcome.tell(Result.REPLACED, "", days_after(100), timezone.now(), tool=a_tool("flask"), by=a_tool(by))
    assert Standing.objects.get(tool__slug="django").came_from == []
    assert Standing.objects.get(tool__slug="rails").came_from == [["flask", "Flask", 1]]


@pytest.mark.usefixtures("in_august")
def test_after_the_end_of_a_project_there_is_nothing_to_tell() -> None:
    post = decided()
    ada, url = logged_in(a_member()), f"/advice/{post.pk}/revisit/"
    ada.post(url, told("ended"))
    assert b"nothing left to ask" in ada.get(url).content
    assert ada.post(url, told("kept")).status_code == 400
    assert Outcome.objects.answered().get().result == "ended"


@pytest.mark.usefixtures("in_august")
def test_only_the_author_of_a_published_decision_tells() -> None:
    post = decided()
    url = f"/advice/{post.pk}/revisit/"
    grace = logged_in(a_member("grace"))
    assert (grace.get(url).status_code, grace.post(url, told()).status_code) == (403, 403)
    assert Client().get(url).headers["Location"].startswith("/accounts/login/")
    assert b"You are logged out" in Client().post(url, told()).content
    for other in (make_decision("Draft", published=False), make_question()):
        assert logged_in(a_member()).get(f"/advice/{other.pk}/revisit/").status_code == 404


def test_the_share_still_standing_is_the_one_reckoned_by_hand() -> None:
    """Eight decisions for Flask, seven of them revisited.

    Replaced after 100, 200 and 200 days; kept when last seen after 150 and 400; project ended after 250; one replaced
    Redis after 300 days and kept Flask until then. At day 100 seven are watched: 6/7. At day 200 five are (one was last
    seen at 150): 6/7 · 3/5 = 18/35. The eighth was never revisited and does not count.
    """
    after = [("replaced", 100), ("replaced", 200), ("replaced", 200), ("kept", 150), ("regrets", 400), ("ended", 250)]
    for number, (result, days) in enumerate(after):
        is_gone = result == Result.REPLACED
        post = decided(title=f"Decision {number}")
        Outcome(post=post).tell(
            Result(result), "", days_after(days), timezone.now(), tool=a_tool("flask") if is_gone else None
        )
    other = decided(title="Another", chosen=["flask", "redis"])
    Outcome(post=other).tell(Result.REPLACED, "", days_after(300), timezone.now(), tool=a_tool("redis"))
    decided(title="Never revisited")
    standing = Standing.objects.get(tool__slug="flask")
    assert (standing.decisions_count, standing.cases) == (8, 7)
    assert standing.steps == [[100, pytest.approx(6 / 7), 7], [200, pytest.approx(18 / 35), 5]]


def test_under_five_cases_no_share_is_told() -> None:
    for number in range(4):
        Outcome(post=decided(title=f"Decision {number}")).tell(
            Result.REPLACED, "", days_after(30), timezone.now(), tool=a_tool("flask")
        )
    standing = Standing.objects.get(tool__slug="flask")
    assert (standing.cases, standing.steps) == (4, [])


def test_a_tool_kept_first_and_replaced_later_counts_as_replaced_then() -> None:
    for number in range(5):
        post = decided(title=f"Decision {number}")
        Outcome(post=post).tell(Result.KEPT, "", days_after(50), timezone.now())
        Outcome(post=post).tell(Result.REPLACED, "", days_after(90), timezone.now(), tool=a_tool("flask"))
    assert Standing.objects.get(tool__slug="flask").steps == [[90, 0.0, 5]]
