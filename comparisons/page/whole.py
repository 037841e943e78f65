"""Whole pages, put together from what was gathered: no query, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from comparisons.alternatives import Alternative
from comparisons.facts import Statement, Subject
from comparisons.gather import Gathered
from comparisons.page.cards import Card, card, instead
from comparisons.page.notes import Notes, Said, Section, Source
from comparisons.page.related import Related, related
from comparisons.page.table import Group, facts_in, groups
from comparisons.statements import compare
from tools import pairs
from tools.models import Reason

RELATED = 8
ALTERNATIVES = 4


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
        """Whether a pro or a con of any tool is known."""
        return bool(self.reasons)

    @property
    def reasons(self) -> list[Reason]:
        """All the pros and cons on the page."""
        return [reason for card in self.cards for reason in card.reasons.rows]

    @property
    def has_choices(self) -> bool:
        """Whether anything speaks for choosing one of the tools."""
        return any(card.has_choices for card in self.cards)

    @property
    def has_only(self) -> bool:
        """Whether anything is known of one tool alone."""
        return any(card.only for card in self.cards)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The weightiest differences of a comparison with their sources, for those who do not know yet what one is."""

    title: str
    address: str
    said: Sequence[Said]
    sources: Sequence[Source]


def comparison_page(gathered: Gathered, today: date) -> ComparisonPage:
    """Put a comparison together."""
    subjects = gathered.subjects
    said = compare(subjects)
    nearest = {slug: _nearest(found) for slug, found in gathered.alternatives.items()}
    reasons = [alternative.reason for found in nearest.values() for alternative in found if alternative.reason]
    notes = Notes.on([*said, *reasons], subjects, today, facts_in(subjects))
    return ComparisonPage(
        title=_title(subjects),
        address=_address(subjects),
        cards=tuple(card(gathered, place, said, nearest, notes) for place in range(len(subjects))),
        together=tuple(
            f"{one} works with {other}: the two are often used together rather than one instead of the other."
            for one, other in gathered.together
        ),
        summary=notes.one("summary", said.summary) if said.summary else None,
        meaning=notes.one("meaning", said.meaning) if said.meaning else None,
        differences=notes.sections("difference", said.differences),
        shared=notes.sections("shared", said.shared),
        groups=groups(subjects, notes),
        sources=notes.sources,
        related=tuple(islice(related(subjects, nearest), RELATED)),
        first_sentence=said.differences[0].text if said.differences else "",
    )


def excerpt(subjects: Sequence[Subject], count: int, today: date) -> Excerpt:
    """The `count` weightiest differences whose facts all have a source, one of each heading; fewer where there are."""
    first_of_each: dict[str, Statement] = {}
    for said in compare(subjects).differences:
        if not said.unsourced:
            first_of_each.setdefault(said.heading, said)
    chosen = list(first_of_each.values())[:count]
    notes = Notes.on(chosen, subjects, today)
    return Excerpt(_title(subjects), _address(subjects), notes.said("example", chosen), notes.sources)


def alternatives_page(gathered: Gathered, shown: Iterable[Alternative], today: date) -> dict[str, object]:
    """The alternatives to the one gathered tool that a page shows, and the sources of their reasons."""
    (subject,) = gathered.subjects
    found = list(shown)
    notes = Notes.on([alternative.reason for alternative in found if alternative.reason], [subject], today)
    alternatives = [instead(gathered, subject, alternative, notes) for alternative in found]
    return {"alternatives": alternatives, "sources": notes.sources}


def _nearest(found: Sequence[Alternative]) -> Sequence[Alternative]:
    """The close ones, as far as they come half as near as the nearest."""
    return [a for a in found if a.close and a.score >= found[0].score / 2][:ALTERNATIVES]


def _title(subjects: Sequence[Subject]) -> str:
    return " vs ".join(subject.name for subject in subjects)


def _address(subjects: Sequence[Subject]) -> str:
    return pairs.address(subject.slug for subject in subjects)
