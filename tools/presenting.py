"""Rows as a page shows them: facts with citations, figures with their days. Knows rows, not templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tools import charts, figures, sources
from tools.dates import PartialDate
from tools.models import Fact, Observation, Repository, Tool
from tools.words import Word, as_data

# The heading of facts whose questions have no theme.
WITHOUT_THEME = "Versions and addresses"
# What a reader wants to know of any tool before the rest.
KEY_QUESTIONS = ("licence", "written-in", "first-released", "website")
# With a smaller share of sources the page says so before its facts.
FEW_SOURCED = 1 / 3


@dataclass(frozen=True, slots=True)
class Cited:
    """One fact of a tool with what a reader needs to check it."""

    fact: Fact
    value: str
    """The answer as machines read it: choice keys and slugs apart by spaces, plain values as they are."""
    words: Sequence[Word]
    source_url: str
    source_label: str

    @property
    def anchor(self) -> str:
        """The fact's anchor on the page, the same wherever it is shown."""
        return f"fact-{self.fact.pk}"

    @property
    def href(self) -> str:
        """The answer itself where it is an address, else the empty string."""
        return address(self.fact.text)

    @property
    def host(self) -> str:
        """Where that address leads, in short: `flask.palletsprojects.com`."""
        return sources.label(self.href).removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as it is shown: compact, with the exact one and its day at hand."""

    heading: str
    count: int | None
    compact: str
    exact: str
    day: str
    date: date | None
    source_url: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of a tool, under its themes."""

    groups: Sequence[tuple[str, Sequence[Cited]]]
    """Headings with their facts, what matters most first."""

    @property
    def facts(self) -> Sequence[Cited]:
        """All of them."""
        return [cited for _, facts in self.groups for cited in facts]

    def answer(self, question: str) -> str:
        """The answer to one question in words; the empty string where it is unknown."""
        return next((cited.fact.in_words for cited in self.facts if cited.fact.attribute.slug == question), "")

    @property
    def sourced(self) -> int:
        """How many have a source."""
        return sum(bool(cited.fact.source) for cited in self.facts)

    @property
    def is_poorly_sourced(self) -> bool:
        """Whether less than a third have one."""
        return self.sourced < FEW_SOURCED * len(self.facts)

    @property
    def key_facts(self) -> Sequence[Cited]:
        """Those of licence, language, first release and website that are known, in this order."""
        known = {cited.fact.attribute.slug: cited for cited in self.facts}
        return [known[question] for question in KEY_QUESTIONS if question in known]


def fact_sheet(tool: Tool) -> Sheet:
    """The tool's current facts; two queries."""
    groups: dict[str, list[Cited]] = {}
    for fact in Fact.objects.current().filter(tool=tool).with_values():
        theme = fact.attribute.theme
        groups.setdefault(theme.heading if theme else WITHOUT_THEME, []).append(_cited(fact))
    return Sheet(tuple(groups.items()))


def _cited(fact: Fact) -> Cited:
    words = [value.word for value in fact.values.all()]
    return Cited(fact, as_data(fact.value), words, sources.url(fact.source), sources.label(fact.source))


def address(answer: object) -> str:
    """Return an answer that is an address on the web as it is, and the empty string for any other."""
    return answer if isinstance(answer, str) and answer.startswith(("https://", "http://")) else ""


def repository_figures(tool: Tool) -> Sequence[Figure]:
    """Stars and forks, `-` where unknown; nothing for a tool without a repository."""
    repository: Repository | None = getattr(tool, "repository", None)
    if repository is None:
        return []
    return [
        stars(tool),
        _figure("Forks", repository.forks, repository.forks_on, repository.forks_source, repository.forks_rounded),
    ]


def stars(tool: Tool) -> Figure:
    """A tool's stars, `-` where they are unknown."""
    repository: Repository | None = getattr(tool, "repository", None)
    if repository is None:
        return _figure("Stars", None, None, "", rounded=False)
    return _figure("Stars", repository.stars, repository.stars_on, repository.stars_source, repository.stars_rounded)


def stars_chart(tools: Sequence[Tool]) -> charts.Chart | None:
    """These tools' stars through time, None where nothing can be drawn; one query."""
    counts: dict[int, list[charts.Count]] = {tool.pk: [] for tool in tools}
    rows = Observation.objects.exact_stars(tools)
    for tool, day, count, source in rows.values_list("repository__tool", "date", "stars", "source"):
        assert count is not None, "which the query asked for"
        counts[tool].append(charts.Count(day, count, source))
    return charts.chart([charts.Series(tool.name, counts[tool.pk]) for tool in tools])


def _figure(heading: str, count: int | None, day: date | None, source: str, rounded: bool) -> Figure:  # noqa: FBT001  # a column, passed on as it is
    shown = str(PartialDate(day.year, day.month, None if rounded else day.day)) if day else ""
    return Figure(heading, count, figures.compact(count), figures.exact(count), shown, day, sources.url(source))
