"""Messages to members' webhooks over real sockets: once each, tried again where they fail, and given up in the end."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from members.delivering import Run, canonical, deliver_due, queue, wire
from members.models import Delivery, Member, Notification, Webhook
from members.models.webhook import CLAIM, KEPT
from members.retries import FIRST_PAUSE, JITTER, LONGEST_PAUSE, MOST_GIVEN_UP, TRIES, pause
from members.tasks import forget_deliveries, tell_webhooks
from members.webhook_wire import Message, Outcome, signature
from tests.members.builders import make_member
from tests.members.receiver import Receiver, Reply, breaks_off, receiver, says

__all__ = ["receiver"]
pytestmark = pytest.mark.django_db
START = datetime(2100, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PAYLOAD = {"tool": "flask", "event": "archived", "sentence": "Flask’s repository was archived."}


@pytest.fixture
def hook(receiver: Receiver, settings: Settings) -> Webhook:
    """A webhook of Ada's at the receiver."""
    settings.WEBHOOK_HOSTS_ALLOWED = [receiver.place]
    return made(make_member("ada"), receiver.url)


def made(member: Member, url: str) -> Webhook:
    webhook = Webhook.objects.add(member, url)
    assert webhook
    return webhook


def tell(webhook: Webhook, *keys: str) -> None:
    queue({webhook.member_id: [(key, PAYLOAD) for key in keys or ["alert-1"]]})


def run(at: datetime = START) -> Run:
    return deliver_due(at, wire(), chance=lambda: 0)


def run_until_given_up(webhook: Webhook) -> list[datetime]:
    """When the only message that waits was sent, each time it was due."""
    sent = []
    for _ in range(TRIES):
        (waiting,) = webhook.deliveries.waiting()
        run(due := max(waiting.due_at, START))
        sent.append(due)
    return sent


def fail_for_the_last_time(webhook: Webhook, receiver: Receiver, key: str, at: datetime) -> None:
    """Give one message up, as if it had been sent before as often as may be."""
    receiver.answers(says(500))
    tell(webhook, key)
    webhook.deliveries.filter(key=key).update(attempts=TRIES - 1)
    run(at)


def test_a_message_arrives_and_is_done(hook: Webhook, receiver: Receiver) -> None:
    tell(hook)
    assert str(run()) == "Messages to webhooks sent: 1, failed: 0."
    (heard,), row = receiver.heard, hook.deliveries.get()
    assert json.loads(heard.body) == PAYLOAD
    assert (heard.headers["Whystack-Delivery"], heard.headers["Whystack-Event"]) == (str(row.uuid), "archived")
    moment = int(heard.headers["Whystack-Signature"].partition(",")[0].removeprefix("t="))
    assert heard.headers["Whystack-Signature"] == signature(hook.secret, moment, heard.body)
    assert (row.done_at, row.attempts, row.answer, row.claimed_at) == (START, 1, "Answered 204.", None)
    assert run(START + MINUTE) == Run()


def test_the_same_payload_is_the_same_bytes() -> None:
    assert canonical({"b": 1, "a": {"d": "é", "c": None}}) == '{"a":{"c":null,"d":"é"},"b":1}'.encode()


@pytest.mark.parametrize(
    ("reply", "answer", "wait"),
    [
        (says(500, b"<html>secret</html>"), "Answered 500.", FIRST_PAUSE),
        (says(404), "Answered 404.", FIRST_PAUSE),
        (says(401), "Answered 401.", FIRST_PAUSE),
        (says(302, headers={"Location": "/"}), "Answered 302, a redirect, which is not followed.", FIRST_PAUSE),
        (breaks_off, "The connection broke off, or what answered is not HTTP.", FIRST_PAUSE),
        (says(429, headers={"Retry-After": "600"}), "Answered 429.", timedelta(minutes=10)),
        (says(503, headers={"Retry-After": "0"}), "Answered 503.", FIRST_PAUSE),
        (says(503, headers={"Retry-After": "99999999"}), "Answered 503.", LONGEST_PAUSE * (1 + JITTER)),
    ],
)
def test_each_failure_is_told_and_tried_again(
    hook: Webhook, receiver: Receiver, reply: Reply, answer: str, wait: timedelta
) -> None:
    receiver.answers(reply)
    tell(hook)
    assert run().failed == 1
    row = hook.deliveries.get()
    assert (row.answer, row.due_at, row.claimed_at) == (answer, START + wait, None)
    receiver.answers(says(200))
    assert run(START + wait - timedelta(seconds=1)) == Run()
    assert run(START + wait).sent == 1
    assert len({heard.headers["Whystack-Delivery"] for heard in receiver.heard}) == 1


def test_pauses_grow_from_a_minute_to_twelve_hours_and_chance_lengthens_them() -> None:
    minutes = [round(pause(attempt, 0) / MINUTE) for attempt in range(1, TRIES)]
    assert minutes == [1, 4, 16, 64, 256, 720, 720]
    assert pause(1, 1) == FIRST_PAUSE * (1 + JITTER)
    assert pause(2, 0, timedelta(seconds=-5)) == pause(2, 0)


def test_a_message_is_given_up_after_its_tries(hook: Webhook, receiver: Receiver) -> None:
    receiver.answers(says(500))
    tell(hook)
    sent = run_until_given_up(hook)
    assert len(receiver.heard) == TRIES
    row = hook.deliveries.get()
    assert (row.attempts, row.given_up_at, row.done_at) == (TRIES, sent[-1], None)
    assert run(START + timedelta(days=20)) == Run()
    hook.refresh_from_db()
    assert (hook.failures, hook.disabled_at) == (1, None)


def test_a_webhook_that_fails_in_a_row_is_disabled_and_its_owner_told_once(hook: Webhook, receiver: Receiver) -> None:
    for number in range(MOST_GIVEN_UP):
        fail_for_the_last_time(hook, receiver, f"alert-{number}", START)
    hook.refresh_from_db()
    assert hook.disabled_at is not None
    told = Notification.objects.get()
    assert (told.member, told.kind, told.url) == (hook.member, "alert", hook.get_absolute_url())
    assert told.text == (
        f"We no longer tell your webhook at {receiver.place}: 3 messages in a row did not get through. "
        "Its page lets you enable it again."
    )
    tell(hook, "alert-later")
    assert not hook.deliveries.filter(key="alert-later").exists()


def test_one_message_that_gets_through_ends_the_row(hook: Webhook, receiver: Receiver) -> None:
    for number in range(2 * MOST_GIVEN_UP):
        fail_for_the_last_time(hook, receiver, f"alert-{number}", START)
        receiver.answers(says(200))
        tell(hook, f"welcome-{number}")
        run()
    hook.refresh_from_db()
    assert (hook.failures, hook.disabled_at) == (0, None)


def test_who_says_that_it_is_gone_is_believed_at_once(hook: Webhook, receiver: Receiver) -> None:
    receiver.answers(says(410))
    tell(hook, "alert-1", "alert-2")
    run()
    hook.refresh_from_db()
    assert hook.disabled_at == START
    answers = [(row.answer, row.given_up_at) for row in hook.deliveries.order_by("pk")]
    assert answers == [
        ("Answered 410: it wants no more.", START),
        ("Not sent: the webhook was disabled.", START),
    ]
    assert "it answered that it is gone (410)" in Notification.objects.get().text


def test_an_enabled_webhook_is_told_what_happens_from_then_on(hook: Webhook, receiver: Receiver) -> None:
    hook.disable(START, "it is gone")
    hook.enable()
    tell(hook, "alert-2")
    assert run().sent == 1
    hook.disable(START + MINUTE, "it is gone")
    assert Notification.objects.count() == 2


def test_messages_of_one_webhook_go_out_in_order_and_wait_where_one_fails(hook: Webhook, receiver: Receiver) -> None:
    tell(hook, "alert-1", "alert-2", "alert-3")
    receiver.answers(says(500))
    assert run() == Run(failed=1, failing={hook.pk})
    receiver.answers(says(200))
    assert run(START + MINUTE).sent == 3
    done = [row.key for row in hook.deliveries.order_by("-attempts", "pk")]
    assert done == ["alert-1", "alert-2", "alert-3"]


def test_where_nobody_answers_one_message_is_tried_and_all_wait(hook: Webhook, receiver: Receiver) -> None:
    receiver.answers(breaks_off)
    tell(hook, "first", "second", "third")
    assert run().failed == 1
    assert [row.due_at for row in hook.deliveries.all()] == [START + FIRST_PAUSE] * 3
    assert [row.attempts for row in hook.deliveries.order_by("pk")] == [1, 0, 0]
    receiver.answers(says(200))
    assert run(START + FIRST_PAUSE - timedelta(seconds=1)) == Run()
    assert run(START + FIRST_PAUSE).sent == 3


def test_a_claim_is_one_processs_until_it_is_void(hook: Webhook, receiver: Receiver) -> None:
    tell(hook)
    mine, theirs = Delivery.objects.get(), Delivery.objects.get()
    assert (mine.claim(START), theirs.claim(START)) == (True, False)
    # I died. Nobody has the message, and nobody may take it yet.
    assert run(START + CLAIM - MINUTE) == Run()
    assert run(START + CLAIM).sent == 1
    # I was but slow: what I say now counts no more.
    mine.fail(START + CLAIM, "Too late.", MINUTE)
    row = hook.deliveries.get()
    assert (row.answer, row.done_at, row.attempts) == ("Answered 204.", START + CLAIM, 2)
    assert len(receiver.heard) == 1


def test_a_message_that_ends_whoever_sends_it_is_given_up(hook: Webhook, receiver: Receiver) -> None:
    tell(hook)
    for number in range(TRIES):
        assert Delivery.objects.get().claim(START + number * CLAIM)
    run(START + TRIES * CLAIM)
    row = hook.deliveries.get()
    assert row.given_up_at == START + TRIES * CLAIM
    assert receiver.heard == []


class Interrupted:
    """A worker that is at its messages just when another one looks for what is due."""

    def __init__(self) -> None:
        self.other = Run()

    def send(self, messages: Sequence[Message]) -> Sequence[Outcome]:
        self.other = run()
        return wire().send(messages)


def test_two_workers_at_once_send_each_message_once(hook: Webhook, receiver: Receiver) -> None:
    tell(hook, *(f"alert-{number}" for number in range(5)))
    one = Interrupted()
    run_of_one = deliver_due(START, one)
    assert (run_of_one.sent, one.other.sent) == (1, 4)
    sent = [heard.headers["Whystack-Delivery"] for heard in receiver.heard]
    assert (len(sent), len(set(sent))) == (5, 5)


def test_an_address_that_became_private_is_refused_when_it_is_told(settings: Settings) -> None:
    settings.WEBHOOK_HOSTS_ALLOWED = []
    hook = made(make_member(), "https://127.0.0.1/hook")
    tell(hook)
    run()
    said = "This leads to a private or reserved network; messages go to public addresses only."
    assert hook.deliveries.get().answer == said


def test_the_tasks_tell_and_forget(hook: Webhook, receiver: Receiver) -> None:
    tell(hook, "alert-1", "alert-2")
    tell_webhooks()
    assert len(receiver.heard) == 2
    long_ago = datetime.now(UTC) - KEPT - MINUTE
    hook.deliveries.filter(key="alert-1").update(created_at=long_ago, done_at=long_ago)
    forget_deliveries()
    assert [row.key for row in hook.deliveries.all()] == ["alert-2"]
