"""What becomes of a member's words when the member leaves: each in as many queries, however much they wrote."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from advice.models import (
    Comment,
    CommentState,
    Outcome,
    Post,
    PostState,
    PostTool,
    Recommendation,
    Revision,
    Standing,
)
from advice.models.post import PARTS
from tools.models import Edition

if TYPE_CHECKING:
    from members.models import Member

# What nobody else has read.
UNREAD = [PostState.DRAFT, PostState.QUEUED]
EMPTY_TITLE = "Deleted by its author"


def drop_unread(member: "Member") -> None:
    """Delete the member's drafts, and the posts that wait for a moderator."""
    Post.objects.filter(author=member, state__in=UNREAD).delete()


def empty_posts(member: "Member") -> None:
    """Take the member's posts from everybody, with every word and every version of theirs.

    What others said to them stays in the database, unseen. Standings take as many queries as the posts name tools.
    """
    with transaction.atomic():
        theirs = Post.objects.filter(author=member)
        keys = list(theirs.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
        if not keys:
            return
        named = _named(theirs)
        Revision.objects.filter(post__in=theirs).delete()
        Outcome.objects.filter(post__in=theirs).delete()
        PostTool.objects.filter(post__in=theirs).delete()
        parts = {name: "" for part in PARTS for name in (part, f"{part}_html")}
        dates = {"decided_on": None, "revisited_at": None}
        theirs.update(
            state=PostState.DELETED,
            title=EMPTY_TITLE,
            version=F("version") + 1,
            question=None,
            form_token=None,
            fingerprint="",
            **parts,
            **dates,
        )
        Standing.objects.recompute(named)
        Edition.objects.advance_contributions()


def _named(posts: QuerySet[Post]) -> set[int]:
    """The tools whose standings rest on these posts."""
    chosen = PostTool.objects.filter(post__in=posts).values_list("tool", flat=True)
    moved_to = Outcome.objects.filter(post__in=posts, replaced_by__isnull=False).values_list("replaced_by", flat=True)
    return {*chosen, *moved_to}


def empty_comments(member: "Member") -> None:
    """Take every word of the member's comments from everybody; their places and the replies stay."""
    with transaction.atomic():
        theirs = Comment.objects.filter(author=member)
        list(theirs.order_by("pk").select_for_update(no_key=True).values_list("pk"))
        shown = theirs.shown()
        posts = Post.objects.filter(pk__in=shown.values("post")).order_by("pk")
        keys = list(posts.select_for_update(no_key=True).values_list("pk", flat=True))
        Post.objects.filter(pk__in=shown.values("post")).update(
            comments_count=F("comments_count") - _on_post(shown),
            answers_count=F("answers_count") - _on_post(shown.answers()),
        )
        Recommendation.objects.filter(comment__in=theirs).delete()
        theirs.update(state=CommentState.DELETED, body="", html="", fingerprint="", form_token=None)
        Post.objects.warm(keys)


def _on_post(comments: QuerySet[Comment]) -> Coalesce:
    """How many of the comments are on each post."""
    on_post = comments.filter(post=OuterRef("pk")).order_by().values("post")
    return Coalesce(Subquery(on_post.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)
