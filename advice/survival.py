"""How long decisions stand: the Kaplan-Meier estimate of the share still standing. Pure.

At each day on which a tool was replaced, the share that stood is multiplied by 1 - d/n, where d decisions were replaced
that day and n were still being watched (E. L. Kaplan, P. Meier, "Nonparametric Estimation from Incomplete
Observations", Journal of the American Statistical Association 53, 1958). Whoever was last seen standing counts until
that day and not after; on one day, replacements come before those who were last seen then.

The interval rests on Greenwood's sum of d/(n(n-d)) (M. Greenwood, "The Natural Duration of Cancer", 1926), taken on the
scale of log(-log(share)), so that it stays between 0 and 1.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp, log, sqrt
from typing import Final

FEWEST_CASES: Final = 5
"""Fewer cases than these say nothing of a tool and are not told."""
DAYS_A_MONTH: Final = 365.25 / 12
# 95 % of the normal distribution lie within so many standard deviations.
DEVIATIONS: Final = 1.959964

type Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Case:
    """A tool in a decision: replaced so many days after it, or last seen standing then.

    Where the project ended, the tool was last seen standing that day.
    """

    days: int
    replaced: bool


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on, this share stands, until the next step."""

    day: int
    share: float
    at_risk: int
    """How many were still being watched when the day began."""
    interval: Interval | None
    """Where the share lies with 95 % confidence; None where all or none stand, of which the method says nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The share still standing, day by day, and the number of cases it rests on."""

    cases: int
    steps: Sequence[Step]
    """One for each day with a replacement, the earliest first."""
    watched: int
    """The last day on which anybody was watched."""

    def after(self, months: int) -> Step | None:
        """The step that holds so many months after a decision; None where nobody was watched that long.

        Where nothing was replaced until then, it is one of day 0, at which everything stands.
        """
        day = round(months * DAYS_A_MONTH)
        passed = [step for step in self.steps if step.day <= day]
        if day > self.watched and not (passed and passed[-1].share == 0):
            return None
        return passed[-1] if passed else Step(day=0, share=1.0, at_risk=self.cases, interval=None)

    def share_after(self, months: int) -> float | None:
        """The share still standing so many months after a decision; None where nobody was watched that long."""
        step = self.after(months)
        return step.share if step else None


def standing(cases: Iterable[Case]) -> Standing | None:
    """What became of these decisions; None where fewer than FEWEST_CASES were watched for a day or longer."""
    watched = sorted((case for case in cases if case.days > 0), key=lambda case: case.days)
    if len(watched) < FEWEST_CASES:
        return None
    return Standing(cases=len(watched), steps=tuple(_steps(watched)), watched=watched[-1].days)


def _steps(watched: Sequence[Case]) -> Iterator[Step]:
    at_risk, share, variance = len(watched), 1.0, 0.0
    for day, group in groupby(watched, key=lambda case: case.days):
        seen = [case.replaced for case in group]
        if replaced := sum(seen):
            share *= 1 - replaced / at_risk
            left = at_risk - replaced
            variance += replaced / (at_risk * left) if left else 0
            yield Step(day, share, at_risk, _interval(share, variance))
        at_risk -= len(seen)


def _interval(share: float, variance: float) -> Interval | None:
    if share in (0, 1):
        return None
    factor = exp(DEVIATIONS * sqrt(variance) / log(share))
    return share ** (1 / factor), share**factor
