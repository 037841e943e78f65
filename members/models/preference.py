"""What a member has mail about, and how often."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from members.rhythm import Rhythm

if TYPE_CHECKING:
    from members.models.member import Member


class Kind(models.TextChoices):
    """What a notification is about; the closed list of what a member can have mail about."""

    ANSWER = "answer", "Answers to your questions"
    REPLY = "reply", "Replies to your comments"
    COMMENT = "comment", "Comments on posts you subscribe to"
    MENTION = "mention", "Mentions of you"
    REVISIT = "revisit", "Decisions of yours that are due to be revisited"
    MODERATION = "moderation", "What moderators tell you"
    ALERT = "alert", "Alerts about tools you follow"
    DIGEST = "digest", "Digest of the tools you follow"


# What a member who has not chosen gets.
DEFAULT_RHYTHMS = {
    Kind.ANSWER: Rhythm.AT_ONCE,
    Kind.REPLY: Rhythm.AT_ONCE,
    Kind.COMMENT: Rhythm.DAILY,
    Kind.MENTION: Rhythm.AT_ONCE,
    Kind.REVISIT: Rhythm.AT_ONCE,
    Kind.MODERATION: Rhythm.AT_ONCE,
    Kind.ALERT: Rhythm.DAILY,
    Kind.DIGEST: Rhythm.WEEKLY,
}


def offered(kind: Kind) -> list[Rhythm]:
    """The rhythms a member can choose for mail of that kind."""
    return [Rhythm.WEEKLY, Rhythm.NEVER] if kind == Kind.DIGEST else list(Rhythm)


def wanted_rhythm() -> Coalesce:
    """For rows with a member and a kind: the rhythm that member wants for that kind."""
    chosen = MailPreference.objects.filter(member=OuterRef("member"), kind=OuterRef("kind")).values("rhythm")
    usual = (When(kind=kind, then=Value(rhythm)) for kind, rhythm in DEFAULT_RHYTHMS.items())
    return Coalesce(Subquery(chosen), Case(*usual, output_field=models.CharField()))


class MailPreferenceQuerySet(models.QuerySet["MailPreference"]):
    """The vocabulary for mail preferences."""

    def of(self, member: "Member") -> dict[Kind, Rhythm]:
        """How often the member wants mail of each kind."""
        chosen = {Kind(row.kind): Rhythm(row.rhythm) for row in self.filter(member=member)}
        return DEFAULT_RHYTHMS | chosen

    def state(self, member: "Member", wanted: Mapping[Kind, Rhythm]) -> None:
        """Have mail of these kinds come as often as the member says, from now on."""
        rows = [MailPreference(member=member, kind=kind, rhythm=rhythm) for kind, rhythm in wanted.items()]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["member", "kind"], update_fields=["rhythm"])


class MailPreference(models.Model):
    """How often a member wants mail of one kind; without a row it is the kind's default."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_preferences")
    kind = models.CharField(max_length=12, choices=Kind)
    rhythm = models.CharField(max_length=8, choices=Rhythm)

    objects = MailPreferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind"], name="mail_preference_once"),
            models.CheckConstraint(
                condition=~Q(kind="digest") | Q(rhythm__in=["weekly", "never"]), name="mail_preference_digest_is_weekly"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.rhythm}"
