"""Messages to members' webhooks: which there are, and how they get out.

The database is the queue: a message is due, claimed by a conditional update, and settled. Where a process died after it
claimed a message, that is sent once the claim is void; if it had been sent already, its uuid tells the other side so.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import random
from time import monotonic
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Min

from members.models import Delivery
from members.retries import TRIES, pause
from members.webhook_wire import Answered, Message, Outcome, Wire

AT_ONCE = 20
"""Messages on their way at the same time, each to another webhook."""
SECONDS_PER_RUN = 20
"""After which no more are begun, so that other work of the worker gets its turn."""
GONE = 410

type Told = Mapping[int, Sequence[tuple[str, Mapping[str, Any]]]]
"""By a member's number what they are told: a key that names the happening (80 characters), and a payload.

A payload is JSON; its `event` is a word that says what kind of happening it is.
"""


class Sender(Protocol):
    """Whoever gets messages out."""

    def send(self, messages: Sequence[Message]) -> Sequence[Outcome]:
        """Send all of them; what became of each, in their order."""


@dataclass(slots=True)
class Run:
    """What a run did, for the log; webhooks that failed in it are left alone until the next."""

    sent: int = 0
    failed: int = 0
    failing: set[int] = field(default_factory=set)

    def __str__(self) -> str:
        return f"Messages to webhooks sent: {self.sent}, failed: {self.failed}."


def queue(of_members: Told) -> None:
    """Have the members' enabled webhooks told; who was told under a key is not told again."""
    Delivery.objects.queue(of_members)


def wire() -> Wire:
    """The way out, as the settings have it."""
    return Wire(
        agent=f"{settings.SITE_NAME} (+{settings.SITE_URL})",
        vouched=frozenset(settings.WEBHOOK_HOSTS_ALLOWED),
        ports=frozenset(settings.WEBHOOK_PORTS),
    )


def deliver_due(now: datetime, sender: Sender, *, chance: Callable[[], float] = random) -> Run:
    """Send what is due, the oldest of each webhook first; runs may overlap, for each claims what it sends."""
    run, started = Run(), monotonic()
    while monotonic() - started < SECONDS_PER_RUN:
        batch = _claimed(now, run)
        if not batch:
            break
        outcomes = sender.send([_message(delivery) for delivery in batch])
        for delivery, outcome in zip(batch, outcomes, strict=True):
            _settle(delivery, outcome, now, chance(), run)
    return run


def _claimed(now: datetime, run: Run) -> list[Delivery]:
    """The next messages that are this process's to send, one for each webhook at most."""
    due = Delivery.objects.due(now).exclude(webhook__in=run.failing).order_by()
    firsts = due.values("webhook").annotate(first=Min("pk"), since=Min("due_at")).order_by("since", "first")
    keys = [row["first"] for row in firsts[:AT_ONCE]]
    claimed = [delivery for delivery in Delivery.objects.due(now).filter(pk__in=keys) if delivery.claim(now)]
    for delivery in claimed:
        if delivery.attempts > TRIES:
            delivery.fail(now, "Given up: each attempt was cut short.", pause(delivery.attempts, 0))
    return [delivery for delivery in claimed if delivery.attempts <= TRIES]


def _message(delivery: Delivery) -> Message:
    webhook = delivery.webhook
    return Message(webhook.url, webhook.secret, delivery.uuid, delivery.event, canonical(delivery.payload))


def canonical(payload: Mapping[str, Any]) -> bytes:
    """JSON in one way of many: sorted names, no spaces, UTF-8."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _settle(delivery: Delivery, outcome: Outcome, now: datetime, chance: float, run: Run) -> None:
    """Write down what became of a message, and when it is sent again."""
    if isinstance(outcome, Answered) and 200 <= outcome.status < 300:
        run.sent += 1
        delivery.succeed(now, f"Answered {outcome.status}.")
        return
    run.failed += 1
    run.failing.add(delivery.webhook_id)
    if not isinstance(outcome, Answered):
        delivery.fail(now, outcome.reason, pause(delivery.attempts, chance), unheard=True)
    elif outcome.status == GONE:
        delivery.refuse(now, f"Answered {GONE}: it wants no more.")
    else:
        more = ", a redirect, which is not followed" if 300 <= outcome.status < 400 else ""
        said = f"Answered {outcome.status}{more}."
        delivery.fail(now, said, pause(delivery.attempts, chance, outcome.retry_after))
