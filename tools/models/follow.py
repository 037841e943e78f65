"""What ties a member to a tool: a wish to hear of it, or a declared affiliation with its vendor."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F

from tools.models.reason import Reason, ReasonVote
from tools.models.tool import Tool

if TYPE_CHECKING:
    from members.models import Member


class FollowQuerySet(models.QuerySet["Follow"]):
    """The vocabulary for follows; its verbs keep the tool's count in the same transaction."""

    def follow(self, member: "Member", tool: Tool) -> bool:
        """Have the member hear of the tool; say whether that is new."""
        with transaction.atomic():
            _, is_new = self.get_or_create(member=member, tool=tool)
            if is_new:
                Tool.objects.filter(pk=tool.pk).update(followers_count=F("followers_count") + 1)
        return is_new

    def unfollow(self, member: "Member", tool: Tool) -> bool:
        """Have the member hear no more of the tool; say whether they did until now."""
        with transaction.atomic():
            gone = self.filter(member=member, tool=tool).delete()[0] > 0
            if gone:
                Tool.objects.filter(pk=tool.pk).update(followers_count=F("followers_count") - 1)
        return gone

    def unfollow_all(self, member: "Member") -> None:
        """Have the member hear of no tool any more, in as many queries whatever their number."""
        theirs = self.filter(member=member)
        with transaction.atomic():
            tools = Tool.objects.filter(pk__in=theirs.values("tool")).order_by("pk")
            list(tools.select_for_update(no_key=True).values_list("pk"))
            Tool.objects.filter(pk__in=theirs.values("tool")).update(followers_count=F("followers_count") - 1)
            theirs.delete()

    def is_by(self, viewer: Any, tool: Tool) -> bool:
        """Whether this reader follows the tool; one query for members, none for others."""
        return viewer.is_authenticated and self.filter(member=viewer, tool=tool).exists()


class Follow(models.Model):
    """A member's wish to hear of a tool."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    tool = models.ForeignKey(Tool, models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["member", "tool"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.member} follows {self.tool}"


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    """The vocabulary for affiliations; its verbs move the member's votes to where they count now."""

    def declare(self, member: "Member", tool: Tool, role: str) -> None:
        """State the member's tie with the tool's vendor from now on."""
        with transaction.atomic():
            self.update_or_create(member=member, tool=tool, defaults={"role": role})
            _count_apart(member, tool, affiliated=True)

    def withdraw(self, member: "Member", tool: Tool) -> None:
        """State that there is no such tie any more."""
        with transaction.atomic():
            self.filter(member=member, tool=tool).delete()
            _count_apart(member, tool, affiliated=False)


def _count_apart(member: "Member", tool: Tool, *, affiliated: bool) -> None:
    column = "affiliated_votes_count"
    # The reasons before their votes, as whoever votes takes them: so that nobody waits for one another in a circle.
    voted_on = Reason.objects.filter(pk__in=ReasonVote.objects.filter(member=member, on__tool=tool).values("on"))
    list(voted_on.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    for vote in ReasonVote.objects.filter(member=member, on__tool=tool, affiliated=not affiliated).order_by("pk"):
        moved = ReasonVote.objects.filter(pk=vote.pk, affiliated=not affiliated).update(affiliated=affiliated)
        if moved and not vote.held:
            by = 1 if affiliated else -1
            counts = {column: F(column) + by, "votes_count": F("votes_count") - by}
            Reason.objects.filter(pk=vote.on_id).update(**counts)


class Affiliation(models.Model):
    """A tie of a member with the vendor of a tool, as the member declares it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="affiliations")
    tool = models.ForeignKey(Tool, models.CASCADE, related_name="affiliations")
    role = models.CharField(max_length=80, help_text="Such as “maintainer” or “works for the company behind it”.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ["tool__name"]
        constraints = [models.UniqueConstraint(fields=["member", "tool"], name="affiliation_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.tool}"
