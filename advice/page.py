"""A post's page: what stands around the words of its author."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from advice.models import Outcome, Post, PostQuerySet, PostState, PostTool, PostVote, Role
from advice.rows import PostRow, listed, post_rows
from advice.timeline import Moment, timeline
from tools import markdown, pairs
from tools.dates import age
from tools.figures import compact
from tools.models import Tool

if TYPE_CHECKING:
    from tools.models import Affiliation

RELATED = 3
DECISIONS = 10
DESCRIPTION = 160


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what the author wrote under it."""

    anchor: str
    heading: str
    html: str


@dataclass(frozen=True, slots=True)
class PostPage:
    """What the template prints; what does not apply is empty."""

    post: Post
    description: str
    age: str
    views: str
    """Compact: 682K."""
    chosen: Sequence[Tool]
    considered: Sequence[Tool]
    about: Sequence[Tool]
    ties: Sequence["Affiliation"]
    """What ties the author to the post's tools, as they declare it."""
    comparison: str
    """The address of the comparison of what was chosen with what was considered."""
    compared: Sequence[Tool]
    parts: Sequence[Part]
    timeline: Sequence[Moment]
    outcome: Moment | None
    """The one told last."""
    question: Post | None
    """The published question that a decision answers."""
    decisions: Sequence[PostRow]
    """What came of a question."""
    related: Sequence[PostRow]
    is_public: bool
    is_authors: bool
    voted: set[int]
    """The post's key, where the reader voted for it."""


def readable() -> PostQuerySet:
    """Posts as their pages want them: three queries in all."""
    tools = PostTool.objects.select_related("tool")
    outcomes = Outcome.objects.select_related("tool", "replaced_by")
    return Post.objects.select_related("author", "question").prefetch_related(
        Prefetch("tool_rows", tools), Prefetch("outcomes", outcomes)
    )


def post_page(post: Post, reader: Any, today: date) -> PostPage:
    """Read what belongs around a post of `readable`: three queries, and up to two more where there is more to show."""
    compared = _compared(post)
    question = post.question
    moments = timeline(post, list(post.outcomes.all()))
    return PostPage(
        post=post,
        description=markdown.plain(post.why or post.context, DESCRIPTION),
        age=age((post.published_at or post.created_at).date(), today),
        views=compact(post.views_count),
        chosen=post.tools_in(Role.CHOSEN),
        considered=post.tools_in(Role.CONSIDERED),
        about=post.tools_in(Role.ABOUT),
        ties=_ties(post),
        comparison=pairs.address(tool.slug for tool in compared) if compared else "",
        compared=compared,
        parts=_parts(post),
        timeline=moments,
        outcome=next((moment for moment in reversed(moments) if moment.result), None),
        question=question if question and question.state == PostState.PUBLISHED else None,
        decisions=[] if post.is_decision else _rows(Post.objects.filter(question=post).newest(), DECISIONS, today),
        related=_rows(Post.objects.near(post), RELATED, today),
        is_public=post.state == PostState.PUBLISHED,
        is_authors=post.is_of(reader),
        voted=PostVote.objects.by(reader, [post]) if reader.is_authenticated else set(),
    )


def _rows(posts: PostQuerySet, count: int, today: date) -> list[PostRow]:
    return post_rows(list(listed(posts.published())[:count]), today)


def _ties(post: Post) -> list["Affiliation"]:
    if post.author is None:
        return []
    tools = [row.tool_id for row in post.tool_rows.all()]
    return list(post.author.affiliations.filter(tool__in=tools).select_related("tool"))


def _compared(post: Post) -> list[Tool]:
    """As many of the tools as one comparison takes: what was chosen first, then what it was weighed against."""
    weighed = post.tools_in(Role.CONSIDERED) if post.is_decision else post.tools_in(Role.ABOUT)
    tools = [*post.tools_in(Role.CHOSEN), *weighed][: pairs.MOST]
    return tools if weighed and pairs.is_countable(tool.slug for tool in tools) else []


def _parts(post: Post) -> list[Part]:
    first = "Context" if post.is_decision else "What is asked"
    said = [
        Part("context", first, post.context_html),
        Part("why", "Why", post.why_html),
        Part("consequences", "Consequences", post.consequences_html),
    ]
    return [part for part in said if part.html]
