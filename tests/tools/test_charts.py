"""Stars as a drawing: scale, ticks, gaps, labels, thinning; where the pages show it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.pages import page
from tests.tools.builders import make_tool
from tools import charts
from tools.charts import Count, Series, chart, date_ticks, monthly, pieces, round_ticks, spread, thinned
from tools.models import Observation, Tool
from tools.presenting import stars_chart

START = date(2019, 1, 1)


def months(*stars: int, first: date = START, apart: int = 31) -> Sequence[Count]:
    return [Count(first + timedelta(days=apart * place), count) for place, count in enumerate(stars)]


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (7, [0, 2, 4, 6, 8]),
        (72_133, [0, 20_000, 40_000, 60_000, 80_000]),
        (88_588, [0, 20_000, 40_000, 60_000, 80_000, 100_000]),
        (247_495, [0, 50_000, 100_000, 150_000, 200_000, 250_000]),
        (300_000, [0, 50_000, 100_000, 150_000, 200_000, 250_000, 300_000]),
    ],
)
def test_ticks_are_round_and_reach_the_highest_figure(highest: int, ticks: list[int]) -> None:
    assert list(round_ticks(highest)) == ticks


def test_years_stand_where_they_begin_and_each_second_one_gives_way() -> None:
    ticks = date_ticks(date(2023, 7, 2), date(2026, 8, 22))
    assert [(tick.words, tick.minor) for tick in ticks] == [("2024", False), ("2025", True), ("2026", False)]
    assert [tick.at for tick in ticks] == [16.0, 47.9, 79.7]


def test_less_than_two_years_are_told_by_their_ends() -> None:
    ticks = date_ticks(date(2026, 3, 1), date(2026, 8, 22))
    assert [(tick.at, tick.words) for tick in ticks] == [(0, "March 2026"), (100, "August 2026")]


def test_many_years_are_not_all_named() -> None:
    assert [tick.words for tick in date_ticks(date(1996, 1, 1), date(2026, 1, 1))] == [
        str(year) for year in range(1996, 2027, 3)
    ]


def test_the_last_figure_of_a_month_stands_for_it() -> None:
    days = [date(2026, 1, 31), date(2026, 1, 2), date(2026, 2, 1), date(2026, 2, 28)]
    assert [count.date for count in monthly([Count(day, 1) for day in days])] == [days[0], days[3]]


def test_figures_more_than_four_months_apart_are_not_joined() -> None:
    near, far = months(1, 2, 3, apart=120), months(4, 5, first=date(2020, 6, 1))
    assert list(pieces([*near, *far])) == [near, far]


def test_a_gap_breaks_the_line_and_is_told() -> None:
    counts = [*months(1_000, 1_200, 1_300), *months(2_000, 2_100, first=date(2021, 1, 1))]
    drawn = chart([Series("Flask", counts)])
    assert drawn is not None
    assert (drawn.lines[0].path.count("M"), drawn.broken) == (2, True)


def test_a_figure_alone_between_two_gaps_is_a_dot() -> None:
    counts = [*months(10, 20), Count(date(2020, 1, 1), 30), Count(date(2021, 1, 1), 40)]
    drawn = chart([Series("Flask", counts)])
    assert drawn is not None
    assert re.findall(r"M\d+ \d+h0", drawn.lines[0].path) == ["M499 100h0", "M1000 0h0"]


def test_what_lies_on_a_straight_line_is_left_out() -> None:
    assert thinned([(0, 0), (1, 1.5), (2, 2), (3, 3), (4, 40)]) == [(0, 0), (3, 3), (4, 40)]


def test_labels_that_would_overlap_are_moved_apart_evenly() -> None:
    assert spread([50, 50, 90], 8) == [46, 54, 90]
    assert spread([0, 1, 2], 8) == [0, 8, 16]
    assert spread([100, 99], 8) == [100, 92]


def test_two_tools_are_told_by_name_and_their_newest_figures() -> None:
    drawn = chart([Series("Flask", months(40_741, 72_133)), Series("A Framework With A Name", months(9, 88_588))])
    assert drawn is not None
    assert drawn.title == "Stars in 2019: Flask 72,133; A Framework With A Name 88,588"
    assert drawn.description == (
        "Flask: 40,741 on 1 January 2019, 72,133 on 1 February 2019. "
        "A Framework With A Name: 9 on 1 January 2019, 88,588 on 1 February 2019."
    )
    assert [line.label for line in drawn.lines] == ["Flask", "A Framework W…"]
    assert (drawn.room, drawn.broken) == ("long", False)


def test_a_tool_alone_is_told_by_its_figure() -> None:
    drawn = chart([Series("Flask", months(40_741, 72_133)), Series("Bottle", months(1))])
    assert drawn is not None
    assert ([line.label for line in drawn.lines], drawn.without) == (["72.1K"], ["Bottle"])


def test_the_table_has_the_last_figure_of_each_year_and_a_dash_for_none() -> None:
    flask = [Count(date(2024, 3, 1), 1_000, "a list"), Count(date(2026, 3, 1), 3_000, "github:a/b:c")]
    django = [Count(date(2025, 1, 1), 5), Count(date(2025, 12, 1), 6, "a list")]
    drawn = chart([Series("Flask", flask), Series("Django", django)])
    assert drawn is not None
    assert [(row.year, row.cells) for row in drawn.years] == [
        (2026, ["3,000", "-"]),
        (2025, ["-", "6"]),
        (2024, ["1,000", "-"]),
    ]
    assert [(source.label, source.url) for source in drawn.sources] == [
        ("a/b, c", "https://github.com/a/b/blob/HEAD/c"),
        ("a list", ""),
    ]


@pytest.mark.parametrize("series", [[], [Series("Flask", [])], [Series("Flask", months(7)), Series("D", months(8))]])
def test_nothing_is_drawn_of_fewer_than_two_figures(series: Sequence[Series]) -> None:
    assert chart(series) is None


COUNTS = st.lists(
    st.builds(Count, st.dates(date(2008, 1, 1), date(2030, 1, 1)), st.integers(0, 999_999_999)), max_size=60
)
SEVERAL = st.lists(st.builds(Series, st.text("abc ", min_size=1, max_size=60), COUNTS), max_size=5)


def points(path: str) -> list[tuple[int, int]]:
    """The points of a path of M, l and h0."""
    found: list[tuple[int, int]] = []
    for command, rest in re.findall(r"([Mlh])([^Mlh]*)", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", rest)]
        if command == "M":
            found.append((numbers[0], numbers[1]))
        elif command == "l":
            found.append((found[-1][0] + numbers[0], found[-1][1] + numbers[1]))
    return found


@given(SEVERAL)
def test_every_point_and_every_word_lies_within_the_frame(series: list[Series]) -> None:
    drawn = chart(series)
    if drawn is None:
        return
    for line in drawn.lines:
        for x, y in points(line.path):
            assert 0 <= x <= charts.WIDTH
            assert 0 <= y <= charts.HEIGHT
        assert 0 <= min(line.x, line.y, line.label_y) <= max(line.x, line.y, line.label_y) <= 100
    for tick in (*drawn.stars, *drawn.dates):
        assert 0 <= tick.at <= 100


@given(SEVERAL)
def test_the_same_figures_make_the_same_drawing(series: list[Series]) -> None:
    turned = [Series(one.name, list(reversed(one.counts))) for one in series]
    days = [[count.date for count in one.counts] for one in series]
    if all(len(set(found)) == len(found) for found in days):
        assert chart(turned) == chart(series)
    assert chart(series) == chart(series)


@given(st.lists(st.floats(0, 100), max_size=5))
def test_labels_never_overlap_nor_change_their_order(wanted: list[float]) -> None:
    placed = spread(wanted)
    order = sorted(range(len(wanted)), key=lambda one: wanted[one])
    for upper, lower in pairwise(order):
        assert placed[lower] - placed[upper] >= charts.LABEL_HEIGHT - 0.15
    assert all(0 <= place <= 100 for place in placed)


@given(st.lists(st.tuples(st.integers(0, 1_000), st.floats(0, 400)), unique_by=lambda place: place[0], max_size=60))
def test_a_thinned_line_misses_no_point_by_more_than_the_tolerance(found: list[tuple[float, float]]) -> None:
    places = sorted(found)
    kept = thinned(places)
    assert kept[:1] == places[:1]
    assert kept[-1:] == places[-1:]
    for (x1, y1), (x2, y2) in pairwise(kept):
        for x, y in places:
            if x1 <= x <= x2:
                assert abs(y - (y1 + (y2 - y1) * (x - x1) / (x2 - x1))) <= charts.TOLERANCE + 1e-6


@given(st.integers(0, 10**9))
def test_ticks_are_few_even_and_just_high_enough(highest: int) -> None:
    ticks = round_ticks(highest)
    steps = {other - one for one, other in pairwise(ticks)}
    assert 2 <= len(ticks) <= charts.MOST_STEPS + 1
    assert len(steps) == 1
    assert ticks[-1] - max(steps) <= max(highest - 1, 0) <= ticks[-1]


def observe(tool: Tool, *stars: int, rounded: bool = False) -> None:
    Observation.objects.bulk_create(
        Observation(repository=tool.repository, date=count.date, stars=count.stars, source="a list", rounded=rounded)
        for count in months(*stars)
    )


@pytest.mark.django_db
def test_one_tool_and_three_cost_one_query() -> None:
    tools = [make_tool(slug, stars=3) for slug in ("flask", "bottle", "cherry")]
    for tool in tools:
        observe(tool, 1, 2, 3)
    for wanted in (tools[:1], tools):
        with CaptureQueriesContext(connection) as captured:
            drawn = stars_chart(wanted)
        assert drawn is not None
        assert (len(captured), [line.name for line in drawn.lines]) == (1, [tool.name for tool in wanted])


@pytest.mark.django_db
def test_rounded_figures_and_tools_without_a_repository_are_not_drawn() -> None:
    flask = make_tool("flask", stars=3)
    observe(flask, 1, 2, 3, rounded=True)
    assert stars_chart([flask, make_tool("bottle")]) is None


@pytest.mark.django_db
def test_the_pages_of_a_tool_and_of_a_comparison_show_the_drawing_with_its_table(client: Client) -> None:
    for slug in ("bottle", "flask"):
        observe(make_tool(slug, stars=3), 1_000, 2_000, 3_000)
    for url, names in (("/tools/flask/", ["Flask"]), ("/compare/bottle-vs-flask/", ["Bottle", "Flask"])):
        (section,) = page(client, url).select('section[aria-labelledby="growth"]')
        (drawing,) = section.select("svg.chart-drawing")
        assert drawing.select(f"title#{drawing['aria-labelledby']}")
        assert drawing.select(f"desc#{drawing['aria-describedby']}")
        assert [cell.text for cell in section.select("thead th")] == ["Year", *names]
        assert [cell.text for cell in section.select("tbody tr > *")] == ["2019", *["3,000" for _ in names]]
        assert "as of 4 March 2019" in section.text


@pytest.mark.django_db
def test_a_page_without_figures_through_time_has_no_heading_for_them(client: Client) -> None:
    make_tool("flask", stars=3)
    assert page(client, "/tools/flask/").select("#growth") == []


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "most"), [(2, 3_000), (5, 7_000)])
def test_a_drawing_of_twelve_restless_years_stays_small(client: Client, count: int, most: int) -> None:
    slugs = [f"tool-{number}" for number in range(count)]
    for number, slug in enumerate(slugs):
        observe(make_tool(slug, stars=3), *(month * 1_000 + month * month % 97 * 10 * number for month in range(144)))
    (drawing,) = page(client, f"/compare/{'-vs-'.join(slugs)}/").select("svg.chart-drawing")
    assert len(str(drawing)) <= most
