"""Statements with their footnotes, and the list of sources to which the footnotes lead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Self

from comparisons import marking, wording
from comparisons.facts import Fact, Statement, Subject
from comparisons.statements import STALE_AFTER_DAYS
from tools import sources
from tools.presenting import address
from tools.words import Word, as_data


@dataclass(frozen=True, slots=True)
class Source:
    """A fact in the page's list of sources, under its number."""

    number: int
    fact: Fact
    value: str
    """The answer as machines read it: choice keys and slugs apart by spaces, plain values as they are."""
    words: str
    url: str
    label: str
    day: str
    stale: bool

    @property
    def href(self) -> str:
        """The answer itself where it is an address, else the empty string."""
        return address(self.fact.answer)

    @property
    def links(self) -> Sequence[Word]:
        """The tools it names; choices are explained in the table."""
        return [word for word in self.fact.words if word.url]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its anchor and its footnotes."""

    anchor: str
    statement: Statement
    notes: Sequence[Source]
    stale: bool
    parts: Sequence[marking.Part]
    """The text after its lead, in stretches that name a compared tool and stretches that do not."""

    @property
    def cites(self) -> str:
        """The anchors of the cited facts, apart by spaces."""
        return " ".join(note.fact.id for note in self.notes)

    @property
    def sourced(self) -> int:
        """How many of the cited facts have a source."""
        return sum(bool(note.fact.source) for note in self.notes)


@dataclass(frozen=True, slots=True)
class Section:
    """Statements under one heading."""

    heading: str
    said: Sequence[Said]

    @property
    def start(self) -> int:
        """The number of its first statement among those of all sections."""
        return int(self.said[0].anchor.rpartition("-")[2])


@dataclass(frozen=True, slots=True)
class Notes:
    """The page's sources by the anchors of their facts, the day it is made, and the names of its tools."""

    numbered: dict[str, Source]
    today: date
    names: tuple[str, ...]

    @classmethod
    def on(
        cls, said: Sequence[Statement], subjects: Sequence[Subject], today: date, further: Iterable[Fact] = ()
    ) -> Self:
        """Number what is cited, in the order it is cited and the summary last, then the further facts."""
        first = [statement for statement in said if statement.topic != "summary"]
        cited = (fact for statement in [*first, *said] for fact in statement.cites)
        facts = dict.fromkeys([*cited, *further])
        numbered = {fact.id: _source(number, fact, today) for number, fact in enumerate(facts, start=1)}
        return cls(numbered, today, tuple(subject.name for subject in subjects))

    @property
    def sources(self) -> tuple[Source, ...]:
        """All of them, by their numbers."""
        return tuple(self.numbered.values())

    def one(self, anchor: str, statement: Statement) -> Said:
        """A statement with its footnotes."""
        notes = tuple(self.numbered[fact.id] for fact in statement.cites)
        rest = statement.text.removeprefix(statement.lead).strip()
        stale = statement.stale(self.today, STALE_AFTER_DAYS)
        return Said(anchor, statement, notes, stale, marking.parts(rest, self.names))

    def said(self, name: str, statements: Sequence[Statement]) -> tuple[Said, ...]:
        """Statements with their anchors, numbered from one."""
        return tuple(self.one(f"{name}-{place}", statement) for place, statement in enumerate(statements, start=1))

    def sections(self, name: str, statements: Sequence[Statement]) -> tuple[Section, ...]:
        """Statements under their headings, which stand together already."""
        found = groupby(self.said(name, statements), key=lambda said: said.statement.heading)
        return tuple(Section(heading, tuple(group)) for heading, group in found)


def _source(number: int, fact: Fact, today: date) -> Source:
    return Source(
        number=number,
        fact=fact,
        value=as_data(fact.answer),
        words=wording.answer_in_words(fact),
        url=sources.url(fact.source),
        label=sources.label(fact.source),
        day=wording.plain_day(fact),
        stale=(today - fact.verified).days > STALE_AFTER_DAYS,
    )
