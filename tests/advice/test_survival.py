"""The share of decisions still standing, against figures reckoned by hand."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.survival import Case, Standing, Step, standing


def replaced(*days: int) -> list[Case]:
    return [Case(day, replaced=True) for day in days]


def seen(*days: int) -> list[Case]:
    return [Case(day, replaced=False) for day in days]


def told(cases: list[Case]) -> Standing:
    found = standing(cases)
    assert found is not None
    return found


def shares(cases: list[Case]) -> list[tuple[int, float, int]]:
    return [(step.day, round(step.share, 4), step.at_risk) for step in told(cases).steps]


def test_five_cases_with_two_last_seen_standing() -> None:
    # Day 100: 5 watched, 1 replaced: 4/5 = 0.8. Day 200: one is last seen. Day 300: 3 watched, 1 replaced:
    # 0.8 * 2/3 = 0.5333. Day 400: one is last seen. Day 500: 1 watched, 1 replaced: 0.
    cases = replaced(100, 300, 500) + seen(200, 400)
    assert shares(cases) == [(100, 0.8, 5), (300, 0.5333, 3), (500, 0.0, 1)]


def test_replacements_of_one_day_count_together() -> None:
    # Day 30: 6 watched, 2 replaced: 4/6 = 0.6667. Day 60: 4 watched, 3 replaced: 0.6667 * 1/4 = 0.1667.
    assert shares(replaced(30, 30, 60, 60, 60) + seen(90)) == [(30, 0.6667, 6), (60, 0.1667, 4)]


def test_on_one_day_the_replaced_come_before_those_last_seen() -> None:
    # Day 50: all 5 are watched although two are last seen that day: 4/5 = 0.8.
    # Day 80: 2 watched, 1 replaced: 0.8 * 1/2 = 0.4.
    assert shares(seen(50, 50) + replaced(50, 80) + seen(90)) == [(50, 0.8, 5), (80, 0.4, 2)]


def test_where_nothing_was_replaced_everything_stands_as_long_as_it_was_watched() -> None:
    found = told(seen(30, 60, 90, 200, 400))
    assert (found.cases, found.steps) == (5, ())
    # Twelve months are 365 days, and somebody was watched for 400; 24 months are 730.
    assert [found.share_after(months) for months in (6, 12, 24)] == [1.0, 1.0, None]
    assert found.after(6) == Step(day=0, share=1.0, at_risk=5, interval=None)


def test_where_everything_was_replaced_nothing_stands_for_ever_after() -> None:
    # 4/5, 3/5, 2/5, 1/5, 0. Six months are 183 days.
    found = told(replaced(100, 150, 183, 184, 300))
    assert [round(step.share, 4) for step in found.steps] == [0.8, 0.6, 0.4, 0.2, 0.0]
    after = [found.share_after(months) for months in (0, 6, 12, 120)]
    assert [share and round(share, 4) for share in after] == [1.0, 0.4, 0.0, 0.0]


def test_nothing_is_told_beyond_the_longest_watch() -> None:
    # Twelve months are 365 days; the last was seen on day 364.
    found = told(replaced(100, 200) + seen(300, 330, 364))
    # Day 100: 4/5 = 0.8. Day 200: 0.8 * 3/4 = 0.6.
    assert found.share_after(11) == pytest.approx(0.6)
    assert found.share_after(12) is None


@pytest.mark.parametrize("days", [[], [10] * 4, [10, 10, 10, 10, 0], [10, 10, 10, 10, -3]])
def test_fewer_than_five_cases_watched_for_a_day_say_nothing(days: list[int]) -> None:
    assert standing(replaced(*days)) is None


def test_greenwoods_interval_on_the_log_log_scale() -> None:
    # Ten cases, two replaced on day 100: share 0.8, Greenwood's sum 2/(10*8) = 0.025, its root 0.158114.
    # log 0.8 = -0.223144; 1.959964 * 0.158114 / 0.223144 = 1.388779; exp of it 4.009959.
    # From 0.8 ** 4.009959 = 0.408691 to 0.8 ** (1/4.009959) = 0.8 ** 0.249379 = 0.945873.
    interval = told(replaced(100, 100) + seen(*[200] * 8)).steps[0].interval
    assert interval == pytest.approx((0.408691, 0.945873), abs=1e-6)


def test_greenwoods_sum_grows_from_step_to_step() -> None:
    # Day 1: 0.8, sum 1/(5*4) = 0.05. Day 2: 0.6, sum 0.05 + 1/(4*3) = 0.133333, its root 0.365148.
    # log 0.6 = -0.510826; 1.959964 * 0.365148 / 0.510826 = 1.401019; exp of it 4.059344.
    # From 0.6 ** 4.059344 = 0.125730 to 0.6 ** 0.246345 = 0.881756.
    interval = told(replaced(1, 2) + seen(3, 3, 3)).steps[1].interval
    assert interval == pytest.approx((0.125730, 0.881756), abs=1e-6)


CASES = st.lists(st.builds(Case, st.integers(-5, 400), st.booleans()), min_size=5, max_size=40)


@given(CASES)
def test_the_share_never_rises_and_lies_within_its_interval(cases: list[Case]) -> None:
    found = standing(cases)
    steps = found.steps if found else ()
    assert [step.share for step in steps] == sorted((step.share for step in steps), reverse=True)
    assert [step.day for step in steps] == sorted({case.days for case in cases if case.replaced and case.days > 0})[
        : len(steps)
    ]
    for step in steps:
        low, high = step.interval or (step.share, step.share)
        assert 0 <= low <= step.share <= high <= 1


@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_the_cases_says_nothing(cases: list[Case], random: Random) -> None:
    shuffled = random.sample(cases, len(cases))
    assert standing(shuffled) == standing(cases)


@given(CASES)
def test_without_anybody_last_seen_the_share_is_the_plain_one(cases: list[Case]) -> None:
    days = [abs(case.days) + 1 for case in cases]
    for step in told(replaced(*days)).steps:
        assert step.share == pytest.approx(sum(day > step.day for day in days) / len(days))
