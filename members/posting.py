"""How letters get out: one connection a run, each mail on its own, so that none holds up or loses another."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPServerDisconnected
from time import monotonic
from typing import Protocol

from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, QuerySet

from members.models import Member

FOR_GOOD = timedelta(days=366)
"""A suspension with more than this ahead is for good: no mail is sent into it."""
SECONDS_PER_RUN = 240
logger = logging.getLogger(__name__)


class Errand(Protocol):
    """One mail that may be due."""

    member: Member

    def claim(self) -> bool:
        """Take the mail upon this process; False where another has it, or it is not due any more."""

    def write(self) -> EmailMessage:
        """The mail, after the claim."""

    def sent(self) -> None:
        """Note that the mail server took it."""

    def failed(self) -> None:
        """Let it wait for another try."""


@dataclass(slots=True)
class Round:
    """What a run did, for the log."""

    sent: int = 0
    failed: int = 0
    stopped: str = ""

    def __str__(self) -> str:
        stopped = f" The mail server does not answer: {self.stopped}" if self.stopped else ""
        return f"Mails sent: {self.sent}, failed: {self.failed}.{stopped}"


def reachable(now: datetime) -> QuerySet[Member]:
    """The members who can have mail, each with `address`, which they proved to be theirs."""
    proved = Member.objects.filter(is_active=True, emailaddress__primary=True, emailaddress__verified=True)
    return proved.exclude(suspended_until__gt=now + FOR_GOOD).annotate(address=F("emailaddress__email"))


def post(errands: Sequence[Errand]) -> Round:
    """Send each mail that can be claimed. While the mail server cannot be reached nothing is claimed."""
    done = Round()
    if not errands:
        return done
    connection = mailers.default
    try:
        connection.open()
        _post_all(errands, connection, done)
    except OSError as error:
        done.stopped = _named(error)
    finally:
        with suppress(OSError):
            connection.close()
    return done


def _post_all(errands: Sequence[Errand], connection: BaseEmailBackend, done: Round) -> None:
    """Send on an open connection; raise OSError when the mail server is gone."""
    started = monotonic()
    for errand in errands:
        if monotonic() - started > SECONDS_PER_RUN:
            break
        if not errand.claim():
            continue
        try:
            connection.send_messages([errand.write()])
        except Exception as error:
            errand.failed()
            done.failed += 1
            logger.warning("Mail to member %d failed: %s", errand.member.pk, _named(error))
            if _is_of_the_connection(error):
                raise
        else:
            errand.sent()
            done.sent += 1


def _is_of_the_connection(error: Exception) -> bool:
    """Whether the server is gone, rather than refusing this one mail."""
    refused = isinstance(error, SMTPException) and not isinstance(error, SMTPServerDisconnected)
    return isinstance(error, OSError) and not refused


def _named(error: Exception) -> str:
    """The error without what the server wrote, which may hold a member's address."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
