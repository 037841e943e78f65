"""What members' webhooks are told: each happening once, whoever says it and however often."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from members.delivering import queue
from members.models import Delivery, Member, Webhook
from members.models.webhook import MOST_WEBHOOKS
from tests.members.builders import make_member

pytestmark = pytest.mark.django_db
ARCHIVED = ("alert-1", {"event": "archived", "tool": "flask"})
RELEASED = ("alert-2", {"event": "release", "tool": "flask"})


def webhook(member: Member, place: str = "hook") -> Webhook:
    made = Webhook.objects.add(member, f"https://{member.username}.example/{place}")
    assert made
    return made


def told(hook: Webhook) -> list[tuple[str, str]]:
    return [(delivery.key, delivery.event) for delivery in hook.deliveries.order_by("pk")]


def test_each_webhook_of_a_member_is_told_each_happening_once() -> None:
    ada, grace = make_member("ada"), make_member("grace")
    hooks = [webhook(ada, "one"), webhook(ada, "two"), webhook(grace)]
    for _ in range(2):
        queue({ada.pk: [ARCHIVED, RELEASED], grace.pk: [RELEASED], make_member(f"none{_}").pk: [ARCHIVED]})
    both, one = [("alert-1", "archived"), ("alert-2", "release")], [("alert-2", "release")]
    assert [told(hook) for hook in hooks] == [both, both, one]


def test_a_disabled_webhook_and_one_of_a_closed_account_are_told_nothing() -> None:
    ada, gone = make_member("ada"), make_member("gone", is_active=False)
    webhook(ada)
    ada.webhooks.update(disabled_at=timezone.now())
    webhook(gone)
    queue({ada.pk: [ARCHIVED], gone.pk: [ARCHIVED]})
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_telling_costs_the_same_however_many_are_told(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    members = [make_member(f"member{number}") for number in range(count)]
    for member in members:
        webhook(member)
    with django_assert_num_queries(2):
        queue({member.pk: [ARCHIVED, RELEASED] for member in members})


def test_a_member_has_so_many_webhooks_and_no_more_and_each_address_once() -> None:
    ada = make_member("ada")
    made = [webhook(ada, str(number)) for number in range(MOST_WEBHOOKS)]
    assert Webhook.objects.add(ada, "https://ada.example/more") is None
    assert Webhook.objects.add(ada, made[0].url) == made[0]
    assert ada.webhooks.count() == MOST_WEBHOOKS
    assert len({hook.secret for hook in made}) == MOST_WEBHOOKS
