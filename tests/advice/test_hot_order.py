"""The hot order of the feed: what lifts a post, and by how much."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.ranking import COMMENT, FORMULA, START, TENFOLD, VOTE, heat

DAY = datetime(2026, 8, 22, 12, tzinfo=UTC)
COUNTS = st.integers(0, 1_000_000)
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds are naive


def test_a_post_without_anything_has_the_heat_of_its_time() -> None:
    # 233 days and a half after the first of January, in weeks.
    assert heat(0, 0, DAY) == pytest.approx(233.5 / 7)


def test_ten_times_the_usefulness_is_worth_a_week() -> None:
    assert heat(99, 0, DAY) == pytest.approx(heat(9, 0, DAY + TENFOLD))
    assert heat(999, 0, DAY) > heat(9, 0, DAY + timedelta(days=13))
    assert heat(999, 0, DAY) < heat(9, 0, DAY + timedelta(days=15))


def test_two_comments_weigh_as_much_as_a_vote() -> None:
    assert heat(3, 0, DAY) == heat(2, 2, DAY)


def test_the_formula_that_readers_see_is_the_one_that_counts() -> None:
    assert (VOTE, COMMENT, TENFOLD.days, f"{START:%-d %B %Y}") == (1, 0.5, 7, "1 January 2026")
    assert FORMULA == "log₁₀(1 + votes + comments ÷ 2) + days since 1 January 2026 ÷ 7"


@given(COUNTS, COUNTS, TIMES)
def test_a_vote_a_comment_and_a_later_minute_each_lift_a_post(votes: int, comments: int, published: datetime) -> None:
    before = heat(votes, comments, published)
    assert heat(votes + 1, comments, published) > before
    assert heat(votes, comments + 1, published) > before
    assert heat(votes, comments, published + timedelta(minutes=1)) > before


@given(COUNTS, COUNTS, TIMES, COUNTS, COUNTS, TIMES)
def test_waiting_changes_no_order(
    votes: int, comments: int, published: datetime, more: int, talk: int, then: datetime
) -> None:
    wait = timedelta(days=30)
    apart = heat(votes, comments, published) - heat(more, talk, then)
    assert heat(votes, comments, published + wait) - heat(more, talk, then + wait) == pytest.approx(apart, abs=1e-8)


@pytest.mark.parametrize(("votes", "comments"), [(-1, 0), (0, -1)])
def test_counts_below_nothing_are_refused(votes: int, comments: int) -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        heat(votes, comments, DAY)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="with a zone"):
        heat(0, 0, DAY.replace(tzinfo=None))
