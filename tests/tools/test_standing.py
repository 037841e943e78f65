"""The share of decisions still standing, as it is drawn."""

from tools.charts import Tick
from tools.standing import Month, curve

# Ten cases; one replaced on day 100, two on day 400, watched until day 800.
STEPS = [[100, 0.9, 10], [400, 0.675, 8]]


def test_without_anybody_watched_there_is_no_line() -> None:
    assert curve(4, [], 0) is None


def test_the_line_goes_down_where_decisions_were_replaced_and_ends_where_nobody_was_watched_any_more() -> None:
    drawn = curve(10, STEPS, 800)
    assert drawn
    assert drawn.path == "M0 0H125V40H500V130H1000"


def test_where_nothing_was_replaced_the_line_is_level() -> None:
    drawn = curve(6, [], 500)
    assert drawn
    assert (drawn.path, drawn.all_stand, drawn.longest, drawn.after) == ("M0 0H1000", True, 16, [("one year", 100)])


def test_the_table_says_what_held_at_the_end_of_each_month_that_changed_something() -> None:
    drawn = curve(10, [*STEPS, [402, 0.5, 5]], 800)
    assert drawn
    assert drawn.table == [Month(4, 90, 10), Month(14, 50, 8)]


def test_shares_are_told_only_for_as_long_as_somebody_was_watched() -> None:
    drawn, short = curve(10, STEPS, 800), curve(10, STEPS, 700)
    assert drawn
    assert short
    assert (drawn.after, short.after) == ([("one year", 90), ("two years", 68)], [("one year", 90)])


def test_what_is_not_all_is_not_called_100_and_what_is_something_not_0() -> None:
    drawn = curve(1_000, [[10, 0.999, 1_000], [20, 0.001, 900]], 800)
    assert drawn
    assert [month.share for month in drawn.table] == [1]
    assert curve(1_000, [[10, 0.999, 1_000]], 800).after[0] == ("one year", 99)  # type: ignore[union-attr]  # as above


def test_the_words_under_the_line_stand_at_their_months() -> None:
    drawn = curve(10, STEPS, 731)
    assert drawn
    assert drawn.months == [Tick(0.0, "0"), Tick(25.0, "6"), Tick(50.0, "12"), Tick(74.9, "18"), Tick(99.9, "24")]
