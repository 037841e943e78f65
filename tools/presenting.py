"""Rows as a page shows them: facts with citations, figures with their days. Knows rows, not templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tools import figures, sources
from tools.dates import PartialDate
from tools.models import Fact, Repository, Tool


@dataclass(frozen=True, slots=True)
class Cited:
    """One fact of a tool with what a reader needs to check it."""

    fact: Fact
    source_url: str
    source_label: str

    @property
    def anchor(self) -> str:
        """The fact's anchor on the page, the same wherever it is shown."""
        return f"fact-{self.fact.pk}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as it is shown: compact, with the exact one and its day at hand."""

    heading: str
    compact: str
    exact: str
    day: str
    date: date | None
    source_url: str


def fact_sheet(tool: Tool) -> Sequence[Cited]:
    """The tool's current facts, what matters most first; two queries."""
    facts = Fact.objects.current().filter(tool=tool).with_values()
    return [Cited(fact, sources.url(fact.source), sources.label(fact.source)) for fact in facts]


def repository_figures(tool: Tool) -> Sequence[Figure]:
    """Stars and forks, `-` where unknown; nothing for a tool without a repository."""
    repository: Repository | None = getattr(tool, "repository", None)
    if repository is None:
        return []
    return [
        _figure("Stars", repository.stars, repository.stars_on, repository.stars_source, repository.stars_rounded),
        _figure("Forks", repository.forks, repository.forks_on, repository.forks_source, repository.forks_rounded),
    ]


def _figure(heading: str, count: int | None, day: date | None, source: str, rounded: bool) -> Figure:  # noqa: FBT001  # a column, passed on as it is
    shown = str(PartialDate(day.year, day.month, None if rounded else day.day)) if day else ""
    return Figure(heading, figures.compact(count), figures.exact(count), shown, day, sources.url(source))
