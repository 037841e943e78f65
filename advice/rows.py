"""Posts as lists show them: what was chosen over what, the beginning of why, and how it turned out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypedDict

from django.db.models import Case, F, OuterRef, Prefetch, QuerySet, Subquery, When
from django.db.models.functions import Left
from django_stubs_ext import WithAnnotations

from advice.models import Outcome, Post, PostTool, Role
from advice.timeline import decided_on, months_between, outcome_words
from members.models import Member
from tools import markdown
from tools.dates import age
from tools.figures import compact
from tools.models import Tool

SUMMARY: Final = 220
# So much Markdown is read for it: the texts themselves stay in the database.
LEAD: Final = 800
TEXTS = ("context", "why", "consequences", "context_html", "why_html", "consequences_html")


class Listed(TypedDict):
    """What a list asks of a post beside its own columns: the beginning of its text, and the outcome told last."""

    lead: str
    result: str | None
    told_on: date | None
    months: int | None
    replaced_by: str | None


type ListedPost = WithAnnotations[Post, Listed]


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post of a list; what does not apply is empty."""

    anchor: str
    url: str
    kind: str
    title: str
    author: Member | None
    day: date | None
    age: str
    chosen: Sequence[Tool]
    considered: Sequence[Tool]
    about: Sequence[Tool]
    summary: str
    votes: int
    comments: int
    answers: int | None
    """None for a decision, which nobody answers."""
    views: int
    views_shown: str
    """Compact: 682K."""
    outcome: str
    result: str
    """The outcome's result as `Result` has it."""


def listed(posts: QuerySet[Post]) -> QuerySet[ListedPost]:
    """The posts as `post_rows` wants them: two queries in all, and none of the long texts."""
    lead = Case(When(why="", then=F("context")), default=F("why"))
    tools = PostTool.objects.select_related("tool")
    return (
        posts.select_related("author")
        .defer(*TEXTS)
        .annotate(
            lead=Left(lead, LEAD),
            result=_latest("result"),
            told_on=_latest("on"),
            months=_latest("months"),
            replaced_by=_latest("replaced_by__name"),
        )
        .prefetch_related(Prefetch("tool_rows", tools))
    )


def _latest(column: str) -> Subquery:
    told = Outcome.objects.answered().filter(post=OuterRef("pk"))
    return Subquery(told.order_by("-on", "-pk").values(column)[:1])


def post_rows(posts: Sequence[ListedPost], today: date) -> list[PostRow]:
    """These posts of `listed` as they are shown."""
    return [_row(post, today) for post in posts]


def _row(post: ListedPost, today: date) -> PostRow:
    day = post.published_at.date() if post.published_at else None
    return PostRow(
        anchor=f"post-{post.pk}",
        url=post.get_absolute_url(),
        kind=post.get_kind_display(),
        title=post.title,
        author=post.author,
        day=day,
        age=age(day, today) if day else "",
        chosen=post.tools_in(Role.CHOSEN),
        considered=post.tools_in(Role.CONSIDERED),
        about=post.tools_in(Role.ABOUT),
        summary=markdown.plain(post.lead, SUMMARY),
        votes=post.votes_count,
        comments=post.comments_count,
        answers=None if post.is_decision else post.answers_count,
        views=post.views_count,
        views_shown=compact(post.views_count),
        outcome=_outcome(post),
        result=post.result or "",
    )


def _outcome(post: ListedPost) -> str:
    if not post.result or not post.told_on:
        return ""
    months = post.months or months_between(decided_on(post), post.told_on)
    return outcome_words(post.result, months, post.replaced_by or "")
