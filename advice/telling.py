"""Who is told of what happens to posts and comments: each member once, in the way that says most to them.

Every function may be called again: whoever was told is not told again, so an edit tells those it newly mentions.
Call it in the transaction of the verb or after it; it writes rows and sends nothing.
"""

from collections.abc import Iterable, Iterator

from django.contrib.auth import get_user_model
from django.utils.text import Truncator

from advice.models import Act, Comment, Deed, Outcome, Post, PostState, Subscription
from members.models import Kind, Member, Notification
from tools import markdown

MENTIONS = 10
"""Members of one text who are told that it names them; a list of names is no conversation."""
TITLE = 80
"""Characters of a title in a sentence."""
DEEDS = {
    Deed.APPROVE: "A moderator let {thing} through",
    Deed.HIDE: "A moderator hid {thing}",
    Deed.RESTORE: "A moderator restored {thing}",
    Deed.WARN: "A moderator warns you because of {thing}",
    Deed.SUSPEND: "A moderator suspended your account",
    Deed.READMIT: "A moderator ended your suspension",
}
"""What is said of a moderator's deed. What changes nothing for the author is told only with a note to them."""
LOOKED = "A moderator looked at {thing}"
type Hearers = tuple[Kind, Iterable[Member], str]


def comment_said(comment: Comment) -> None:
    """Tell whom a comment answers, whom it names, and who wished to hear of comments on the post."""
    _tell(comment.author, f"comment-{comment.pk}", comment.get_absolute_url(), _hearers(comment))


def post_published(post: Post) -> None:
    """Tell whom a post names; nobody while it waits for a moderator."""
    if post.state == PostState.PUBLISHED:
        said = f"{_name(post.author)} mentioned you in {_quoted(post)}"
        named = _named(post.context, post.why, post.consequences)
        _tell(post.author, f"post-{post.pk}", post.get_absolute_url(), [(Kind.MENTION, named, said)])


def outcome_told(outcome: Outcome) -> None:
    """Tell the subscribers of a decision how it turned out."""
    post = outcome.post
    if post.state == PostState.PUBLISHED:
        result = outcome.get_result_display().lower()
        said = f"{_name(post.author)} told how {_quoted(post)} turned out: {result}"
        hearers = [(Kind.COMMENT, _subscribers(post, wanted=True), said)]
        _tell(post.author, f"outcome-{outcome.pk}", post.get_absolute_url(), hearers)


def moderated(act: Act) -> None:
    """Tell the author what a moderator did, on which ground, and what the moderator wrote to them."""
    author = act.member or act.subject.author
    said = DEEDS.get(Deed(act.deed)) or (LOOKED if act.note else "")
    if said and author is not None:
        ground = f": {act.get_grounds_display()}" if act.grounds else ""
        text = f"{said.format(thing=_thing(act))}{ground}"
        Notification.objects.tell([author], Kind.MODERATION, f"act-{act.pk}", text, _place(act), note=act.note)


def _tell(author: Member | None, key: str, url: str, hearers: Iterable[Hearers]) -> None:
    """Tell each member once, the first of `hearers` that has them; never the author."""
    told = {author.pk} if author else set()
    for kind, members, text in hearers:
        fresh = {member.pk: member for member in members if member.pk not in told and member.is_active}
        Notification.objects.tell(fresh.values(), kind, key, text, url)
        told |= fresh.keys()


def _hearers(comment: Comment) -> Iterator[Hearers]:
    """Whom a comment concerns, the nearest first; who wished not to hear of the post hears only when named."""
    post, name = comment.post, _name(comment.author)
    title = _quoted(post)
    silent = {member.pk for member in _subscribers(post, wanted=False)}
    if comment.parent and comment.parent.author and comment.parent.author.pk not in silent:
        yield Kind.REPLY, [comment.parent.author], f"{name} replied to your comment on {title}"
    if comment.is_answer and post.author and post.author.pk not in silent:
        yield Kind.ANSWER, [post.author], f"{name} answered your question {title}"
    yield Kind.MENTION, _named(comment.body), f"{name} mentioned you in a comment on {title}"
    verb = "answered" if comment.is_answer else "commented on"
    yield Kind.COMMENT, _subscribers(post, wanted=True), f"{name} {verb} {title}"


def _named(*texts: str) -> Iterable[Member]:
    """The members these texts mention, the first few."""
    names = dict.fromkeys(name for text in texts for name in markdown.mentions(text))
    few = list(names)[:MENTIONS]
    return get_user_model().objects.filter(username__in=few) if few else ()


def _subscribers(post: Post, *, wanted: bool) -> Iterable[Member]:
    rows = Subscription.objects.filter(post=post, wanted=wanted).values("member")
    return get_user_model().objects.filter(pk__in=rows)


def _name(author: Member | None) -> str:
    return author.get_full_name() if author else "Somebody"


def _quoted(post: Post) -> str:
    return f"“{Truncator(post.title).chars(TITLE)}”"


def _thing(act: Act) -> str:
    if act.post:
        return f"your post {_quoted(act.post)}"
    if act.comment:
        return f"your comment on {_quoted(act.comment.post)}"
    if act.stack:
        return f"your stack “{Truncator(act.stack.name).chars(TITLE)}”"
    return f"your line about {act.reason.tool}" if act.reason else "your account"


def _place(act: Act) -> str:
    """Where the author sees what it is about."""
    if act.reason:
        return act.reason.tool.get_absolute_url()
    place: str = act.subject.get_absolute_url()
    return place
