"""How many decisions for a tool still stand, as its page draws it: from steps, the estimate's, to a line. Pure.

The steps come from where decisions are kept; the line stands in a box as those of `tools.charts` do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tools.charts import HEIGHT, WIDTH, Tick

DAYS_A_MONTH = 365.25 / 12
YEAR = 12
# Months apart of the words under the line, the first that needs few enough of them.
STRIDES = (3, 6, 12, 24, 60)
MOST_TICKS = 6
SHARES = (100, 50, 0)

type Row = Sequence[float]
"""A step as it is stored: the day, the share still standing from then on, how many were watched until then."""


@dataclass(frozen=True, slots=True)
class Month:
    """What held at the end of a month in which a decision was replaced."""

    month: int
    share: int
    """In per cent."""
    watched: int
    """How many decisions were watched until then."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Everything a template prints of the share still standing."""

    cases: int
    path: str
    shares: Sequence[Tick]
    months: Sequence[Tick]
    table: Sequence[Month]
    after: Sequence[tuple[str, int]]
    """After which time what share stands, in per cent: of one and two years, those that somebody was watched for."""
    longest: int
    """For how many months the longest was watched."""

    @property
    def all_stand(self) -> bool:
        """Whether nothing was replaced yet."""
        return not self.table


def curve(cases: int, steps: Sequence[Row], watched: int) -> Curve | None:
    """Draw the share still standing; None where nobody was watched, which is what too few cases are stored as."""
    if not watched:
        return None
    last = max(watched / DAYS_A_MONTH, 1)
    return Curve(
        cases=cases,
        path=_path(steps, watched),
        shares=[Tick(100 - share, f"{share} %") for share in SHARES],
        months=_ticks(last),
        table=list(_months(steps)),
        after=[
            (words, _per_cent(_share(steps, months * DAYS_A_MONTH)))
            for words, months in (("one year", YEAR), ("two years", 2 * YEAR))
            if months <= last
        ],
        longest=round(last),
    )


def _path(steps: Sequence[Row], watched: int) -> str:
    """A stair: level until a day with a replacement, then down."""
    drawn = ["M0 0"]
    for day, share, _ in steps:
        drawn.append(f"H{day / watched * WIDTH:.0f}V{(1 - share) * HEIGHT:.0f}")
    return "".join([*drawn, f"H{WIDTH}"])


def _ticks(last: float) -> Sequence[Tick]:
    stride = next((months for months in STRIDES if last / months < MOST_TICKS), STRIDES[-1])
    return [Tick(round(month / last * 100, 1), str(month)) for month in range(0, int(last) + 1, stride)]


def _months(steps: Sequence[Row]) -> Iterator[Month]:
    for month, group in groupby(steps, key=lambda step: int(step[0] / DAYS_A_MONTH) + 1):
        held = list(group)
        yield Month(month, _per_cent(held[-1][1]), int(held[0][2]))


def _share(steps: Sequence[Row], day: float) -> float:
    return next((share for at, share, _ in reversed(steps) if at <= round(day)), 1.0)


def _per_cent(share: float) -> int:
    """Whole per cent; only what is all is called 100, only what is nothing 0."""
    rounded = round(share * 100)
    return min(max(rounded, 1), 99) if 0 < share < 1 else rounded
