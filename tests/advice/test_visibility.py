"""Who sees a post, where it stands, and which others are near it."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from advice.models import Post, PostState
from advice.models.post import RESERVED
from advice.urls import urlpatterns
from members.models import Member
from tests.advice.builders import a_member, make_decision, make_question
from tests.members.builders import make_member, make_moderator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        (PostState.DRAFT, {"author"}),
        (PostState.QUEUED, {"author", "moderator"}),
        (PostState.PUBLISHED, {"author", "moderator", "stranger", "nobody"}),
        (PostState.HIDDEN, {"author", "moderator"}),
        (PostState.DELETED, set()),
    ],
)
def test_a_post_is_seen_by_whom_its_state_says(state: PostState, seen_by: set[str]) -> None:
    make_decision(author=a_member("author"))
    Post.objects.update(state=state)
    readers: dict[str, Member | AnonymousUser] = {
        "author": a_member("author"),
        "moderator": make_moderator(),
        "stranger": make_member("stranger"),
        "nobody": AnonymousUser(),
    }
    assert {name for name, reader in readers.items() if Post.objects.visible_to(reader).exists()} == seen_by


def test_near_are_others_about_the_same_tools_with_most_in_common_first() -> None:
    post = make_decision("This", chosen=["flask"], considered=["django"])
    make_decision("One", chosen=["flask"])
    make_question("Both", about=["flask", "django"])
    make_decision("None", chosen=["redis"])
    assert [other.title for other in Post.objects.near(post)] == ["Both", "One"]


def test_no_title_hides_behind_a_room_beside_the_page() -> None:
    beside = re.compile(r"advice/<int:pk>/([a-z-]+)/")
    assert {found[1] for route in urlpatterns if (found := beside.fullmatch(str(route.pattern)))} <= RESERVED
    assert make_decision("Edit").get_absolute_url().endswith("/edit-decision/")
    assert make_question("Vote!").get_absolute_url().endswith("/vote-question/")
    assert make_question("…").get_absolute_url().endswith("/question/")
