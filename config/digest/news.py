"""What a digest tells: chosen for one member out of what was read for many. It asks the database nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from advice.models import Outcome, Post
from tools.models import Alert, Fact, Tool
from tools.words import counted, listed

POSTS = 8
OUTCOMES = 8
TOOLS = 8
FACTS = 5
"""Facts of one tool that are spelled out."""
ALERTS = 3
"""Alerts about one tool that are spelled out."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened around some tools in some time."""

    posts: Sequence[Post] = ()
    """Published or revisited then, the hottest first."""
    facts: Sequence[Fact] = ()
    """Recorded then and not superseded, by tool."""
    past: Mapping[tuple[int, int], Sequence[Fact]] | None = None
    """What was superseded then, by tool and attribute."""
    alerts: Sequence[Alert] = ()
    """Noticed then, by tool."""


@dataclass(frozen=True, slots=True)
class PostLine:
    """A new decision or question."""

    kind: str
    title: str
    url: str
    author: str
    tools: str


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """How a decision turned out."""

    result: str
    title: str
    url: str
    tools: str


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that changed; `before` is empty where nothing was known."""

    heading: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class ToolChanges:
    """What changed about a tool."""

    name: str
    url: str
    changes: Sequence[Change]
    more: int


@dataclass(frozen=True, slots=True)
class AlertLine:
    """What happened to a tool, and when."""

    text: str
    day: date


@dataclass(frozen=True, slots=True)
class ToolAlerts:
    """What happened to a tool, the latest first."""

    name: str
    url: str
    lines: Sequence[AlertLine]
    more: int


@dataclass(frozen=True, slots=True)
class News:
    """What is told, and how much there is besides."""

    alerts: Sequence[ToolAlerts] = ()
    more_alerts: int = 0
    """Tools with alerts besides."""
    alerts_count: int = 0
    posts: Sequence[PostLine] = ()
    more_posts: int = 0
    outcomes: Sequence[OutcomeLine] = ()
    more_outcomes: int = 0
    tools: Sequence[ToolChanges] = ()
    more_tools: int = 0
    facts_count: int = 0

    def __bool__(self) -> bool:
        return bool(self.alerts or self.posts or self.outcomes or self.tools)

    @property
    def summary(self) -> str:
        """How much there is of each: "1 alert, 2 new posts, 1 outcome and 3 facts"."""
        counts = [
            (self.alerts_count, "alert", "alerts"),
            (len(self.posts) + self.more_posts, "new post", "new posts"),
            (len(self.outcomes) + self.more_outcomes, "outcome", "outcomes"),
            (self.facts_count, "fact", "facts"),
        ]
        return listed([counted(*count) for count in counts if count[0]], "and")


def news_for(reader: int, tools: frozenset[int], since: datetime, until: datetime, happened: Happened) -> News:
    """What is new to a member about these tools; what the member wrote is not."""
    theirs = [post for post in happened.posts if post.author_id != reader and _is_about(post, tools)]
    posts = [_post_line(post) for post in theirs if _within(post.published_at, since, until)]
    told = [post for post in theirs if _within(post.revisited_at, since, until)]
    outcomes = [_outcome_line(post, rows[-1]) for post in told if (rows := list(post.outcomes.all()))]
    facts = [fact for fact in happened.facts if fact.tool_id in tools and _within(fact.recorded_at, since, until)]
    changed = _tool_changes(facts, since, happened.past or {})
    noticed = [row for row in happened.alerts if row.tool_id in tools and _within(row.created_at, since, until)]
    alerts = _tool_alerts(noticed)
    return News(
        alerts=alerts[:TOOLS],
        more_alerts=len(alerts[TOOLS:]),
        alerts_count=sum(len(tool.lines) + tool.more for tool in alerts),
        posts=posts[:POSTS],
        more_posts=len(posts[POSTS:]),
        outcomes=outcomes[:OUTCOMES],
        more_outcomes=len(outcomes[OUTCOMES:]),
        tools=changed[:TOOLS],
        more_tools=len(changed[TOOLS:]),
        facts_count=sum(len(tool.changes) + tool.more for tool in changed),
    )


def _within(moment: datetime | None, since: datetime, until: datetime) -> bool:
    return moment is not None and since < moment <= until


def _tool_alerts(alerts: Iterable[Alert]) -> list[ToolAlerts]:
    """What happened, tool by tool."""
    found = []
    for tool, rows in groupby(alerts, lambda alert: alert.tool):
        lines = [AlertLine(alert.text, alert.happened_on) for alert in rows]
        found.append(ToolAlerts(tool.name, f"{tool.get_absolute_url()}#lately", lines[:ALERTS], len(lines[ALERTS:])))
    return found


def _is_about(post: Post, tools: frozenset[int]) -> bool:
    return any(row.tool_id in tools for row in post.tool_rows.all())


def _post_line(post: Post) -> PostLine:
    author = post.author.get_full_name() if post.author else ""
    return PostLine(post.get_kind_display(), post.title, post.get_absolute_url(), author, _names(post))


def _outcome_line(post: Post, outcome: Outcome) -> OutcomeLine:
    result = outcome.get_result_display()
    if outcome.tool and outcome.replaced_by:
        result = f"{result}: {outcome.tool} by {outcome.replaced_by}"
    return OutcomeLine(result, post.title, post.get_absolute_url(), _names(post))


def _names(post: Post) -> str:
    return listed([row.tool.name for row in post.tool_rows.all()], "and")


def _tool_changes(
    facts: Iterable[Fact], since: datetime, past: Mapping[tuple[int, int], Sequence[Fact]]
) -> list[ToolChanges]:
    """What changed, tool by tool; of a tool that is new itself everything would be, so nothing is told."""
    found = []
    for tool, rows in groupby(facts, lambda fact: fact.tool):
        changes = [change for fact in rows if (change := _change(fact, since, past))]
        if changes and tool.created_at <= since:
            found.append(_of_tool(tool, sorted(changes, key=_is_first_answer)))
    return found


def _is_first_answer(change: Change) -> bool:
    """By this, what changed comes before what is known for the first time."""
    return not change.before


def _of_tool(tool: Tool, changes: Sequence[Change]) -> ToolChanges:
    return ToolChanges(tool.name, tool.get_absolute_url(), changes[:FACTS], len(changes[FACTS:]))


def _change(fact: Fact, since: datetime, past: Mapping[tuple[int, int], Sequence[Fact]]) -> Change | None:
    """What a fact says now against what was said at that moment; None where it is the same answer, verified anew."""
    known = (row for row in past.get((fact.tool_id, fact.attribute_id), ()) if row.recorded_at <= since)
    before = next((row for row in known if row.superseded_at and row.superseded_at > since), None)
    if before and before.answer == fact.answer:
        return None
    return Change(fact.attribute.heading, fact.in_words, before.in_words if before else "")
