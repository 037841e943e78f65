"""What a post goes through: written, published, edited, hidden, removed."""

from datetime import date

import pytest
from django.utils import timezone

from advice.models import Outcome, Post, PostState, Result, Revision, Role, StaleError, Standing
from tests.advice.builders import a_tool, make_comment, make_decision, make_question
from tests.members.builders import make_member, make_newcomer

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def test_a_member_s_post_appears_at_once_and_a_newcomer_s_waits() -> None:
    assert make_decision(author=make_member()).state == PostState.PUBLISHED
    assert make_decision("Another", author=make_newcomer()).state == PostState.QUEUED


def test_what_a_moderator_lets_through_makes_its_author_known() -> None:
    newcomer = make_newcomer()
    post = make_decision(author=newcomer)
    assert post.approve(timezone.now())
    assert not post.approve(timezone.now())
    newcomer.refresh_from_db()
    assert not newcomer.is_newcomer


def test_an_edit_keeps_what_was_said() -> None:
    post = make_decision("Flask", chosen=["flask"], considered=["django"])
    post.edit(1, {"title": "Django"}, {Role.CHOSEN: [a_tool("django")]}, timezone.now())
    (kept,) = Revision.objects.all()
    assert (kept.title, kept.version, kept.tools) == ("Flask", 1, {"chosen": ["Flask"], "considered": ["Django"]})
    assert [(row.tool.slug, row.role) for row in post.tool_rows.all()] == [("django", "chosen")]


def test_an_edit_of_an_older_version_is_refused() -> None:
    post = make_decision("Flask")
    post.edit(1, {"title": "Django"}, {}, timezone.now())
    with pytest.raises(StaleError):
        post.edit(1, {"title": "Rails"}, {}, timezone.now())
    assert Post.objects.get().title == "Django"


def test_a_tool_has_one_role_in_a_post() -> None:
    post = make_decision(chosen=["flask"], considered=["flask", "django"], about=["django"])
    assert [(row.tool.slug, row.role) for row in post.tool_rows.order_by("tool__slug")] == [
        ("django", "considered"),
        ("flask", "chosen"),
    ]


def test_a_decision_is_revisited_after_6_12_and_24_months() -> None:
    post = make_decision(decided_on=date.today().replace(day=1))  # noqa: DTZ011  # the day on which the test runs
    assert list(post.outcomes.values_list("months", flat=True)) == [6, 12, 24]


def test_what_lies_behind_a_decision_is_not_asked_after() -> None:
    assert list(make_decision(decided_on=date(2010, 1, 31)).outcomes.all()) == []


def test_a_question_is_not_revisited() -> None:
    assert list(make_question().outcomes.all()) == []


def test_posts_of_a_comparison_are_about_two_of_its_tools() -> None:
    both = make_decision("Both", chosen=["flask"], considered=["django"])
    make_decision("One", chosen=["flask"])
    assert list(Post.objects.about_several([a_tool("flask"), a_tool("django"), a_tool("rails")])) == [both]


def test_comments_that_go_are_not_counted() -> None:
    question = make_question()
    answer = make_comment(question, tools=["flask"])
    reply = make_comment(question, parent=answer)
    question.refresh_from_db()
    assert (question.comments_count, question.answers_count) == (2, 1)
    assert answer.hide()
    assert not answer.hide()
    assert reply.remove()
    question.refresh_from_db()
    assert (question.comments_count, question.answers_count) == (0, 0)
    assert answer.restore()
    question.refresh_from_db()
    assert (question.comments_count, question.answers_count) == (1, 1)


def test_a_tool_s_standing_counts_the_decisions_that_everybody_sees() -> None:
    post = make_decision(chosen=["flask"])
    assert Standing.objects.get(tool__slug="flask").decisions_count == 1
    post.hide(timezone.now())
    assert Standing.objects.get(tool__slug="flask").decisions_count == 0


def test_a_move_is_told_by_both_tools() -> None:
    post = make_decision(chosen=["flask"], decided_on=date(2024, 1, 1))
    outcome = Outcome(post=post)
    outcome.tell(Result.REPLACED, "We grew.", DAY, timezone.now(), tool=a_tool("flask"), by=a_tool("django"))
    assert Standing.objects.get(tool__slug="flask").gone_to == [["django", "Django", 1]]
    assert Standing.objects.get(tool__slug="django").came_from == [["flask", "Flask", 1]]
    post.refresh_from_db()
    assert post.revisited_at is not None
