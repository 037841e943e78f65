"""From rows to frozen facts: a fixed number of queries whatever the tools and however much is known of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from comparisons import facts as pure
from tools.models import Attribute, Fact, FactValue, Reason, Repository, Tool

ALTERNATIVES = 6

STARS = pure.Attribute(
    key="stars",
    heading="GitHub stars",
    question="How many people starred its repository?",
    type="number",
    importance=55,
    one="has {value} on GitHub",
    many="have {value} each on GitHub",
    unit_one="star",
    unit_many="stars",
    threshold=1.25,
)
FORKS = pure.Attribute(
    key="forks",
    heading="GitHub forks",
    question="How many forks does its repository have?",
    type="number",
    importance=28,
    one="has {value} on GitHub",
    many="have {value} each on GitHub",
    unit_one="fork",
    unit_many="forks",
    threshold=1.5,
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything a comparison's page needs, in the order of the tools."""

    tools: tuple[Tool, ...]
    subjects: tuple[pure.Subject, ...]
    alternatives: Mapping[str, Sequence[Tool]]
    """For each tool's slug, other tools of its function, best known first."""
    reasons: Mapping[int, Sequence[Reason]]
    """For each tool's id, its reasons in order."""


def find(slugs: Sequence[str]) -> tuple[Tool, ...]:
    """The tools of these slugs in the slugs' order, fewer where some do not exist; one query."""
    found = {tool.slug: tool for tool in Tool.objects.among(tuple(slugs)).with_place()}
    return tuple(found[slug] for slug in slugs if slug in found)


def gather(tools: Sequence[Tool]) -> Gathered:
    """Facts with their values, reasons, and other tools of the same functions: four queries beside `find`'s one."""
    by_tool = _facts_by_tool(tools)
    subjects = tuple(_subject(tool, by_tool) for tool in tools)
    return Gathered(tuple(tools), subjects, _alternatives(tools), _reasons(tools))


def _reasons(tools: Sequence[Tool]) -> dict[int, list[Reason]]:
    by_tool: dict[int, list[Reason]] = {}
    for reason in Reason.objects.filter(tool__in=[tool.pk for tool in tools]):
        by_tool.setdefault(reason.tool_id, []).append(reason)
    return by_tool


def _facts_by_tool(tools: Sequence[Tool]) -> dict[int, list[Fact]]:
    by_tool: dict[int, list[Fact]] = {}
    for fact in _relevant(tools).select_related("tool"):
        by_tool.setdefault(fact.tool_id, []).append(fact)
    return by_tool


def _relevant(tools: Iterable[Tool]) -> QuerySet[Fact]:
    """Current facts of the tools, and of what they are used from."""
    ids = [tool.pk for tool in tools]
    bases = FactValue.objects.filter(
        fact__tool__in=ids, fact__superseded_at=None, fact__attribute__inherit=True, tool__isnull=False
    )
    return Fact.objects.current().filter(Q(tool__in=ids) | Q(tool__in=bases.values("tool"))).with_values()


def _subject(tool: Tool, by_tool: Mapping[int, Sequence[Fact]]) -> pure.Subject:
    rows = by_tool.get(tool.pk, [])
    via, base = _inheritance(tool, rows)
    return pure.Subject(
        slug=tool.slug,
        name=tool.name,
        kind=tool.kind.noun,
        facts=(*_figures(tool), *(_fact(row) for row in rows)),
        via=_fact(via) if via else None,
        base=tuple(_fact(row) for row in by_tool.get(base, []) if row.attribute.passed_on),
    )


def _inheritance(tool: Tool, rows: Sequence[Fact]) -> tuple[Fact | None, int]:
    """The fact that names the one tool this one inherits from; nothing where it names several."""
    if tool.kind.inherits:
        for row in rows:
            named = [value.tool_id for value in row.values.all() if value.tool_id is not None]
            if row.attribute.inherit and len(named) == 1 and named != [tool.pk]:
                return row, named[0]
    return None, 0


def _attribute(row: Attribute) -> pure.Attribute:
    return pure.Attribute(
        key=row.slug,
        heading=row.heading,
        question=row.question,
        type=row.type,
        importance=row.importance,
        compare=row.compare,
        one=row.one,
        many=row.many,
        no_one=row.no_one,
        no_many=row.no_many,
        joined_by=row.joined_by,
        unit_one=row.unit_one,
        unit_many=row.unit_many,
        threshold=row.threshold,
        inherit=row.inherit,
    )


def _fact(row: Fact) -> pure.Fact:
    return pure.Fact(
        id=f"fact-{row.pk}",
        tool=row.tool.slug,
        tool_name=row.tool.name,
        attribute=_attribute(row.attribute),
        answer=_answer(row),
        words=tuple(value.word for value in row.values.all()),
        note=row.note,
        source=row.source,
        verified=row.verified_on,
    )


def _answer(row: Fact) -> pure.Answer:
    value = row.value
    if isinstance(value, list):
        return tuple(value)
    assert value is not None
    return value


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
                verified=day,
                source=source or f"github:{repository.name}",
                rounded=rounded,
            )


def _alternatives(tools: Sequence[Tool]) -> dict[str, list[Tool]]:
    """The best known other tools of each tool's function; one query."""
    rank = Window(
        RowNumber(),
        partition_by=F("function"),
        order_by=[F("repository__stars").desc(nulls_last=True), F("name").asc()],
    )
    others = (
        Tool.objects.filter(function__in={tool.function_id for tool in tools})
        .exclude(pk__in=[tool.pk for tool in tools])
        .annotate(place=rank)
        .filter(place__lte=ALTERNATIVES)
        .order_by("place")
        .with_place()
    )
    by_function: dict[int, list[Tool]] = {}
    for other in others:
        by_function.setdefault(other.function_id, []).append(other)
    return {tool.slug: by_function.get(tool.function_id, []) for tool in tools}
