"""When a repository is asked about again, and how long a host is left alone: pure."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.github_server import NOW
from tests.tools.refreshing import HOUR, MINUTE
from tools.forges.answers import RateLimited, Unauthorized, Unreachable
from tools.models import Release, Repository
from tools.refreshing.learning import MOST_LETTERS, MOST_OF_TAG
from tools.refreshing.rhythm import (
    DAILY,
    LONGEST_WAIT,
    OFTEN,
    SELDOM,
    SPREAD,
    Need,
    Pause,
    interval,
    most_at_once,
    next_due,
    next_pause,
)

NOBODY = Unreachable("Why.")


@pytest.mark.parametrize(
    ("need", "wait"),
    [
        (Need(followers=1), OFTEN),
        (Need(popular=True), OFTEN),
        (Need(moved=0.01), OFTEN),
        (Need(compared=True), DAILY),
        (Need(moved=0.0001), DAILY),
        (Need(), SELDOM),
    ],
)
def test_what_readers_need_most_is_asked_most(need: Need, wait: timedelta) -> None:
    assert interval(need) == wait


@pytest.mark.parametrize(
    ("failures", "wait"),
    [
        (1, 2 * HOUR),
        (2, 4 * HOUR),
        (5, 32 * HOUR),
        (9, 512 * HOUR),
        (10, LONGEST_WAIT),
        (32_767, LONGEST_WAIT),
    ],
)
def test_after_failures_a_row_is_asked_ever_more_rarely_and_never_never(failures: int, wait: timedelta) -> None:
    assert next_due(NOW, 0, failures, Need(followers=1_000)) == NOW + wait


@given(key=st.integers(min_value=1, max_value=2**63 - 1), failures=st.integers(0, 100), followers=st.integers(0, 1))
def test_a_row_is_never_due_early_and_a_twelfth_late_at_most(key: int, failures: int, followers: int) -> None:
    need = Need(followers)
    soonest = next_due(NOW, 0, failures, need) - NOW
    assert soonest <= next_due(NOW, key, failures, need) - NOW < soonest + soonest / SPREAD
    assert next_due(NOW, key, failures, need) == next_due(NOW, key, failures, need)


def test_batches_refreshed_together_are_spread_over_two_hours() -> None:
    dues = {next_due(NOW, key, 0, Need(compared=True)) for key in range(1, 10_000, 100)}
    assert {(due - NOW - DAILY) // (15 * MINUTE) for due in dues} == set(range(8))


@pytest.mark.parametrize(("times_before", "minutes"), [(0, 1), (1, 2), (2, 4), (3, 8), (4, 15), (5, 15), (5_000, 15)])
def test_pauses_double_up_to_a_quarter_of_an_hour(times_before: int, minutes: int) -> None:
    before = Pause("github", NOW, "", times_before, times_before) if times_before else None
    pause = Pause("github", NOW + minutes * MINUTE, "Why.", times_before + 1, times_before + 1)
    assert next_pause(NOW, "github", NOBODY, before) == pause


def test_a_pause_lasts_as_long_as_the_host_says_and_never_shorter_than_ours() -> None:
    assert next_pause(NOW, "github", RateLimited("", NOW + HOUR), None).until == NOW + HOUR
    before = Pause("github", NOW, "", 2)
    assert next_pause(NOW, "github", RateLimited("", NOW), before).until == NOW + 4 * MINUTE


@given(jitter=st.floats(0, 1))
def test_chance_makes_a_pause_longer_by_a_quarter_at_most_and_never_shorter(jitter: float) -> None:
    assert NOW + MINUTE <= next_pause(NOW, "github", NOBODY, None, jitter).until <= NOW + 1.25 * MINUTE
    told = next_pause(NOW, "github", RateLimited("", NOW + HOUR), None, jitter).until
    assert NOW + HOUR <= told <= NOW + HOUR + timedelta(seconds=5)


def test_batches_shrink_while_nobody_answers_and_limits_do_not_shrink_them() -> None:
    pause, sizes = None, []
    for _ in range(8):
        pause = next_pause(NOW, "github", NOBODY, pause)
        sizes.append(most_at_once(100, pause))
    assert sizes == [50, 25, 12, 6, 3, 1, 1, 1]
    for stop in (RateLimited("", NOW), Unauthorized("")):
        assert most_at_once(100, next_pause(NOW, "github", stop, None)) == 100


def test_what_an_answer_may_hold_fits_its_columns() -> None:
    columns = {field.name: field.max_length for field in Repository._meta.fields if field.name in MOST_LETTERS}
    assert columns == MOST_LETTERS
    assert [field.max_length for field in Release._meta.fields if field.name == "tag"] == [MOST_OF_TAG]
