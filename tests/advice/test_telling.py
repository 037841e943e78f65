"""Who hears of what is written: each member once, in the way that says most to them."""

from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from advice import telling
from advice.models import Act, Comment, Deed, Grounds, Outcome, Post, Result, Subscription
from members.models import Member, Notification
from tests.advice.builders import a_member, a_tool, make_comment, make_decision, make_question
from tests.members.builders import make_member, make_moderator, make_newcomer
from tools.models import Reason

pytestmark = pytest.mark.django_db


def heard() -> list[tuple[str, str, str]]:
    """Who was told, of what kind, in which words."""
    rows = Notification.objects.order_by("member__username", "pk").select_related("member")
    return [(row.member.username, row.kind, row.text) for row in rows]


def say(post: Post, body: str = "It went well for us.", **fields: object) -> Comment:
    comment = make_comment(post, body, **fields)
    telling.comment_said(comment)
    return comment


@pytest.fixture
def decision() -> Post:
    return make_decision("Flask for billing")


def test_subscribers_hear_of_a_comment_and_its_author_does_not(decision: Post) -> None:
    comment = say(decision)
    assert heard() == [("ada", "comment", "grace commented on “Flask for billing”")]
    assert Notification.objects.get().url == comment.get_absolute_url()


def test_a_member_goes_by_the_name_they_chose(decision: Post) -> None:
    say(decision, author=make_member("hopper", display_name="Grace Hopper"))
    assert heard() == [("ada", "comment", "Grace Hopper commented on “Flask for billing”")]


def test_whom_it_answers_hears_of_a_reply_and_not_of_a_comment_too(decision: Post) -> None:
    parent = make_comment(decision)
    say(decision, "Same here, @grace.", parent=parent, author=make_member("linus"))
    assert heard() == [
        ("ada", "comment", "linus commented on “Flask for billing”"),
        ("grace", "reply", "linus replied to your comment on “Flask for billing”"),
    ]


def test_the_asker_hears_of_an_answer() -> None:
    question = make_question("Which framework?")
    Subscription.objects.begin(make_member("linus"), question)
    say(question, tools=["flask"])
    assert heard() == [
        ("ada", "answer", "grace answered your question “Which framework?”"),
        ("linus", "comment", "grace answered “Which framework?”"),
    ]


def test_whoever_is_named_hears_of_it(decision: Post) -> None:
    make_member("linus")
    say(decision, "Ask @linus and @nobody, not @grace.")
    assert heard() == [
        ("ada", "comment", "grace commented on “Flask for billing”"),
        ("linus", "mention", "grace mentioned you in a comment on “Flask for billing”"),
    ]


def test_the_eleventh_name_of_a_text_is_not_told(decision: Post) -> None:
    Subscription.objects.all().delete()
    names = [make_member(f"member-{number:02}").username for number in range(11)]
    say(decision, " ".join(f"@{name}" for name in names))
    assert [name for name, kind, _ in heard()] == names[:10]


def test_who_wished_to_hear_nothing_of_a_post_hears_only_when_named() -> None:
    question = make_question("Which framework?")
    Subscription.objects.state(a_member("ada"), question, wanted=False)
    first = say(question, tools=["flask"])
    Subscription.objects.state(a_member("grace"), question, wanted=False)
    say(question, parent=first, author=make_member("linus"))
    assert heard() == []
    say(question, "As @ada says.", author=a_member("linus"))
    assert heard() == [("ada", "mention", "linus mentioned you in a comment on “Which framework?”")]


def test_a_closed_account_hears_nothing(decision: Post) -> None:
    Member.objects.update(is_active=False)
    say(decision)
    assert heard() == []


def test_telling_again_tells_nobody_twice(decision: Post) -> None:
    comment = say(decision)
    telling.comment_said(comment)
    assert len(heard()) == 1


def test_a_post_tells_whom_it_names_once_it_is_published() -> None:
    make_member("linus")
    waiting = make_decision("Waiting", author=make_newcomer(), why="Because @linus said so.")
    telling.post_published(waiting)
    assert heard() == []
    waiting.approve(timezone.now())
    telling.post_published(waiting)
    assert heard() == [("linus", "mention", "newcomer mentioned you in “Waiting”")]


def test_an_outcome_tells_the_decisions_subscribers(decision: Post) -> None:
    Subscription.objects.begin(a_member("grace"), decision)
    outcome = Outcome(post=decision)
    outcome.tell(Result.REGRETS, "It grew.", date(2026, 11, 21), timezone.now())
    telling.outcome_told(outcome)
    assert heard() == [("grace", "comment", "ada told how “Flask for billing” turned out: kept, with regrets")]


def test_a_long_title_leaves_room_for_the_sentence() -> None:
    make_member("linus")
    post = make_decision("A" * 120, author=make_member("x" * 40, display_name="N" * 60))
    say(post, "@linus")
    (text,) = [text for name, _, text in heard() if name == "linus"]
    assert text == f"grace mentioned you in a comment on “{'A' * 79}…”"


def test_the_author_hears_what_a_moderator_did_and_wrote(decision: Post) -> None:
    moderator, comment = make_moderator(), make_comment(decision)
    reason = Reason.objects.create(tool=a_tool(), side="pro", text="Small", author=make_member("linus"), of_member=True)
    acts = [
        Act(post=decision, deed=Deed.HIDE, grounds=Grounds.SPAM, note="One link is enough."),
        Act(comment=comment, deed=Deed.RESTORE),
        Act(reason=reason, deed=Deed.APPROVE),
        Act(member=a_member("ada"), deed=Deed.SUSPEND, grounds=Grounds.RUDE),
        Act(reason=reason, deed=Deed.DISMISS),
    ]
    for act in acts:
        act.moderator = moderator
        act.save()
        telling.moderated(act)
    assert heard() == [
        ("ada", "moderation", "A moderator hid your post “Flask for billing”: Spam or advertising"),
        ("ada", "moderation", "A moderator suspended your account: Rude or hateful"),
        ("grace", "moderation", "A moderator restored your comment on “Flask for billing”"),
        ("linus", "moderation", "A moderator let your line about Flask through"),
    ]
    assert Notification.objects.order_by("pk")[0].note == "One link is enough."
    assert [row.url for row in Notification.objects.order_by("pk")] == [
        decision.get_absolute_url(),
        comment.get_absolute_url(),
        "/tools/flask/",
        "/members/ada/",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_telling_costs_the_same_however_many_hear(
    decision: Post, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        Subscription.objects.begin(make_member(f"member-{number}"), decision)
    comment = make_comment(decision)
    with django_assert_num_queries(3):
        telling.comment_said(comment)
