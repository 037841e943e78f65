"""Reports of readers, and what moderators did."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.text import Truncator

from advice import limits
from advice.models.about import SUBJECTS, AboutOne, AboutQuerySet, exactly_one, kind_of
from advice.models.post import StaleError

if TYPE_CHECKING:
    from members.models import Member


class Grounds(models.TextChoices):
    """Why something is reported."""

    SPAM = "spam", "Spam or advertising"
    PAID = "paid", "Bought praise, or a tie that is not declared"
    WRONG = "wrong", "Wrong or misleading"
    RUDE = "rude", "Rude or hateful"
    PRIVATE = "private", "Private or unlawful content"
    OTHER = "other", "Something else"


class ReportQuerySet(AboutQuerySet["Report"]):
    """The vocabulary for reports."""

    def open(self) -> "ReportQuerySet":
        """Those that no moderator has answered."""
        return self.filter(closed_at=None)

    def send(self, reporter: "Member", subject: Any, grounds: str, text: str) -> bool:
        """Take a member's report; say whether it is new, which it is not while another of theirs is open."""
        said = {"grounds": grounds, "text": text}
        about = {kind_of(subject): subject}
        return self.get_or_create(reporter=reporter, closed_at=None, **about, defaults=said)[1]

    def close(self, now: datetime) -> None:
        """Say that a moderator answered those that are open."""
        self.open().update(closed_at=now)


class Report(AboutOne):
    """A reader's wish that a moderator look at something; once a member and thing."""

    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    grounds = models.CharField(max_length=8, choices=Grounds)
    text = models.CharField(max_length=limits.NOTE, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["created_at"], condition=Q(closed_at=None), name="report_open")]
        constraints = [
            models.CheckConstraint(condition=exactly_one(*SUBJECTS), name="report_about_one"),
            *(
                models.UniqueConstraint(
                    fields=["reporter", name], condition=Q(closed_at=None), name=f"report_once_per_{name}"
                )
                for name in SUBJECTS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_grounds_display()}: {self.subject}"


class Deed(models.TextChoices):
    """What a moderator can do."""

    APPROVE = "approve", "let through"
    HIDE = "hide", "hidden"
    RESTORE = "restore", "restored"
    DISMISS = "dismiss", "left as it is"
    WARN = "warn", "author warned"
    SUSPEND = "suspend", "member suspended"
    READMIT = "readmit", "suspension ended"
    HOLD = "hold", "votes held"
    RELEASE = "release", "held votes released"


# What may be done to a thing in its state; warnings need an author, and only votes that are held are released.
DEEDS: dict[str, tuple[Deed, ...]] = {
    "queued": (Deed.APPROVE, Deed.HIDE, Deed.WARN),
    "published": (Deed.DISMISS, Deed.HIDE, Deed.WARN),
    "shown": (Deed.DISMISS, Deed.HIDE, Deed.WARN),
    "hidden": (Deed.RESTORE, Deed.DISMISS),
    "deleted": (Deed.DISMISS,),
    "active": (Deed.DISMISS, Deed.WARN, Deed.SUSPEND),
    "suspended": (Deed.READMIT, Deed.DISMISS, Deed.WARN, Deed.SUSPEND),
}
NEEDS_GROUNDS = (Deed.HIDE, Deed.WARN, Deed.SUSPEND)
"""What is done to somebody is done on a ground that everybody may read."""


def state_of(subject: Any) -> str:
    """The state of a thing as moderators see it; that of a member is active or suspended."""
    if kind_of(subject) == "member":
        return "suspended" if subject.is_suspended else "active"
    return str(subject.state)


def deeds_for(subject: Any, *, held: bool) -> tuple[Deed, ...]:
    """What may be done to a thing now; `held` says whether votes for it are held."""
    deeds = DEEDS.get(state_of(subject), ())
    if kind_of(subject) == "member":
        return deeds
    if subject.author_id is None:
        deeds = tuple(deed for deed in deeds if deed != Deed.WARN)
    return (*deeds, Deed.RELEASE, Deed.HOLD) if held else deeds


def token(subject: Any, last: int | None) -> str:
    """What a form remembers of a thing: its state, and the last act about it. Another act makes the form stale."""
    return f"{state_of(subject)}-{last or 0}"


class ActQuerySet(AboutQuerySet["Act"]):
    """The vocabulary for what moderators did."""

    def take(
        self,
        moderator: "Member",
        deed: Deed,
        subject: Any,
        seen: str,
        now: datetime,
        *,
        grounds: str = "",
        note: str = "",
        days: int = 0,
    ) -> "Act":
        """Do it, answer the reports about the thing, and write it down.

        Raise StaleError where the thing is no longer as `token` told it, ValueError for what cannot be done to it.
        """
        with transaction.atomic():
            locked = type(subject)._default_manager.select_for_update(no_key=True).get(pk=subject.pk)
            last = self.about(locked).first()
            if token(locked, last.pk if last else None) != seen:
                raise StaleError
            if deed not in deeds_for(locked, held=_has_held(locked)):
                raise ValueError(f"{deed} cannot be done to this {kind_of(locked)}")
            act = Act(moderator=moderator, deed=deed, grounds=grounds, note=note, **{kind_of(locked): locked})
            act._perform(now, now + timedelta(days=days))
            act.save()
            Report.objects.about(locked).close(now)
        return act


def _has_held(subject: Any) -> bool:
    return kind_of(subject) not in ("stack", "member") and bool(subject.votes.filter(held=True).exists())


class Act(AboutOne):
    """One thing a moderator did, for the public log; `note` is for the author alone."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    deed = models.CharField(max_length=8, choices=Deed)
    grounds = models.CharField(max_length=8, choices=Grounds, blank=True)
    note = models.CharField(max_length=limits.NOTE, blank=True)
    done_at = models.DateTimeField(auto_now_add=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ["-done_at", "-pk"]
        constraints = [models.CheckConstraint(condition=exactly_one(*SUBJECTS), name="act_about_one")]

    def __str__(self) -> str:
        return f"{self.get_deed_display()}: {self.subject}"

    def _perform(self, now: datetime, until: datetime) -> None:
        """Have the thing do what the deed says; leaving, warning and keeping votes held change nothing of it."""
        match self.deed:
            case Deed.APPROVE:
                self.subject.approve(now)
            case Deed.HIDE:
                self.subject.hide(now) if self.post or self.stack else self.subject.hide()
            case Deed.RESTORE:
                self._restore(now)
            case Deed.SUSPEND:
                self.subject.suspend(until, self._in_words())
            case Deed.READMIT:
                self.subject.readmit()
            case Deed.RELEASE:
                self.subject.release_votes()

    def _restore(self, now: datetime) -> None:
        if self.post:
            self.post.restore(now)
        elif self.stack:
            self.stack.unhide()
        else:
            self.subject.restore()

    def _in_words(self) -> str:
        """Ground and note in one line, as a suspended member reads them."""
        said = ". ".join(part for part in (self.get_grounds_display(), self.note) if part)
        return Truncator(said).chars(200)
