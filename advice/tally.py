"""Which tools the answers to a question recommend, and how many members recommend each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from advice.models import Comment, Post, Recommendation
from tools.models import Affiliation, Tool


@dataclass(frozen=True, slots=True)
class Voice:
    """That somebody recommends a tool; who deleted their account is nobody (0), and each time another."""

    tool: Tool
    member: int
    is_tied: bool
    """Whether they declared a tie with its vendor."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """A tool with the number of members who recommend it."""

    tool: Tool
    count: int
    tied: int
    """How many more declared a tie with its vendor: they are counted apart."""
    share: int
    """Its count as hundredths of the highest."""


def tally(post: Post) -> list[Tallied]:
    """The tools recommended to a question, the most recommended first. One query."""
    answers = Comment.objects.shown().answers().filter(post=post)
    tie = Affiliation.objects.filter(member=OuterRef("comment__author"), tool=OuterRef("tool"))
    rows = Recommendation.objects.filter(comment__in=answers).select_related("tool", "comment")
    return tallied(
        Voice(row.tool, row.comment.author_id or 0, row.is_tied) for row in rows.annotate(is_tied=Exists(tie))
    )


def tallied(voices: Iterable[Voice]) -> list[Tallied]:
    """Each tool once, by its count and then its name; who recommends a tool in several answers is one."""
    tools: dict[int, Tool] = {}
    told: dict[int, set[object]] = {}
    tied: dict[int, set[object]] = {}
    for voice in voices:
        tools[voice.tool.pk] = voice.tool
        # Nobody is like nobody else.
        (tied if voice.is_tied else told).setdefault(voice.tool.pk, set()).add(voice.member or object())
    return _ordered(tools, {pk: (len(told.get(pk, ())), len(tied.get(pk, ()))) for pk in tools})


def _ordered(tools: dict[int, Tool], counts: dict[int, tuple[int, int]]) -> list[Tallied]:
    highest = max((count for count, _ in counts.values()), default=0) or 1
    found: Sequence[Tallied] = [
        Tallied(tool, counts[pk][0], counts[pk][1], round(100 * counts[pk][0] / highest)) for pk, tool in tools.items()
    ]
    return sorted(found, key=lambda one: (-one.count, -one.tied, one.tool.name.casefold()))
