"""A logarithmic scale, an axis that begins with each tool, and marks on lines."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.test_charts import SEVERAL, START, months, points
from tools import charts
from tools.charts import Axis, Scale, Series, age_ticks, chart, log_ticks


@pytest.mark.parametrize(
    ("lowest", "highest", "ticks"),
    [
        (0, 0, [1, 2]),
        (1, 1, [1, 2]),
        (3, 9, [2, 5, 10]),
        (40_741, 72_133, [20_000, 50_000, 100_000]),
        (1_000, 1_000, [1_000, 2_000]),
        (9, 88_588, [1, 10, 100, 1_000, 10_000, 100_000]),
    ],
)
def test_ticks_of_a_logarithmic_scale_enclose_the_figures(lowest: int, highest: int, ticks: list[int]) -> None:
    assert list(log_ticks(lowest, highest)) == ticks


@given(st.integers(0, 999_999_999), st.integers(0, 999_999_999))
def test_ticks_of_a_logarithmic_scale_are_few_and_rise(one: int, other: int) -> None:
    lowest, highest = sorted((one, other))
    ticks = log_ticks(lowest, highest)
    assert 2 <= len(ticks) <= 10
    assert all(lower < higher for lower, higher in pairwise(ticks))
    assert ticks[0] <= max(lowest, 1)
    assert highest <= ticks[-1]


def test_ages_are_told_in_years_and_short_ones_in_days() -> None:
    ticks = age_ticks(200, 1_700)
    assert [(tick.words, tick.minor) for tick in ticks] == [("1", True), ("2", False), ("3", True), ("4", False)]
    assert [(tick.at, tick.words) for tick in age_ticks(100, 600)] == [(0, "day 100"), (100, "day 600")]
    assert len(age_ticks(0, 40 * 366)) <= 12


def test_a_logarithmic_scale_draws_equal_growth_as_equal_steps() -> None:
    drawn = chart([Series("Flask", months(100, 10_000, 1_000_000))], Scale.LOG)
    assert drawn is not None
    ticks = [(100, "100"), (75, "1K"), (50, "10K"), (25, "100K"), (0, "1M")]
    assert [(tick.at, tick.words) for tick in drawn.stars] == ticks
    # February's figure lies in the middle of a straight line, which needs no point there.
    assert (drawn.lines[0].path, drawn.lines[0].y) == ("M0 400l1000-400", 0)


def test_tools_of_different_age_begin_together() -> None:
    old = Series("Flask", months(10, 20, 30), start=START)
    young = Series("Django", months(10, 20, 30, first=date(2024, 1, 1)), start=date(2024, 1, 1))
    by_date, by_age = (chart([old, young], axis=axis) for axis in Axis)
    assert by_date is not None
    assert by_age is not None
    assert by_date.lines[0].path != by_date.lines[1].path
    assert by_age.lines[0].path == by_age.lines[1].path
    assert [tick.words for tick in by_age.dates] == ["day 0", "day 62"]


def test_a_tool_is_as_old_as_its_first_release_says() -> None:
    drawn = chart([Series("Flask", months(10, 20), start=START - timedelta(days=100))], axis=Axis.START)
    assert drawn is not None
    assert [tick.words for tick in drawn.dates] == ["day 100", "day 131"]


def test_a_first_release_after_the_first_figure_counts_no_days_backwards() -> None:
    drawn = chart([Series("Flask", months(10, 20), start=START + timedelta(days=100))], axis=Axis.START)
    assert drawn is not None
    assert [tick.words for tick in drawn.dates] == ["day 0", "day 31"]


def test_an_unusual_rise_is_marked_where_the_line_shows_it_first() -> None:
    counts = months(10, 20, 40)
    marked = chart([Series("Flask", counts, unusual=[counts[1].date - timedelta(days=3)])])
    plain = chart([Series("Flask", counts, unusual=[counts[-1].date + timedelta(days=3)])])
    assert marked is not None
    assert plain is not None
    assert (marked.lines[0].unusual, marked.is_marked) == ([(50.0, 50.0)], True)
    assert plain.is_marked is False


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize("axis", Axis)
@given(series=SEVERAL)
def test_whatever_the_axes_every_point_lies_within_the_frame(scale: Scale, axis: Axis, series: list[Series]) -> None:
    drawn = chart(series, scale, axis)
    if drawn is None:
        return
    for line in drawn.lines:
        assert all(0 <= x <= charts.WIDTH and 0 <= y <= charts.HEIGHT for x, y in points(line.path))
        assert 0 <= min(line.x, line.y, line.label_y) <= max(line.x, line.y, line.label_y) <= 100
    assert all(0 <= tick.at <= 100 for tick in (*drawn.stars, *drawn.dates))
