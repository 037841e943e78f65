"""What was said to a post, as its page shows it: threads with their replies, a page of them at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Q
from django.utils import timezone

from advice import limits
from advice.forms.comments import CommentForm
from advice.models import Comment, CommentState, CommentVote, Post, PostState, Subscription
from tools.models import Affiliation
from tools.pages import page_of

PAGE_SIZE = 50
type Ties = Mapping[int, Sequence[Affiliation]]
"""What members declare to tie them to vendors, by the member's key."""


@dataclass(frozen=True, slots=True)
class Said:
    """A comment in its place, with what was said to it."""

    comment: Comment
    ties: Sequence[Affiliation]
    """What ties its author to vendors of the tools that the post or the comment names."""
    answering: Comment | None
    """The comment beside it that it answers; None where it answers what it stands beneath."""
    is_editable: bool
    """Whether the reader may change it at this moment."""
    is_own: bool
    replies: list["Said"] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What links and buttons call it."""
        return label(self.comment)

    @property
    def answering_label(self) -> str:
        """What the link to what it answers says."""
        return label(self.answering) if self.answering else ""

    @property
    def is_shown(self) -> bool:
        """Whether its words are seen."""
        return self.comment.state == CommentState.SHOWN

    @property
    def beneath(self) -> int:
        """How many comments stand beneath it, however deep."""
        return sum(1 + reply.beneath for reply in self.replies)


@dataclass(frozen=True, slots=True)
class Threads:
    """A page of the threads on a post, for one reader."""

    post: Post
    page: Page[Any]
    said: Sequence[Said]
    voted: set[int]
    """The comments here that the reader voted for, by key."""
    is_open: bool
    """Whether comments and votes are taken."""
    is_subscribed: bool
    form: CommentForm | None
    """For a new comment; None for readers without an account."""


def threads(post: Post, viewer: Any, page_number: str) -> Threads:
    """One page of the threads; raise Http404 for what is no page of them.

    Four queries for readers without an account, two more for members, whatever was said.
    """
    begun = Comment.objects.filter(post=post).threads()
    page: Page[Comment] = page_of(begun, page_number, PAGE_SIZE)
    first = (page.number - 1) * PAGE_SIZE
    comments = list(Comment.objects.whole(begun[first : first + PAGE_SIZE]).with_rows())
    is_open = post.state == PostState.PUBLISHED
    is_member = viewer.is_authenticated
    now = timezone.now()
    return Threads(
        post=post,
        page=page,
        said=nested(comments, _ties(post, comments), viewer, now),
        voted=CommentVote.objects.by(viewer, comments) if is_member else set(),
        is_open=is_open,
        is_subscribed=is_member and Subscription.objects.wanted().filter(member=viewer, post=post).exists(),
        form=CommentForm(post=post, author=viewer, now=now) if is_open and is_member else None,
    )


def label(comment: Comment) -> str:
    """What links and buttons call a comment: by its author, where its words are seen."""
    if comment.state != CommentState.SHOWN:
        return "a comment that is gone"
    return f"the comment by {comment.author.get_full_name() if comment.author else 'a former member'}"


def page_holding(comment: Comment) -> int:
    """The number of the page on which a comment stands. Two queries for a reply, one for what begins a thread."""
    thread = comment.root or comment
    before = Comment.objects.filter(post=comment.post_id).before(thread).count()
    return before // PAGE_SIZE + 1


def nested(comments: Sequence[Comment], ties: Ties, viewer: Any, now: datetime) -> list[Said]:
    """The comments as a tree, replies in the order in which they come; those too deep stand beside what they answer."""
    rows = {comment.pk: comment for comment in comments}
    homes = _homes(comments)
    said = {
        comment.pk: Said(
            comment=comment,
            ties=ties.get(comment.author_id or 0, ()),
            answering=rows[comment.parent_id] if comment.parent_id and homes[comment.pk] != comment.parent_id else None,
            is_editable=comment.is_of(viewer) and comment.can_be_edited(now),
            is_own=comment.is_of(viewer),
        )
        for comment in comments
    }
    for comment in comments:
        if (home := homes[comment.pk]) is not None:
            said[home].replies.append(said[comment.pk])
    for one in said.values():
        # What stands side by side because it is deep is a talk, and reads from its beginning.
        if one.comment.depth == limits.DEPTH - 1:
            one.replies.sort(key=lambda reply: reply.comment.pk)
    return [said[comment.pk] for comment in comments if comment.parent_id is None]


def _homes(comments: Sequence[Comment]) -> Mapping[int, int | None]:
    """Beneath which comment each stands, by keys."""
    depths = {comment.pk: comment.depth for comment in comments}
    homes: dict[int, int | None] = {}
    # A comment is younger than what it answers.
    for comment in sorted(comments, key=lambda comment: comment.pk):
        above = comment.parent_id
        is_deep = above is not None and depths[above] >= limits.DEPTH
        homes[comment.pk] = homes[above] if above is not None and is_deep else above
    return homes


def _ties(post: Post, comments: Iterable[Comment]) -> Ties:
    shown = [comment for comment in comments if comment.state == CommentState.SHOWN]
    named = {row.tool_id for comment in shown for row in comment.recommendations.all()}
    authors = {comment.author_id for comment in shown if comment.author_id}
    declared = Affiliation.objects.filter(Q(tool__in=post.tools.all()) | Q(tool__in=named), member__in=authors)
    ties: dict[int, list[Affiliation]] = {}
    for tie in declared.select_related("tool"):
        ties.setdefault(tie.member_id, []).append(tie)
    return ties
