"""What became of a decision: asked after 6, 12 and 24 months, and how many decisions for a tool still stand."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.http import urlencode

from advice.flows import Flow, Move, flow
from advice.models.post import Post
from advice.models.post_queries import PostState
from advice.models.post_tool import PostTool, Role
from advice.rendering import rendered
from advice.survival import Case, standing
from tools.models import Tool

if TYPE_CHECKING:
    from members.models import Member

ASKED_AFTER = (6, 12, 24)
CORRECTED_WITHIN = timedelta(days=1)


class Result(models.TextChoices):
    """What a decision can come to."""

    KEPT = "kept", "Kept"
    REGRETS = "regrets", "Kept, with regrets"
    REPLACED = "replaced", "Replaced"
    ENDED = "ended", "Project ended"


# After these there is nothing left to ask.
FINAL = (Result.REPLACED, Result.ENDED)


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """The vocabulary for outcomes."""

    def answered(self) -> "OutcomeQuerySet":
        """Those the author has told, the oldest first."""
        return self.exclude(result="").order_by("on", "pk")

    def due(self, today: date) -> "OutcomeQuerySet":
        """Those to ask the author about now: published, not asked, not answered, nothing final told yet."""
        ended = Outcome.objects.filter(post=models.OuterRef("post"), result__in=FINAL)
        waiting = self.filter(result="", asked_at=None, due_on__lte=today, post__state=PostState.PUBLISHED)
        return waiting.exclude(models.Exists(ended)).filter(post__author__isnull=False).order_by("due_on", "pk")

    def begin(self, post: Post, today: date) -> "Outcome":
        """The visit that is answered if the author tells of the decision now: the earliest due, else an unasked one."""
        waiting = self.filter(post=post, result="", due_on__lte=today).order_by("due_on", "pk")
        return waiting.first() or Outcome(post=post)

    def latest_told(self, post: Post) -> "Outcome | None":
        """What the author told of the decision last."""
        return self.filter(post=post).exclude(result="").order_by("told_at", "pk").last()

    def open_for(self, member: "Member") -> "OutcomeQuerySet":
        """Those the member was asked about and has not answered."""
        ended = Outcome.objects.filter(post=models.OuterRef("post"), result__in=FINAL)
        asked = self.filter(post__author=member, asked_at__isnull=False, result="", post__state=PostState.PUBLISHED)
        return asked.exclude(models.Exists(ended)).order_by("due_on", "pk")

    def moves(self) -> "OutcomeQuerySet":
        """Those of published decisions that tell of one tool replaced by another."""
        return self.filter(result=Result.REPLACED, post__state=PostState.PUBLISHED, replaced_by__isnull=False)


class Outcome(models.Model):
    """One visit back to a decision: due after some months, or told by the author unasked."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="outcomes")
    months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty where told unasked.")
    due_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the author told it first.")
    on = models.DateField(null=True, blank=True, help_text="The day for which the result is told.")
    result = models.CharField(max_length=8, choices=Result, blank=True)
    tool = models.ForeignKey(
        Tool, models.PROTECT, null=True, blank=True, related_name="replaced_rows", help_text="What was replaced."
    )
    replaced_by = models.ForeignKey(Tool, models.PROTECT, null=True, blank=True, related_name="replacing_rows")
    why = models.TextField(blank=True)
    why_html = models.TextField(blank=True, editable=False)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["on", "due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(result="", asked_at=None), name="outcome_to_ask")]
        constraints = [
            models.UniqueConstraint(fields=["post", "months"], name="outcome_once_a_visit"),
            models.CheckConstraint(
                condition=Q(result="", on=None) | (~Q(result="") & Q(on__isnull=False)), name="outcome_told_for_a_day"
            ),
            models.CheckConstraint(
                condition=(Q(result="replaced") & Q(tool__isnull=False)) | (~Q(result="replaced") & Q(tool=None)),
                name="outcome_replaces_a_tool",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | (Q(result="replaced") & ~Q(replaced_by=F("tool"))),
                name="outcome_replaced_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.get_result_display() or 'not told yet'}"

    @classmethod
    def schedule(cls, post: Post) -> None:
        """Plan the visits that lie ahead of a decision; repeated, it changes nothing."""
        if post.is_decision:
            decided = post.decided_on or post.created_at.date()
            days = {months: months_after(decided, months) for months in ASKED_AFTER}
            ahead = {months: day for months, day in days.items() if day > post.created_at.date()}
            rows = [Outcome(post=post, months=months, due_on=day) for months, day in ahead.items()]
            Outcome.objects.bulk_create(rows, ignore_conflicts=True)

    @classmethod
    def reschedule(cls, post: Post, today: date) -> None:
        """Plan the visits anew after the day of the decision was changed; what was asked or told already stays."""
        untold = Outcome.objects.filter(post=post, result="", asked_at=None)
        untold.delete()
        cls.schedule(post)
        untold.filter(due_on__lte=today).delete()

    @classmethod
    def revisit(cls, post: Post, told: Mapping[str, Any], now: datetime) -> "Outcome":
        """Tell what became of the decision, once however often it is sent; `told` is what `tell` takes.

        Other visits that were due by then are answered with it.
        """
        with transaction.atomic():
            Post.objects.select_for_update().get(pk=post.pk)
            last = cls.objects.latest_told(post)
            if last is not None and last.says(told):
                return last
            visit = cls.objects.begin(post, now.date())
            visit.tell(**told, now=now)
            cls.objects.filter(post=post, result="", due_on__lte=now.date()).delete()
        return visit

    def says(self, told: Mapping[str, Any]) -> bool:
        """Whether it tells just this already; `told` is what `tell` takes."""
        mine = {"result": self.result, "why": self.why, "on": self.on, "tool": self.tool, "by": self.replaced_by}
        return mine == dict(told)

    def can_be_corrected(self, now: datetime) -> bool:
        """Whether its author may still say it otherwise."""
        return self.told_at is not None and now - self.told_at < CORRECTED_WITHIN

    def tell(
        self, result: Result, why: str, on: date, now: datetime, tool: Tool | None = None, by: Tool | None = None
    ) -> None:
        """Say what became of the decision: `tool` was replaced, by `by` where the author names it."""
        named = Outcome.objects.filter(pk=self.pk, replaced_by__isnull=False)
        with transaction.atomic():
            self.result, self.why, self.on, self.tool, self.replaced_by = result, why, on, tool, by
            self.told_at = self.told_at or now
            before = list(named.values_list("replaced_by", flat=True))
            (self.why_html,) = rendered(why)
            self.save()
            Post.objects.filter(pk=self.post_id).update(revisited_at=now)
            self.post.pages_changed()
            # What is corrected may have named another tool.
            Standing.objects.recompute(before)


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class StandingQuerySet(models.QuerySet["Standing"]):
    """The vocabulary for standings."""

    def recompute(self, tools: Iterable[int]) -> None:
        """Bring the standings of these tools up to the outcomes, in the transaction that changed them."""
        for pk in sorted(set(tools)):
            self.get_or_create(tool_id=pk)
            # Whoever changed outcomes of the same tool at the same time is waited for, and then counted too.
            self.select_for_update().get(tool_id=pk)
            self.filter(tool_id=pk).update(**Standing.of(pk))


class Standing(models.Model):
    """How many decisions for a tool still stand, as the tool's page shows it without a look at the decisions."""

    tool = models.OneToOneField(Tool, models.CASCADE, related_name="standing")
    decisions_count = models.PositiveIntegerField(default=0, help_text="Published decisions that chose the tool.")
    cases = models.PositiveIntegerField(default=0, help_text="Those that were revisited at least once.")
    steps = models.JSONField(default=list, help_text="Kaplan-Meier: day, share, at risk; empty under five cases.")
    watched = models.PositiveIntegerField(
        default=0, help_text="The last day on which any case was watched; 0 under five cases."
    )
    came_from = models.JSONField(default=list, help_text="Tools it replaced: slug, name, count.")
    gone_to = models.JSONField(default=list, help_text="Tools that replaced it: slug, name, count.")

    objects = StandingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.tool}: {self.cases}"

    @property
    def is_known(self) -> bool:
        """Whether there is anything to say: a decision for the tool, or a move from or to it."""
        return bool(self.decisions_count or self.came_from or self.gone_to)

    @property
    def flow(self) -> Flow | None:
        """The moves to the tool and away from it, drawn; None where there are none. The tool should be at hand."""
        slug = self.tool.slug
        return flow(
            self.tool.name,
            [Move(other, name, count, _moves_url(other, slug)) for other, name, count in self.came_from],
            [Move(other, name, count, _moves_url(slug, other)) for other, name, count in self.gone_to],
            came_url=_moves_url("", slug),
            went_url=_moves_url(slug, ""),
        )

    def differs_from(self, columns: dict[str, object]) -> bool:
        """Whether any of these columns says something else here."""
        return any(getattr(self, name) != value for name, value in columns.items())

    @classmethod
    def of(cls, tool: int) -> dict[str, object]:
        """The columns as the outcomes give them: four queries."""
        rows = PostTool.objects.filter(tool=tool, role=Role.CHOSEN, post__state=PostState.PUBLISHED)
        cases = _cases(tool, rows)
        found = standing(cases)
        return {
            "decisions_count": rows.filter(post__kind="decision").count(),
            "cases": sum(case.days > 0 for case in cases),
            "steps": [[step.day, step.share, step.at_risk] for step in found.steps] if found else [],
            "watched": found.watched if found else 0,
            "came_from": _moves(Outcome.objects.moves().filter(replaced_by=tool), "tool"),
            "gone_to": _moves(Outcome.objects.moves().filter(tool=tool), "replaced_by"),
        }


def _moves_url(origin: str, target: str) -> str:
    """The page of the decisions that moved; an empty side stands for any tool."""
    ends = {name: slug for name, slug in (("from", origin), ("to", target)) if slug}
    return f"{reverse('advice:moves')}?{urlencode(ends)}"


def _cases(tool: int, rows: models.QuerySet[PostTool]) -> list[Case]:
    """Each revisited decision for the tool: watched until it was replaced, else until the last time it was told of."""
    told = Outcome.objects.answered().filter(post__in=rows.filter(post__kind="decision").values("post"))
    cases: dict[int, Case] = {}
    for outcome in told.select_related("post"):
        decided = outcome.post.decided_on or outcome.post.created_at.date()
        before = cases.get(outcome.post_id)
        if outcome.on and not (before and before.replaced):
            is_gone = outcome.result == Result.REPLACED and outcome.tool_id == tool
            cases[outcome.post_id] = Case(max((outcome.on - decided).days, 0), replaced=is_gone)
    return list(cases.values())


def _moves(outcomes: models.QuerySet[Outcome], side: str) -> list[list[object]]:
    named = outcomes.values(f"{side}__slug", f"{side}__name").annotate(moves=models.Count("pk"))
    return [
        [row[f"{side}__slug"], row[f"{side}__name"], row["moves"]] for row in named.order_by("-moves", f"{side}__slug")
    ]
