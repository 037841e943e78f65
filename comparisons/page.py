"""A comparison as its template shows it: statements with numbered citations, a table, sources, neighbours."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from comparisons import judging, marking, wording
from comparisons.alternatives import Alternative
from comparisons.facts import Attribute, Fact, Known, Statement, Subject
from comparisons.gather import Gathered
from comparisons.statements import STALE_AFTER_DAYS, Statements, compare
from tools import figures, pairs, sources
from tools.models import Reason, Tool
from tools.presenting import WITHOUT_THEME, address
from tools.words import Word, as_data, capitalised

RELATED = 8
ALTERNATIVES = 4
CHOICES = 4


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its anchor and its footnotes."""

    anchor: str
    statement: Statement
    notes: Sequence["Source"]
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
class Cell:
    """One tool's answer in the table; `source` is None for an unknown one, which prints `-`."""

    tool_name: str
    words: str
    exact: str = ""
    source: Source | None = None
    inherited_from: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One attribute across the tools."""

    attribute: Attribute
    cells: Sequence[Cell]
    differs: bool
    """Whether two tools are known to answer it differently."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the table under one heading."""

    heading: str
    rows: Sequence[Row]

    @property
    def differs(self) -> bool:
        """Whether any of its rows does."""
        return any(row.differs for row in self.rows)


@dataclass(frozen=True, slots=True)
class Instead:
    """Another tool to consider in place of a compared one, and the comparison of the two."""

    tool: Tool
    reason: Said | None
    address: str


@dataclass(frozen=True, slots=True)
class Card:
    """A tool at the head of the page, and what else the page says of it alone."""

    tool: Tool
    stars: Cell
    forks: Cell
    introduction: Said | None
    choices: Sequence[Said]
    only: Sequence[Section]
    pros: Sequence[Reason]
    cons: Sequence[Reason]
    alternatives: Sequence[Instead]
    others: Sequence[str]
    """The slugs of the tools it is compared with."""
    without: str
    """The address of the comparison without it; empty where too few tools would be left."""

    @property
    def has_choices(self) -> bool:
        """Whether anything speaks for choosing it."""
        return bool(self.choices or self.tool.choose_if)


@dataclass(frozen=True, slots=True)
class Related:
    """Another comparison a reader may want next, and what makes it so."""

    title: str
    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The weightiest differences of a comparison with their sources, for those who do not know yet what one is."""

    title: str
    address: str
    said: Sequence[Said]
    sources: Sequence[Source]


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Everything the template prints, ready made."""

    title: str
    address: str
    cards: Sequence[Card]
    together: Sequence[str]
    """What the editors say of tools that are used together."""
    summary: Said | None
    meaning: Said | None
    differences: Sequence[Section]
    shared: Sequence[Section]
    groups: Sequence[Group]
    sources: Sequence[Source]
    related: Sequence[Related]
    first_sentence: str
    """The weightiest difference, for those who list the page."""

    @property
    def slugs(self) -> Sequence[str]:
        """The slugs of its tools."""
        return [card.tool.slug for card in self.cards]

    @property
    def takes_more(self) -> bool:
        """Whether another tool can be added."""
        return len(self.cards) < pairs.MOST

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return len(self.cards) + 1

    @property
    def sourced(self) -> int:
        """How many of its facts have a source."""
        return sum(bool(source.fact.source) for source in self.sources)

    @property
    def differs(self) -> bool:
        """Whether any row of the table does."""
        return any(group.differs for group in self.groups)

    @property
    def has_reasons(self) -> bool:
        """Whether the editors wrote a pro or a con of any tool."""
        return any(card.pros or card.cons for card in self.cards)

    @property
    def has_choices(self) -> bool:
        """Whether anything speaks for choosing one of the tools."""
        return any(card.has_choices for card in self.cards)

    @property
    def has_only(self) -> bool:
        """Whether anything is known of one tool alone."""
        return any(card.only for card in self.cards)


def comparison_page(gathered: Gathered, today: date) -> ComparisonPage:
    """Put a comparison together from what was gathered; no query, no clock."""
    subjects = gathered.subjects
    said = compare(subjects)
    instead = {slug: _nearest(found) for slug, found in gathered.alternatives.items()}
    reasons = [alternative.reason for found in instead.values() for alternative in found if alternative.reason]
    attributes = _attributes(subjects)
    names = tuple(subject.name for subject in subjects)
    notes = _Notes(_sources([*said, *reasons], subjects, attributes, today), today, names)
    return ComparisonPage(
        title=" vs ".join(names),
        address=pairs.address(subject.slug for subject in subjects),
        cards=tuple(_card(gathered, place, said, instead, notes) for place in range(len(subjects))),
        together=tuple(
            f"{one} works with {other}: the two are often used together rather than one instead of the other."
            for one, other in gathered.together
        ),
        summary=notes.one("summary", said.summary) if said.summary else None,
        meaning=notes.one("meaning", said.meaning) if said.meaning else None,
        differences=notes.sections("difference", said.differences),
        shared=notes.sections("shared", said.shared),
        groups=_groups(subjects, attributes, notes.numbered),
        sources=tuple(notes.numbered.values()),
        related=tuple(_related(gathered, instead))[:RELATED],
        first_sentence=said.differences[0].text if said.differences else "",
    )


def excerpt(subjects: Sequence[Subject], count: int, today: date) -> Excerpt:
    """The `count` weightiest differences whose facts all have a source, one of each heading; fewer where there are."""
    differences = {said.heading: said for said in reversed(compare(subjects).differences) if not said.unsourced}
    first = list(reversed(differences.values()))[:count]
    names = tuple(subject.name for subject in subjects)
    notes = _Notes(_sources(first, [], [], today), today, names)
    address = pairs.address(subject.slug for subject in subjects)
    return Excerpt(" vs ".join(names), address, notes.said("example", first), tuple(notes.numbered.values()))


def _nearest(found: Sequence[Alternative]) -> Sequence[Alternative]:
    """The close ones, as far as they come half as near as the nearest."""
    return [a for a in found if a.close and a.score >= found[0].score / 2][:ALTERNATIVES]


def alternatives_page(gathered: Gathered, shown: Iterable[Alternative], today: date) -> dict[str, object]:
    """The alternatives to the one gathered tool that a page shows, and the sources of their reasons."""
    (subject,) = gathered.subjects
    found = list(shown)
    notes = _Notes(_sources([a.reason for a in found if a.reason], [], [], today), today, (subject.name,))
    alternatives = [_instead(gathered, subject, alternative, notes) for alternative in found]
    return {"alternatives": alternatives, "sources": tuple(notes.numbered.values())}


@dataclass(frozen=True, slots=True)
class _Notes:
    """The numbers of the page's sources, the day it is made, and the names of its tools."""

    numbered: dict[str, Source]
    today: date
    names: tuple[str, ...]

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


def _attributes(subjects: Sequence[Subject]) -> Sequence[Attribute]:
    """Every attribute that any of the tools answers itself, what matters most first."""
    attributes = {fact.attribute.key: fact.attribute for subject in subjects for fact in subject.facts}
    return sorted(attributes.values(), key=lambda attribute: (-attribute.importance, attribute.key))


def _sources(
    said: Sequence[Statement], subjects: Sequence[Subject], attributes: Sequence[Attribute], today: date
) -> dict[str, Source]:
    """Every fact of the page by its anchor: cited ones first, in the order they are cited, then the table's."""
    first = [statement for statement in said if statement.topic != "summary"]
    facts = dict.fromkeys(fact for statement in [*first, *said] for fact in statement.cites)
    tables = [subject.answers for subject in subjects]
    known = (table.get(attribute.key) for table in tables for attribute in attributes)
    facts |= dict.fromkeys(fact for k in known if k for fact in k.cites)
    return {fact.id: _source(number, fact, today) for number, fact in enumerate(facts, start=1)}


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


def _card(
    gathered: Gathered,
    place: int,
    said: Statements,
    instead: Mapping[str, Sequence[Alternative]],
    notes: _Notes,
) -> Card:
    tool, subject = gathered.tools[place], gathered.subjects[place]
    reasons = gathered.reasons.get(tool.pk, ())
    table = subject.answers
    introduction = [s for s in said.introduction if s.topic == f"introduction-{subject.slug}"]
    only = [statement for statement in said.only if statement.cites[0].tool == subject.slug]
    others = [other.slug for other in gathered.subjects if other is not subject]
    return Card(
        tool=tool,
        stars=_cell(subject, table.get("stars"), notes.numbered),
        forks=_cell(subject, table.get("forks"), notes.numbered),
        introduction=next(iter(notes.said(f"introduction-{subject.slug}", introduction)), None),
        choices=notes.said(f"choose-{subject.slug}", [s for s in said.choices if s.heading == subject.name][:CHOICES]),
        only=notes.sections(f"only-{subject.slug}", only),
        pros=[reason for reason in reasons if reason.side == "pro"],
        cons=[reason for reason in reasons if reason.side == "con"],
        alternatives=[_instead(gathered, subject, alternative, notes) for alternative in instead[subject.slug]],
        others=others,
        without=pairs.address(others) if pairs.is_countable(others) else "",
    )


def _instead(gathered: Gathered, subject: Subject, alternative: Alternative, notes: _Notes) -> Instead:
    slug, reason = alternative.subject.slug, alternative.reason
    return Instead(
        tool=gathered.others[slug],
        reason=notes.one(f"instead-of-{subject.slug}-{slug}", reason) if reason else None,
        address=pairs.address((subject.slug, slug)),
    )


def _groups(
    subjects: Sequence[Subject], attributes: Sequence[Attribute], numbered: dict[str, Source]
) -> tuple[Group, ...]:
    """The rows of the table under their themes: first what several tools answer, then what matters most."""
    found: dict[str, list[Row]] = {}
    tables = [(subject, subject.answers) for subject in subjects]
    comparable_first = sorted(attributes, key=lambda attribute: _answers(attribute, tables) < 2)
    for attribute in comparable_first:
        found.setdefault(attribute.theme or WITHOUT_THEME, []).append(_row(attribute, tables, numbered))
    return tuple(Group(heading, tuple(rows)) for heading, rows in found.items())


def _answers(attribute: Attribute, tables: Sequence[tuple[Subject, Mapping[str, Known]]]) -> int:
    """How many of the tools answer it, themselves or through their languages."""
    return sum(attribute.key in table for _, table in tables)


def _row(
    attribute: Attribute, tables: Sequence[tuple[Subject, Mapping[str, Known]]], numbered: dict[str, Source]
) -> Row:
    answers = [known.fact for _, table in tables if (known := table.get(attribute.key))]
    cells = [_cell(subject, table.get(attribute.key), numbered) for subject, table in tables]
    differs = attribute.compare and len(answers) > 1 and not judging.are_similar(attribute, answers)
    return Row(attribute, cells, differs)


def _cell(subject: Subject, known: Known | None, numbered: dict[str, Source]) -> Cell:
    if known is None:
        return Cell(subject.name, figures.UNKNOWN)
    fact = known.fact
    exact = figures.exact(fact.answer) if isinstance(fact.answer, float) else ""
    words = (
        figures.compact(fact.answer) if isinstance(fact.answer, float) else capitalised(wording.answer_in_words(fact))
    )
    return Cell(subject.name, words, exact, numbered[fact.id], known.through)


def _related(gathered: Gathered, instead: Mapping[str, Sequence[Alternative]]) -> Iterator[Related]:
    """The others beside the languages they build on, then each beside alternatives to another, taking turns."""
    names = {subject.slug: subject.name for subject in gathered.subjects}
    seen = {frozenset(names)}
    for one, other, reason in (*_beside_languages(gathered.subjects), *_beside_alternatives(gathered, instead)):
        pair = {one[0]: one[1], other[0]: other[1]}
        if len(pair) == 2 and frozenset(pair) not in seen:
            seen.add(frozenset(pair))
            slugs = pairs.canonical(pair)
            yield Related(" vs ".join(pair[slug] for slug in slugs), pairs.address(slugs), reason)


type Named = tuple[str, str]
"""A slug and a name."""


def _beside_languages(subjects: Sequence[Subject]) -> Iterator[tuple[Named, Named, str]]:
    for subject in subjects:
        if subject.via is not None:
            language = (subject.via.words[0].key, subject.via.words[0].label)
            for other in subjects:
                if other is not subject and other.kind != subject.kind:
                    yield (other.slug, other.name), language, f"{language[1]} is the language of {subject.name}"


def _beside_alternatives(
    gathered: Gathered, instead: Mapping[str, Sequence[Alternative]]
) -> Iterator[tuple[Named, Named, str]]:
    for turn in range(ALTERNATIVES):
        for subject in gathered.subjects:
            for alternative in instead[subject.slug][turn : turn + 1]:
                swapped = (alternative.subject.slug, alternative.subject.name)
                for other in gathered.subjects:
                    if other is not subject:
                        yield (other.slug, other.name), swapped, f"{swapped[1]} instead of {subject.name}"
