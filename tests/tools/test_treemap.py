"""A treemap fills its place with rectangles as large as their weights."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.browsing.treemap import Rectangle, squarify

PLACE = Rectangle(10, 20, 360, 240)
WEIGHTS = st.lists(st.integers(min_value=1, max_value=500), min_size=1, max_size=40)


@given(WEIGHTS)
def test_each_area_is_in_proportion_to_its_weight_and_all_fill_the_place(weights: list[int]) -> None:
    rectangles = squarify(weights, PLACE)
    unit = PLACE.area / sum(weights)
    assert [rectangle.area for rectangle in rectangles] == pytest.approx([weight * unit for weight in weights])


@given(WEIGHTS)
def test_no_two_overlap_and_none_leaves_the_place(weights: list[int]) -> None:
    rectangles = squarify(weights, PLACE)
    assert all(overlap(rectangle, PLACE) == pytest.approx(rectangle.area) for rectangle in rectangles)
    assert all(overlap(one, other) == pytest.approx(0, abs=1e-6) for one, other in combinations(rectangles, 2))


def overlap(one: Rectangle, other: Rectangle) -> float:
    """The area that two rectangles share."""
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(wide, 0) * max(high, 0)


def test_the_example_of_the_paper_comes_out_as_there() -> None:
    rectangles = squarify([6, 6, 4, 3, 2, 2, 1], Rectangle(0, 0, 6, 4))
    assert [(round(r.width, 2), round(r.height, 2)) for r in rectangles] == [
        (3, 2),
        (3, 2),
        (1.71, 2.33),
        (1.29, 2.33),
        (1.2, 1.67),
        (1.2, 1.67),
        (0.6, 1.67),
    ]


def test_equal_weights_make_squares() -> None:
    rectangles = squarify([1, 1, 1, 1], Rectangle(0, 0, 100, 100))
    assert {(r.width, r.height) for r in rectangles} == {(50, 50)}


def test_the_order_of_the_weights_is_kept() -> None:
    small, large = squarify([1, 3], PLACE)
    assert large.area == pytest.approx(3 * small.area)


def test_nothing_to_draw_draws_nothing() -> None:
    assert squarify([], PLACE) == []


def test_a_weight_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        squarify([3, 0], PLACE)
