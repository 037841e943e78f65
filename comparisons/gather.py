"""From rows to frozen facts: a fixed number of queries whatever the tools and however much is known of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from comparisons import facts as pure
from comparisons.alternatives import Alternative, ranked
from tools.models import Attribute, Fact, FactValue, Integration, Reason, Repository, Tool

# How many tools of each function are weighed as alternatives, and by how weighty facts.
CANDIDATES = 16
WEIGHTY = 50
COMMUNITY = "Ecosystem and community"
PURPOSE = "purpose"

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
    threshold=1.25,
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
    threshold=1.25,
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
    """Names of compared tools of unlike functions of which the editors say that one works with the other."""
    reasons: Mapping[int, Sequence[Reason]]
    """For each tool's id, its reasons in order."""


def find(slugs: Sequence[str]) -> tuple[Tool, ...]:
    """The tools of these slugs in the slugs' order, fewer where some do not exist; one query."""
    found = {tool.slug: tool for tool in Tool.objects.among(tuple(slugs)).with_place().with_neighbours()}
    return tuple(found[slug] for slug in slugs if slug in found)


def gather(tools: Sequence[Tool], candidates: int = CANDIDATES) -> Gathered:
    """Facts, reasons, and the tools to consider instead: five queries beside `find`'s two.

    `candidates` is how many tools of each function are weighed as alternatives.
    """
    others = list(Tool.objects.alternatives_to(tools, candidates))
    by_tool = _facts_by_tool(tools, others)
    make = _Maker(by_tool)
    subjects = tuple(make.subject(tool) for tool in tools)
    alternatives = {
        tool.slug: ranked(subject, [make.subject(other) for other in others if _serves(other, tool)])
        for tool, subject in zip(tools, subjects, strict=True)
    }
    return Gathered(
        tools=tuple(tools),
        subjects=subjects,
        alternatives=alternatives,
        others={other.slug: other for other in others},
        together=_together(tools),
        reasons=_reasons(tools),
    )


def _together(tools: Sequence[Tool]) -> list[tuple[str, str]]:
    named = {tool.pk: tool for tool in tools}
    rows = Integration.objects.filter(tool__in=named, other__in=named).values_list("tool", "other")
    pairs = {frozenset(row): (named[row[0]], named[row[1]]) for row in rows}
    return [(one.name, other.name) for one, other in pairs.values() if one.function_id != other.function_id]


def _serves(other: Tool, tool: Tool) -> bool:
    """Whether the other has the tool's function or a neighbouring one."""
    return other.function_id in {tool.function_id, *(row.pk for row in tool.function.neighbours.all())}


def _reasons(tools: Sequence[Tool]) -> dict[int, list[Reason]]:
    by_tool: dict[int, list[Reason]] = {}
    for reason in Reason.objects.filter(tool__in=[tool.pk for tool in tools]):
        by_tool.setdefault(reason.tool_id, []).append(reason)
    return by_tool


def _facts_by_tool(tools: Sequence[Tool], others: Sequence[Tool]) -> dict[int, list[Fact]]:
    by_tool: dict[int, list[Fact]] = {}
    for fact in _relevant(tools, others).select_related("tool"):
        by_tool.setdefault(fact.tool_id, []).append(fact)
    return by_tool


def _relevant(tools: Iterable[Tool], others: Iterable[Tool]) -> QuerySet[Fact]:
    """Current facts of the tools and of what they are used from, and the weighty ones of the others."""
    ids = [tool.pk for tool in tools]
    weighty = Q(tool__in=[other.pk for other in others], attribute__compare=True, attribute__importance__gte=WEIGHTY)
    bases = FactValue.objects.filter(
        fact__tool__in=ids, fact__superseded_at=None, fact__attribute__inherit=True, tool__isnull=False
    )
    return Fact.objects.current().filter(Q(tool__in=ids) | Q(tool__in=bases.values("tool")) | weighty).with_values()


class _Maker:
    """Makes subjects from rows; an attribute that many facts answer is made once."""

    def __init__(self, by_tool: Mapping[int, Sequence[Fact]]) -> None:
        self.by_tool = by_tool
        self.attributes: dict[int, pure.Attribute] = {}

    def subject(self, tool: Tool) -> pure.Subject:
        """A tool with what is known of it."""
        rows = self.by_tool.get(tool.pk, [])
        via, base = _inheritance(tool, rows)
        return pure.Subject(
            slug=tool.slug,
            name=tool.name,
            kind=tool.kind.noun,
            kinds=tool.kind.plural,
            facts=(*_figures(tool), *(self._fact(row) for row in rows)),
            via=self._fact(via) if via else None,
            base=tuple(self._fact(row) for row in self.by_tool.get(base, []) if row.attribute.passed_on),
        )

    def _fact(self, row: Fact) -> pure.Fact:
        if row.attribute_id not in self.attributes:
            self.attributes[row.attribute_id] = _attribute(row.attribute)
        return pure.Fact(
            id=f"fact-{row.pk}",
            tool=row.tool.slug,
            tool_name=row.tool.name,
            attribute=self.attributes[row.attribute_id],
            answer=_answer(row),
            words=tuple(value.word for value in row.values.all()),
            note=row.note,
            source=row.source,
            verified=row.verified_on,
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
        theme=row.theme.heading if row.theme else "",
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
        choose_if=row.choose_if,
        choose_if_no=row.choose_if_no,
        favours=row.favours,
        measured=row.measured,
        introduces=row.inherit or (row.theme is not None and row.theme.slug == PURPOSE),
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
