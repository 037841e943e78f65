"""The stars of one tool and of those drawn beside it: rows in, the drawing, the table and what is unusual out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tools import figures
from tools.bursts import Burst, bursts
from tools.charts import Axis, Chart, Series, chart
from tools.dates import PartialDate
from tools.history.asking import Asked
from tools.history.table import Row, Seen, counts, rows
from tools.models import Fact, Observation, Tool

FIRST_RELEASED = "first-released"


@dataclass(frozen=True, slots=True)
class Unusual:
    """A rise out of proportion in words."""

    tool: str
    gained: str
    usual: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Begun:
    """The day a tool's age is counted from, as far as it is known, and what that day is."""

    tool: str
    day: str
    is_release: bool


@dataclass(frozen=True, slots=True)
class Stars:
    """What is known of the stars of some tools, the first of which the page is about."""

    tools: Sequence[Tool]
    seen: Mapping[int, Sequence[Seen]]
    released: Mapping[int, PartialDate]
    bursts: Mapping[int, Sequence[Burst]]

    @classmethod
    def of(cls, tools: Sequence[Tool], asked: Asked) -> "Stars":
        """Read them: one query, and another where ages are asked for."""
        seen: dict[int, list[Seen]] = {tool.pk: [] for tool in tools}
        found = Observation.objects.of_tools(tools)
        columns = ("repository__tool", "date", "stars", "forks", "rounded", "source")
        for tool, day, count, forks, rounded, source in found.values_list(*columns):
            seen[tool].append(Seen(day, count, forks, rounded, source))
        released = _first_releases(tools) if asked.axis == Axis.START else {}
        return cls(tools, seen, released, {pk: bursts(counts(known)) for pk, known in seen.items()})

    def chart(self, asked: Asked) -> Chart | None:
        """All of them in one drawing; None where nothing can be drawn."""
        return chart([self._series(tool) for tool in self.tools], asked.scale, asked.axis)

    def rows(self) -> Sequence[Row]:
        """The figures of the page's own tool."""
        return rows(self.seen[self.tools[0].pk])

    def unusual(self) -> Sequence[Unusual]:
        """The rises out of proportion of all of them, the newest first."""
        found = [(burst, tool.name) for tool in self.tools for burst in self.bursts[tool.pk]]
        return [_told(burst, name) for burst, name in sorted(found, key=lambda one: one[0].until, reverse=True)]

    def begun(self) -> Sequence[Begun]:
        """Where the ages of those that are drawn begin."""
        drawn = [tool for tool in self.tools if counts(self.seen[tool.pk])]
        return [_begun(tool.name, self._series(tool).begin, self.released.get(tool.pk)) for tool in drawn]

    def _series(self, tool: Tool) -> Series:
        unusual = [burst.until for burst in self.bursts[tool.pk]]
        released = self.released.get(tool.pk)
        return Series(tool.name, counts(self.seen[tool.pk]), released.earliest if released else None, unusual)


def _first_releases(tools: Sequence[Tool]) -> Mapping[int, PartialDate]:
    facts = Fact.objects.current().filter(tool__in=tools, attribute__slug=FIRST_RELEASED)
    return {tool: PartialDate.parse(text) for tool, text in facts.values_list("tool", "text")}


def _begun(tool: str, begin: date, released: PartialDate | None) -> Begun:
    """An age begins with the first release unless figures are older; one known to the year is told as a year."""
    if released and released.earliest == begin:
        return Begun(tool, str(released), is_release=True)
    return Begun(tool, _day(begin), is_release=False)


def _told(burst: Burst, name: str) -> Unusual:
    usual = figures.exact(round(burst.usual))
    return Unusual(name, figures.exact(burst.gained), usual, _day(burst.since), _day(burst.until))


def _day(day: date) -> str:
    return str(PartialDate(day.year, day.month, day.day))
