"""What a post said at one time, and what changed from one time to another. Pure, once the versions are made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from advice.differences import Change, Piece, differences
from advice.models import Post, Revision, Role
from advice.models.post import Roles

# Titles of tools' roles as readers know them; of a question the chosen ones are no part of its text.
ROLES = {Role.CHOSEN: "Chosen", Role.CONSIDERED: "Considered", Role.ABOUT: "About"}
PARTS = {"title": "Title", "context": "Context", "why": "Why", "consequences": "Consequences"}


class Texts(Protocol):
    """Whatever has the texts of a post."""

    title: str
    context: str
    why: str
    consequences: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class Version:
    """What a post said."""

    texts: Mapping[str, str]
    tools: Mapping[str, Sequence[str]]
    """Their names by role."""


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of a post that says something else than it did."""

    label: str
    pieces: Sequence[Piece]
    are_names: bool = False
    """Whether the pieces are names of tools, one each."""


def of_post(post: Post) -> Version:
    """What the post says, of the tools that `with_rows` has read."""
    return Version(_texts(post), {role: [tool.name for tool in post.tools_in(role)] for role in ROLES})


def of_form(texts: Mapping[str, Any], roles: Roles) -> Version:
    """What a form says."""
    said = {part: texts.get(part, "") for part in PARTS} | {"decided_on": _day(texts.get("decided_on"))}
    return Version(said, {role: [tool.name for tool in tools] for role, tools in roles.items()})


def of_revision(revision: Revision) -> Version:
    """What the post said then."""
    return Version(_texts(revision), revision.tools)


def changes(old: Version, new: Version) -> list[PartChange]:
    """The parts that differ, in the order in which they stand on the page."""
    told = [PartChange(label, differences(old.texts[part], new.texts[part])) for part, label in PARTS.items()]
    roles = ((label, old.tools.get(role, ()), new.tools.get(role, ())) for role, label in ROLES.items())
    told[1:1] = [PartChange(label, _names(before, after), are_names=True) for label, before, after in roles]
    told.append(PartChange("Decided on", differences(old.texts["decided_on"], new.texts["decided_on"])))
    return [part for part in told if part.pieces]


def _texts(post: Texts) -> Mapping[str, str]:
    return {part: getattr(post, part) for part in PARTS} | {"decided_on": _day(post.decided_on)}


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""


def _names(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """Each tool with what became of it; nothing where they are the same ones, in whatever order."""
    if set(old) == set(new):
        return []
    return [*_marked(old, new, Change.REMOVED), *_marked(new, old, Change.ADDED, shown=set(old))]


def _marked(names: Iterable[str], others: Sequence[str], change: Change, shown: Iterable[str] = ()) -> list[Piece]:
    """The names that are not shown yet: changed where the others lack them, the same where not."""
    return [Piece(change if name not in others else Change.SAME, name) for name in names if name not in shown]
