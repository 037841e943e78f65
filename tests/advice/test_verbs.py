"""Whatever members and moderators do, in whatever order: the counts in columns are those of the rows."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from advice.models import Comment, CommentVote, Post, PostVote
from members.models import Member
from tests.advice.builders import a_tool, make_comment, make_decision, make_question
from tests.members.builders import make_member, make_newcomer
from tools.models import Affiliation, Follow, Reason, ReasonVote, Tool

pytestmark = pytest.mark.django_db
WHO = ("ada", "new-1", "new-2", "new-3")
SLUGS = ("flask", "django")
members = st.sampled_from(WHO)
places = st.integers(0, 4)
type Row = Post | Comment | Reason


def recounted(*options: str) -> str:
    said = StringIO()
    call_command("recount", *options, stdout=said)
    return said.getvalue()


class Verbs(RuleBasedStateMachine):
    """A few members who do whatever comes to mind; new accounts share an address, so that rings are held."""

    def __init__(self) -> None:
        super().__init__()
        for name in WHO:
            (make_newcomer if name.startswith("new") else make_member)(name)
        Reason.objects.create(tool=a_tool("flask"), text="It is small", side="pro")
        make_comment(make_question(), author=self._member("ada"), tools=["flask"])

    def _member(self, name: str) -> Member:
        return Member.objects.get(username=name)

    def _rows(self) -> list[Row]:
        return [*Reason.objects.all(), *Post.objects.order_by("pk"), *Comment.objects.order_by("pk")]

    def _row(self, place: int) -> Row:
        rows = self._rows()
        return rows[place % len(rows)]

    @rule(name=members, place=places)
    def vote(self, name: str, place: int) -> None:
        self._row(place).vote(self._member(name), "one address" if name.startswith("new") else "")

    @rule(name=members, place=places)
    def withdraw(self, name: str, place: int) -> None:
        self._row(place).withdraw_vote(self._member(name))

    @rule(place=places, which=places, held=st.booleans())
    def hold_or_release(self, place: int, which: int, held: bool) -> None:
        row = self._row(place)
        if votes := list(row.votes.order_by("pk")):
            (row.hold if held else row.release)(votes[which % len(votes)])

    @rule(name=members, slug=st.sampled_from(SLUGS), wanted=st.booleans())
    def follow_or_not(self, name: str, slug: str, wanted: bool) -> None:
        (Follow.objects.follow if wanted else Follow.objects.unfollow)(self._member(name), a_tool(slug))

    @rule(name=members, slug=st.sampled_from(SLUGS))
    def declare(self, name: str, slug: str) -> None:
        Affiliation.objects.declare(self._member(name), a_tool(slug), "Maintainer")

    @rule(name=members, slug=st.sampled_from(SLUGS))
    def declare_no_more(self, name: str, slug: str) -> None:
        Affiliation.objects.withdraw(self._member(name), a_tool(slug))

    @rule(name=members, place=places, to=st.none() | places, answers=st.booleans())
    def comment(self, name: str, place: int, to: int | None, answers: bool) -> None:
        posts = list(Post.objects.order_by("pk"))
        post = posts[place % len(posts)]
        said = list(post.comments.order_by("pk"))
        parent = said[to % len(said)] if said and to is not None else None
        Comment.say(post, self._member(name), "Well.", parent=parent, tools=[a_tool("flask")] if answers else [])

    @rule(place=places, verb=st.sampled_from(["hide", "restore", "remove"]))
    def moderate_a_comment(self, place: int, verb: str) -> None:
        if comments := list(Comment.objects.order_by("pk")):
            getattr(comments[place % len(comments)], verb)()

    @rule(place=places, verb=st.sampled_from(["publish", "approve", "hide", "restore", "remove"]))
    def moderate_a_post(self, place: int, verb: str) -> None:
        posts = list(Post.objects.order_by("pk"))
        getattr(posts[place % len(posts)], verb)(timezone.now())

    @rule(name=members)
    def write(self, name: str) -> None:
        make_decision(chosen=["flask"], author=self._member(name), published=False)

    @rule(name=members)
    def leave(self, name: str) -> None:
        """As whoever deletes an account does: votes and follows go one by one, then come back to an empty account."""
        member = self._member(name)
        for votes in (ReasonVote, PostVote, CommentVote):
            for vote in votes.objects.filter(member=member).select_related("on"):
                vote.on.withdraw_vote(member)
        for follow in Follow.objects.filter(member=member).select_related("tool"):
            Follow.objects.unfollow(member, follow.tool)
        Member.objects.filter(pk=member.pk).delete()
        (make_newcomer if name.startswith("new") else make_member)(name)

    def teardown(self) -> None:
        """What `recount --check` says in the end is what counts."""
        assert recounted("--check") == "Every count is right.\n"


def test_counts_stay_right_whatever_is_done() -> None:
    @settings(
        max_examples=12,
        stateful_step_count=25,
        suppress_health_check=[HealthCheck.too_slow],
        database=None,
        # A failing sequence is short enough to be read as it is.
        phases=[Phase.generate],
    )
    class InATransaction(Verbs):
        """Each sequence in a transaction of its own, which is undone."""

        def __init__(self) -> None:
            self._undo = transaction.atomic()
            self._undo.__enter__()
            super().__init__()

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self._undo.__exit__(None, None, None)

    run_state_machine_as_test(InATransaction, settings=InATransaction.TestCase.settings)


def drifts() -> list[tuple[str, Callable[[], object]]]:
    """Each column that counts, with what makes it wrong."""
    return [
        ("tools.Tool.followers_count", lambda: Tool.objects.update(followers_count=7)),
        ("tools.Reason.votes_count", lambda: Reason.objects.update(votes_count=7)),
        ("tools.Reason.affiliated_votes_count", lambda: Reason.objects.update(affiliated_votes_count=7)),
        ("advice.Post.votes_count", lambda: Post.objects.update(votes_count=7)),
        ("advice.Post.comments_count", lambda: Post.objects.update(comments_count=7)),
        ("advice.Post.answers_count", lambda: Post.objects.update(answers_count=7)),
        ("advice.Post.views_count", lambda: Post.objects.update(views_count=7)),
        ("advice.Comment.votes_count", lambda: Comment.objects.update(votes_count=7)),
        ("advice.Post.heat", lambda: Post.objects.update(heat=7)),
    ]


@pytest.mark.parametrize(("column", "spoil"), drifts())
def test_a_count_that_drifted_is_found_and_mended(column: str, spoil: Callable[[], object]) -> None:
    question = make_question(about=["flask"])
    make_comment(question, tools=["flask"])
    Reason.objects.create(tool=a_tool("flask"), text="Small", side="pro").vote(make_member("lin"))
    spoil()
    with pytest.raises(SystemExit) as ended:
        recounted("--check")
    assert ended.value.code == 1
    assert f"{column}: 1 mended\n" in recounted()
    assert recounted("--check") == "Every count is right.\n"
