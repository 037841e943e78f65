"""What waits for a moderator: posts and reasons of newcomers, what was reported, votes that are held."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet

from advice.models import Act, CommentState, CommentVote, Deed, Post, PostState, PostVote, Report
from advice.models.about import SUBJECTS
from tools.models import Reason, ReasonState, ReasonVote

type Key = tuple[str, int]
"""A thing by kind and primary key."""

VOTES: dict[str, Any] = {"post": PostVote, "comment": CommentVote, "reason": ReasonVote}
VISIBLE = [PostState.PUBLISHED, CommentState.SHOWN, ReasonState.SHOWN]


def waiting() -> list[Key]:
    """What waits, what has waited longest first; seven queries of keys and dates, whatever the rows."""
    since: dict[Key, datetime] = {}
    for key, at in [*_queued(), *_reported(), *_held()]:
        since[key] = min(at, since.get(key, at))
    return sorted(since, key=lambda key: (since[key], key))


def unjudged(kind: str) -> QuerySet[Any]:
    """The held votes of that kind which no moderator decided to keep held."""
    judged = Act.objects.filter(deed=Deed.HOLD, done_at__gt=OuterRef("created_at"), **{kind: OuterRef("on")})
    return VOTES[kind].objects.filter(~Exists(judged), held=True)  # type: ignore[no-any-return]  # a model of a table


def _queued() -> Iterator[tuple[Key, datetime]]:
    queues: dict[str, QuerySet[Any]] = {
        "post": Post.objects.filter(state=PostState.QUEUED),
        "reason": Reason.objects.filter(state=ReasonState.QUEUED),
    }
    for kind, rows in queues.items():
        for pk, at in rows.order_by().values_list("pk", "created_at"):
            yield (kind, pk), at


def _reported() -> Iterator[tuple[Key, datetime]]:
    """What its author deleted since needs nobody's answer."""
    rows = Report.objects.open().exclude(post__state=PostState.DELETED).exclude(comment__state=CommentState.DELETED)
    for row in rows.order_by().values(*SUBJECTS).annotate(since=Min("created_at")):
        kind = next(name for name in SUBJECTS if row[name] is not None)
        yield (kind, row[kind]), row["since"]


def _held() -> Iterator[tuple[Key, datetime]]:
    for kind in VOTES:
        rows = unjudged(kind).filter(on__state__in=VISIBLE)
        for pk, at in rows.order_by().values_list("on").annotate(since=Min("created_at")):
            yield (kind, pk), at
