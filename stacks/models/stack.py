"""A stack: the tools that a company, a project or a person uses."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from stacks import limits
from stacks.models.edit import Edit, Line, StaleError, TooManyStacksError, TooManyToolsError, free_slug
from stacks.models.use import Change, Use, What
from tools.models import Tool
from tools.slugs import PATTERN

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from members.models import Member
    from stacks.models.domain import Domain


class StackKind(models.TextChoices):
    """Whose tools these are."""

    COMPANY = "company", "company"
    PROJECT = "project", "project"
    PERSON = "person", "person"


class Size(models.TextChoices):
    """How many people a company has or work on a project."""

    ONE = "1", "1"
    FEW = "2-10", "2 to 10"
    SMALL = "11-50", "11 to 50"
    MEDIUM = "51-250", "51 to 250"
    LARGE = "251-1000", "251 to 1,000"
    HUGE = "1001+", "more than 1,000"


class Visibility(models.TextChoices):
    """Who finds a stack: everybody, or who knows its address."""

    PUBLIC = "public", "public"
    UNLISTED = "unlisted", "unlisted"


class StackQuerySet(models.QuerySet["Stack"]):
    """The vocabulary for reading stacks."""

    def listed(self) -> "StackQuerySet":
        """Those that everybody finds, and that count: public, and not hidden by a moderator."""
        return self.filter(visibility=Visibility.PUBLIC, hidden_at=None)

    def readable_by(self, viewer: Any) -> "StackQuerySet":
        """Those that this reader may open by their address; hidden ones are for their owner and for moderators."""
        if viewer.has_perm("advice.moderate"):
            return self.all()
        # Before anybody logs in, nothing is theirs.
        mine = Q(owner=viewer.pk) if viewer.is_authenticated else Q(pk__in=[])
        return self.filter(Q(hidden_at=None) | mine)

    def holding(self, tool: Tool) -> "StackQuerySet":
        """Those that hold the tool."""
        return self.filter(pk__in=Use.objects.filter(tool=tool).values("stack"))

    def without(self, tool: Tool) -> "StackQuerySet":
        """Those that do not."""
        return self.exclude(pk__in=Use.objects.filter(tool=tool).values("stack"))

    def of_organisations(self) -> "StackQuerySet":
        """Those of companies and projects, the verified ones first, then the newest."""
        organisations = self.filter(kind__in=[StackKind.COMPANY, StackKind.PROJECT])
        return organisations.order_by(F("domain__verified_at").asc(nulls_last=True), "-changed_at", "-pk")

    def named(self, query: str) -> "StackQuerySet":
        """Those whose name holds these words, as they stand."""
        return self.filter(name__icontains=query)

    def remove_all_of(self, member: "Member") -> None:
        """Delete the member's stacks with all that hangs on them, in as many queries whatever their number."""
        with transaction.atomic():
            theirs = self.filter(owner=member)
            list(theirs.order_by("pk").select_for_update().values_list("pk"))
            counted = Use.objects.listed().filter(stack__owner=member)
            tools = Tool.objects.filter(pk__in=counted.values("tool"))
            list(tools.order_by("pk").select_for_update(no_key=True).values_list("pk"))
            of_tool = counted.filter(tool=OuterRef("pk")).order_by().values("tool").annotate(count=Count("pk"))
            tools.update(stacks_count=F("stacks_count") - Subquery(of_tool.values("count")))
            theirs.delete()

    def with_owner(self) -> "StackQuerySet":
        """Each with its owner and its domain, in the same query."""
        return self.select_related("owner", "domain")

    def with_uses(self) -> "StackQuerySet":
        """Each with its tools, their notes and places, in as many queries whatever their number."""
        return self.prefetch_related(models.Prefetch("uses", Use.objects.with_tools()))


class Stack(models.Model):
    """The tools of a company, project or person, as a member tells them."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stacks")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=7, choices=StackKind)
    name = models.CharField(max_length=limits.NAME)
    size = models.CharField(max_length=8, choices=Size, blank=True)
    link = models.URLField(max_length=limits.LINK, blank=True)
    description = models.TextField(max_length=limits.DESCRIPTION, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.UNLISTED)
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="When a moderator took it out of sight.")
    forked_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="forks")
    tools = models.ManyToManyField(Tool, through="Use", related_name="stacks")
    tools_count = models.PositiveIntegerField(default=0, editable=False)
    form_token = models.UUIDField(
        null=True, blank=True, editable=False, help_text="Of the form it was written in: sent twice, it is one stack."
    )
    version = models.PositiveIntegerField(default=1, editable=False, help_text="Counts edits; a stale form is told so.")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = StackQuerySet.as_manager()

    if TYPE_CHECKING:
        uses: RelatedManager[Use]
        changes: RelatedManager[Change]
        domain: Domain

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-changed_at"], condition=Q(visibility="public", hidden_at=None), name="stack_newest_listed"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="stack_address_once"),
            models.UniqueConstraint(fields=["owner", "form_token"], name="stack_once_a_form"),
            models.CheckConstraint(condition=~Q(name=""), name="stack_has_a_name"),
            models.CheckConstraint(condition=Q(slug__regex=rf"^{PATTERN}$"), name="stack_slug_is_a_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The stack's page."""
        return reverse("stacks:stack", args=[self.owner.username, self.slug])

    @property
    def is_listed(self) -> bool:
        """Whether everybody finds it."""
        return self.visibility == Visibility.PUBLIC and self.hidden_at is None

    @property
    def author(self) -> "Member":
        """Its owner, as moderators call whoever wrote a thing."""
        return self.owner

    @property
    def author_id(self) -> int:
        """The owner's key, as above."""
        return self.owner_id

    @property
    def state(self) -> str:
        """What moderators call its state."""
        return "shown" if self.hidden_at is None else "hidden"

    @classmethod
    def begin(cls, owner: "Member", token: UUID, edit: Edit, now: datetime) -> "Stack":
        """The stack that this form makes: sent again, it is the one that it made before.

        Raise TooManyStacksError where its owner keeps as many as anybody may.
        """
        with transaction.atomic():
            slugs = _room_for_one_more(owner, but_for=Q(form_token=token))
            stack = cls.objects.filter(owner=owner, form_token=token).first()
            if stack is None:
                slug = free_slug(edit.texts["name"], edit.texts["kind"], slugs)
                stack = cls.objects.create(owner=owner, slug=slug, form_token=token, changed_at=now, **edit.texts)
                stack._write(edit, now)
        return stack

    def says(self, edit: Edit) -> bool:
        """Whether all of this is kept already."""
        uses = {use.tool_id: (use.why, use.since, use.used_version) for use in self.uses.all()}
        return (
            self.visibility == edit.visibility
            and all(getattr(self, name) == text for name, text in edit.texts.items())
            and all(uses.get(line.tool.pk) == line.note for line in edit.lines)
            and all(tool.pk not in uses for tool in edit.dropped)
        )

    def rewrite(self, seen: int, edit: Edit, now: datetime) -> None:
        """Keep what the form says; raise StaleError where another version is kept than the one it was opened on."""
        with transaction.atomic():
            if self._held().version != seen:
                raise StaleError
            self._write(edit, now)
            Stack.objects.filter(pk=self.pk).update(**edit.texts, version=F("version") + 1, changed_at=now)
        self.refresh_from_db()

    def fork(self, owner: "Member", now: datetime) -> "Stack":
        """The member's own copy of its tools, unlisted; once made, that. The notes stay with who wrote them.

        Raise TooManyStacksError where they keep as many as anybody may.
        """
        with transaction.atomic():
            slugs = _room_for_one_more(owner, but_for=Q(forked_from=self))
            copy = Stack.objects.filter(owner=owner, forked_from=self).first()
            if copy is None:
                slug = free_slug(self.name, self.kind, slugs)
                said = {"name": self.name, "kind": StackKind.PROJECT, "forked_from": self, "changed_at": now}
                copy = Stack.objects.create(owner=owner, slug=slug, **said)
                copy.add(self.tools.all(), now)
        return copy

    def _write(self, edit: Edit, now: datetime) -> None:
        self.drop(edit.dropped, now)
        self.add([line.tool for line in edit.lines], now)
        self._note(edit.lines)
        self.show_to(Visibility(edit.visibility))

    def _note(self, lines: Iterable[Line]) -> None:
        """Have the tools' notes say this."""
        uses = {use.tool_id: use for use in Use.objects.filter(stack=self)}
        changed = []
        for line in lines:
            use = uses[line.tool.pk]
            if (use.why, use.since, use.used_version) != line.note:
                use.why, use.since, use.used_version = line.note
                changed.append(use)
        Use.objects.bulk_update(changed, ["why", "since", "used_version"], batch_size=100)

    def add(self, tools: Iterable[Tool], now: datetime) -> int:
        """Have the stack hold these tools too; return how many are new. Counts and history follow.

        Raise TooManyToolsError where it would hold more than it may.
        """
        with transaction.atomic():
            stack = self._held()
            known = set(stack.uses.values_list("tool_id", flat=True))
            new = {tool.pk: tool for tool in tools if tool.pk not in known}
            if new and len(known) + len(new) > limits.TOOLS:
                raise TooManyToolsError
            Use.objects.bulk_create([Use(stack=stack, tool=tool, added_at=now) for tool in new.values()])
            stack._tell(What.ADDED, new.keys(), now)
            stack._count(new.keys(), by=1)
        return len(new)

    def drop(self, tools: Iterable[Tool], now: datetime) -> int:
        """Have the stack hold these tools no more; return how many it held. Counts and history follow."""
        with transaction.atomic():
            stack = self._held()
            rows = stack.uses.filter(tool__in=list(tools))
            gone = list(rows.values_list("tool_id", flat=True))
            rows.delete()
            stack._tell(What.DROPPED, gone, now)
            stack._count(gone, by=-1)
        return len(gone)

    def show_to(self, visibility: Visibility) -> None:
        """Make it public or unlisted; its tools are counted accordingly."""
        self._move(visibility=visibility)

    def hide(self, now: datetime) -> None:
        """Take it out of sight, by a moderator; it counts no more."""
        self._move(hidden_at=now)

    def unhide(self) -> None:
        """Bring it back."""
        self._move(hidden_at=None)

    def remove(self) -> None:
        """Delete it with all that hangs on it; its tools are counted accordingly. Repeated, it changes nothing."""
        with transaction.atomic():
            stack = Stack.objects.select_for_update().filter(pk=self.pk).first()
            if stack is not None:
                if stack.is_listed:
                    stack._count_tools(by=-1)
                stack.delete()

    def _move(self, **state: Any) -> None:
        with transaction.atomic():
            stack = self._held()
            was = stack.is_listed
            for name, value in state.items():
                setattr(stack, name, value)
                setattr(self, name, value)
            stack.save(update_fields=list(state))
            if stack.is_listed != was:
                stack._count_tools(by=1 if stack.is_listed else -1)

    def _held(self) -> "Stack":
        """The row as it is now, held until the transaction ends."""
        return Stack.objects.select_for_update(of=("self",)).get(pk=self.pk)

    def _tell(self, what: What, tools: Iterable[int], now: datetime) -> None:
        day: date = timezone.localdate(now)
        Change.objects.note(self, what, tools, day)

    def _count(self, tools: Collection[int], *, by: int) -> None:
        """Count the tools of the stack, and the stack at its tools where it counts; the rows of tools in one order."""
        changed = {"tools_count": F("tools_count") + by * len(tools), "changed_at": timezone.now()}
        if tools:
            Stack.objects.filter(pk=self.pk).update(**changed, version=F("version") + 1)
        if tools and self.is_listed:
            _lock(tools)
            Tool.objects.filter(pk__in=tools).update(stacks_count=F("stacks_count") + by)

    def _count_tools(self, *, by: int) -> None:
        tools = list(self.uses.values_list("tool_id", flat=True))
        _lock(tools)
        Tool.objects.filter(pk__in=tools).update(stacks_count=F("stacks_count") + by)


def _lock(tools: Collection[int]) -> None:
    """Hold the rows in one order, so that nobody waits for one another in a circle."""
    list(Tool.objects.filter(pk__in=tools).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _room_for_one_more(owner: "Member", *, but_for: Q) -> set[str]:
    """The slugs that the member's stacks have; raise TooManyStacksError where there is no room for one more.

    A stack that fits `but_for` is no further one. The member's row is held: two at once would both see room.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=owner.pk)
    theirs = Stack.objects.filter(owner=owner)
    slugs = set(theirs.values_list("slug", flat=True))
    most = limits.STACKS_OF_NEWCOMERS if owner.is_newcomer else limits.STACKS
    if len(slugs) >= most and not theirs.filter(but_for).exists():
        raise TooManyStacksError
    return slugs
