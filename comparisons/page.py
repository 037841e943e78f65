"""A comparison as its template shows it: statements with numbered citations, a table, sources, neighbours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from comparisons import wording
from comparisons.facts import Attribute, Fact, Statement, Subject
from comparisons.gather import Gathered
from comparisons.statements import STALE_AFTER_DAYS, compare
from tools import figures, pairs, sources
from tools.models import Reason, Tool
from tools.presenting import address
from tools.words import as_data, capitalised

RELATED = 8


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its anchor and its footnotes."""

    anchor: str
    statement: Statement
    notes: Sequence["Source"]
    stale: bool

    @property
    def cites(self) -> str:
        """The anchors of the cited facts, apart by spaces."""
        return " ".join(note.fact.id for note in self.notes)


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


@dataclass(frozen=True, slots=True)
class Card:
    """A tool at the head of the page."""

    tool: Tool
    stars: Cell
    forks: Cell
    introduction: Said | None
    pros: Sequence[Reason]
    cons: Sequence[Reason]
    alternatives: Sequence[Tool]


@dataclass(frozen=True, slots=True)
class Related:
    """Another comparison a reader may want next."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Everything the template prints, ready made."""

    title: str
    address: str
    cards: Sequence[Card]
    differences: Sequence[Said]
    shared: Sequence[Said]
    rows: Sequence[Row]
    sources: Sequence[Source]
    related: Sequence[Related]
    has_reasons: bool


def comparison_page(gathered: Gathered, today: date) -> ComparisonPage:
    """Put a comparison together from what was gathered; no query, no clock."""
    subjects = gathered.subjects
    said = compare(subjects)
    attributes = _attributes(subjects)
    numbered = _sources(said, subjects, attributes, today)
    introductions = {
        statement.topic: _said(f"introduction-{place}", statement, numbered, today)
        for place, statement in enumerate(said.introduction, start=1)
    }
    cards = tuple(_card(gathered, place, numbered, introductions) for place in range(len(subjects)))
    return ComparisonPage(
        title=" vs ".join(subject.name for subject in subjects),
        address=pairs.address(subject.slug for subject in subjects),
        cards=cards,
        differences=_all_said("difference", said.differences, numbered, today),
        shared=_all_said("shared", said.shared, numbered, today),
        rows=tuple(_rows(subjects, attributes, numbered)),
        sources=tuple(numbered.values()),
        related=tuple(_related(gathered))[:RELATED],
        has_reasons=any(card.pros or card.cons for card in cards),
    )


def _all_said(name: str, statements: Sequence[Statement], numbered: dict[str, Source], today: date) -> tuple[Said, ...]:
    return tuple(
        _said(f"{name}-{place}", statement, numbered, today) for place, statement in enumerate(statements, start=1)
    )


def _said(anchor: str, statement: Statement, numbered: dict[str, Source], today: date) -> Said:
    notes = tuple(numbered[fact.id] for fact in statement.cites)
    return Said(anchor, statement, notes, statement.stale(today, STALE_AFTER_DAYS))


def _attributes(subjects: Sequence[Subject]) -> Sequence[Attribute]:
    """Every attribute that any of the tools answers itself, what matters most first."""
    attributes = {fact.attribute.key: fact.attribute for subject in subjects for fact in subject.facts}
    return sorted(attributes.values(), key=lambda attribute: (-attribute.importance, attribute.key))


def _sources(
    said: Iterable[Statement], subjects: Sequence[Subject], attributes: Sequence[Attribute], today: date
) -> dict[str, Source]:
    """Every fact of the page by its anchor: cited ones first, in the order they are cited, then the table's."""
    facts = dict.fromkeys(fact for statement in said for fact in statement.cites)
    known = (subject.known(attribute.key) for subject in subjects for attribute in attributes)
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


def _card(gathered: Gathered, place: int, numbered: dict[str, Source], said: dict[str, Said]) -> Card:
    tool, subject = gathered.tools[place], gathered.subjects[place]
    reasons = gathered.reasons.get(tool.pk, ())
    return Card(
        tool=tool,
        stars=_cell(subject, "stars", numbered),
        forks=_cell(subject, "forks", numbered),
        introduction=said.get(f"introduction-{subject.slug}"),
        pros=[reason for reason in reasons if reason.side == "pro"],
        cons=[reason for reason in reasons if reason.side == "con"],
        alternatives=gathered.alternatives.get(tool.slug, ()),
    )


def _rows(subjects: Sequence[Subject], attributes: Sequence[Attribute], numbered: dict[str, Source]) -> Iterator[Row]:
    for attribute in attributes:
        cells = [_cell(subject, attribute.key, numbered) for subject in subjects]
        yield Row(attribute, cells)


def _cell(subject: Subject, key: str, numbered: dict[str, Source]) -> Cell:
    known = subject.known(key)
    if known is None:
        return Cell(subject.name, figures.UNKNOWN)
    fact = known.fact
    exact = figures.exact(fact.answer) if isinstance(fact.answer, float) else ""
    words = (
        figures.compact(fact.answer) if isinstance(fact.answer, float) else capitalised(wording.answer_in_words(fact))
    )
    inherited_from = fact.tool_name if known.via else ""
    return Cell(subject.name, words, exact, numbered[fact.id], inherited_from)


def _related(gathered: Gathered) -> Iterator[Related]:
    """Each tool with the best known of its neighbours, taking turns."""
    compared = {tool.slug for tool in gathered.tools}
    queues = [[(tool, other) for other in gathered.alternatives.get(tool.slug, ())] for tool in gathered.tools]
    seen: set[frozenset[str]] = {frozenset(compared)}
    for turn in range(max(map(len, queues), default=0)):
        for queue in queues:
            for tool, other in queue[turn : turn + 1]:
                pair = frozenset({tool.slug, other.slug})
                if pair not in seen:
                    seen.add(pair)
                    names = {tool.slug: tool.name, other.slug: other.name}
                    slugs = pairs.canonical(names)
                    yield Related(" vs ".join(names[slug] for slug in slugs), pairs.address(slugs))
