"""What newcomers and everybody else may send: so many links, and nothing twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advice import screening
from advice.limits import LINKS, LINKS_OF_NEWCOMERS
from advice.models import Comment, Post
from advice.screening import ALIKE_WITHIN, SAME_WITHIN, post_text, problems, too_many_links, waiting_problems
from tests.advice.builders import make_comment, make_decision, make_question
from tests.members.builders import make_member, make_newcomer

pytestmark = pytest.mark.django_db

SAID = "We moved all of our services from one framework to the other in a year, and would do so again."
SAME = "The same text was sent within the last 30 days. Link to it, or say what is new in your own words."
ALIKE = "This is nearly what you sent within the last day. Link to that, or change that instead."
SECOND = timedelta(seconds=1)


def linking(links: int) -> str:
    return " and ".join(f"https://example.org/{number}" for number in range(links))


@pytest.mark.parametrize(("links", "told"), [(LINKS_OF_NEWCOMERS, 0), (LINKS_OF_NEWCOMERS + 1, 1)])
def test_newcomers_may_send_few_links(links: int, told: int) -> None:
    assert len(problems(make_newcomer(), linking(links), timezone.now())) == told


@pytest.mark.parametrize(("links", "told"), [(LINKS, 0), (LINKS + 1, 1)])
def test_others_may_send_more_links(links: int, told: int) -> None:
    assert len(problems(make_member(), linking(links), timezone.now())) == told


def test_who_sends_too_many_links_is_told_how_many_there_may_be() -> None:
    assert [*too_many_links(3, is_newcomer=True), *too_many_links(21, is_newcomer=False)] == [
        "This has 3 links. Until a moderator has let a post of yours through, a text may have 2: take some out.",
        "This has 21 links, and a text may have 20: take some out.",
    ]


@pytest.mark.parametrize(
    "text", ["[a](https://a.example) [b](https://b.example) [c][d]\n\n[d]: https://d.example", linking(3)]
)
def test_a_link_counts_however_it_is_written(text: str) -> None:
    assert problems(make_newcomer(), text, timezone.now())[0].startswith("This has 3 links.")


def test_what_anybody_said_is_not_said_again() -> None:
    make_comment(make_question(), SAID)
    assert problems(make_member("bob"), SAID.upper() + "!", timezone.now()) == [SAME]


def test_a_post_is_not_sent_again() -> None:
    post = make_decision(context=SAID)
    text = post_text({"title": post.title, "context": SAID, "why": post.why, "consequences": post.consequences})
    assert problems(make_member("bob"), text, timezone.now()) == [SAME]
    assert problems(make_member("eve"), text, timezone.now(), besides=post) == []


@pytest.mark.parametrize(("age", "told"), [(SAME_WITHIN - SECOND, [SAME]), (SAME_WITHIN, [])])
def test_after_a_month_a_text_may_be_sent_again(age: timedelta, told: list[str]) -> None:
    now = timezone.now()
    make_comment(make_question(), SAID)
    Comment.objects.update(created_at=now - age)
    assert problems(make_member("bob"), SAID, now) == told


def test_a_draft_that_was_published_late_counts_from_then() -> None:
    now = timezone.now()
    post = make_decision(context=SAID)
    Post.objects.update(created_at=now - 2 * SAME_WITHIN, published_at=now - SECOND)
    text = post_text({"title": post.title, "context": SAID, "why": post.why, "consequences": post.consequences})
    assert problems(make_member("bob"), text, now) == [SAME]


def test_what_was_hidden_is_not_sent_again_but_what_its_author_took_back_may_be() -> None:
    comment = make_comment(make_question(), SAID)
    comment.hide()
    assert problems(make_member("bob"), SAID, timezone.now()) == [SAME]
    comment.remove()
    assert problems(make_member("eve"), SAID, timezone.now()) == []


def test_drafts_are_nobody_s_business() -> None:
    post = make_decision(context=SAID, published=False)
    text = post_text({"title": post.title, "context": SAID, "why": post.why, "consequences": post.consequences})
    assert problems(make_member("bob"), text, timezone.now()) == []


def test_a_text_is_no_duplicate_of_itself() -> None:
    comment = make_comment(make_question(), SAID)
    assert comment.author
    assert problems(comment.author, SAID.replace("a year", "two years"), timezone.now(), besides=comment) == []


def test_members_do_not_send_nearly_the_same_on_one_day() -> None:
    comment = make_comment(make_question(), SAID)
    nearly = SAID.replace("a year", "one year")
    assert comment.author
    assert problems(comment.author, nearly, timezone.now()) == [ALIKE]
    assert problems(make_member("bob"), nearly, timezone.now()) == []


@pytest.mark.parametrize(("age", "told"), [(ALIKE_WITHIN - SECOND, [ALIKE]), (ALIKE_WITHIN, [])])
def test_after_a_day_members_may_say_nearly_the_same(age: timedelta, told: list[str]) -> None:
    now = timezone.now()
    comment = make_comment(make_question(), SAID)
    Comment.objects.update(created_at=now - age)
    assert comment.author
    assert problems(comment.author, SAID.replace("a year", "one year"), now) == told


def test_small_talk_is_free_unless_it_links() -> None:
    question = make_question()
    make_comment(question, "Thanks a lot!")
    make_comment(question, "See https://example.org/")
    bob = make_member("bob")
    assert problems(bob, "Thanks a lot!", timezone.now()) == []
    assert problems(bob, "See https://example.org/", timezone.now()) == [SAME]


@pytest.mark.parametrize(("length", "told"), [(screening.SMALL_TALK - 1, []), (screening.SMALL_TALK, [SAME])])
def test_small_talk_is_short(length: int, told: list[str]) -> None:
    text = ("We like it " * 10)[:length].replace(" ", "x")
    make_comment(make_question(), text)
    assert problems(make_member("bob"), text, timezone.now()) == told


def test_two_posts_of_a_newcomer_may_wait() -> None:
    newcomer = make_newcomer()
    make_decision("One", author=newcomer)
    make_decision("Draft", author=newcomer, published=False)
    assert waiting_problems(newcomer) == []
    make_decision("Two", author=newcomer)
    assert waiting_problems(newcomer) == [
        "2 posts of yours wait for a moderator already. Save this one as a draft and publish it later."
    ]


def test_others_wait_for_nobody() -> None:
    member = make_newcomer()
    make_decision("One", author=member)
    make_decision("Two", author=member)
    member.trust(timezone.now())
    member.refresh_from_db()
    assert waiting_problems(member) == []
