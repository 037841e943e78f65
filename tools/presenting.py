"""Rows as a page shows them: facts with citations, figures with their days. Knows rows, not templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tools import figures, sources
from tools.dates import PartialDate
from tools.models import Fact, FactValue, Repository, Tool


@dataclass(frozen=True, slots=True)
class Word:
    """One choice or tool that an answer names: how it reads, what it means, where it has a page."""

    label: str
    explanation: str = ""
    url: str = ""


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


def fact_sheet(tool: Tool) -> Sequence[Cited]:
    """The tool's current facts, what matters most first; two queries."""
    facts = Fact.objects.current().filter(tool=tool).with_values()
    return [_cited(fact) for fact in facts]


def _cited(fact: Fact) -> Cited:
    words = [_word(value) for value in fact.values.all()]
    return Cited(fact, _machine_value(fact), words, sources.url(fact.source), sources.label(fact.source))


def _word(value: FactValue) -> Word:
    if value.choice:
        return Word(value.choice.label, value.choice.explanation)
    assert value.tool is not None
    return Word(value.tool.name, url=value.tool.get_absolute_url())


def _machine_value(fact: Fact) -> str:
    match fact.value:
        case list(slugs):
            return " ".join(slugs)
        case bool(answer):
            return "true" if answer else "false"
        case float(number):
            return str(round(number)) if number == round(number) else str(number)
        case answer:
            return str(answer)


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


def _figure(heading: str, count: int | None, day: date | None, source: str, rounded: bool) -> Figure:  # noqa: FBT001  # a column, passed on as it is
    shown = str(PartialDate(day.year, day.month, None if rounded else day.day)) if day else ""
    return Figure(heading, count, figures.compact(count), figures.exact(count), shown, day, sources.url(source))
