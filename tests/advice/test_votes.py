"""Votes for posts and comments, and the wish to hear of new comments: asked for as a state, counted once."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from advice.models import Comment, CommentVote, Post, PostVote, Subscription
from members.models import Member
from tests.advice.builders import a_member, make_comment, make_decision
from tests.members.builders import logged_in, make_member
from tests.pages import soup

pytestmark = pytest.mark.django_db


def vote_url(row: Post | Comment) -> str:
    return reverse("advice:vote" if isinstance(row, Post) else "advice:vote_comment", args=[row.pk])


@pytest.fixture(params=["post", "comment"])
def row(request: pytest.FixtureRequest) -> Post | Comment:
    """Something of ada's to vote for."""
    post = make_decision(author=a_member())
    return post if request.param == "post" else make_comment(post, author=a_member())


def counted(row: Post | Comment) -> tuple[int, int]:
    """The count as the row says it, and as the votes say it."""
    row.refresh_from_db()
    return row.votes_count, row.votes.count()


def test_a_vote_sent_twice_is_one_and_taken_back_twice_is_none(row: Post | Comment) -> None:
    grace = logged_in(make_member("grace"))
    for _ in range(2):
        response = grace.post(vote_url(row), {"wanted": "yes", "next": "/feed/?kind=question#here"})
        assert (response.status_code, response["Location"]) == (302, "/feed/?kind=question#here")
    assert counted(row) == (1, 1)
    for _ in range(2):
        assert grace.post(vote_url(row), {"wanted": "no"})["Location"] == row.get_absolute_url()
    assert counted(row) == (0, 0)


def test_nobody_votes_for_their_own(row: Post | Comment) -> None:
    assert logged_in(a_member()).post(vote_url(row), {"wanted": "yes"}).status_code == 403
    assert counted(row) == (0, 0)


def test_a_vote_that_asks_for_no_state_is_refused(row: Post | Comment) -> None:
    grace = logged_in(make_member("grace"))
    assert [grace.post(vote_url(row), said).status_code for said in ({}, {"wanted": "toggle"})] == [400, 400]
    assert counted(row) == (0, 0)


def test_what_readers_do_not_see_takes_no_vote() -> None:
    post = make_decision()
    hidden, removed = make_comment(post), make_comment(post)
    hidden.hide()
    removed.remove()
    draft = make_decision("A draft", published=False)
    gone = make_decision("Gone")
    beneath = make_comment(gone)
    gone.hide(timezone.now())
    client = logged_in(make_member("lin"))
    rows: list[Post | Comment] = [hidden, removed, draft, gone, beneath]
    assert [client.post(vote_url(row), {"wanted": "yes"}).status_code for row in rows] == [404] * 5
    assert (PostVote.objects.count(), CommentVote.objects.count()) == (0, 0)


def test_a_member_subscribes_and_unsubscribes_by_saying_so() -> None:
    post, grace = make_decision(), make_member("grace")
    client, url = logged_in(grace), reverse("advice:subscribe", args=[post.pk])
    for wanted, stands in (("yes", True), ("yes", True), ("no", False), ("no", False)):
        assert client.post(url, {"wanted": wanted})["Location"] == post.get_absolute_url()
        assert list(Subscription.objects.filter(member=grace).values_list("wanted", flat=True)) == [stands]
    assert client.post(url).status_code == 400


def test_who_unsubscribed_stays_so_though_they_comment() -> None:
    post, grace = make_decision(), make_member("grace")
    Subscription.objects.state(grace, post, wanted=False)
    make_comment(post, author=grace)
    assert not Subscription.objects.wanted().filter(member=grace).exists()


@pytest.mark.parametrize("name", ["advice:vote", "advice:subscribe"])
def test_a_get_is_no_write(name: str, client: Client) -> None:
    url = reverse(name, args=[make_decision().pk])
    assert logged_in(make_member("grace")).get(url).status_code == 405
    response = client.post(url, {"wanted": "yes", "next": "/feed/"})
    assert response["Location"] == f"{reverse(settings.LOGIN_URL)}?next=/feed/"


def button(post: Post, viewer: Member | None, voted: set[int]) -> str:
    """What the vote button says, to the eye and the ear."""
    request = RequestFactory().get("/feed/", {"kind": "question"})
    if viewer:
        request.user = viewer
    row = {"row": post, "voted": voted, "url": vote_url(post), "count": post.votes_count, "label": post.title}
    html = soup(render_to_string("_vote.html", row, request).encode())
    return " ".join(html.text.split())


def test_the_button_says_in_words_how_things_stand() -> None:
    post, grace = make_decision("Flask"), make_member("grace")
    assert button(post, None, set()) == "Vote 0 for Flask: log in first"
    assert button(post, grace, set()) == "Vote 0 for Flask"
    assert button(post, grace, {post.pk}) == "Voted 0 for Flask: take your vote back"
    assert button(post, a_member(), set()) == "0 votes for Flask, which is yours"
