"""The table of a comparison: every recorded answer, side by side under its theme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comparisons import judging, wording
from comparisons.facts import Attribute, Fact, Known, Subject
from comparisons.page.notes import Notes, Source
from tools import figures
from tools.presenting import WITHOUT_THEME
from tools.words import capitalised


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

    @property
    def comparable(self) -> bool:
        """Whether two tools answer it at all."""
        return sum(cell.source is not None for cell in self.cells) > 1


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the table under one heading."""

    heading: str
    rows: Sequence[Row]

    @property
    def differs(self) -> bool:
        """Whether any of its rows does."""
        return any(row.differs for row in self.rows)


def facts_in(subjects: Sequence[Subject]) -> Iterator[Fact]:
    """What the table cites, a tool after the other."""
    asked = _attributes(subjects)
    for subject in subjects:
        for attribute in asked:
            if known := subject.answers.get(attribute.key):
                yield from known.cites


def groups(subjects: Sequence[Subject], notes: Notes) -> tuple[Group, ...]:
    """The rows under their themes: first what several tools answer, then what matters most."""
    rows = [_row(attribute, subjects, notes) for attribute in _attributes(subjects)]
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: not row.comparable):
        found.setdefault(row.attribute.theme or WITHOUT_THEME, []).append(row)
    return tuple(Group(heading, tuple(under)) for heading, under in found.items())


def cell(subject: Subject, key: str, notes: Notes) -> Cell:
    """What is known of a tool to that attribute."""
    known: Known | None = subject.answers.get(key)
    if known is None:
        return Cell(subject.name, figures.UNKNOWN)
    fact = known.fact
    exact = figures.exact(fact.answer) if isinstance(fact.answer, float) else ""
    words = (
        figures.compact(fact.answer) if isinstance(fact.answer, float) else capitalised(wording.answer_in_words(fact))
    )
    return Cell(subject.name, words, exact, notes.numbered[fact.id], known.through)


def _attributes(subjects: Sequence[Subject]) -> Sequence[Attribute]:
    """Every attribute that any of the tools answers itself, what matters most first."""
    attributes = {fact.attribute.key: fact.attribute for subject in subjects for fact in subject.facts}
    return sorted(attributes.values(), key=lambda attribute: (-attribute.importance, attribute.key))


def _row(attribute: Attribute, subjects: Sequence[Subject], notes: Notes) -> Row:
    answers = [known.fact for subject in subjects if (known := subject.answers.get(attribute.key))]
    differs = attribute.compare and len(answers) > 1 and not judging.are_similar(attribute, answers)
    return Row(attribute, [cell(subject, attribute.key, notes) for subject in subjects], differs)
