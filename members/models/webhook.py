"""Where a member's own program hears of alerts, and what became of each message to it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from members.models.member import Member
from members.models.notification import Notification
from members.models.preference import Kind
from members.retries import MOST_GIVEN_UP, TRIES

MOST_WEBHOOKS = 5
"""Webhooks of one member."""
CLAIM = timedelta(minutes=5)
"""After this a claim is void: whoever made it died, for no message takes so long."""
KEPT = timedelta(days=30)
"""How long a message that was settled stays listed."""
BATCH = 500


def new_secret() -> str:
    """A secret that nobody can guess, of 43 characters."""
    return token_urlsafe(32)


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """The vocabulary for webhooks."""

    def enabled(self) -> "WebhookQuerySet":
        """Those that are told."""
        return self.filter(disabled_at=None, member__is_active=True)

    def with_latest(self) -> "WebhookQuerySet":
        """Each with `tried_at` and `last_answer` of the message it was sent last."""
        tried = Delivery.objects.filter(webhook=OuterRef("pk"), tried_at__isnull=False).order_by("-tried_at", "-pk")
        return self.annotate(
            tried_at=Subquery(tried.values("tried_at")[:1]), last_answer=Subquery(tried.values("answer")[:1])
        )

    def add(self, member: Member, url: str) -> "Webhook | None":
        """The member's webhook of that address, made if it is new; None where they have as many as they may."""
        with transaction.atomic():
            # Two at once would both see room for one more.
            Member.objects.select_for_update().get(pk=member.pk)
            theirs = self.filter(member=member)
            known = theirs.filter(url=url).first()
            if known or theirs.count() >= MOST_WEBHOOKS:
                return known
            return self.create(member=member, url=url)


class Webhook(models.Model):
    """An address of a member that is told of what happens; disabled after too many failures in a row."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhooks")
    url = models.URLField(max_length=300)
    secret = models.CharField(max_length=64, default=new_secret, help_text="Signs what is sent.")
    failures = models.PositiveSmallIntegerField(default=0, help_text="Messages given up, in a row.")
    disabled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["member", "url"], name="webhook_once")]

    def __str__(self) -> str:
        return self.host

    def get_absolute_url(self) -> str:
        """Its page, for its owner."""
        return reverse("members:webhook", args=[self.pk])

    @property
    def host(self) -> str:
        """The host it is at; the rest of its address may be a secret of its owner."""
        return urlsplit(self.url).netloc

    @property
    def secret_mark(self) -> str:
        """Tells one secret from another without telling the secret."""
        return salted_hmac("members.webhook", self.secret, algorithm="sha256").hexdigest()[:16]

    def renew_secret(self, seen: str) -> bool:
        """Replace the secret that bears the mark; False where it was replaced already."""
        if not constant_time_compare(seen, self.secret_mark):
            return False
        fresh = new_secret()
        renewed = Webhook.objects.filter(pk=self.pk, secret=self.secret).update(secret=fresh)
        self.refresh_from_db(fields=["secret"])
        return bool(renewed)

    def send_test(self, token: UUID) -> None:
        """Tell it, alone, that nothing happened; the same token is the same message."""
        payload = {"event": "test", "text": "This is a test. Nothing happened to any tool."}
        row = Delivery(webhook=self, key=f"test-{token}", payload=payload)
        Delivery.objects.bulk_create([row], ignore_conflicts=True)

    def enable(self) -> None:
        """Tell it again, from now on; what was given up meanwhile stays so."""
        Webhook.objects.filter(pk=self.pk).update(disabled_at=None, failures=0)

    def disable(self, now: datetime, why: str) -> None:
        """Tell it no more until its owner says so, and tell them; `why` is half a sentence."""
        with transaction.atomic():
            if not Webhook.objects.filter(pk=self.pk, disabled_at=None).update(disabled_at=now):
                return
            waiting = Delivery.objects.filter(webhook=self).waiting()
            waiting.update(given_up_at=now, claimed_at=None, answer="Not sent: the webhook was disabled.")
            said = f"We no longer tell your webhook at {self.host[:60]}: {why}. Its page lets you enable it again."
            key = f"webhook-{self.pk}-{now:%Y%m%d%H%M%S}"
            Notification.objects.tell([self.member], Kind.ALERT, key, said, self.get_absolute_url())


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """The vocabulary for messages to webhooks."""

    def queue(self, of_members: Mapping[int, Iterable[tuple[str, Mapping[str, Any]]]]) -> None:
        """Have each member's enabled webhooks told of each (key, payload), whatever is said twice once."""
        members = list(of_members)
        for start in range(0, len(members), BATCH):
            webhooks = Webhook.objects.enabled().filter(member__in=members[start : start + BATCH])
            self.bulk_create(_rows(webhooks, of_members), batch_size=BATCH, ignore_conflicts=True)

    def waiting(self) -> "DeliveryQuerySet":
        """Those that are neither done nor given up."""
        return self.filter(done_at=None, given_up_at=None)

    def free(self, now: datetime) -> "DeliveryQuerySet":
        """Those whose time has come and that nobody is at, or whoever was is dead; by columns of their own alone.

        A join would make the claim a subquery, which PostgreSQL does not look at again after waiting for another's.
        """
        return self.waiting().filter(Q(claimed_at=None) | Q(claimed_at__lte=now - CLAIM), due_at__lte=now)

    def due(self, now: datetime) -> "DeliveryQuerySet":
        """Those to send now, the longest due first."""
        enabled = self.free(now).filter(webhook__disabled_at=None, webhook__member__is_active=True)
        return enabled.select_related("webhook__member").order_by("due_at", "pk")

    def forget(self, now: datetime) -> None:
        """Drop the record of what was settled long ago."""
        settled = Q(done_at__lt=now - KEPT) | Q(given_up_at__lt=now - KEPT)
        self.filter(settled, created_at__lt=now - KEPT).delete()


def _rows(
    webhooks: Iterable[Webhook], of_members: Mapping[int, Iterable[tuple[str, Mapping[str, Any]]]]
) -> "Iterator[Delivery]":
    for webhook in webhooks:
        for key, payload in of_members[webhook.member_id]:
            yield Delivery(webhook=webhook, key=key, payload=dict(payload))


class Delivery(models.Model):
    """One message to a webhook: due, claimed, and done or given up; `key` makes each happening one message."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    uuid = models.UUIDField(
        default=uuid4, unique=True, editable=False, help_text="Lets the other side see a repetition."
    )
    key = models.CharField(max_length=80)
    payload = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    answer = models.CharField(max_length=200, blank=True, help_text="What the other side said last, in our words.")
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    given_up_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["due_at"], condition=Q(done_at=None, given_up_at=None), name="delivery_due")]
        constraints = [models.UniqueConstraint(fields=["webhook", "key"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.key} to {self.webhook}"

    @property
    def event(self) -> str:
        """What kind of happening it tells of."""
        return str(self.payload.get("event", "alert"))

    def claim(self, now: datetime) -> bool:
        """Take it upon this process, which counts as an attempt; False where another has it or it is due no more."""
        ours = Delivery.objects.free(now).filter(pk=self.pk)
        if not ours.update(claimed_at=now, tried_at=now, attempts=F("attempts") + 1):
            return False
        self.claimed_at = self.tried_at = now
        self.attempts += 1
        return True

    def succeed(self, now: datetime, answer: str) -> None:
        """Note that the other side took it, which ends its row of failures."""
        with self._holding_the_webhook():
            if self._settle(answer, done_at=now):
                Webhook.objects.filter(pk=self.webhook_id).exclude(failures=0).update(failures=0)

    def fail(self, now: datetime, answer: str, wait: timedelta, *, unheard: bool = False) -> None:
        """Let it wait for another try, or give it up after the last; too many given up in a row disable the webhook.

        Where nobody was there to hear it, the webhook's other messages wait as long: each would be waited for in vain.
        """
        if self.attempts < TRIES:
            with self._holding_the_webhook():
                if self._settle(answer, due_at=now + wait) and unheard:
                    others = Delivery.objects.waiting().filter(webhook=self.webhook_id, claimed_at=None)
                    others.filter(due_at__lt=now + wait).update(due_at=now + wait)
            return
        with self._holding_the_webhook():
            if not self._settle(answer, given_up_at=now):
                return
            Webhook.objects.filter(pk=self.webhook_id).update(failures=F("failures") + 1)
            self.webhook.refresh_from_db(fields=["failures"])
            if self.webhook.failures >= MOST_GIVEN_UP:
                self.webhook.disable(now, f"{MOST_GIVEN_UP} messages in a row did not get through")

    def refuse(self, now: datetime, answer: str) -> None:
        """Give it up and disable the webhook, for the other side wants to hear no more."""
        with self._holding_the_webhook():
            if self._settle(answer, given_up_at=now):
                self.webhook.disable(now, "it answered that it is gone (410)")

    @contextmanager
    def _holding_the_webhook(self) -> Iterator[None]:
        """In one transaction, the webhook locked before its messages, as disabling does: no circle of waits."""
        with transaction.atomic():
            Webhook.objects.select_for_update().filter(pk=self.webhook_id).first()
            yield

    def _settle(self, answer: str, **change: datetime) -> bool:
        """End the claim; False where it was void and another process has the message."""
        ours = Delivery.objects.waiting().filter(pk=self.pk, claimed_at=self.claimed_at)
        return bool(ours.update(claimed_at=None, answer=answer, **change))
