"""Stars through time as a drawing: counts with their days in, places on a surface out. Pure.

The drawing stretches to whatever width there is, so nothing is told in pixels: lines stand in a box of WIDTH by HEIGHT
that is stretched, and everything that must keep its shape, such as words and marks, stands at per cent of the width
and the height, from the upper left.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from tools import figures, sources
from tools.dates import PartialDate

WIDTH = 1_000
HEIGHT = 400
# Figures further apart than this are not joined: nobody knows what happened between them.
LONGEST_STEP = timedelta(days=125)
MOST_STEPS = 6
MOST_YEARS = 12
# How far a drawn line may lie from a figure, in units of the box.
TOLERANCE = 1.0
# The height of a line of words, in per cent of the drawing's.
LABEL_HEIGHT = 8.0
LONGEST_LABEL = 14

type Place = tuple[float, float]
"""A point in the box: from the left, from the top."""


@dataclass(frozen=True, slots=True)
class Count:
    """A tool's stars on one day, and where they were read, in the catalogue's notation of sources."""

    date: date
    stars: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A tool's name and its counts, the oldest first."""

    name: str
    counts: Sequence[Count]


@dataclass(frozen=True, slots=True)
class Tick:
    """A word on an axis, in per cent of the axis; a minor one gives way where there is little room."""

    at: float
    words: str
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One tool's line, with the place of its newest figure and of its label."""

    number: int
    """1 to 5: which colour, dashes and mark it has."""
    name: str
    label: str
    """What stands at its end: its name, or the figure where there is but one tool."""
    path: str
    x: float
    y: float
    label_y: float
    stars: str
    day: str

    @property
    def led(self) -> bool:
        """Whether a thin line must lead from its end to the label."""
        return self.x < 99 or abs(self.label_y - self.y) > 1


@dataclass(frozen=True, slots=True)
class Year:
    """The last figure of each tool in one year, `-` where unknown."""

    year: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures were read; `url` is empty where it has no address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything a template prints of a drawing and of the table beside it."""

    title: str
    description: str
    lines: Sequence[Line]
    stars: Sequence[Tick]
    dates: Sequence[Tick]
    years: Sequence[Year]
    sources: Sequence[Source]
    without: Sequence[str]
    """Names of tools with too few figures to draw."""
    broken: bool
    """Whether a line has a gap."""
    room: str
    """How much room the longest label wants: short, medium or long."""


def chart(series: Sequence[Series]) -> Chart | None:
    """Draw these tools' stars; None where none has two figures. At most five are told apart."""
    thin = [Series(one.name, monthly(one.counts)) for one in series]
    drawn = [one for one in thin if len(one.counts) > 1]
    if not drawn:
        return None
    counts = [count for one in drawn for count in one.counts]
    first, last = min(count.date for count in counts), max(count.date for count in counts)
    ticks = round_ticks(max(count.stars for count in counts))
    lines = _lines(drawn, first, last, ticks[-1])
    table = [(year, [_last_of(one, year) for one in drawn]) for year in range(last.year, first.year - 1, -1)]
    newest = "; ".join(f"{line.name} {line.stars}" for line in lines)
    return Chart(
        title=f"GitHub stars {_span(first.year, last.year)}: {newest}",
        description=" ".join(_told(one) for one in drawn),
        lines=lines,
        stars=[Tick(_per_cent(1 - tick / ticks[-1]), figures.compact(tick)) for tick in ticks],
        dates=date_ticks(first, last),
        years=[Year(year, [figures.exact(found.stars if found else None) for found in row]) for year, row in table],
        sources=_sources(found for _, row in table for found in row if found),
        without=[one.name for one in thin if len(one.counts) < 2],
        broken=any(len(list(pieces(one.counts))) > 1 for one in drawn),
        room=_room(lines),
    )


def monthly(counts: Iterable[Count]) -> Sequence[Count]:
    """The last count of each month, the oldest first."""
    ordered = sorted(counts, key=lambda count: count.date)
    months = groupby(ordered, key=lambda count: (count.date.year, count.date.month))
    return [list(group)[-1] for _, group in months]


def round_ticks(highest: int) -> Sequence[int]:
    """Round figures from 0 to the first that reaches `highest`, in at most six equal steps."""
    magnitude = 1
    while True:
        for step in (magnitude, 2 * magnitude, 5 * magnitude):
            if highest <= step * MOST_STEPS:
                return range(0, max(-(-highest // step), 1) * step + 1, step)
        magnitude *= 10


def date_ticks(first: date, last: date) -> Sequence[Tick]:
    """The beginnings of years, each second one minor; the two ends where fewer than two years begin."""
    every = -(-(last.year - first.year + 1) // MOST_YEARS)
    years = [year for year in range(last.year, first.year - 1, -every) if date(year, 1, 1) >= first]
    if len(years) < 2:
        return [Tick(0, _month(first)), Tick(100, _month(last))]
    places = [(_share(date(year, 1, 1), first, last), year) for year in reversed(years)]
    return [
        Tick(_per_cent(share), str(year), minor=(len(places) - place) % 2 == 0)
        for place, (share, year) in enumerate(places)
    ]


def pieces(counts: Sequence[Count]) -> Iterator[Sequence[Count]]:
    """Runs of counts that may be joined by a line: none lies further from the next than LONGEST_STEP."""
    start = 0
    for place, (one, other) in enumerate(pairwise(counts), start=1):
        if other.date - one.date > LONGEST_STEP:
            yield counts[start:place]
            start = place
    yield counts[start:]


def thinned(places: Sequence[Place], tolerance: float = TOLERANCE) -> Sequence[Place]:
    """The first place, the last, and those without which the line would miss another by more than `tolerance`."""
    if len(places) < 3:
        return places
    missed = [_distance(place, places[0], places[-1]) for place in places[1:-1]]
    worst = max(missed)
    if worst <= tolerance:
        return [places[0], places[-1]]
    middle = missed.index(worst) + 1
    return [*thinned(places[: middle + 1], tolerance)[:-1], *thinned(places[middle:], tolerance)]


def spread(wanted: Sequence[float], height: float = LABEL_HEIGHT) -> Sequence[float]:
    """Places between 0 and 100 as near to the wanted ones as may be, in their order, each `height` from the next."""
    order = sorted(range(len(wanted)), key=lambda one: wanted[one])
    groups: list[list[int]] = []
    tops: list[float] = []
    for one in order:
        groups.append([one])
        tops.append(_top([one], wanted, height))
        while len(groups) > 1 and tops[-2] + len(groups[-2]) * height > tops[-1]:
            groups[-2:] = [groups[-2] + groups[-1]]
            tops[-2:] = [_top(groups[-1], wanted, height)]
    placed = {
        one: top + place * height for group, top in zip(groups, tops, strict=True) for place, one in enumerate(group)
    }
    return [round(placed[one], 1) for one in range(len(wanted))]


def _top(group: Sequence[int], wanted: Sequence[float], height: float) -> float:
    """Where the first of a group stands so that the group lies about the middle of what its members want."""
    middle = sum(wanted[one] - place * height for place, one in enumerate(group)) / len(group)
    return max(0.0, min(middle, 100 - (len(group) - 1) * height))


def _lines(drawn: Sequence[Series], first: date, last: date, highest: int) -> Sequence[Line]:
    ends = [_place(one.counts[-1], first, last, highest) for one in drawn]
    labels = spread([y / HEIGHT * 100 for _, y in ends])
    return [
        Line(
            number=number,
            name=one.name,
            label=_shortened(one.name) if len(drawn) > 1 else figures.compact(one.counts[-1].stars),
            path="".join(_path(piece, first, last, highest) for piece in pieces(one.counts)),
            x=_per_cent(x / WIDTH),
            y=_per_cent(y / HEIGHT),
            label_y=label_y,
            stars=figures.exact(one.counts[-1].stars),
            day=_day(one.counts[-1].date),
        )
        for number, (one, (x, y), label_y) in enumerate(zip(drawn, ends, labels, strict=True), start=1)
    ]


def _path(counts: Sequence[Count], first: date, last: date, highest: int) -> str:
    """SVG's path through one piece; a figure that stands alone is a dot."""
    kept = thinned([_place(count, first, last, highest) for count in counts])
    whole = [(round(x), round(y)) for x, y in kept]
    steps = "".join(f"l{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(whole))
    return f"M{whole[0][0]} {whole[0][1]}{steps or 'h0'}".replace(" -", "-")


def _place(count: Count, first: date, last: date, highest: int) -> Place:
    return _share(count.date, first, last) * WIDTH, (1 - count.stars / highest) * HEIGHT


def _share(day: date, first: date, last: date) -> float:
    return (day - first).days / max((last - first).days, 1)


def _distance(place: Place, start: Place, end: Place) -> float:
    """How far above or below the straight line from start to end a place lies."""
    (x, y), (x1, y1), (x2, y2) = place, start, end
    return abs(y - (y1 + (y2 - y1) * (x - x1) / ((x2 - x1) or 1)))


def _per_cent(share: float) -> float:
    return round(share * 100, 1)


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"


def _span(first: int, last: int) -> str:
    return f"{first} to {last}" if first < last else f"in {first}"


def _room(lines: Sequence[Line]) -> str:
    longest = max(len(line.label) for line in lines)
    return "short" if longest <= 6 else "medium" if longest <= 10 else "long"


def _last_of(series: Series, year: int) -> Count | None:
    return next((count for count in reversed(series.counts) if count.date.year == year), None)


def _told(series: Series) -> str:
    first, last = series.counts[0], series.counts[-1]
    return (
        f"{series.name}: {figures.exact(first.stars)} on {_day(first.date)}, "
        f"{figures.exact(last.stars)} on {_day(last.date)}."
    )


def _day(day: date) -> str:
    return str(PartialDate(day.year, day.month, day.day))


def _month(day: date) -> str:
    return str(PartialDate(day.year, day.month))


def _sources(counts: Iterable[Count]) -> Sequence[Source]:
    """Each source once, in the order it is met."""
    read = dict.fromkeys(count.source for count in counts if count.source)
    return [Source(sources.label(source), sources.url(source)) for source in read]
