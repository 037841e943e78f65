"""A comment on a post; on a question it may be an answer, which recommends tools."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from advice import limits
from advice.duplicates import fingerprint
from advice.models.post import Post, StaleError
from advice.models.subscription import Subscription
from advice.rendering import rendered
from tools.models import Tool, Vote, VotedOn, VoteQuerySet

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from members.models import Member


class CommentState(models.TextChoices):
    """Who sees a comment; its place in the thread stays in any case."""

    SHOWN = "shown", "shown"
    HIDDEN = "hidden", "hidden by a moderator"
    DELETED = "deleted", "deleted by its author"


IN_THREADS = ("-is_answer", "-votes_count", "created_at", "pk")


class CommentQuerySet(models.QuerySet["Comment"]):
    """The vocabulary for reading comments."""

    def shown(self) -> "CommentQuerySet":
        """Those that readers see."""
        return self.filter(state=CommentState.SHOWN)

    def answers(self) -> "CommentQuerySet":
        """Those that answer a question."""
        return self.filter(is_answer=True)

    def threads(self) -> "CommentQuerySet":
        """The comments that begin a thread: answers first, most votes first, then the oldest."""
        return self.filter(parent=None).order_by(*IN_THREADS)

    def before(self, thread: "Comment") -> "CommentQuerySet":
        """Of `threads`, those that stand before this one."""
        earlier = Q(created_at__lt=thread.created_at) | Q(created_at=thread.created_at, pk__lt=thread.pk)
        before = Q(votes_count__gt=thread.votes_count) | (Q(votes_count=thread.votes_count) & earlier)
        alike = Q(is_answer=thread.is_answer) & before
        return self.threads().filter(alike if thread.is_answer else alike | Q(is_answer=True))

    def whole(self, threads: "CommentQuerySet") -> "CommentQuerySet":
        """These threads, which may be a slice, with all that was said in them, in the same order."""
        begun = threads.values("pk")
        return self.filter(Q(pk__in=begun) | Q(root__in=begun)).order_by(*IN_THREADS)

    def said_in(self, author: "Member", form_token: UUID | None, body: str) -> "Comment | None":
        """The comment that this form of the member led to, where it was sent before with the same words."""
        return self.filter(author=author, form_token=form_token, body=body).first() if form_token else None

    def unused(self, author: "Member", form_token: UUID | None) -> UUID | None:
        """The token of a form of the member, unless a comment has it: sent with other words, a form has none."""
        return None if form_token and self.filter(author=author, form_token=form_token).exists() else form_token

    def with_rows(self) -> "CommentQuerySet":
        """Each comment with its author and the tools it recommends: two queries in all."""
        rows = Recommendation.objects.select_related("tool")
        return self.select_related("author").prefetch_related(models.Prefetch("recommendations", rows))


class Comment(VotedOn):
    """What a member says to a post; its author is None when the account was deleted and the comment stays."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    root = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="thread")
    depth = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    body = models.TextField()
    html = models.TextField(editable=False)
    is_answer = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=CommentState, default=CommentState.SHOWN)
    version = models.PositiveIntegerField(default=1, editable=False)
    form_token = models.UUIDField(
        null=True, blank=True, editable=False, help_text="Of the form it was written in: sent twice, it is one comment."
    )
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    tools = models.ManyToManyField(Tool, through="Recommendation", related_name="recommending")

    objects = CommentQuerySet.as_manager()

    if TYPE_CHECKING:
        recommendations: RelatedManager["Recommendation"]

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["post", "parent"], name="comment_threads"),
            models.Index(fields=["fingerprint"], name="comment_fingerprint"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "form_token"], name="comment_once_a_form"),
            models.CheckConstraint(
                condition=Q(parent=None, root=None, depth=0) | Q(parent__isnull=False, root__isnull=False, depth__gt=0),
                name="comment_in_a_thread",
            ),
            models.CheckConstraint(condition=Q(is_answer=False) | Q(parent=None), name="comment_answers_the_post"),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    def get_absolute_url(self) -> str:
        """Where the comment stands, whichever page of its post that is."""
        return reverse("advice:comment", args=[self.pk])

    @property
    def anchor(self) -> str:
        """Its anchor on the post's page."""
        return f"comment-{self.pk}"

    def is_of(self, member: Any) -> bool:
        """Whether this reader wrote it."""
        return self.author_id is not None and self.author_id == member.pk

    def can_be_edited(self, now: datetime) -> bool:
        """Whether its author may still change it."""
        return self.state == CommentState.SHOWN and now - self.created_at < timedelta(minutes=limits.EDIT_MINUTES)

    @classmethod
    def say(
        cls,
        post: Post,
        author: "Member",
        body: str,
        *,
        parent: "Comment | None" = None,
        tools: Sequence[Tool] = (),
        form_token: UUID | None = None,
    ) -> "Comment":
        """Add a comment to a post, beneath another where `parent` is given; with `tools` it answers the question.

        A form sent again is answered with the comment it led to the first time; with other words it is a new comment.
        """
        (html,) = rendered(body)
        answers = bool(tools) and parent is None and not post.is_decision
        with transaction.atomic():
            if form_token:
                # One form of a member at a time: the second finds the first one's comment.
                get_user_model().objects.select_for_update(no_key=True).get(pk=author.pk)
                if said := cls.objects.said_in(author, form_token, body):
                    return said
            comment = cls.objects.create(
                post=post,
                author=author,
                body=body,
                html=html,
                fingerprint=fingerprint(body),
                is_answer=answers,
                form_token=cls.objects.unused(author, form_token),
                **_beneath(parent),
            )
            if answers:
                comment.recommendations.bulk_create(
                    Recommendation(comment=comment, tool=tool, position=place) for place, tool in enumerate(tools)
                )
            comment._counts(+1)
            Subscription.objects.begin(author, post)
        return comment

    def edit(self, seen: int, body: str, now: datetime) -> None:
        """Change what it says; raise StaleError where `seen` is not its version."""
        (html,) = rendered(body)
        same = Comment.objects.filter(pk=self.pk, version=seen, state=CommentState.SHOWN)
        if not same.update(body=body, html=html, fingerprint=fingerprint(body), version=seen + 1, edited_at=now):
            raise StaleError
        self.refresh_from_db()

    def remove(self) -> bool:
        """Take its words from everybody, as its author wishes; replies stay."""
        return self._move([CommentState.SHOWN, CommentState.HIDDEN], CommentState.DELETED)

    def hide(self) -> bool:
        """Take its words from readers; replies stay."""
        return self._move([CommentState.SHOWN], CommentState.HIDDEN)

    def restore(self) -> bool:
        """Undo `hide`."""
        return self._move([CommentState.HIDDEN], CommentState.SHOWN)

    def _move(self, before: Iterable[str], after: CommentState) -> bool:
        """Change the state once, whoever else tries at the same time; say whether it was this call that did."""
        with transaction.atomic():
            was = Comment.objects.select_for_update().get(pk=self.pk).state
            moved = was in before and Comment.objects.filter(pk=self.pk, state=was).update(state=after) > 0
            self.state = after if moved else was
            if moved and CommentState.SHOWN in (was, after):
                self._counts(+1 if after == CommentState.SHOWN else -1)
        return moved

    def _counts(self, by: int) -> None:
        counts = {"comments_count": F("comments_count") + by}
        if self.is_answer:
            counts["answers_count"] = F("answers_count") + by
        Post.objects.filter(pk=self.post_id).update(**counts)
        self.post.warm()


def _beneath(parent: Comment | None) -> dict[str, Any]:
    """The place in a thread of a reply to `parent`, or of a comment that begins one."""
    if parent is None:
        return {"parent": None, "root": None, "depth": 0}
    return {"parent": parent, "root": parent.root or parent, "depth": min(parent.depth + 1, limits.DEPTH)}


class Recommendation(models.Model):
    """A tool that an answer recommends."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="recommendations")
    tool = models.ForeignKey(Tool, models.PROTECT, related_name="recommendation_rows")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["comment", "tool"], name="recommendation_once")]

    def __str__(self) -> str:
        return f"{self.tool}"


class CommentVote(Vote):
    """A member's vote for a comment."""

    on = models.ForeignKey(Comment, models.CASCADE, related_name="votes")

    objects = VoteQuerySet["CommentVote"].as_manager()

    class Meta(Vote.Meta):
        abstract = False
