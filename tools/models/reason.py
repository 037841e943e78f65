"""A reason: a pro or a con of a tool, in one line, voted on by those who use it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tools.models.tool import Tool
from tools.models.voting import Vote, VotedOn, VoteQuerySet

if TYPE_CHECKING:
    from members.models import Member


class Side(models.TextChoices):
    """For or against: there is no third."""

    PRO = "pro", "pro"
    CON = "con", "con"


class ReasonState(models.TextChoices):
    """Whether readers see it."""

    QUEUED = "queued", "waiting for a moderator"
    SHOWN = "shown", "shown"
    HIDDEN = "hidden", "hidden by a moderator"


class ReasonQuerySet(models.QuerySet["Reason"]):
    """The vocabulary for reading reasons."""

    def shown(self) -> "ReasonQuerySet":
        """Those that readers see, most votes first, equals as the editors put them."""
        return self.filter(state=ReasonState.SHOWN).order_by(F("votes_count").desc(), "position", "pk")


class Reason(VotedOn):
    """One line for or against a tool: an editor's, or a member's, which then names its author."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="reasons")
    side = models.CharField(max_length=3, choices=Side)
    text = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reasons")
    of_member = models.BooleanField(default=False, help_text="A member wrote it, not the editors.")
    state = models.CharField(max_length=6, choices=ReasonState, default=ReasonState.SHOWN)
    version = models.CharField(max_length=20, blank=True, help_text="The tool's version it was written about.")
    affiliated_votes_count = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReasonQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "text"], name="reason_once_per_tool"),
            models.CheckConstraint(condition=Q(author=None) | Q(of_member=True), name="reason_of_a_member"),
        ]

    def __str__(self) -> str:
        return self.text

    def counted_apart(self, member: "Member") -> dict[str, bool]:
        """Mark the votes of those affiliated with the tool's vendor."""
        return {"affiliated": member.affiliations.filter(tool=self.tool_id).exists()}


class TeamSize(models.TextChoices):
    """How many engineers work with the tool where the voter is."""

    ONE = "1", "one person"
    FEW = "2-10", "2 to 10"
    SOME = "11-50", "11 to 50"
    MANY = "51-250", "51 to 250"
    MOST = "251+", "more than 250"


class Scale(models.TextChoices):
    """How much the voter's system carries."""

    TRIAL = "trial", "a trial or a prototype"
    SMALL = "small", "up to a thousand users a day"
    MEDIUM = "medium", "up to a hundred thousand users a day"
    LARGE = "large", "more than a hundred thousand users a day"


class ReasonVote(Vote):
    """A vote for a reason, with what the voter's experience rests on as far as they say it."""

    on = models.ForeignKey(Reason, models.CASCADE, related_name="votes")
    version = models.CharField(max_length=20, blank=True)
    team_size = models.CharField(max_length=6, choices=TeamSize, blank=True)
    scale = models.CharField(max_length=6, choices=Scale, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Months of use.")
    affiliated = models.BooleanField(default=False, help_text="The voter declared a tie with the tool's vendor.")

    objects = VoteQuerySet["ReasonVote"].as_manager()

    class Meta(Vote.Meta):
        abstract = False

    @property
    def column(self) -> str:
        """Votes of those affiliated with the vendor are counted apart."""
        return "affiliated_votes_count" if self.affiliated else "votes_count"
