"""Whether a text may be sent at all: how many links it has, and whether it was sent before."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from advice import limits
from advice.duplicates import fingerprint, too_alike
from advice.models import Comment, CommentState, Post, PostState
from advice.models.post import PARTS
from tools import markdown

if TYPE_CHECKING:
    from members.models import Member

SAME_WITHIN = timedelta(days=30)
"""How long nobody may send a text that anybody sent."""
ALIKE_WITHIN = timedelta(days=1)
"""How long members may not send what is nearly a text of theirs."""
SMALL_TALK = 60
"""A text of fewer characters and without a link may be said by anybody, as often as they like: “Thanks a lot!”"""
COMPARED = 10
"""With how many of a member's latest posts, and of their latest comments, a text is compared."""
COMPARED_LENGTH = 5_000
"""How many characters of each: parsing costs."""

# What was sent to others, whoever sees it now; what its author took back may be sent anew.
SENT = [PostState.QUEUED, PostState.PUBLISHED, PostState.HIDDEN]
SAID = [CommentState.SHOWN, CommentState.HIDDEN]


def problems(member: "Member", text: str, now: datetime, *, besides: Post | Comment | None = None) -> list[str]:
    """What speaks against the member's sending this text, in sentences that say what to do; nothing most of the time.

    `besides` is the row that is being changed or published, which is no duplicate of itself. Of a post the text is
    what `post_text` makes of it.
    """
    links = len(markdown.links(text))
    told = list(too_many_links(links, is_newcomer=member.is_newcomer))
    if links or len(text.strip()) >= SMALL_TALK:
        told += _sent_before(member, text, now, besides)
    return told


def waiting_problems(member: "Member") -> list[str]:
    """What speaks against publishing one more post of the member, beside its text."""
    waiting = Post.objects.filter(author=member, state=PostState.QUEUED).count() if member.is_newcomer else 0
    if waiting < limits.WAITING_OF_NEWCOMERS:
        return []
    return [f"{waiting} posts of yours wait for a moderator already. Save this one as a draft and publish it later."]


def post_text(texts: Mapping[str, Any]) -> str:
    """Title and parts of a post as one text."""
    return "\n".join(str(texts.get(name, "")) for name in ("title", *PARTS))


def too_many_links(links: int, *, is_newcomer: bool) -> Iterator[str]:
    """The sentence for a text with more links than its author may send."""
    if is_newcomer and links > limits.LINKS_OF_NEWCOMERS:
        yield (
            f"This has {links} links. Until a moderator has let a post of yours through, "
            f"a text may have {limits.LINKS_OF_NEWCOMERS}: take some out."
        )
    elif links > limits.LINKS:
        yield f"This has {links} links, and a text may have {limits.LINKS}: take some out."


def _sent_before(member: "Member", text: str, now: datetime, besides: Post | Comment | None) -> Iterator[str]:
    """The sentence for a text that anybody sent this month, or the member nearly so today."""
    posts = Post.objects.filter(state__in=SENT)
    comments = Comment.objects.filter(state__in=SAID)
    if isinstance(besides, Post):
        posts = posts.exclude(pk=besides.pk)
    elif besides is not None:
        comments = comments.exclude(pk=besides.pk)
    since = Q(created_at__gt=now - SAME_WITHIN)
    same = Q(fingerprint=fingerprint(text))
    if posts.filter(same, since | Q(published_at__gt=now - SAME_WITHIN)).exists() or (
        comments.filter(same, since).exists()
    ):
        days = SAME_WITHIN.days
        yield f"The same text was sent within the last {days} days. Link to it, or say what is new in your own words."
    elif any(_is_alike(text, other) for other in _of_today(member, now, posts, comments)):
        yield "This is nearly what you sent within the last day. Link to that, or change that instead."


def _of_today(member: "Member", now: datetime, posts: Any, comments: Any) -> Iterator[str]:
    day = {"author": member, "created_at__gt": now - ALIKE_WITHIN}
    for row in posts.filter(**day).order_by("-pk").values("title", *PARTS)[:COMPARED]:
        yield post_text(row)
    yield from comments.filter(**day).order_by("-pk").values_list("body", flat=True)[:COMPARED]


def _is_alike(text: str, other: str) -> bool:
    return too_alike(text[:COMPARED_LENGTH], other[:COMPARED_LENGTH])
