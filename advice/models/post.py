"""A post: a member's decision, revisited later, or a question."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.text import slugify

from advice import limits
from advice.duplicates import fingerprint
from advice.models.post_queries import HEATED_BY, PostKind, PostQuerySet, PostState
from advice.models.post_tool import PostTool, Role
from advice.ranking import heat
from advice.rendering import rendered
from tools.models import Edition, Tool, Vote, VotedOn, VoteQuerySet

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from advice.models.outcome import Outcome
    from members.models import Member


class StaleError(Exception):
    """The post was changed elsewhere since the form was opened."""


class TooManyDraftsError(Exception):
    """The member keeps as many drafts as one may."""


type Roles = Mapping[Role, Sequence[Tool]]
"""The tools of a post in each role, in order; a tool has the first role that names it."""

PARTS = ("context", "why", "consequences")

# What stands in an address where a title does: what can be done to the post.
RESERVED = {"choose", "comment", "delete", "edit", "history", "revisit", "subscribe", "vote"}


class Post(VotedOn):
    """A decision or a question of a member; its author is None when the account was deleted and the post stays."""

    kind = models.CharField(max_length=8, choices=PostKind)
    state = models.CharField(max_length=9, choices=PostState, default=PostState.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="posts")
    title = models.CharField(max_length=limits.TITLE)
    context = models.TextField(blank=True, help_text="What a decision answers, or what a question asks; Markdown.")
    why = models.TextField(blank=True, help_text="Why it was decided so; Markdown.")
    consequences = models.TextField(blank=True, help_text="What came of it; Markdown.")
    context_html = models.TextField(blank=True, editable=False)
    why_html = models.TextField(blank=True, editable=False)
    consequences_html = models.TextField(blank=True, editable=False)
    decided_on = models.DateField(null=True, blank=True, help_text="When it was decided; its outcome is asked after.")
    tools = models.ManyToManyField(Tool, through="PostTool", related_name="posts")
    question = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="decisions", help_text="What it answers."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    form_token = models.UUIDField(
        null=True, blank=True, editable=False, help_text="Of the form it was written in: sent twice, it is one post."
    )
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    revisited_at = models.DateTimeField(null=True, blank=True, editable=False)
    comments_count = models.PositiveIntegerField(default=0, editable=False)
    answers_count = models.PositiveIntegerField(default=0, editable=False)
    views_count = models.PositiveIntegerField(default=0, editable=False)
    heat = models.FloatField(default=0, editable=False)

    objects = PostQuerySet.as_manager()

    if TYPE_CHECKING:
        comments: Any
        tool_rows: RelatedManager["PostTool"]
        outcomes: RelatedManager["Outcome"]

    class Meta:
        ordering = ["-pk"]
        permissions = [("moderate", "Can moderate what members write")]
        indexes = [
            models.Index(fields=["-heat"], condition=Q(state="published"), name="post_hottest"),
            models.Index(fields=["-published_at"], condition=Q(state="published"), name="post_newest"),
            models.Index(fields=["-comments_count"], condition=Q(state="published"), name="post_most_discussed"),
            models.Index(fields=["author", "state"], name="post_of_author"),
            models.Index(fields=["fingerprint"], name="post_fingerprint"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "form_token"], name="post_once_a_form"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="post_published_at_some_time"
            ),
            models.CheckConstraint(
                condition=~Q(kind="question") | Q(why="", consequences="", decided_on=None, question=None),
                name="post_question_only_asks",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The readable end of its address; any other leads there."""
        slug = slugify(self.title)[:60].strip("-")
        return f"{slug}-{self.kind}" if slug in RESERVED else slug or self.kind

    def get_absolute_url(self) -> str:
        """The post's page."""
        return reverse("advice:post", args=[self.pk, self.slug])

    @property
    def changed_at(self) -> datetime:
        """When it last said something new: published, edited or revisited."""
        return max(at for at in (self.published_at, self.edited_at, self.revisited_at, self.created_at) if at)

    @property
    def is_decision(self) -> bool:
        """Whether something was decided."""
        return self.kind == PostKind.DECISION

    def tools_in(self, role: Role) -> list[Tool]:
        """Its tools in that role, in order, as `with_rows` read them."""
        return [row.tool for row in self.tool_rows.all() if row.role == role]

    def recommended_tools(self) -> list[Tool]:
        """The tools that answers recommend, the most recommended first; one query."""
        answers = self.comments.shown().answers()
        tools = Tool.objects.filter(recommendation_rows__comment__in=answers)
        return list(tools.annotate(answers=Count("recommendation_rows")).order_by("-answers", "name"))

    def is_of(self, member: Any) -> bool:
        """Whether this reader wrote it."""
        return self.author_id is not None and self.author_id == member.pk

    def says(self, texts: Mapping[str, Any], roles: Roles) -> bool:
        """Whether it says just this already, of just these tools."""
        rows = [(row.role, row.position, row.tool_id) for row in self.tool_rows.all()]
        wanted = [(row.role, row.position, row.tool_id) for row in self._rows(roles)]
        return sorted(rows) == sorted(wanted) and all(getattr(self, name) == value for name, value in texts.items())

    @classmethod
    def begin(cls, post: "Post", texts: Mapping[str, Any], roles: Roles, publish_at: datetime | None) -> "Post":
        """Write a post that its author's form has made, and publish it or keep it as a draft.

        A form sent again is answered with the post it led to the first time, as that is now. Raises TooManyDraftsError.
        """
        author = post.author
        assert author is not None
        with transaction.atomic():
            # One form of a member at a time: the second finds the first one's post, and drafts are truly counted.
            get_user_model().objects.select_for_update().get(pk=author.pk)
            if post.form_token and (written := cls.objects.filter(author=author, form_token=post.form_token).first()):
                return written
            if publish_at is None and cls.objects.drafts_of(author).count() >= limits.DRAFTS:
                raise TooManyDraftsError
            post.write(texts, roles)
            if publish_at is not None:
                post.publish(publish_at)
        return post

    def write(self, texts: Mapping[str, Any], roles: Roles) -> None:
        """Set title, parts and date and the tools, and save; for a post that nobody else sees yet."""
        with transaction.atomic():
            self._take(texts)
            self.save()
            self._set_tools(roles)

    def rewrite(self, seen: int, texts: Mapping[str, Any], roles: Roles) -> None:
        """Change a draft; raise StaleError where `seen` is not its version or it is no draft any more."""
        with transaction.atomic():
            same = Post.objects.filter(pk=self.pk, version=seen, state=PostState.DRAFT)
            if not same.update(version=seen + 1):
                raise StaleError
            self.version, self.state = seen + 1, PostState.DRAFT
            self.write(texts, roles)

    def choose(self, tools: Sequence[Tool]) -> None:
        """Say which tools the asker of a question chose in the end; what was chosen before is only asked about then."""
        with transaction.atomic():
            rows = PostTool.objects.filter(post=self)
            rows.filter(role=Role.CHOSEN).update(role=Role.ABOUT)
            for position, tool in enumerate(tools):
                PostTool.objects.update_or_create(
                    post=self, tool=tool, defaults={"role": Role.CHOSEN, "position": position}
                )
            self.pages_changed()

    def edit(self, seen: int, texts: Mapping[str, Any], roles: Roles, now: datetime) -> None:
        """Change what others may have seen, and keep what it said; raise StaleError where `seen` is not its version."""
        from advice.models.outcome import Outcome  # outcomes know posts, not the reverse
        from advice.models.revision import Revision  # as above

        with transaction.atomic():
            locked = Post.objects.select_for_update().get(pk=self.pk)
            if locked.version != seen:
                raise StaleError
            Revision.keep(locked)
            self._take(texts)
            self.version = seen + 1
            self.edited_at = now
            self.save(
                update_fields=[*texts, *(f"{part}_html" for part in PARTS), "version", "edited_at", "fingerprint"]
            )
            self._set_tools(roles)
            if self.decided_on != locked.decided_on:
                Outcome.reschedule(self, now.date())
            self.pages_changed()

    def publish(self, now: datetime) -> None:
        """Let everybody see a draft, or a moderator first where the author is a newcomer."""
        from advice.models.outcome import Outcome  # outcomes know posts, not the reverse
        from advice.models.subscription import Subscription  # as above

        waits = self.author is None or self.author.is_newcomer
        with transaction.atomic():
            if self._move([PostState.DRAFT], PostState.QUEUED if waits else PostState.PUBLISHED, now):
                if self.author is not None:
                    Subscription.objects.begin(self.author, self)
                Outcome.schedule(self)

    def approve(self, now: datetime) -> bool:
        """Let everybody see what waited for a moderator, and its author's next things at once."""
        with transaction.atomic():
            moved = self._move([PostState.QUEUED], PostState.PUBLISHED, now)
            if moved and self.author is not None:
                self.author.trust(now)
        return moved

    def hide(self, now: datetime) -> bool:
        """Take it from readers, but for its author and moderators."""
        return self._move([PostState.PUBLISHED, PostState.QUEUED], PostState.HIDDEN, now)

    def restore(self, now: datetime) -> bool:
        """Undo `hide`."""
        return self._move([PostState.HIDDEN], PostState.PUBLISHED, now)

    def remove(self, now: datetime) -> bool:
        """Take it from everybody, as its author wishes."""
        return self._move([state for state in PostState if state != PostState.DELETED], PostState.DELETED, now)

    def pages_changed(self) -> None:
        """Have pages that show it or rest on it made anew."""
        from advice.models.outcome import Standing  # outcomes know posts, not the reverse

        named = PostTool.objects.filter(post=self).values_list("tool", flat=True)
        moved_to = self.outcomes.filter(replaced_by__isnull=False).values_list("replaced_by", flat=True)
        Standing.objects.recompute([*named, *moved_to])
        Edition.objects.advance_contributions()

    def warm(self) -> None:
        """Bring its heat up to its votes and comments, after either changed in this transaction."""
        self.refresh_from_db(fields=HEATED_BY)
        if self.published_at:
            self.heat = self.heat_now()
            Post.objects.filter(pk=self.pk).update(heat=self.heat)

    def heat_now(self) -> float:
        """What votes, comments and date make it; for a post that was published."""
        assert self.published_at
        return heat(self.votes_count, self.comments_count, self.published_at)

    @classmethod
    def withdraw_votes_of(cls, member: "Member") -> list[int]:
        """Take back all of the member's votes, and bring the heat of the posts up to it."""
        with transaction.atomic():
            keys = super().withdraw_votes_of(member)
            cls.objects.warm(keys)
        return keys

    def _count(self, vote: Any, by: int) -> None:
        super()._count(vote, by)
        self.warm()

    def _take(self, texts: Mapping[str, Any]) -> None:
        for name, value in texts.items():
            setattr(self, name, value)
        html = rendered(*(getattr(self, part) for part in PARTS))
        for part, markup in zip(PARTS, html, strict=True):
            setattr(self, f"{part}_html", markup)
        self.fingerprint = fingerprint("\n".join([self.title, *(getattr(self, part) for part in PARTS)]))

    def _set_tools(self, roles: Roles) -> None:
        PostTool.objects.filter(post=self).delete()
        PostTool.objects.bulk_create(self._rows(roles))

    def _rows(self, roles: Roles) -> Iterable["PostTool"]:
        wanted: dict[int, PostTool] = {}
        for role in Role:
            for position, tool in enumerate(roles.get(role, ())):
                wanted.setdefault(tool.pk, PostTool(post=self, tool=tool, role=role, position=position))
        return wanted.values()

    def _move(self, before: Iterable[PostState], after: PostState, now: datetime) -> bool:
        """Change the state once, whoever else tries at the same time; say whether it was this call that did."""
        with transaction.atomic():
            changes: dict[str, Any] = {"state": after}
            if after == PostState.PUBLISHED:
                changes["published_at"] = self.published_at or now
            moved = Post.objects.filter(pk=self.pk, state__in=list(before)).update(**changes) > 0
            if moved:
                self.refresh_from_db(fields=["state", "published_at"])
                self.warm()
                self.pages_changed()
        return moved


class PostVote(Vote):
    """A member's vote for a post."""

    on = models.ForeignKey(Post, models.CASCADE, related_name="votes")

    objects = VoteQuerySet["PostVote"].as_manager()

    class Meta(Vote.Meta):
        abstract = False
