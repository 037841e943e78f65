"""Tools as lists show them: with their language, their licence and their growth, in two queries a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tools.filters import LANGUAGE, LICENCE, without_article
from tools.models import FactValue, Tool
from tools.rising import Rise, growth_of
from tools.words import listed


@dataclass(frozen=True, slots=True)
class ToolRow:
    """One tool of a list; what is not known is empty."""

    tool: Tool
    language: str
    licence: str
    rise: Rise | None

    @property
    def growth(self) -> str:
        """The growth of its stars in a year, in per cent: "+12 %"."""
        if self.rise is None:
            return ""
        percent = self.rise.percent
        sign = "+" if percent > 0 else "−" if percent < 0 else "±"
        return f"{sign}{abs(percent)} %"


def tool_rows(tools: Sequence[Tool], today: date) -> list[ToolRow]:
    """The tools as they are listed, in their order; two queries."""
    values = FactValue.objects.filter(
        fact__tool__in=[tool.pk for tool in tools],
        fact__attribute__slug__in=[LANGUAGE, LICENCE],
        fact__superseded_at=None,
    ).order_by("position", "pk")
    words: dict[tuple[int, str], list[str]] = {}
    for pk, attribute, name, label in values.values_list(
        "fact__tool", "fact__attribute__slug", "tool__name", "choice__label"
    ):
        words.setdefault((pk, attribute), []).append(name or without_article(label))
    rises = growth_of(tools, today)
    return [
        ToolRow(
            tool,
            listed(words.get((tool.pk, LANGUAGE), [])),
            listed(words.get((tool.pk, LICENCE), []), "or"),
            rises.get(tool.pk),
        )
        for tool in tools
    ]
