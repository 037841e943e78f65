"""A member leaves: what vanishes, what stays without a name, and the counts are true afterwards."""

from collections.abc import Iterator
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advice.models import Comment, CommentState, Outcome, Post, PostState, Recommendation, Result, Revision, Role
from config.leaving import Words, is_needed, leave
from members.models import Member, Notification
from stacks.models import Proposal, Stack, Visibility, Watch
from tests.advice.builders import a_tool, make_comment, make_decision, make_question
from tests.members.builders import make_member, make_reader
from tests.stacks.builders import make_stack, verify
from tools.models import Follow, Reason, ReasonState, Side

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Member:
    return make_reader("ada")


@pytest.fixture
def grace() -> Member:
    return make_member("grace")


@pytest.fixture(autouse=True)
def counts_are_true() -> Iterator[None]:
    """After each of these tests `recount` finds nothing to mend."""
    yield
    call_command("recount", check=True)


def told(decision: Post) -> None:
    """Its author says that Django took the place of Flask."""
    flask, django = a_tool("flask"), a_tool("django")
    said = {"result": Result.REPLACED, "why": "It grew.", "on": date(2026, 6, 1), "tool": flask, "by": django}
    Outcome.revisit(decision, said, timezone.now())


def test_votes_and_follows_vanish(ada: Member, grace: Member) -> None:
    post, reason = make_decision(author=grace), Reason.objects.suggest(grace, a_tool(), Side.PRO, "Small")
    comment = make_comment(post, author=grace)
    rows: list[Post | Comment | Reason] = [post, comment, reason]
    for row in rows:
        row.vote(ada)
        row.vote(make_member(f"other-{row._meta.model_name}"))
    Follow.objects.follow(ada, a_tool())
    Follow.objects.follow(grace, a_tool())
    leave(ada, Words.STAY)
    for row in rows:
        row.refresh_from_db()
    assert [row.votes_count for row in rows] == [1, 1, 1]
    assert a_tool().followers_count == 1


def test_votes_that_count_apart_or_not_at_all_are_taken_back_where_they_count(ada: Member, grace: Member) -> None:
    held, apart = (Reason.objects.suggest(grace, a_tool(slug), Side.PRO, "Small") for slug in ("flask", "django"))
    ada.affiliations.declare(ada, a_tool("django"), "maintainer")
    for reason in (held, apart):
        reason.vote(ada)
        reason.vote(grace)
    held.hold(held.votes.get(member=ada))
    leave(ada, Words.STAY)
    held.refresh_from_db()
    apart.refresh_from_db()
    assert (held.votes_count, apart.votes_count, apart.affiliated_votes_count) == (1, 1, 0)


def test_words_stay_without_a_name(ada: Member, grace: Member) -> None:
    decision, question = make_decision(author=ada), make_question(author=grace)
    told(decision)
    answer = make_comment(question, "Take Flask.", author=ada, tools=["flask"])
    reason = Reason.objects.suggest(ada, a_tool(), Side.CON, "Small")
    leave(ada, Words.STAY)
    decision.refresh_from_db()
    answer.refresh_from_db()
    reason.refresh_from_db()
    assert (decision.author, decision.state, decision.why) == (None, PostState.PUBLISHED, "It is small.")
    assert (answer.author, answer.state, answer.body) == (None, CommentState.SHOWN, "Take Flask.")
    assert (reason.author, reason.of_member, reason.state) == (None, True, ReasonState.SHOWN)
    assert decision.outcomes.filter(result=Result.REPLACED).count() == 1


def test_words_go_too(ada: Member, grace: Member) -> None:
    decision, question = make_decision(author=ada, decided_on=date(2025, 1, 1)), make_question(author=grace)
    told(decision)
    seen = {"title": decision.title, "why": "It was small.", "context": "", "consequences": ""}
    decision.edit(decision.version, seen, {Role.CHOSEN: [a_tool("flask")]}, timezone.now())
    answer = make_comment(question, "Take Flask.", author=ada, tools=["flask"])
    reply = make_comment(question, "Why?", author=grace, parent=answer)
    beneath = make_comment(decision, "Well said.", author=grace)
    Reason.objects.suggest(ada, a_tool(), Side.CON, "Small")
    leave(ada, Words.GO)
    decision.refresh_from_db()
    answer.refresh_from_db()
    words = [decision.context, decision.context_html, decision.why, decision.why_html, decision.fingerprint]
    assert (decision.author, decision.state, decision.title) == (None, PostState.DELETED, "Deleted by its author")
    assert words == [""] * 5
    assert (answer.author, answer.state, answer.body, answer.html) == (None, CommentState.DELETED, "", "")
    kept = [model.objects.count() for model in (Revision, Recommendation, Reason)]
    assert (kept, Outcome.objects.count(), decision.tool_rows.count()) == ([0, 0, 0], 0, 0)
    assert {reply.pk, beneath.pk} <= set(Comment.objects.shown().values_list("pk", flat=True))
    assert (a_tool("flask").standing.decisions_count, a_tool("django").standing.came_from) == (0, [])
    question.refresh_from_db()
    assert (question.comments_count, question.answers_count) == (1, 0)


@pytest.mark.parametrize("words", Words)
def test_what_nobody_read_always_goes(ada: Member, words: Words) -> None:
    make_decision(author=ada, published=False)
    Member.objects.filter(pk=ada.pk).update(trusted_at=None)
    make_decision("Waits for a moderator", author=Member.objects.get(pk=ada.pk))
    Reason.objects.suggest(Member.objects.get(pk=ada.pk), a_tool(), Side.CON, "Waits too")
    assert set(Post.objects.values_list("state", flat=True)) == {PostState.DRAFT, PostState.QUEUED}
    leave(ada, words)
    assert (Post.objects.count(), Reason.objects.count()) == (0, 0)


@pytest.mark.parametrize("words", Words)
def test_leaving_twice_is_leaving_once(ada: Member, words: Words) -> None:
    make_decision(author=ada)
    leave(ada, words)
    leave(ada, words)
    assert (Member.objects.count(), Post.objects.count(), EmailAddress.objects.count()) == (0, 1, 0)


def test_what_others_were_told_stays(ada: Member, grace: Member) -> None:
    Notification.objects.tell([ada, grace], "comment", "comment-1", "Somebody commented", "/")  # type: ignore[arg-type]  # its value
    leave(ada, Words.GO)
    assert [row.member for row in Notification.objects.all()] == [grace]


@pytest.mark.parametrize("words", Words)
def test_stacks_go_with_their_owner_and_count_no_more(ada: Member, grace: Member, words: Words) -> None:
    theirs = make_stack("Acme", "flask", "redis", owner=ada)
    make_stack("Home", "flask", owner=ada, visibility=Visibility.UNLISTED)
    make_stack("Grace’s", "flask", owner=grace, slug="hers", forked_from=theirs)
    Watch.objects.watch(grace, theirs)
    Proposal.objects.propose(ada, ["flask"], theirs)
    leave(ada, words)
    assert [stack.forked_from for stack in Stack.objects.all()] == [None]
    assert (a_tool("flask").stacks_count, a_tool("redis").stacks_count) == (1, 0)
    assert (Watch.objects.count(), Proposal.objects.count()) == (0, 0)


def much(ada: Member, grace: Member, number: int) -> None:
    """Everything a member does, so many times, about the same tool."""
    for n in range(number):
        told(make_decision(f"Decision {n}", author=ada))
        make_decision(f"Draft {n}", author=ada, published=False)
        post = make_question(f"Question {n}", author=grace)
        make_comment(post, "Take Flask.", author=ada, tools=["flask"]).vote(grace)
        comment = make_comment(post, author=grace)
        reason = Reason.objects.suggest(grace, a_tool(), Side.PRO, f"Reason {n}")
        Reason.objects.suggest(ada, a_tool(), Side.CON, f"Reason {n} against")
        for row in (post, comment, reason):
            row.vote(ada)
        Follow.objects.follow(ada, a_tool(f"followed-{n}"))
        stack = make_stack(f"Stack {n}", "flask", f"followed-{n}", owner=ada)
        verify(stack)
        Watch.objects.watch(grace, stack)
        Watch.objects.watch(ada, stack)
        Proposal.objects.propose(ada, [f"followed-{n}"], stack)


@pytest.mark.parametrize("words", Words)
def test_much_goes_in_as_many_queries_as_little(grace: Member, words: Words) -> None:
    needed = []
    for name, number in (("ada", 1), ("lin", 3)):
        member = make_reader(name)
        much(member, grace, number)
        with CaptureQueriesContext(connection) as queries:
            leave(member, words)
        needed.append(len(queries))
    assert needed[0] == needed[1]


def test_the_last_who_appoints_editors_is_needed(ada: Member, grace: Member) -> None:
    Member.objects.filter(pk=ada.pk).update(is_superuser=True)
    ada.refresh_from_db()
    assert (is_needed(ada), is_needed(grace)) == (True, False)
    Member.objects.filter(pk=grace.pk).update(is_superuser=True)
    assert not is_needed(ada)
