"""What counts as a rise out of proportion, on figures made for it."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.builders import make_tool
from tools.bursts import FEWEST_BEFORE, LEAST_STARS, TIMES, Burst, bursts, rests_on_bursts
from tools.charts import Count
from tools.models import Observation, Repository, Tool
from tools.rising import FRESH, WINDOW, growth_of, rising

START = date(2024, 1, 1)


def counts(*gains: int, apart: int = 30, first: int = 10_000) -> Sequence[Count]:
    """Counts `apart` days from one another, each with so many stars more than the one before."""
    stars = accumulate(gains, initial=first)
    return [Count(START + timedelta(days=apart * place), count) for place, count in enumerate(stars)]


def day(place: int, apart: int = 30) -> date:
    return START + timedelta(days=apart * place)


def test_steady_growth_is_none() -> None:
    assert bursts(counts(*[300] * 24)) == []
    assert bursts(counts(*range(100, 3_000, 100))) == []


def test_a_spike_that_keeps_going_is_growth() -> None:
    assert bursts(counts(*[300] * 12, 3_000, *[1_500] * 12)) == []


def test_a_bought_month_is_found() -> None:
    assert bursts(counts(*[300] * 12, 4_000, *[310] * 6)) == [Burst(day(12), day(13), 4_000, 300.0)]


def test_bought_days_are_found_as_one_burst() -> None:
    found = bursts(counts(*[10, 12, 8] * 20, 700, 900, 650, *[9] * 20, apart=1))
    assert found == [Burst(day(60, 1), day(63, 1), 2_250, 30.0)]


def test_two_bursts_are_told_apart() -> None:
    found = bursts(counts(*[300] * 12, 4_000, *[310] * 6, 5_000, *[300] * 6))
    assert [(burst.since, burst.gained) for burst in found] == [(day(12), 4_000), (day(19), 5_000)]


def test_a_burst_is_not_judged_before_it_has_fallen_back() -> None:
    assert bursts(counts(*[300] * 12, 4_000)) == []
    assert bursts(counts(*[300] * 12, 4_000, 300)) == []
    assert len(bursts(counts(*[300] * 12, 4_000, 300, 300))) == 1


def test_too_few_figures_before_are_not_judged() -> None:
    assert bursts(counts(*[300] * (FEWEST_BEFORE - 1), 9_000, *[300] * 6)) == []
    assert bursts([]) == []


def test_a_small_tools_good_day_is_no_burst() -> None:
    assert bursts(counts(*[3] * 12, LEAST_STARS - 1, *[3] * 6)) == []
    assert len(bursts(counts(*[3] * 12, LEAST_STARS, *[3] * 6))) == 1


def test_a_rise_must_be_out_of_proportion() -> None:
    assert bursts(counts(*[300] * 12, TIMES * 300, *[300] * 6)) == []
    assert len(bursts(counts(*[300] * 12, TIMES * 300 + 1, *[300] * 6))) == 1


def test_a_return_from_a_fall_is_none() -> None:
    assert bursts(counts(*[300] * 12, -8_000, 20, 8_300, *[300] * 6)) == []


def test_nothing_is_said_of_a_rise_across_a_gap() -> None:
    before, after = counts(*[300] * 12), counts(*[300] * 6, first=30_000)
    later = [Count(one.date + timedelta(days=600), one.stars) for one in after]
    assert bursts([*before, *later]) == []


def test_a_rise_of_half_a_year_is_growth() -> None:
    assert bursts(counts(*[300] * 12, *[2_500] * 6, *[300] * 6)) == []


@pytest.mark.parametrize(
    ("gained", "since", "rests"),
    [(6_000, day(6), True), (7_400, day(6), True), (7_500, day(6), False), (6_000, day(13), False), (0, day(6), False)],
)
def test_growth_rests_on_bursts_that_brought_half_of_it(gained: int, since: date, rests: bool) -> None:
    assert rests_on_bursts(gained, since, bursts(counts(*[300] * 12, 4_000, *[300] * 6))) is rests


@given(st.lists(st.integers(0, 1_000_000), max_size=40), st.integers(1, 60))
def test_a_burst_lies_within_the_counts_and_is_more_than_usual(gains: list[int], apart: int) -> None:
    given_counts = counts(*gains, apart=apart)
    found = bursts(given_counts)
    days = [count.date for count in given_counts]
    assert all(burst.since in days and burst.until in days for burst in found)
    assert all(burst.gained >= max(LEAST_STARS, TIMES * burst.usual) for burst in found)
    assert bursts(list(reversed(given_counts))) == found


@given(st.integers(0, 5_000), st.integers(2, 60))
def test_an_even_pace_never_bursts(gain: int, steps: int) -> None:
    assert bursts(counts(*[gain] * steps)) == []


@pytest.mark.django_db
def test_a_tool_that_grew_by_a_burst_is_not_on_the_rise_though_it_grew() -> None:
    for slug, gains in (("bought", [30] * 12 + [4_000] + [30] * 5), ("grown", [100] * 18), ("liked", [90] * 18)):
        tool = make_tool(slug, stars=counts(*gains, first=1_000)[-1].stars)
        Observation.objects.bulk_create(
            Observation(repository=tool.repository, date=count.date, stars=count.stars, source="a list")
            for count in counts(*gains, first=1_000)
        )
    Repository.objects.update(stars_on=day(18))
    costs = []
    for count in (1, 3):
        with CaptureQueriesContext(connection) as captured:
            found = rising(day(18), count)
        costs.append(([rise.tool.slug for rise in found], len(captured)))
    assert costs == [(["grown"], 2), (["grown", "liked"], 2)]
    assert growth_of(Tool.objects.all(), day(18)).keys() == set(Tool.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_figure_is_as_new_as_its_host_said_it_last() -> None:
    tool = make_tool("quiet", stars=2_000)
    Observation.objects.create(repository=tool.repository, date=day(0), stars=1_000, source="a list")
    rows, today = Repository.objects.all(), day(0) + WINDOW
    rows.update(stars_on=today - FRESH - timedelta(days=1), stars_source=tool.repository.notation, seen_on=today)
    assert [(rise.tool, rise.on) for rise in rising(today, 1)] == [(tool, today)]
    rows.update(stars_source="a list")
    assert rising(today, 1) == []
