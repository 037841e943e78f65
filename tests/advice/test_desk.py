"""The moderators' desk: what waits, what is known of it, and acts that are taken once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from advice.desk.waiting import waiting
from advice.models import Act, Deed, Post, PostState, Report, token
from members.models import Member
from tests.advice.builders import a_member, a_tool, make_comment, make_decision, make_question
from tests.members.builders import logged_in, make_member, make_moderator, make_newcomer
from tests.pages import page, soup
from tools.models import Reason

pytestmark = pytest.mark.django_db
DESK, ACT = "/admin/desk/", "/admin/desk/act/"


def a_reason(text: str = "Small", state: str = "shown", author: Member | None = None) -> Reason:
    author = author or a_member()
    return Reason.objects.create(tool=a_tool(), side="pro", text=text, author=author, of_member=True, state=state)


def queued_post() -> Post:
    return make_decision(author=make_newcomer())


@pytest.fixture
def moderator() -> Client:
    return logged_in(make_moderator())


def seen(subject: Any) -> str:
    """What a form about the thing remembers, opened now."""
    subject.refresh_from_db()
    last = Act.objects.about(subject).first()
    return token(subject, last.pk if last else None)


def deed(subject: Any, name: str, **typed: Any) -> dict[str, Any]:
    """The form about a thing, opened now."""
    thing = f"{subject._meta.model_name}-{subject.pk}"
    return {"thing": thing, "seen": seen(subject), "deed": name, "grounds": "spam", **typed}


def state(subject: Any) -> str:
    return str(type(subject)._default_manager.get(pk=subject.pk).state)


def hidden(make: Callable[[], Any]) -> Callable[[], Any]:
    def made() -> Any:
        subject = make()
        subject.hide(timezone.now()) if isinstance(subject, Post) else subject.hide()
        return subject

    return made


def make_shown_comment() -> Any:
    return make_comment(make_question())


CHANGES: dict[str, tuple[Callable[[], Any], str, str]] = {
    "let a post through": (queued_post, "approve", "published"),
    "hide a post that waits": (queued_post, "hide", "hidden"),
    "hide a post": (make_decision, "hide", "hidden"),
    "restore a post": (hidden(make_decision), "restore", "published"),
    "leave a post": (make_decision, "dismiss", "published"),
    "warn for a post": (make_decision, "warn", "published"),
    "hide a comment": (make_shown_comment, "hide", "hidden"),
    "restore a comment": (hidden(make_shown_comment), "restore", "shown"),
    "leave a comment": (make_shown_comment, "dismiss", "shown"),
    "warn for a comment": (make_shown_comment, "warn", "shown"),
    "let a reason through": (lambda: a_reason(state="queued"), "approve", "shown"),
    "hide a reason": (a_reason, "hide", "hidden"),
    "restore a reason": (lambda: a_reason(state="hidden"), "restore", "shown"),
    "leave a reason": (a_reason, "dismiss", "shown"),
    "warn for a reason": (a_reason, "warn", "shown"),
}


@pytest.fixture(params=CHANGES)
def change(request: pytest.FixtureRequest) -> tuple[Any, str, str]:
    make, name, after = CHANGES[request.param]
    return make(), name, after


def test_a_moderator_acts_once_and_closes_the_reports(moderator: Client, change: tuple[Any, str, str]) -> None:
    subject, name, after = change
    for reporter in ("bob", "eve"):
        Report.objects.send(make_member(reporter), subject, "rude", "")
    form = deed(subject, name, note="Please do not.")
    for _ in range(2):
        response = moderator.post(ACT, form)
        assert (response.status_code, response.headers["Location"]) == (302, DESK)
    done = Act.objects.get()
    assert (done.subject, done.deed, done.grounds, done.note) == (subject, name, "spam", "Please do not.")
    assert (state(subject), Report.objects.open().count()) == (after, 0)


@pytest.mark.parametrize(
    ("make", "name", "told"),
    [
        (queued_post, "approve", "A moderator let your post “Flask for our billing service” through"),
        (make_decision, "hide", "A moderator hid your post “Flask for our billing service”: Spam or advertising"),
        (a_reason, "warn", "A moderator warns you because of your line about Flask: Spam or advertising"),
        (make_decision, "dismiss", "A moderator looked at your post “Flask for our billing service”"),
        (lambda: make_member("bob"), "suspend", "A moderator suspended your account: Spam or advertising"),
    ],
)
def test_the_author_is_told_once_with_the_note(
    moderator: Client, make: Callable[[], Any], name: str, told: str
) -> None:
    subject = make()
    author: Member = subject if isinstance(subject, Member) else subject.author
    form = deed(subject, name, note="Dear author", days="3")
    for _ in range(2):
        moderator.post(ACT, form)
    (notification,) = author.notifications.filter(kind="moderation")
    assert notification.text.startswith(told)
    assert (notification.note, notification.text.count("Dear")) == ("Dear author", 0)


def test_leaving_a_thing_without_a_note_is_not_told(moderator: Client) -> None:
    post = make_decision()
    moderator.post(ACT, deed(post, "dismiss"))
    assert post.author
    assert not post.author.notifications.exists()


def test_whom_a_post_names_hears_of_it_when_it_is_let_through(moderator: Client) -> None:
    bob = make_member("bob")
    post = make_decision(author=make_newcomer(), why="As @bob said.")
    assert not bob.notifications.exists()
    moderator.post(ACT, deed(post, "approve"))
    assert [(told.kind, told.url) for told in bob.notifications.all()] == [("mention", post.get_absolute_url())]


def test_the_second_of_two_moderators_is_told(moderator: Client) -> None:
    post = make_decision()
    form = deed(post, "dismiss")
    logged_in(make_moderator("second")).post(ACT, form)
    told = soup(moderator.post(ACT, form | {"deed": "hide"}, follow=True).content)
    assert [line.text for line in told.select(".messagelist li")] == [
        "Nothing done: something was decided about it already. Decision: Flask for our billing service"
    ]
    assert state(post) == "published"


def test_nobody_else_acts_or_looks(client: Client, change: tuple[Any, str, str]) -> None:
    subject, name, _ = change
    before = state(subject)
    form = deed(subject, name)
    assert client.post(ACT, form).headers["Location"].startswith("/accounts/login/")
    assert client.get(DESK).headers["Location"] == "/accounts/login/?next=/admin/desk/"
    staff = logged_in(make_member("staff", is_staff=True))
    for reader in (logged_in(make_member("bob")), staff):
        assert (reader.post(ACT, form).status_code, reader.get(DESK).status_code) == (403, 403)
    assert moderator_gets(ACT) == 405
    assert (state(subject), Act.objects.count()) == (before, 0)


def moderator_gets(url: str) -> int:
    return logged_in(make_moderator("other")).get(url).status_code


def test_a_suspended_moderator_only_reads(moderator: Client) -> None:
    post = make_decision()
    Member.objects.get(username="moderator").suspend(timezone.now() + timedelta(days=1), "Spam")
    assert moderator.post(ACT, deed(post, "hide")).status_code == 403
    assert state(post) == "published"


def test_a_member_is_suspended_for_days_and_readmitted(moderator: Client) -> None:
    bob = make_member("bob")
    moderator.post(ACT, deed(bob, "suspend", days="3", note="Third time."))
    bob.refresh_from_db()
    assert bob.suspended_until is not None
    assert timedelta(days=2, hours=23) < bob.suspended_until - timezone.now() <= timedelta(days=3)
    assert bob.suspension_reason == "Spam or advertising. Third time."
    moderator.post(ACT, deed(bob, "readmit"))
    bob.refresh_from_db()
    assert (bob.is_suspended, bob.suspension_reason) == (False, "")


def test_a_suspension_is_told_where_the_member_writes_and_ends_by_itself() -> None:
    bob = make_member("bob")
    url = f"/report/post/{make_decision().pk}/"
    bob.suspend(timezone.now() + timedelta(days=1), "Spam or advertising. Third time.")
    refused = logged_in(bob).post(url, {"grounds": "spam"})
    assert refused.status_code == 403
    assert "Their reason: Spam or advertising. Third time." in refused.content.decode()
    Member.objects.filter(pk=bob.pk).update(suspended_until=timezone.now() - timedelta(seconds=1))
    assert logged_in(bob).post(url, {"grounds": "spam"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"deed": "suspend", "days": "3", "grounds": ""}, "Choose the ground on which you do this."),
        ({"deed": "warn", "grounds": ""}, "Choose the ground on which you do this."),
        ({"deed": "suspend"}, "Say for how many days."),
        ({"deed": "suspend", "days": "366"}, "less than or equal to 365"),
        ({"deed": "suspend", "days": "0"}, "greater than or equal to 1"),
        ({"deed": "warn", "note": "x" * 501}, "at most 500 characters"),
    ],
)
def test_a_wrong_act_keeps_what_was_typed(moderator: Client, typed: dict[str, str], told: str) -> None:
    bob = make_member("bob")
    response = moderator.post(ACT, deed(bob, "warn", note="Please") | typed)
    html = soup(response.content)
    assert response.status_code == 422
    assert told in html.select(".desk-item")[0].text
    assert html.select("textarea")[0].text.strip() == typed.get("note", "Please")
    assert not Act.objects.exists()


def test_a_form_that_is_not_ours_is_refused(moderator: Client) -> None:
    form = deed(make_decision(), "hide")
    wrong = [{"thing": "tool-1"}, {"thing": "post-x"}, {"deed": "erase"}, {"seen": ""}, {"seen": "x" * 41}]
    assert {moderator.post(ACT, form | change).status_code for change in wrong} == {400}
    assert moderator.post(ACT, form | {"thing": "post-999999"}).status_code == 404
    assert not Act.objects.exists()


def test_what_does_not_fit_the_state_is_not_done(moderator: Client) -> None:
    post = make_decision()
    for name in ("approve", "restore", "release", "suspend", "readmit"):
        moderator.post(ACT, deed(post, name, days="3"))
    assert (state(post), Act.objects.count()) == ("published", 0)


def test_who_left_is_not_warned(moderator: Client) -> None:
    post = make_decision()
    Post.objects.update(author=None)
    moderator.post(ACT, deed(post, "warn"))
    assert not Act.objects.exists()
    assert "Nobody is named as its author." in page(moderator, f"{DESK}?about=post-{post.pk}").text


def test_what_waits_stands_in_one_queue_the_oldest_first(moderator: Client) -> None:
    newcomer = make_newcomer()
    post = make_decision("First", author=newcomer)
    reason = a_reason(state="queued", author=newcomer)
    comment = make_comment(make_question())
    Report.objects.send(make_member("bob"), comment, "rude", "Look")
    Report.objects.send(make_member("eve"), comment, "spam", "")
    Report.objects.send(make_member("dan"), newcomer, "spam", "")
    expected = [("post", post.pk), ("reason", reason.pk), ("comment", comment.pk), ("member", newcomer.pk)]
    assert waiting() == expected
    found = page(moderator, DESK)
    assert [item["id"] for item in found.select(".desk-item")] == [f"{kind}-{pk}" for kind, pk in expected]
    assert "reported 2 times: Rude or hateful, Spam or advertising" in " ".join(found.text.split())


def test_what_everybody_settled_waits_no_more() -> None:
    post, comment = make_decision(), make_comment(make_question())
    for subject in (post, comment):
        Report.objects.send(make_member(f"bob{subject.pk}{subject._meta.model_name}"), subject, "rude", "")
    post.remove(timezone.now())
    comment.remove()
    assert waiting() == []


def ring(subject: Any) -> None:
    for name in ("xan", "yan", "zan"):
        member = Member.objects.filter(username=name).first() or make_newcomer(name)
        subject.vote(member, "a" * 32)


@pytest.mark.parametrize("make", [make_decision, make_shown_comment, a_reason])
def test_held_votes_are_released(moderator: Client, make: Callable[[], Any]) -> None:
    subject = make()
    ring(subject)
    key = f"{subject._meta.model_name}-{subject.pk}"
    assert [f"{kind}-{pk}" for kind, pk in waiting()] == [key]
    assert "3 votes held" in page(moderator, DESK).select(f"#{key}")[0].text
    moderator.post(ACT, deed(subject, "release"))
    subject.refresh_from_db()
    assert (subject.votes_count, waiting()) == (3, [])


def test_votes_that_are_kept_held_wait_no_more_until_others_come(moderator: Client) -> None:
    post = make_decision()
    ring(post)
    moderator.post(ACT, deed(post, "hold"))
    post.refresh_from_db()
    assert (post.votes_count, post.votes.count(), waiting()) == (0, 3, [])
    post.vote(make_newcomer("wan"), "a" * 32)
    assert waiting() == [("post", post.pk)]


def test_the_desk_says_who_wrote_it_and_what_was_done_before(moderator: Client) -> None:
    ada = a_member()
    first, second = make_decision("First", author=ada), make_decision("Second", author=ada)
    comment = make_comment(second, author=ada)
    for subject, name in ((first, "hide"), (comment, "hide"), (ada, "warn")):
        moderator.post(ACT, deed(subject, name))
    Report.objects.send(make_member("bob"), second, "spam", "")
    told = " ".join(page(moderator, DESK).select(f"#post-{second.pk}")[0].text.split())
    assert "Joined 1 January 2024 · let through since 1 January 2024 · reported 1 time in all" in told
    assert "earlier: hidden ×2, author warned" in told


def test_one_thing_can_be_looked_at_again(moderator: Client) -> None:
    post = make_decision()
    moderator.post(ACT, deed(post, "hide"))
    url = f"{DESK}?about=post-{post.pk}"
    assert page(moderator, DESK).select(f'a[href="?about=post-{post.pk}"]')
    buttons = page(moderator, url).select(f"#post-{post.pk} > .desk-body > form button")
    assert [button["value"] for button in buttons] == ["dismiss", "restore"]
    moderator.post(ACT, deed(post, "restore") | {"next": url})
    assert state(post) == PostState.PUBLISHED


@pytest.mark.parametrize("about", ["", "post", "post-", "post-x", "post-0", "post-" + "9" * 30, "tool-1", "post-1-1"])
def test_nothing_is_about_what_there_is_not(moderator: Client, about: str) -> None:
    assert moderator.get(DESK, {"about": about}).status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "x", "9" * 20])
def test_there_is_no_page_beyond_the_end(moderator: Client, number: str) -> None:
    assert moderator.get(DESK, {"page": number}).status_code == 404


def fill(number: int) -> None:
    """Of everything that waits one more, each by another author."""
    author = make_newcomer(f"author{number}")
    make_decision(f"Queued {number}", author=author)
    a_reason(f"Queued {number}", state="queued", author=author)
    post = make_decision(f"Reported {number}", author=make_member(f"writer{number}"))
    comment = make_comment(post, f"Comment {number}", author=make_member(f"talker{number}"))
    reporter = make_member(f"reporter{number}")
    for subject in (post, comment, a_reason(f"Reported {number}"), author):
        Report.objects.send(reporter, subject, "rude", "")
        ring(subject) if subject is not author else None
    Act.objects.create(moderator=reporter, deed=Deed.DISMISS, post=post)


def test_the_desk_asks_as_much_with_one_thing_of_each_kind_as_with_a_full_page(
    moderator: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(1)
    with django_assert_num_queries(22):
        assert len(page(moderator, DESK).select(".desk-item")) == 6
    fill(2)
    fill(3)
    with django_assert_num_queries(22):
        assert len(page(moderator, DESK).select(".desk-item")) == 10


def test_the_admin_leads_moderators_to_the_desk(moderator: Client) -> None:
    assert page(moderator, "/admin/").select(f'a[href="{DESK}"]')
    assert not page(logged_in(make_member("staff", is_staff=True)), "/admin/").select(f'a[href="{DESK}"]')
