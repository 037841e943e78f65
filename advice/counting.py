"""What posts count and derive, proved and mended against the rows it comes from."""

from collections.abc import Iterator

from advice.models import Comment, CommentVote, Post, PostVote, ReaderDay, Standing
from tools.counting import Counter

# Floating-point numbers that went to a database and back.
ALIKE = 1e-6


def counters() -> Iterator[Counter]:
    """Of posts and comments."""
    shown = Comment.objects.shown()
    yield Counter(Post, "votes_count", PostVote.objects.counted(), "on")
    yield Counter(Post, "comments_count", shown, "post")
    yield Counter(Post, "answers_count", shown.answers(), "post")
    yield Counter(Post, "views_count", ReaderDay.objects.all(), "post", adds_up="readers")
    yield Counter(Comment, "votes_count", CommentVote.objects.counted(), "on")


def lukewarm() -> list[Post]:
    """The posts whose heat is not what votes, comments and date make it."""
    dated = Post.objects.filter(published_at__isnull=False).only(
        "heat", "votes_count", "comments_count", "published_at"
    )
    return [post for post in dated.iterator() if abs(post.heat - post.heat_now()) > ALIKE]


def outdated() -> list[Standing]:
    """The standings that are not what the outcomes make them."""
    return [row for row in Standing.objects.iterator() if row.differs_from(Standing.of(row.tool_id))]
