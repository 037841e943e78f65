"""The compared tools at the head of a comparison, each with what the page says of it alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comparisons.alternatives import Alternative
from comparisons.facts import Subject
from comparisons.gather import Gathered
from comparisons.page.notes import Notes, Said, Section
from comparisons.page.table import Cell, cell
from comparisons.statements import Statements
from tools import pairs, reasons
from tools.models import Tool
from tools.reasons import Reasons

CHOICES = 4


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
    reasons: Reasons
    alternatives: Sequence[Instead]
    others: Sequence[str]
    """The slugs of the tools it is compared with."""
    without: str
    """The address of the comparison without it; empty where too few tools would be left."""

    @property
    def has_choices(self) -> bool:
        """Whether anything speaks for choosing it."""
        return bool(self.choices or self.tool.choose_if)


def card(
    gathered: Gathered,
    place: int,
    said: Statements,
    nearest: Mapping[str, Sequence[Alternative]],
    notes: Notes,
) -> Card:
    """The card of the tool at that place; `nearest` are the alternatives to each tool that the page shows."""
    tool, subject = gathered.tools[place], gathered.subjects[place]
    slug = subject.slug
    introduction = [s for s in said.introduction if s.topic == f"introduction-{slug}"]
    only = [statement for statement in said.only if statement.cites[0].tool == slug]
    others = [other.slug for other in gathered.subjects if other is not subject]
    return Card(
        tool=tool,
        stars=cell(subject, "stars", notes),
        forks=cell(subject, "forks", notes),
        introduction=next(iter(notes.said(f"introduction-{slug}", introduction)), None),
        choices=notes.said(f"choose-{slug}", [s for s in said.choices if s.heading == subject.name][:CHOICES]),
        only=notes.sections(f"only-{slug}", only),
        reasons=reasons.of(gathered.reasons.get(tool.pk, ()), _current_version(subject)),
        alternatives=[instead(gathered, subject, alternative, notes) for alternative in nearest[slug]],
        others=others,
        without=pairs.address(others) if pairs.is_countable(others) else "",
    )


def _current_version(subject: Subject) -> str:
    return next((str(fact.answer) for fact in subject.facts if fact.attribute.key == reasons.CURRENT), "")


def instead(gathered: Gathered, subject: Subject, alternative: Alternative, notes: Notes) -> Instead:
    """An alternative to the subject, as the page shows it."""
    slug, reason = alternative.subject.slug, alternative.reason
    return Instead(
        tool=gathered.others[slug],
        reason=notes.one(f"instead-of-{subject.slug}-{slug}", reason) if reason else None,
        address=pairs.address((subject.slug, slug)),
    )
