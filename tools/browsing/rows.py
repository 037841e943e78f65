"""Tools as lists show them: with their language, their licence and their growth, in three queries a list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tools import presenting
from tools.browsing.filters import LANGUAGE, LICENCE, without_article
from tools.models import FactValue, Tool
from tools.rising import Rise, growth_of, unusual
from tools.words import listed


@dataclass(frozen=True, slots=True)
class ToolRow:
    """One tool of a list; what is not known is empty."""

    tool: Tool
    language: str
    licence: str
    rise: Rise | None
    is_unusual: bool
    """Whether its growth rests on bursts."""

    @property
    def growth(self) -> str:
        """The growth of its stars since `rise.since`, in per cent: "+12 %"."""
        if self.rise is None:
            return ""
        percent = self.rise.percent
        sign = "+" if percent > 0 else "−" if percent < 0 else "±"
        return f"{sign}{abs(percent)} %"


@dataclass(frozen=True, slots=True)
class StarsDay:
    """The day most of a list's stars are of, which is said above it and not in each of their rows."""

    day: str
    date: date | None
    is_of_all: bool


def stars_day(tools: Sequence[Tool]) -> StarsDay | None:
    """The day most of these tools' stars are of; None where no stars are known."""
    known = [figure for tool in tools if (figure := presenting.stars(tool)).count is not None]
    if not known:
        return None
    days = {figure.day: figure.date for figure in known}
    ((day, _),) = Counter(figure.day for figure in known).most_common(1)
    return StarsDay(day, days[day], len(days) == 1)


def tool_rows(tools: Sequence[Tool], today: date) -> list[ToolRow]:
    """The tools as they are listed, in their order; three queries."""
    values = FactValue.objects.answering(LANGUAGE, LICENCE).filter(fact__tool__in=[tool.pk for tool in tools])
    values = values.order_by("position", "pk")
    words: dict[tuple[int, str], list[str]] = {}
    for pk, attribute, name, label in values.values_list(
        "fact__tool", "fact__attribute__slug", "tool__name", "choice__label"
    ):
        words.setdefault((pk, attribute), []).append(name or without_article(label))
    rises = growth_of(tools, today)
    sudden = unusual(list(rises.values()))
    return [
        ToolRow(
            tool,
            listed(words.get((tool.pk, LANGUAGE), [])),
            listed(words.get((tool.pk, LICENCE), []), "or"),
            rises.get(tool.pk),
            tool.pk in sudden,
        )
        for tool in tools
    ]
