"""Rows as a page shows them: facts with citations, figures with their days. Knows rows, not templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tools import charts, figures, health, sources
from tools.dates import PartialDate
from tools.forges.answers import Released
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
        _figure(
            "Forks",
            repository.forks,
            repository.as_of(repository.forks_on, repository.forks_source),
            repository.forks_source,
            repository.forks_rounded,
        ),
    ]


def stars(tool: Tool) -> Figure:
    """A tool's stars, `-` where they are unknown."""
    repository: Repository | None = getattr(tool, "repository", None)
    if repository is None:
        return _figure("Stars", None, None, "", rounded=False)
    day = repository.as_of(repository.stars_on, repository.stars_source)
    return _figure("Stars", repository.stars, day, repository.stars_source, repository.stars_rounded)


def health_lines(tool: Tool, sheet: Sheet, today: date, promised_days: int) -> list[health.Line]:
    """How the tool is kept; one query where it has a repository."""
    repository: Repository | None = getattr(tool, "repository", None)
    kept = _at_host(repository, today, promised_days) if repository else None
    return health.lines(kept, _answers(sheet, today))


def _at_host(repository: Repository, today: date, promised_days: int) -> health.AtHost:
    seen_on = repository.seen_on or _first_seen(repository)
    late = health.stale(seen_on, today, promised_days)
    releases = repository.releases.values_list("tag", "released_on")
    return health.AtHost(
        host=repository.get_host_display(),
        source=health.Source(repository.name, repository.url, seen_on, late),
        archived=repository.archived,
        disabled=repository.disabled,
        gone_on=repository.gone_on,
        pushed_on=repository.pushed_on,
        licence=repository.licence,
        open_issues=repository.open_issues,
        releases=tuple(Released(tag, on) for tag, on in releases),
    )


def _first_seen(repository: Repository) -> date | None:
    """Rows that were refreshed before `seen_on` was kept say so by their stars."""
    return repository.stars_on if repository.stars_source == repository.notation else None


def _answers(sheet: Sheet, today: date) -> dict[str, health.Answer]:
    """The facts that tell of health, by their questions."""
    return {
        cited.fact.attribute.slug: health.Answer(
            words=cited.fact.in_words,
            keys=tuple(word.key for word in cited.words) or (cited.fact.text,),
            source=_source(cited, today),
            lacks=any(word.lacks for word in cited.words),
        )
        for cited in sheet.facts
        if cited.fact.attribute.slug in health.QUESTIONS
    }


def _source(cited: Cited, today: date) -> health.Source:
    day = cited.fact.verified_on
    return health.Source(
        cited.source_label, cited.source_url, day, health.stale(day, today, health.FACTS_STALE_AFTER_DAYS)
    )


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
