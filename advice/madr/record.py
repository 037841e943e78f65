"""What a decision's record says. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from advice.madr.blocks import line, normal

_SLUG = re.compile(r"[a-z0-9-]*")


class Result(StrEnum):
    """What became of a decision when it was revisited."""

    KEPT = "kept"
    REGRETTED = "kept with regrets"
    REPLACED = "replaced"
    ENDED = "project ended"


@dataclass(frozen=True, slots=True)
class ToolName:
    """A tool as it is called, with its slug where the catalogue has it; ValueError for a slug that cannot be one."""

    name: str
    slug: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", line(self.name))
        if not _SLUG.fullmatch(self.slug):
            raise ValueError(f"{self.slug!r} is not a slug: use lower-case letters, digits and hyphens")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the author said on a day, so many months after the decision.

    ValueError for months below 0, and where a tool that was not replaced names what replaced it.
    """

    day: date
    months: int
    result: Result
    replaced_by: ToolName | None = None
    why: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "why", normal(self.why))
        if self.months < 0:
            raise ValueError("an outcome is told after the decision")
        if self.replaced_by and (self.result != Result.REPLACED or not self.replaced_by.name):
            raise ValueError("only a tool that was replaced names what replaced it")


@dataclass(frozen=True, slots=True)
class Record:
    """A decision; `context`, `why` and `consequences` are Markdown.

    Texts are kept in one form (`blocks.normal`), so that two records that mean the same are equal. What was chosen is
    not listed again as considered. A name stands for one tool throughout; ValueError where it has two slugs.
    """

    title: str
    context: str = ""
    chosen: tuple[ToolName, ...] = ()
    considered: tuple[ToolName, ...] = ()
    why: str = ""
    consequences: str = ""
    status: str = ""
    decided_on: date | None = None
    tags: tuple[ToolName, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def __post_init__(self) -> None:
        slugs = _slugs(tool for tool in self.tools() if tool.name)
        chosen = _once(self.chosen, slugs)
        others = [tool for tool in self.considered if tool.name not in {one.name for one in chosen}]
        outcomes = tuple(_with_slug(outcome, slugs) for outcome in self.outcomes)
        normalised: dict[str, object] = {
            "title": line(self.title),
            "status": line(self.status),
            "context": normal(self.context),
            "why": normal(self.why),
            "consequences": normal(self.consequences),
            "chosen": chosen,
            "considered": _once(others, slugs),
            "tags": _once(self.tags, slugs),
            "outcomes": outcomes,
        }
        for name, value in normalised.items():
            object.__setattr__(self, name, value)

    def tools(self) -> tuple[ToolName, ...]:
        """Every tool the record names, as often as it does."""
        replacing = tuple(outcome.replaced_by for outcome in self.outcomes if outcome.replaced_by)
        return (*self.chosen, *self.considered, *self.tags, *replacing)


def _slugs(tools: Iterable[ToolName]) -> dict[str, str]:
    slugs: dict[str, str] = {}
    for tool in tools:
        known = slugs.get(tool.name)
        if known and tool.slug and known != tool.slug:
            raise ValueError(f"{tool.name} has two slugs, {known} and {tool.slug}")
        slugs[tool.name] = known or tool.slug
    return slugs


def _once(tools: Iterable[ToolName], slugs: dict[str, str]) -> tuple[ToolName, ...]:
    """Each tool once, with its slug; none without a name."""
    names = dict.fromkeys(tool.name for tool in tools if tool.name)
    return tuple(ToolName(name, slugs[name]) for name in names)


def _with_slug(outcome: Outcome, slugs: dict[str, str]) -> Outcome:
    tool = outcome.replaced_by
    return replace(outcome, replaced_by=ToolName(tool.name, slugs[tool.name])) if tool else outcome
