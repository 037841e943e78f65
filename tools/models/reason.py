"""A reason: a pro or a con of a tool, in one line, voted on by those who use it."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from tools.models.catalogue import Edition
from tools.models.tool import Tool
from tools.models.voting import Vote, VotedOn, VoteQuerySet
from tools.searching.folding import folded
from tools.tallies import Context

if TYPE_CHECKING:
    from members.models import Member

TEXT = 160
VERSION = 20
WAITING_OF_NEWCOMERS = 3


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
        """Those that readers see, most votes first; of equals the editors' own, as they put them, then members'."""
        return self.filter(state=ReasonState.SHOWN).order_by(F("votes_count").desc(), "of_member", "position", "pk")

    def with_authors(self) -> "ReasonQuerySet":
        """Each with its author and, as `by_vendor`, whether they declared a tie with the vendor; in one query."""
        from tools.models.follow import Affiliation  # ties know reasons, not the reverse

        ties = Affiliation.objects.filter(tool=OuterRef("tool"), member=OuterRef("author"))
        return self.select_related("author").annotate(by_vendor=Exists(ties))

    def saying(self, text: str) -> "Reason | None":
        """The one that says this already, whatever its case, spaces and full stops; one query."""
        said = folded(text)
        return next((reason for reason in self if folded(reason.text) == said), None)

    def may_suggest(self, member: "Member") -> bool:
        """Whether the member may send one more: of a newcomer only so many wait at a time."""
        waiting = self.filter(author=member, state=ReasonState.QUEUED)
        return not member.is_newcomer or waiting.count() < WAITING_OF_NEWCOMERS

    def suggest(self, member: "Member", tool: Tool, side: Side, text: str, version: str = "") -> "Reason":
        """Take a member's reason: shown at once, or after a moderator has read it where the member is a newcomer.

        The same text twice is one row, the first.
        """
        state = ReasonState.QUEUED if member.is_newcomer else ReasonState.SHOWN
        said = {"side": side, "version": version, "author": member, "of_member": True, "state": state}
        with transaction.atomic():
            reason, is_new = self.get_or_create(tool=tool, text=text, defaults=said)
            if is_new and state == ReasonState.SHOWN:
                Edition.objects.advance_contributions()
        return reason

    def remove_all_of(self, author: "Member", states: Iterable[ReasonState] = tuple(ReasonState)) -> None:
        """Delete what the member wrote, votes for it included, as far as it is in one of these states."""
        with transaction.atomic():
            if self.filter(author=author, state__in=list(states)).delete()[0]:
                Edition.objects.advance_contributions()


class Reason(VotedOn):
    """One line for or against a tool: an editor's, or a member's, which then names its author."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="reasons")
    side = models.CharField(max_length=3, choices=Side)
    text = models.CharField(max_length=TEXT)
    position = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reasons")
    of_member = models.BooleanField(default=False, help_text="A member wrote it, not the editors.")
    state = models.CharField(max_length=6, choices=ReasonState, default=ReasonState.SHOWN)
    version = models.CharField(max_length=VERSION, blank=True, help_text="The tool's version it was written about.")
    affiliated_votes_count = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReasonQuerySet.as_manager()
    vote_columns = {"votes_count": Q(affiliated=False), "affiliated_votes_count": Q(affiliated=True)}

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "text"], name="reason_once_per_tool"),
            models.CheckConstraint(condition=Q(author=None) | Q(of_member=True), name="reason_of_a_member"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Where it stands on its tool's page."""
        return f"{self.tool.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Its anchor on every page that shows it."""
        return f"reason-{self.pk}"

    def is_of(self, member: Any) -> bool:
        """Whether this reader wrote it."""
        return self.author_id is not None and self.author_id == member.pk

    def approve(self, now: datetime) -> bool:
        """Let everybody see what waited for a moderator, and its author's next things at once."""
        with transaction.atomic():
            moved = self._move([ReasonState.QUEUED], ReasonState.SHOWN)
            if moved and self.author is not None:
                self.author.trust(now)
        return moved

    def hide(self) -> bool:
        """Take it from readers."""
        return self._move([ReasonState.SHOWN, ReasonState.QUEUED], ReasonState.HIDDEN)

    def restore(self) -> bool:
        """Undo `hide`."""
        return self._move([ReasonState.HIDDEN], ReasonState.SHOWN)

    def _move(self, before: Iterable[ReasonState], after: ReasonState) -> bool:
        """Change the state once, whoever else tries at the same time; say whether it was this call that did."""
        with transaction.atomic():
            moved = Reason.objects.filter(pk=self.pk, state__in=list(before)).update(state=after) > 0
            if moved:
                self.state = after
                Edition.objects.advance_contributions()
        return moved

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


class ReasonVoteQuerySet(VoteQuerySet["ReasonVote"]):
    """The vocabulary for votes for reasons."""

    def independent(self) -> Self:
        """Those that count and are not of anybody who declared a tie with the vendor."""
        return self.counted().filter(affiliated=False)

    def of_teams_like(self, team: str = "", scale: str = "", months: int | None = None) -> Self:
        """Those given by such a team, at such a scale, after so many months of use or more, as far as each is said."""
        asked = {"team_size": team, "scale": scale, "months__gte": months}
        return self.filter(**{name: value for name, value in asked.items() if value})

    def by_context(self, tool: Tool) -> dict[int, list[Context]]:
        """What the votes for each of the tool's reasons say of themselves, by the reason's id; one query."""
        said = self.filter(on__tool=tool).order_by().values_list("on", "version", "team_size", "scale", "months")
        found: dict[int, list[Context]] = {}
        for on, *context in said.annotate(votes=models.Count("pk")):
            found.setdefault(on, []).append(Context(*context))
        return found


class ReasonVote(Vote):
    """A vote for a reason, with what the voter's experience rests on as far as they say it."""

    on = models.ForeignKey(Reason, models.CASCADE, related_name="votes")
    version = models.CharField(max_length=VERSION, blank=True)
    team_size = models.CharField(max_length=6, choices=TeamSize, blank=True)
    scale = models.CharField(max_length=6, choices=Scale, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Months of use.")
    affiliated = models.BooleanField(default=False, help_text="The voter declared a tie with the tool's vendor.")

    objects = ReasonVoteQuerySet.as_manager()

    class Meta(Vote.Meta):
        abstract = False

    @property
    def column(self) -> str:
        """Votes of those affiliated with the vendor are counted apart."""
        return "affiliated_votes_count" if self.affiliated else "votes_count"
