"""The drawing as a template prints it: lines with their labels and marks, the words around them, the table. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tools import figures, sources
from tools.charts.axes import Axis, Frame, Scale, Tick, per_cent
from tools.charts.lines import HEIGHT, WIDTH, Place, path, spread
from tools.charts.series import Count, Series, monthly, pieces
from tools.dates import PartialDate

LONGEST_LABEL = 14


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
    unusual: Sequence[Place] = ()
    """Where a rise out of proportion ended, in per cent."""

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

    @property
    def is_marked(self) -> bool:
        """Whether any line has a rise out of proportion."""
        return any(line.unusual for line in self.lines)


def chart(series: Sequence[Series], scale: Scale = Scale.LINEAR, axis: Axis = Axis.DATE) -> Chart | None:
    """Draw these tools' stars; None where none has two figures. At most five are told apart."""
    thin = [replace(one, counts=monthly(one.counts), start=one.begin if one.counts else None) for one in series]
    drawn = [one for one in thin if len(one.counts) > 1]
    if not drawn:
        return None
    counts = [count for one in drawn for count in one.counts]
    first, last = min(count.date for count in counts), max(count.date for count in counts)
    frame = Frame.around(drawn, scale, axis)
    lines = _lines(drawn, frame)
    table = [(year, [_last_of(one, year) for one in drawn]) for year in range(last.year, first.year - 1, -1)]
    newest = "; ".join(f"{line.name} {line.stars}" for line in lines)
    return Chart(
        title=f"Stars {_span(first.year, last.year)}: {newest}",
        description=" ".join(_told(one) for one in drawn),
        lines=lines,
        stars=frame.star_ticks(),
        dates=frame.day_ticks(),
        years=[Year(year, [figures.exact(found.stars if found else None) for found in row]) for year, row in table],
        sources=_sources(found for _, row in table for found in row if found),
        without=[one.name for one in thin if len(one.counts) < 2],
        broken=any(len(list(pieces(one.counts))) > 1 for one in drawn),
        room=_room(lines),
    )


def _lines(drawn: Sequence[Series], frame: Frame) -> Sequence[Line]:
    ends = [_at(frame, one, one.counts[-1]) for one in drawn]
    labels = spread([y for _, y in ends])
    return [
        Line(
            number=number,
            name=one.name,
            label=_shortened(one.name) if len(drawn) > 1 else figures.compact(one.counts[-1].stars),
            path="".join(path([_place(frame, one, count) for count in piece]) for piece in pieces(one.counts)),
            x=x,
            y=y,
            label_y=label_y,
            stars=figures.exact(one.counts[-1].stars),
            day=_day(one.counts[-1].date),
            unusual=[_at(frame, one, count) for count in _unusual(one)],
        )
        for number, (one, (x, y), label_y) in enumerate(zip(drawn, ends, labels, strict=True), start=1)
    ]


def _unusual(series: Series) -> Sequence[Count]:
    """The counts that are drawn first after rises out of proportion."""
    after = [next((count for count in series.counts if count.date >= day), None) for day in series.unusual]
    return list(dict.fromkeys(count for count in after if count))


def _place(frame: Frame, series: Series, count: Count) -> Place:
    return frame.across(series, count) * WIDTH, (1 - frame.up(count.stars)) * HEIGHT


def _at(frame: Frame, series: Series, count: Count) -> Place:
    """The same place in per cent, for what keeps its shape."""
    return per_cent(frame.across(series, count)), per_cent(1 - frame.up(count.stars))


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


def _sources(counts: Iterable[Count]) -> Sequence[Source]:
    """Each source once, in the order it is met."""
    read = dict.fromkeys(count.source for count in counts if count.source)
    return [Source(sources.label(source), sources.url(source)) for source in read]
