"""Programs that act for a member: logged in by a code (RFC 8628), known by a token, limited to sharing scans."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import choice, token_urlsafe

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from members.models.member import Member

# Consonants alone (RFC 8628, 6.1): no word comes of them, and none is taken for a digit.
CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
CODE_LENGTH = 8
CODE_LIVES = timedelta(minutes=10)
INTERVAL = SLOWER = 5
"""Seconds between two questions of a program, and by how much longer it waits each time it did not."""
LONGEST_INTERVAL = 60
TOKEN_LIVES = timedelta(days=365)
MOST_TOKENS = 20
"""Programs of one member."""
NAME = 60
SCOPE = "stacks:propose"
USED_EVERY = timedelta(hours=1)


class Refusal(StrEnum):
    """Why a program gets no token yet, or never, in the words of RFC 8628 and RFC 6749."""

    PENDING = "authorization_pending"
    SLOW_DOWN = "slow_down"
    DENIED = "access_denied"
    EXPIRED = "expired_token"
    UNKNOWN = "invalid_grant"


@dataclass(frozen=True, slots=True)
class Begun:
    """What a program is told that wants to log in; neither code is stored."""

    device_code: str
    user_code: str


def digest(secret: str) -> str:
    """What is stored of a secret that nobody can guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def code_digest(code: str) -> str:
    """What is stored of a code for people, however it is typed; keyed, since so short a one could be guessed."""
    letters = re.sub(r"[\s-]", "", code[:NAME]).upper()
    return salted_hmac("members.device", letters, algorithm="sha256").hexdigest()


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    """The vocabulary for tokens."""

    def valid(self, now: datetime) -> "AccessTokenQuerySet":
        """Those that still open something."""
        return self.filter(expires_at__gt=now, member__is_active=True)

    def of(self, secret: str, now: datetime) -> "AccessToken | None":
        """The token of that secret with its member, noted as used; None where it is unknown, expired or revoked."""
        token = self.valid(now).select_related("member").filter(digest=digest(secret)).first()
        if token is not None:
            stale = Q(used_at=None) | Q(used_at__lt=now - USED_EVERY)
            self.filter(stale, pk=token.pk).update(used_at=now)
        return token

    def issue(self, member: Member, name: str, now: datetime) -> str:
        """A new token's secret, which is told once; what expired of the member's goes."""
        secret = token_urlsafe(32)
        self.filter(member=member, expires_at__lte=now).delete()
        self.create(member=member, name=name, digest=digest(secret), expires_at=now + TOKEN_LIVES)
        return secret


class AccessToken(models.Model):
    """Lets a program share scans for its member, until it expires or is revoked, which deletes it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_tokens")
    name = models.CharField(max_length=NAME, help_text="What the program says of itself.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="To the hour.")

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class DeviceLoginQuerySet(models.QuerySet["DeviceLogin"]):
    """The vocabulary for log-ins by code."""

    def begin(self, name: str, now: datetime) -> Begun:
        """Two new codes: one for the program, one for its member; what expired long ago goes."""
        self.filter(expires_at__lt=now - CODE_LIVES).delete()
        letters = "".join(choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        begun = Begun(token_urlsafe(32), f"{letters[:4]}-{letters[4:]}")
        self.create(
            name=name,
            device_digest=digest(begun.device_code),
            code_digest=code_digest(begun.user_code),
            expires_at=now + CODE_LIVES,
        )
        return begun

    def waiting(self, code: str, member: Member, now: datetime) -> "DeviceLogin | None":
        """The log-in that waits under the code that the member typed, or that they decided on just now."""
        theirs = self.filter(Q(member=None) | Q(member=member), expires_at__gt=now)
        return theirs.filter(code_digest=code_digest(code)).first()

    def redeem(self, device_code: str, now: datetime) -> str | Refusal:
        """The token for the program that asks with its code, once; else why not."""
        with transaction.atomic():
            login = self.select_for_update().filter(device_digest=digest(device_code)).first()
            return Refusal.UNKNOWN if login is None else login._answer(now)


class DeviceLogin(models.Model):
    """A program that waits for its member to let it in; gone as soon as it has its token."""

    name = models.CharField(max_length=NAME, help_text="What the program says of itself.")
    device_digest = models.CharField(max_length=64, unique=True, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(db_index=True, editable=False)
    interval = models.PositiveSmallIntegerField(default=INTERVAL, editable=False, help_text="Seconds.")
    asked_at = models.DateTimeField(null=True, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, editable=False, related_name="device_logins"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    denied_at = models.DateTimeField(null=True, editable=False)

    objects = DeviceLoginQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(approved_at=None) | Q(denied_at=None), name="device_decided_once"),
            models.CheckConstraint(condition=Q(approved_at=None) | ~Q(member=None), name="device_let_in_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.name

    def approve(self, member: Member, now: datetime) -> bool:
        """Let the program in as this member; repeated by them, it changes nothing. False where it was decided."""
        return self._decide(member, approved_at=now) or self._was(member, approved_at__isnull=False)

    def deny(self, member: Member, now: datetime) -> bool:
        """Keep the program out; repeated, it changes nothing. False where it was let in."""
        return self._decide(member, denied_at=now) or self._was(member, denied_at__isnull=False)

    def _decide(self, member: Member, **when: datetime) -> bool:
        undecided = DeviceLogin.objects.filter(pk=self.pk, approved_at=None, denied_at=None)
        return bool(undecided.update(member=member, **when))

    def _was(self, member: Member, **decided: bool) -> bool:
        return DeviceLogin.objects.filter(pk=self.pk, member=member, **decided).exists()

    def _answer(self, now: datetime) -> str | Refusal:
        """What the program hears that asks now; the row is held."""
        if self.denied_at:
            return Refusal.DENIED
        if self.expires_at <= now:
            return Refusal.EXPIRED
        if self.asked_at and now < self.asked_at + timedelta(seconds=self.interval):
            self._note(now, interval=min(self.interval + SLOWER, LONGEST_INTERVAL))
            return Refusal.SLOW_DOWN
        if self.member is None or not self.member.is_active:
            self._note(now, interval=self.interval)
            return Refusal.PENDING
        secret = AccessToken.objects.issue(self.member, self.name, now)
        DeviceLogin.objects.filter(pk=self.pk).delete()
        return secret

    def _note(self, now: datetime, *, interval: int) -> None:
        DeviceLogin.objects.filter(pk=self.pk).update(asked_at=now, interval=interval)
