"""What was said to a post, as its page shows it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advice import limits
from advice.models import Comment, Post, Subscription
from advice.threads import PAGE_SIZE, Said, page_holding, threads
from members.models import Member
from tests.advice.builders import a_member, a_tool, make_comment, make_decision, make_question
from tests.members.builders import logged_in, make_member
from tests.pages import page

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def outline(said: list[Said]) -> list[Any]:
    """The words of each comment, followed by a list of the replies to it."""
    return [line for one in said for line in (one.comment.body, outline(one.replies)) if line]


def read(post: Post, viewer: Any = NOBODY, number: str = "1") -> list[Any]:
    return outline(list(threads(post, viewer, number).said))


def many(post: Post, count: int) -> None:
    """So many threads, each with an answer's tools and a reply, by members with ties."""
    author = make_member(f"writer-{Member.objects.count()}", headline="Engineer")
    author.affiliations.create(tool=a_tool("flask"), role="Maintainer")
    for number in range(count):
        answer = make_comment(post, f"Answer {number}", author=author, tools=["flask", "django"])
        make_comment(post, f"Reply {number}", parent=answer, author=author)


def test_answers_come_first_then_votes_then_the_oldest() -> None:
    question = make_question()
    make_comment(question, "older")
    liked = make_comment(question, "liked")
    make_comment(question, "newer")
    make_comment(question, "answer", tools=["flask"])
    liked.vote(make_member("lin"))
    assert read(question) == ["answer", "liked", "older", "newer"]


def test_replies_stand_beneath_what_they_answer() -> None:
    post = make_decision()
    one, other = make_comment(post, "one"), make_comment(post, "other")
    reply = make_comment(post, "to one", parent=one)
    make_comment(post, "to the reply", parent=reply)
    make_comment(post, "to other", parent=other)
    assert read(post) == ["one", ["to one", ["to the reply"]], "other", ["to other"]]


def test_deep_replies_stand_beside_what_they_answer_and_say_so() -> None:
    post = make_decision()
    last = make_comment(post, "0")
    for depth in range(1, limits.DEPTH + 3):
        last = make_comment(post, str(depth), parent=last, author=a_member(f"member-{depth}"))
    last.vote(a_member())
    said: list[Said] = list(threads(post, NOBODY, "1").said)
    for _ in range(limits.DEPTH):
        (one,) = said
        said = one.replies
    assert [(one.comment.body, one.answering_label) for one in said] == [
        ("6", ""),
        ("7", "the comment by member-6"),
        ("8", "the comment by member-7"),
    ]
    assert one.beneath == 3


def test_what_is_gone_keeps_the_thread_and_no_words(client: Client) -> None:
    post = make_decision()
    deleted, hidden = make_comment(post, "I was wrong"), make_comment(post, "Buy this")
    make_comment(post, "I stay", parent=deleted)
    deleted.remove()
    hidden.hide()
    html = page(client, post.get_absolute_url())
    assert [part.text for part in html.select(".comment-gone")] == ["Deleted by its author.", "Hidden by a moderator."]
    assert html.select_one(f"#comment-{deleted.pk} .said")
    assert "I stay" in html.text
    assert "I was wrong" not in html.text
    assert "Buy this" not in html.text


def test_a_comment_tells_who_says_it_and_what_ties_them(client: Client) -> None:
    question = make_question(about=["flask"])
    author = make_member("grace", display_name="Grace H.", headline="Engineer at Sample Ltd")
    for slug, role in (("flask", "Maintainer"), ("rails", "Employee"), ("django", "Investor")):
        author.affiliations.create(tool=a_tool(slug), role=role)
    make_comment(question, author=author, tools=["django"])
    html = page(client, question.get_absolute_url())
    assert html.select_one(".comment-author").text == "Grace H."  # type: ignore[union-attr]  # it is there
    assert html.select_one(".comment-headline").text == "Engineer at Sample Ltd"  # type: ignore[union-attr]  # as above
    # Rails is named neither by the question nor by the answer.
    assert sorted(tie.text for tie in html.select(".tag-tie")) == ["Investor: Django", "Maintainer: Flask"]


def test_who_left_is_a_former_member(client: Client) -> None:
    post = make_decision()
    make_comment(post, author=make_member("gone"))
    Member.objects.get(username="gone").delete()
    assert page(client, post.get_absolute_url()).select_one(".comment-author").text == "A former member"  # type: ignore[union-attr]  # it is there


def test_threads_are_shown_fifty_at_a_time() -> None:
    post = make_decision()
    Comment.objects.bulk_create(Comment(post=post, author=post.author, body=str(n)) for n in range(PAGE_SIZE + 2))
    first, second = read(post, number="1"), read(post, number="2")
    assert (len(first), second) == (50, ["50", "51"])
    for wrong in ("3", "0", "x", "-1", "1" * 30):
        with pytest.raises(Http404):
            threads(post, NOBODY, wrong)


def test_a_link_to_a_comment_leads_to_its_page(client: Client) -> None:
    post = make_decision()
    rows = [Comment(post=post, author=post.author, body=str(number)) for number in range(2 * PAGE_SIZE)]
    comments = Comment.objects.bulk_create(rows)
    reply = make_comment(post, parent=comments[60])
    for comment, number in ((comments[0], ""), (comments[49], ""), (comments[50], "?page=2"), (reply, "?page=2")):
        response = client.get(comment.get_absolute_url())
        assert response["Location"] == f"{post.get_absolute_url()}{number}#comment-{comment.pk}"
        assert page(client, response["Location"]).select(f"#comment-{comment.pk}")
    comments[50].vote(make_member("lin"))
    comments[50].refresh_from_db()
    assert (page_holding(comments[50]), page_holding(comments[49])) == (1, 2)


def test_every_thread_stands_where_its_link_leads() -> None:
    question = make_question()
    moment = timezone.now()
    rows = [
        Comment(
            post=question,
            author=question.author,
            body=str(number),
            is_answer=number % 2 == 0,
            votes_count=number % 3,
            created_at=moment - timedelta(minutes=number % 5),
        )
        for number in range(120)
    ]
    Comment.objects.bulk_create(rows)
    for number in (1, 2, 3):
        shown = [one.comment for one in threads(question, NOBODY, str(number)).said]
        assert {page_holding(comment) for comment in shown} == {number}


def test_a_link_leads_nowhere_where_the_post_is_not_seen(client: Client) -> None:
    post = make_decision()
    comment = make_comment(post)
    post.hide(timezone.now())
    assert client.get(comment.get_absolute_url()).status_code == 404
    assert logged_in(a_member()).get(comment.get_absolute_url()).status_code == 302
    assert client.get(reverse("advice:comment", args=[999])).status_code == 404


@pytest.mark.parametrize(("viewer", "cost"), [("", 4), ("lin", 6)])
def test_threads_cost_the_same_queries_however_many_there_are(viewer: str, cost: int) -> None:
    question = make_question()
    reader: Any = make_member(viewer) if viewer else NOBODY
    for more in (1, 2):
        many(question, more)
        with CaptureQueriesContext(connection) as captured:
            threads(question, reader, "1")
        assert len(captured) == cost


def test_a_reader_s_page_shows_what_they_did() -> None:
    post, lin = make_decision(), make_member("lin")
    one, other = make_comment(post), make_comment(post, "Mine", author=lin)
    one.vote(lin)
    shown = threads(post, lin, "1")
    assert (shown.voted, shown.is_subscribed, shown.is_open) == ({one.pk}, True, True)
    assert [(said.comment.pk, said.is_own, said.is_editable) for said in shown.said] == [
        (one.pk, False, False),
        (other.pk, True, True),
    ]
    Subscription.objects.state(lin, post, wanted=False)
    assert not threads(post, lin, "1").is_subscribed


def test_a_post_that_is_not_published_takes_nothing() -> None:
    shown = threads(make_decision(published=False), a_member(), "1")
    assert (shown.is_open, shown.form) == (False, None)


def test_readers_without_an_account_get_one_page_without_a_form_that_posts(client: Client) -> None:
    question = make_question()
    many(question, 1)
    html = page(client, question.get_absolute_url())
    assert not html.select("main form, main input")
    log_in = f"{reverse('account_login')}?next="
    vote = html.select_one(".vote a")
    assert vote
    assert str(vote["href"]).startswith(log_in)
