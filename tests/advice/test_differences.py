"""What changed between two texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.differences import Change, differences

TEXTS = st.text(alphabet="ab \n", max_size=60)


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.change.value, piece.text) for piece in differences(old, new)]


def test_the_same_text_has_no_differences() -> None:
    assert told("As it was.", "As it was.") == []


def test_a_changed_word_stands_between_those_that_stayed() -> None:
    assert told("It is small and we know it well.", "It is tiny and we know it well.") == [
        ("same", "It is "),
        ("removed", "small "),
        ("added", "tiny "),
        ("same", "and we know it well."),
    ]


def test_changes_with_a_word_between_them_are_told_as_one() -> None:
    assert told("red and green", "blue and yellow") == [("removed", "red and green"), ("added", "blue and yellow")]


def test_long_parts_that_stayed_are_cut() -> None:
    same = "word " * 40
    assert told(f"{same}old", f"{same}new") == [
        ("left-out", ""),
        ("same", "word " * 12),
        ("removed", "old"),
        ("added", "new"),
    ]


@given(TEXTS, TEXTS)
def test_nothing_that_changed_is_left_out(old: str, new: str) -> None:
    pieces = differences(old, new)
    if any(piece.change == Change.LEFT_OUT for piece in pieces) or old == new:
        return
    assert "".join(piece.text for piece in pieces if piece.change != Change.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.change != Change.REMOVED) == new


@pytest.mark.parametrize(("old", "new"), [("a " * 5_000, "b a " * 2_500), ("\n" * 10_000, "a\n" * 5_000)])
def test_texts_made_to_be_slow_are_told_all_the_same(old: str, new: str) -> None:
    assert {piece.change for piece in differences(old, new)} & {Change.REMOVED, Change.ADDED}
