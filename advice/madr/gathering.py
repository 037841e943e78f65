"""What a file's sections say, gathered into a record. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from advice.madr.blocks import Section, addressed, divided, heading, line, shifted, spoken
from advice.madr.record import Outcome, Record, Result, ToolName
from advice.madr.words import Part, part

_PREAMBLE = re.compile(r"[*+-]?\s*\**(status|date)\**\s*:\**\s*(\S.*)", re.IGNORECASE)
_ITEM = re.compile(r"(?:[*+-]|\d{1,9}[.)])\s+(\S.*)")
_TOOL = re.compile(r"\*\s+(\S.*): `([a-z0-9-]+)`")
# Bounded, because a file may hold nothing but quotation marks.
_NAME = r'"(?:\\.|[^"\\\n]){0,300}"|“[^”\n]{0,300}”'
_NAMES = re.compile(_NAME)
_CHOSEN = re.compile(
    rf"""^[*_]*chosen\ (?:option|alternative)s?[*_]*:[*_]*[ ]*
    (?P<names>(?:{_NAME})(?:,?\ (?:and\ )?(?:{_NAME}))*|[^\n]*?)
    (?:,?\s+because\b:?|\.(?=\s)|\.?[ ]*$)""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_REVISITED = re.compile(
    r"After (\d{1,6}) months?, on (\d{4}-\d\d-\d\d): (kept with regrets|kept|project ended|replaced)(?: by (.+))?"
)
MOST_ITEMS: Final = 100
"""Of a list; what follows is kept as text."""
NO_CHOICE: Final = "The record does not say which option was chosen in words that can be read."
NO_DAY: Final = "“{}” is not the one date, written like 2026-01-31. It was kept under the context."
NO_PLACE: Final = "“{}” has no place of its own. It was kept under the context."
NO_TITLE: Final = "The record has no title."


@dataclass(frozen=True, slots=True)
class Reading:
    """The record of a file, and sentences that say what could not be placed or found."""

    record: Record
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revisit:
    """An outcome before it is known which slug the replacing tool has."""

    day: date
    months: int
    result: Result
    replaced_by: str
    why: str


@dataclass(slots=True)
class Gathered:
    """What was found in a file so far; every `take` keeps all the text it is given."""

    title: str = ""
    status: str = ""
    decided_on: date | None = None
    context: list[str] = field(default_factory=list)
    spare: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    considered: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    consequences: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    slugs: dict[str, str] = field(default_factory=dict)
    outcomes: list[Revisit] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def take_values(self, values: Mapping[str, str]) -> None:
        """The values at the top of a file."""
        self.take_value("status", values.get("status", ""))
        self.take_value("date", values.get("date", ""))
        others = {key: value for key, value in values.items() if value and key not in ("title", "status", "date")}
        for key, value in others.items():
            self.spare.append(f"{key.capitalize()}: {value}")
            self.warnings.append(NO_PLACE.format(key.capitalize()))

    def take_value(self, key: str, value: str) -> None:
        """A status, which goes on where there is one already, or a day."""
        if key == "status":
            self.status = "; ".join(filter(None, [self.status, value]))
        elif value:
            self.take_date(value)

    def take_date(self, value: str) -> None:
        """A day in ISO's form; any other is kept, and a second one too."""
        day = _day(value)
        if day and self.decided_on in (None, day):
            self.decided_on = day
        else:
            self.spare.append(f"Date: {value}")
            self.warnings.append(NO_DAY.format(value))

    def take_preamble(self, body: str) -> None:
        """What stands before the first section: lines with the status or the day, and the beginning of the context."""
        rest = []
        for one in body.split("\n"):
            if found := _PREAMBLE.fullmatch(one.strip()):
                self.take_value(found[1].lower(), line(addressed(found[2])))
            else:
                rest.append(one)
        self.context.append("\n".join(rest))

    def take(self, section: Section) -> None:
        """Put a section where it belongs by its heading."""
        found = part(section.words)
        take = _TAKERS.get(found, Gathered.keep_section) if found else Gathered.keep_section
        take(self, section)

    def take_status(self, section: Section) -> None:
        """A section that says the status."""
        self.take_value("status", "; ".join(line(addressed(one)) for one in section.body.split("\n") if one.strip()))

    def take_day(self, section: Section) -> None:
        """A section that says the day."""
        self.take_value("date", line(section.body))

    def take_context(self, section: Section) -> None:
        """The context and the problem."""
        self.context.append(shifted(section.body, -2))

    def take_considered(self, section: Section) -> None:
        """A list of options; what is more than a list is kept."""
        items, rest = _items(section.body, _ITEM)
        self.considered += [spoken(item[1]) for item in items]
        self.keep_rest(section, rest)

    def take_outcome(self, section: Section) -> None:
        """What was chosen and why, with what follows from it."""
        decision, *others = divided(section.body, 3)
        self.take_decision(decision.body)
        for other in others:
            if part(other.words) == Part.CONSEQUENCES:
                self.take_consequences(other)
            elif part(other.words) == Part.CONFIRMATION:
                self.keep_section(other)
            else:
                self.why.append(_headed(other))

    def take_decision(self, body: str) -> None:
        """The sentence that says what was chosen, and the reasons around it."""
        found = _CHOSEN.search(body)
        if found is None:
            self.why.append(shifted(body, -3))
            return
        self.chosen += _names(found["names"])
        self.why += [shifted(body[: found.start()], -3), shifted(body[found.end() :].lstrip("\n"), -3)]

    def take_consequences(self, section: Section) -> None:
        """What follows; the good and the bad keep their headings."""
        plain = line(section.words).lower().startswith("consequences")
        self.consequences.append(shifted(section.body, -section.level) if plain else _headed(section))

    def take_more(self, section: Section) -> None:
        """Slugs, tags and outcomes as they are written here; everything else is kept."""
        before, *others = divided(section.body, 3)
        self.keep_rest(section, before.body)
        for other in others:
            revisited = _REVISITED.fullmatch(other.words)
            if other.words == "Tools":
                items, rest = _items(other.body, _TOOL)
                self.slugs |= {spoken(item[1]): item[2] for item in items}
                self.keep_rest(other, rest)
            elif other.words == "Tags":
                items, rest = _items(other.body, _ITEM)
                self.tags += [spoken(item[1]) for item in items]
                self.keep_rest(other, rest)
            elif revisited and (revisit := _revisit(revisited, other.body)):
                self.outcomes.append(revisit)
            else:
                self.keep_section(other)

    def keep_section(self, section: Section) -> None:
        """A section without a place of its own goes under the context."""
        self.spare.append(_headed(section))
        self.warnings.append(NO_PLACE.format(line(spoken(section.words))))

    def keep_rest(self, section: Section, rest: str) -> None:
        """What could not be read of a section, if it is anything."""
        if rest.strip():
            self.keep_section(Section(section.level, section.words, rest))

    def reading(self) -> Reading:
        """The record, and what a reader should be told."""
        self.warnings += [NO_TITLE] * (not self.title) + [NO_CHOICE] * (not self.chosen)
        record = Record(
            title=self.title,
            status=self.status,
            decided_on=self.decided_on,
            context=_joined(self.context + self.spare),
            chosen=self._tools(self.chosen),
            considered=self._tools(self.considered),
            why=_joined(self.why),
            consequences=_joined(self.consequences),
            tags=self._tools(self.tags),
            outcomes=tuple(self._outcome(revisit) for revisit in self.outcomes),
        )
        return Reading(record, tuple(self.warnings))

    def _tools(self, names: list[str]) -> tuple[ToolName, ...]:
        return tuple(self._tool(name) for name in names)

    def _tool(self, name: str) -> ToolName:
        return ToolName(name, self.slugs.get(line(name), ""))

    def _outcome(self, revisit: Revisit) -> Outcome:
        tool = self._tool(revisit.replaced_by) if revisit.replaced_by else None
        return Outcome(revisit.day, revisit.months, revisit.result, tool, revisit.why)


_TAKERS: Mapping[Part, Callable[[Gathered, Section], None]] = {
    Part.STATUS: Gathered.take_status,
    Part.DATE: Gathered.take_day,
    Part.CONTEXT: Gathered.take_context,
    Part.CONSIDERED: Gathered.take_considered,
    Part.OUTCOME: Gathered.take_outcome,
    Part.CONSEQUENCES: Gathered.take_consequences,
    Part.MORE: Gathered.take_more,
}


def _day(value: str) -> date | None:
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _headed(section: Section) -> str:
    """A section as it stands in a text of a record, under a heading of the first level."""
    body = shifted(section.body, 1 - section.level).strip("\n")
    return f"{heading(1, section.words)}\n\n{body}"


def _joined(texts: list[str]) -> str:
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())


def _items(body: str, item: re.Pattern[str]) -> tuple[list[re.Match[str]], str]:
    """The lines that are items, and the others as they stand, with those whose links an item cannot keep."""
    found: list[re.Match[str]] = []
    rest: list[str] = []
    for one in body.split("\n"):
        match = item.fullmatch(one.rstrip()) if len(found) < MOST_ITEMS else None
        found += [match] if match else []
        if match is None or addressed(match[1]) != spoken(match[1]):
            rest.append(one)
    return found, "\n".join(rest)


def _names(words: str) -> list[str]:
    """The names in quotation marks, or all the words where there are none."""
    quoted = [addressed(name[1:-1]) for name in _NAMES.findall(words)]
    return quoted or [addressed(name) for name in [words.strip()] if name and name.lower() != "none"]


def _revisit(found: re.Match[str], body: str) -> Revisit | None:
    """What the heading of an outcome says; None for a day there is not."""
    day = _day(found[2])
    if day is None:
        return None
    return Revisit(day, int(found[1]), Result(found[3]), spoken(found[4] or ""), shifted(body, -3))
