"""The words in which posts are asked for: their kinds and states, and the vocabulary for reading them."""

from collections.abc import Iterable
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q

from advice.models.post_tool import PostTool
from tools.models import Category, Tool

if TYPE_CHECKING:
    from advice.models.post import Post
    from members.models import Member

HEATED_BY = ["votes_count", "comments_count", "published_at"]
BATCH = 500


class PostKind(models.TextChoices):
    """What a post is; the feed has no third."""

    DECISION = "decision", "Decided"
    QUESTION = "question", "Needs advice"


class PostState(models.TextChoices):
    """Who sees a post."""

    DRAFT = "draft", "draft"
    QUEUED = "queued", "waiting for a moderator"
    PUBLISHED = "published", "published"
    HIDDEN = "hidden", "hidden by a moderator"
    DELETED = "deleted", "deleted by its author"


class PostQuerySet(models.QuerySet["Post"]):
    """The vocabulary for reading posts."""

    def published(self) -> "PostQuerySet":
        """Those everybody sees."""
        return self.filter(state=PostState.PUBLISHED)

    def visible_to(self, reader: Any) -> "PostQuerySet":
        """Those this reader may see: what is published, one's own, and for moderators what waits or is hidden."""
        seen = Q(state=PostState.PUBLISHED)
        if reader.is_authenticated:
            seen |= Q(author=reader.pk) & ~Q(state=PostState.DELETED)
        if reader.has_perm("advice.moderate"):
            seen |= Q(state__in=[PostState.QUEUED, PostState.HIDDEN])
        return self.filter(seen)

    def drafts_of(self, member: "Member") -> "PostQuerySet":
        """What the member has not published yet, the latest begun first."""
        return self.filter(author=member, state=PostState.DRAFT).order_by("-pk")

    def decisions(self) -> "PostQuerySet":
        """What was decided."""
        return self.filter(kind=PostKind.DECISION)

    def questions(self) -> "PostQuerySet":
        """What needs advice."""
        return self.filter(kind=PostKind.QUESTION)

    def unanswered(self) -> "PostQuerySet":
        """Questions without an answer."""
        return self.questions().filter(answers_count=0)

    def with_outcome(self) -> "PostQuerySet":
        """Decisions that were revisited."""
        return self.decisions().filter(revisited_at__isnull=False)

    def about(self, tool: Tool) -> "PostQuerySet":
        """Those about the tool, in whatever role."""
        return self.filter(pk__in=PostTool.objects.filter(tool=tool).values("post"))

    def about_several(self, tools: Iterable[Tool]) -> "PostQuerySet":
        """Those about two or more of the tools."""
        rows = PostTool.objects.filter(tool__in=[tool.pk for tool in tools]).values("post")
        return self.filter(pk__in=rows.annotate(tools=Count("pk")).filter(tools__gt=1).values("post"))

    def in_category(self, category: Category) -> "PostQuerySet":
        """Those about a tool of the category."""
        return self.filter(pk__in=PostTool.objects.filter(tool__function__category=category).values("post"))

    def followed_by(self, member: "Member") -> "PostQuerySet":
        """Those about a tool the member follows."""
        return self.filter(pk__in=PostTool.objects.filter(tool__follows__member=member).values("post"))

    def near(self, post: "Post") -> "PostQuerySet":
        """Others about tools of this post: those that share most of them first, then the hottest."""
        named = PostTool.objects.filter(tool__in=PostTool.objects.filter(post=post).values("tool"))
        shared = named.filter(post=models.OuterRef("pk")).order_by().values("post").annotate(tools=Count("pk"))
        others = self.exclude(pk=post.pk).filter(pk__in=named.values("post"))
        return others.order_by(models.Subquery(shared.values("tools")).desc(), "-heat", "-pk")

    def hottest(self) -> "PostQuerySet":
        """By what `advice.ranking` says: useful and new first."""
        return self.order_by("-heat", "-pk")

    def newest(self) -> "PostQuerySet":
        """The latest published first."""
        return self.order_by("-published_at", "-pk")

    def most_discussed(self) -> "PostQuerySet":
        """Most comments first, then the newest."""
        return self.order_by("-comments_count", "-published_at", "-pk")

    def latest_outcome_first(self) -> "PostQuerySet":
        """The latest revisited first."""
        return self.order_by("-revisited_at", "-pk")

    def warm(self, keys: Iterable[int]) -> None:
        """Bring the heat of these posts up to their votes and comments, so many in a query."""
        for some in batched(keys, BATCH, strict=False):
            posts = list(self.filter(pk__in=some, published_at__isnull=False).only(*HEATED_BY))
            for post in posts:
                post.heat = post.heat_now()
            self.bulk_update(posts, ["heat"])

    def with_role_of(self, tool: Tool) -> "PostQuerySet":
        """Each post with its author and with `role`, what the tool is to it; no query of its own."""
        rows = PostTool.objects.filter(post=models.OuterRef("pk"), tool=tool)
        return self.select_related("author").annotate(role=models.Subquery(rows.values("role")[:1]))

    def with_tools(self) -> "PostQuerySet":
        """Each post with its author and its tools: two queries in all."""
        return self.select_related("author").prefetch_related(
            models.Prefetch("tool_rows", PostTool.objects.select_related("tool"))
        )

    def with_rows(self) -> "PostQuerySet":
        """Each post with its author, its tools and its outcomes: three queries in all."""
        return self.with_tools().prefetch_related(models.Prefetch("outcomes"))
