"""From rows to frozen facts: a fixed number of queries whatever the tools and however much is known of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from comparisons import facts as pure
from comparisons.alternatives import Alternative, ranked
from comparisons.rows import Row, rows_by_tool
from tools.models import Integration, Reason, Repository, Tool

# How many tools of each function are weighed as alternatives, and by how weighty facts.
CANDIDATES = 24
WEIGHTY = 50
COMMUNITY = "Ecosystem and community"

STARS = pure.Attribute(
    key="stars",
    heading="GitHub stars",
    question="How many people starred its repository?",
    type="number",
    importance=46,
    theme=COMMUNITY,
    one="has {value} on GitHub",
    many="have {value} each on GitHub",
    unit_one="star",
    unit_many="stars",
    threshold=1.1,
    measured=True,
)
FORKS = pure.Attribute(
    key="forks",
    heading="GitHub forks",
    question="How many forks does its repository have?",
    type="number",
    importance=28,
    theme=COMMUNITY,
    one="has {value} on GitHub",
    many="have {value} each on GitHub",
    unit_one="fork",
    unit_many="forks",
    threshold=1.1,
    measured=True,
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything a comparison's page needs, in the order of the tools."""

    tools: tuple[Tool, ...]
    subjects: tuple[pure.Subject, ...]
    alternatives: Mapping[str, Sequence[Alternative]]
    """For each tool's slug, other tools of its function and of neighbouring ones, the nearest first."""
    others: Mapping[str, Tool]
    """The rows of the alternatives, by slug."""
    together: Sequence[tuple[str, str]]
    """Names of compared tools that serve unlike needs and of which the editors say that one works with the other."""
    reasons: Mapping[int, Sequence[Reason]]
    """For each tool's id, its reasons that readers see, in order."""


def find(slugs: Sequence[str]) -> tuple[Tool, ...]:
    """The tools of these slugs in the slugs' order, fewer where some do not exist; two queries."""
    found = {tool.slug: tool for tool in Tool.objects.among(tuple(slugs)).with_place().with_neighbours()}
    return tuple(found[slug] for slug in slugs if slug in found)


def gather(tools: Sequence[Tool], candidates: int = CANDIDATES) -> Gathered:
    """Facts, reasons, and the tools to consider instead: six queries beside `find`'s two.

    `candidates` is how many tools of each function are weighed as alternatives.
    """
    others = list(Tool.objects.alternatives_to(tools, candidates))
    by_tool = rows_by_tool(tools, others, WEIGHTY)
    compared = tuple(_subject(tool, by_tool) for tool in tools)
    candidate = {other.pk: _subject(other, by_tool) for other in others}
    alternatives = {
        tool.slug: ranked(subject, [candidate[other.pk] for other in others if _serves(other, tool)])
        for tool, subject in zip(tools, compared, strict=True)
    }
    return Gathered(
        tools=tuple(tools),
        subjects=compared,
        alternatives=alternatives,
        others={other.slug: other for other in others},
        together=_together(tools, compared),
        reasons=_reasons(tools),
    )


def subjects(tools: Sequence[Tool]) -> tuple[pure.Subject, ...]:
    """The tools with what is known of them and nothing else; three queries."""
    by_tool = rows_by_tool(tools, [], WEIGHTY)
    return tuple(_subject(tool, by_tool) for tool in tools)


def _together(tools: Sequence[Tool], compared: Sequence[pure.Subject]) -> list[tuple[str, str]]:
    named = {tool.pk: (tool, subject) for tool, subject in zip(tools, compared, strict=True)}
    rows = Integration.objects.filter(tool__in=named, other__in=named).order_by("pk").values_list("tool", "other")
    pairs = {frozenset(row): (*named[row[0]], *named[row[1]]) for row in rows}
    return [
        (tool.name, other.name)
        for tool, subject, other, second in pairs.values()
        if tool.function_id != other.function_id or not ranked(subject, [second])[0].close
    ]


def _serves(other: Tool, tool: Tool) -> bool:
    """Whether the other has the tool's function or a neighbouring one."""
    return other.function_id in {tool.function_id, *(row.pk for row in tool.function.neighbours.all())}


def _reasons(tools: Sequence[Tool]) -> dict[int, list[Reason]]:
    by_tool: dict[int, list[Reason]] = {}
    for reason in Reason.objects.filter(tool__in=[tool.pk for tool in tools]).shown().with_authors():
        by_tool.setdefault(reason.tool_id, []).append(reason)
    return by_tool


def _subject(tool: Tool, by_tool: Mapping[int, Sequence[Row]]) -> pure.Subject:
    """A tool with what is known of it."""
    rows = by_tool.get(tool.pk, [])
    via = _inheritance(tool, rows)
    base = by_tool.get(via.named[0], []) if via else []
    return pure.Subject(
        slug=tool.slug,
        name=tool.name,
        kind=tool.kind.noun,
        facts=(*_figures(tool), *(row.fact for row in rows)),
        via=via.fact if via else None,
        base=tuple(row.fact for row in base if row.passed_on),
    )


def _inheritance(tool: Tool, rows: Sequence[Row]) -> Row | None:
    """The fact that names the one tool this one inherits from; None where it names several."""
    if not tool.kind.inherits:
        return None
    return next((row for row in rows if row.inherits and len(row.named) == 1 and row.named[0] != tool.pk), None)


def _figures(tool: Tool) -> Iterable[pure.Fact]:
    """Stars and forks as facts, each with its own day."""
    repository: Repository | None = getattr(tool, "repository", None)
    if repository is None:
        return
    for attribute, count, day, source, rounded in (
        (STARS, repository.stars, repository.stars_on, repository.stars_source, repository.stars_rounded),
        (FORKS, repository.forks, repository.forks_on, repository.forks_source, repository.forks_rounded),
    ):
        if count is not None and day is not None:
            yield pure.Fact(
                id=f"fact-{attribute.key}-{repository.pk}",
                tool=tool.slug,
                tool_name=tool.name,
                attribute=attribute,
                answer=float(count),
                verified=repository.as_of(day, source) or day,
                source=source or repository.notation,
                rounded=rounded,
            )
