"""A tool's reasons as its pages show them: most votes first, with what the votes rest on. Knows rows, not templates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tools.models import Reason, Side
from tools.tallies import Context, count, tally
from tools.versions import outdated

# The attribute that says which version is current.
CURRENT = "latest-version"


@dataclass(frozen=True, slots=True)
class Shown:
    """One reason with its votes."""

    reason: Reason
    """As `with_authors` read it."""
    like: int
    """How many votes are of teams that were asked for; 0 where none were asked for."""
    rests_on: Sequence[str]
    """What the voters say of themselves, in words with numbers."""
    outdated: str
    """What to say of a claim about an old version; else nothing."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons for and against one tool."""

    pros: Sequence[Shown]
    cons: Sequence[Shown]

    @property
    def rows(self) -> list[Reason]:
        """All of them."""
        return [shown.reason for shown in (*self.pros, *self.cons)]


def of(rows: Iterable[Reason], current: str, contexts: Mapping[int, Sequence[Context]] | None = None) -> Reasons:
    """All of the rows, in their order; `current` is the tool's current version as far as it is known."""
    said = contexts or {}
    return _sides([_shown(row, 0, said.get(row.pk, ()), current) for row in rows])


def of_teams(rows: Iterable[Reason], current: str, contexts: Mapping[int, Sequence[Context]]) -> Reasons:
    """Those of the rows that have a vote in these contexts, by the number of such votes."""
    found = [_shown(row, count(contexts[row.pk]), contexts[row.pk], current) for row in rows if row.pk in contexts]
    return _sides(sorted(found, key=lambda shown: -shown.like))


def _sides(shown: Sequence[Shown]) -> Reasons:
    return Reasons(
        pros=[one for one in shown if one.reason.side == Side.PRO],
        cons=[one for one in shown if one.reason.side == Side.CON],
    )


def _shown(reason: Reason, like: int, contexts: Sequence[Context], current: str) -> Shown:
    return Shown(reason, like, tally(contexts), outdated(reason.version, current))
