"""A member's reason waits, is let through, hidden and restored: each once, and pages are made anew."""

import pytest
from django.utils import timezone

from tests.members.builders import make_newcomer
from tests.tools.builders import make_tool
from tools.models import Edition, Reason, ReasonState, Side

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued() -> Reason:
    return Reason.objects.suggest(make_newcomer(), make_tool("flask"), Side.PRO, "Small")


def state(reason: Reason) -> str:
    return Reason.objects.get(pk=reason.pk).state


def test_a_reason_let_through_makes_its_author_known(queued: Reason) -> None:
    assert queued.approve(timezone.now())
    assert not queued.approve(timezone.now())
    assert state(queued) == ReasonState.SHOWN
    assert queued.author
    queued.author.refresh_from_db()
    assert not queued.author.is_newcomer


def test_a_reason_is_hidden_and_restored_once(queued: Reason) -> None:
    assert (queued.hide(), queued.hide(), state(queued)) == (True, False, ReasonState.HIDDEN)
    assert (queued.restore(), queued.restore(), state(queued)) == (True, False, ReasonState.SHOWN)


def test_what_was_hidden_is_not_let_through(queued: Reason) -> None:
    queued.hide()
    assert not queued.approve(timezone.now())
    assert queued.author
    queued.author.refresh_from_db()
    assert queued.author.is_newcomer


def test_pages_are_made_anew_when_readers_see_other_reasons(queued: Reason) -> None:
    queued.approve(timezone.now())
    queued.approve(timezone.now())
    queued.hide()
    assert Edition.objects.of_pages() == (0, 2)
