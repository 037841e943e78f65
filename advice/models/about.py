"""What reports and moderators' acts are about: one post, comment, reason, stack or member."""

from collections.abc import Iterable
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from advice.models.comment import Comment, CommentState
from advice.models.post import Post
from advice.models.post_queries import PostState
from tools.models import Reason, ReasonState

SUBJECTS = ("post", "comment", "reason", "stack", "member")
AUTHORS = {"post": "author", "comment": "author", "reason": "author", "stack": "owner"}
"""The column of each kind that says whose it is."""


def exactly_one(*names: str) -> Q:
    """Of these columns one is set and the others are not."""
    condition = Q()
    for chosen in names:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return condition


def kind_of(subject: Any) -> str:
    """Which of the five a row is."""
    return str(subject._meta.model_name)


def stacks() -> models.QuerySet[Any]:
    """All stacks, with their owners. Their app is beside this one, which knows it by a foreign key alone."""
    return apps.get_model("stacks", "Stack")._default_manager.select_related("owner")


def seen_by_all(kind: str) -> models.QuerySet[Any]:
    """The rows of that kind that every reader may see."""
    match kind:
        case "post":
            return Post.objects.published().select_related("author")
        case "comment":
            shown = Comment.objects.shown().filter(post__state=PostState.PUBLISHED)
            return shown.select_related("author", "post")
        case "reason":
            return Reason.objects.shown().select_related("author", "tool")
        case "stack":
            return stacks().filter(visibility="public", hidden_at=None)
    return get_user_model().objects.filter(is_active=True)


class AboutQuerySet[Row: "AboutOne"](models.QuerySet[Row]):
    """The vocabulary for rows about one thing."""

    def about(self, subject: Any) -> Self:
        """Those about this post, comment, reason, stack or member."""
        return self.filter(**{kind_of(subject): subject})

    def about_any(self, subjects: Iterable[Any]) -> Self:
        """Those about one of these; one query for a whole page."""
        keys: dict[str, list[int]] = {}
        for subject in subjects:
            keys.setdefault(kind_of(subject), []).append(subject.pk)
        wanted = Q(pk__in=[])
        for kind, of_kind in keys.items():
            wanted |= Q(**{f"{kind}__in": of_kind})
        return self.filter(wanted)

    def concerning(self, member: Any) -> Self:
        """Those about this member or anything they wrote."""
        theirs = {f"{kind}__{column}": member for kind, column in AUTHORS.items()}
        return self.filter(Q(*theirs.items(), member=member, _connector=Q.OR))

    def per_author(self, members: Iterable[int], *by: str) -> Iterable[dict[str, Any]]:
        """How many (`number`) concern each of these members (`of`), as authors or themselves, by these columns too."""
        author = Coalesce(*(f"{kind}__{column}" for kind, column in AUTHORS.items()), "member")
        rows: Any = self.order_by(*by).annotate(of=author).filter(of__in=list(members))
        counted: Iterable[dict[str, Any]] = rows.values("of", *by).annotate(number=models.Count("pk"))
        return counted

    def with_subject(self) -> Self:
        """Each with what it is about, in the same query."""
        return self.select_related("post", "comment__post", "reason__tool", "stack__owner", "member")


class AboutOne(models.Model):
    """A row about one post, comment, reason, stack or member."""

    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    reason = models.ForeignKey(Reason, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    stack = models.ForeignKey("stacks.Stack", models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="%(class)ss_about"
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> Any:
        """What it is about."""
        return self.post or self.comment or self.reason or self.stack or self.member

    @property
    def subject_kind(self) -> str:
        """Which of the five that is."""
        return next(name for name in SUBJECTS if getattr(self, f"{name}_id") is not None)

    @property
    def key(self) -> str:
        """What forms call it, such as post-12."""
        return f"{self.subject_kind}-{self.subject.pk}"

    @property
    def thing(self) -> str:
        """What kind of thing that is, in words; a member is not named."""
        if self.post:
            return f"a {self.post.kind}"
        if self.comment:
            return "a comment"
        if self.stack:
            return "a stack"
        return f"a {self.reason.side} of {self.reason.tool.name}" if self.reason else "a member"

    @property
    def is_public(self) -> bool:
        """Whether every reader may see what it is about, as `with_subject` read it; who a member is, is not told."""
        post = self.comment.post if self.comment else self.post
        if self.stack:
            return self.stack.is_listed
        if post is None:
            return self.reason is not None and self.reason.state == ReasonState.SHOWN
        is_said = self.comment is None or self.comment.state == CommentState.SHOWN
        return is_said and post.state == PostState.PUBLISHED
