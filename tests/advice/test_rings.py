"""Votes of rings: held where new accounts from one address vote for one thing within minutes, never erased."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.advice.builders import a_tool, make_comment, make_decision, make_question
from tests.members.builders import make_member, make_newcomer
from tools.models import Reason
from tools.models.voting import NEW_FOR, RING, RING_WITHIN

pytestmark = pytest.mark.django_db
HERE, THERE = "a" * 32, "b" * 32
SECOND = timedelta(seconds=1)


def a_reason() -> Reason:
    return Reason.objects.create(tool=a_tool(), side="pro", text="Small")


@pytest.fixture(params=["reason", "post", "comment"])
def thing(request: pytest.FixtureRequest) -> Any:
    makers: dict[str, Callable[[], Any]] = {
        "reason": a_reason,
        "post": make_decision,
        "comment": lambda: make_comment(make_question()),
    }
    return makers[request.param]()


def newcomers_vote(thing: Any, names: str, address: str = HERE) -> None:
    for name in names:
        thing.vote(make_newcomer(name * 3), address)


def held(thing: Any) -> list[bool]:
    return list(thing.votes.order_by("pk").values_list("held", flat=True))


def counted(thing: Any) -> int:
    thing.refresh_from_db()
    assert isinstance(thing.votes_count, int)
    return thing.votes_count


def age(thing: Any, vote: int, by: timedelta) -> None:
    """Let the vote of that place have been given so long before now."""
    found = thing.votes.order_by("pk")[vote]
    thing.votes.filter(pk=found.pk).update(created_at=timezone.now() - by)


def test_the_third_new_account_from_one_address_has_all_three_held(thing: Any) -> None:
    newcomers_vote(thing, "abc"[: RING - 1])
    assert (held(thing), counted(thing)) == ([False, False], 2)
    newcomers_vote(thing, "d")
    assert (held(thing), counted(thing)) == ([True, True, True], 0)


def test_a_ring_does_not_touch_the_votes_of_others(thing: Any) -> None:
    thing.vote(make_member("old"), HERE)
    newcomers_vote(thing, "xy", THERE)
    newcomers_vote(thing, "abc")
    assert (held(thing), counted(thing)) == ([False, False, False, True, True, True], 3)


def test_accounts_of_long_standing_make_no_ring(thing: Any) -> None:
    for name in ("ann", "bob", "cat", "dan"):
        thing.vote(make_member(name), HERE)
    assert (held(thing), counted(thing)) == ([False] * 4, 4)


def test_votes_without_an_address_make_no_ring(thing: Any) -> None:
    newcomers_vote(thing, "abcd", "")
    assert counted(thing) == 4


@pytest.mark.parametrize(("by", "count"), [(RING_WITHIN - SECOND, 0), (RING_WITHIN, 3)])
def test_a_ring_votes_within_a_quarter_of_an_hour(thing: Any, by: timedelta, count: int) -> None:
    newcomers_vote(thing, "ab")
    age(thing, 0, by)
    newcomers_vote(thing, "c")
    assert counted(thing) == count


@pytest.mark.parametrize(("joined", "count"), [(NEW_FOR - timedelta(minutes=1), 0), (NEW_FOR, 3)])
def test_an_account_is_new_for_a_week(thing: Any, joined: timedelta, count: int) -> None:
    now: datetime = timezone.now()
    for name in ("ann", "bob", "cat"):
        thing.vote(make_newcomer(name, date_joined=now - joined), HERE)
    assert counted(thing) == count


def test_who_comes_late_to_a_ring_is_held_too(thing: Any) -> None:
    newcomers_vote(thing, "abc")
    for vote in range(3):
        age(thing, vote, timedelta(hours=1))
    newcomers_vote(thing, "d")
    assert held(thing) == [True] * 4


def test_a_vote_withdrawn_from_a_ring_and_given_again_is_held_again(thing: Any) -> None:
    members = [make_newcomer(name) for name in ("ann", "bob", "cat", "dan")]
    for member in members:
        thing.vote(member, HERE)
    assert thing.withdraw_vote(members[0])
    assert counted(thing) == 0
    thing.vote(members[0], HERE)
    assert (held(thing), counted(thing)) == ([True] * 4, 0)


def test_released_votes_count(thing: Any) -> None:
    newcomers_vote(thing, "abc")
    assert thing.release_votes() == 3
    assert (held(thing), counted(thing)) == ([False] * 3, 3)
    assert thing.release_votes() == 0
    assert counted(thing) == 3


def test_a_release_stands_whoever_votes_next(thing: Any) -> None:
    newcomers_vote(thing, "abc")
    thing.release_votes()
    thing.vote(make_member("old"), HERE)
    newcomers_vote(thing, "de")
    assert (held(thing), counted(thing)) == ([False] * 6, 6)
    newcomers_vote(thing, "f")
    assert (held(thing), counted(thing)) == ([False] * 4 + [True] * 3, 4)


def test_votes_of_one_thing_say_nothing_about_another(thing: Any) -> None:
    newcomers_vote(thing, "ab")
    other = make_decision("Another")
    newcomers_vote(other, "c")
    assert (counted(thing), counted(other)) == (2, 1)


def test_held_votes_of_those_affiliated_come_back_where_they_were() -> None:
    reason = a_reason()
    members = [make_newcomer(name) for name in ("ann", "bob", "cat")]
    members[0].affiliations.create(tool=reason.tool, role="maintainer")
    for member in members:
        reason.vote(member, HERE)
    reason.refresh_from_db()
    assert (reason.votes_count, reason.affiliated_votes_count) == (0, 0)
    reason.release_votes()
    reason.refresh_from_db()
    assert (reason.votes_count, reason.affiliated_votes_count) == (2, 1)
