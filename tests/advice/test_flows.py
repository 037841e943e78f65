"""Moves to and from a tool as ribbons: which, how wide, where, and what the lists beside them say."""

import re

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from advice.flows import HEIGHT, MOST_ROWS, Flow, Move, flow


def move(name: str, count: int) -> Move:
    slug = name.lower()
    return Move(slug, name, count, f"/feed/?tool={slug}")


def drawn(came: list[Move], went: list[Move]) -> Flow:
    found = flow("Flask", came, went, came_url="/feed/?to=flask", went_url="/feed/?from=flask")
    assert found is not None
    return found


def edges(path: str) -> tuple[float, float, float, float]:
    """Where a ribbon begins and ends at the bar, and at its row."""
    found = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return found[1], found[-1], found[7], found[8]


def test_the_most_frequent_stands_first_and_names_break_ties() -> None:
    found = drawn([move("Pyramid", 1), move("Bottle", 1), move("Django", 3)], [])
    assert [(ribbon.name, ribbon.count) for ribbon in found.came] == [("Django", 3), ("Bottle", 1), ("Pyramid", 1)]
    assert found.came[0].words == "3 decisions moved from Django to Flask"
    assert found.came[1].words == "1 decision moved from Bottle to Flask"


def test_six_have_a_row_each_and_seven_are_gathered_from_the_sixth() -> None:
    names = ["A", "B", "C", "D", "E", "F", "G"]
    moves = [move(name, 9 - place) for place, name in enumerate(names)]
    assert [ribbon.name for ribbon in drawn([], moves[:6]).went] == names[:6]
    last = drawn([], moves).went[-1]
    assert (last.name, last.slugs, last.count, last.url) == ("2 others", ("f", "g"), 7, "/feed/?from=flask")
    assert last.words == "7 decisions moved from Flask to 2 others"


def test_one_decision_is_equally_wide_on_both_sides() -> None:
    # The widest of the two on the right may fill 0.7 of half the height: 35 for 7, so 5 a decision.
    found = drawn([move("Django", 2)], [move("FastAPI", 7), move("Go", 1)])
    assert [edges(ribbon.path) for ribbon in found.came] == [(45, 55, 45, 55)]
    assert [edges(ribbon.path) for ribbon in found.went] == [(30, 65, 7.5, 42.5), (65, 70, 72.5, 77.5)]
    assert (found.bar_top, found.bar_height) == (30, 40)


def test_one_decision_alone_is_a_line_and_not_a_wall() -> None:
    found = drawn([move("Django", 1)], [])
    assert (edges(found.came[0].path), found.bar_height) == ((44, 56, 44, 56), 12)


def test_without_moves_nothing_is_drawn() -> None:
    assert flow("Flask", [], [], came_url="/", went_url="/") is None


def test_a_move_that_nobody_made_is_refused() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        drawn([move("Django", 0)], [])


MOVES = st.lists(st.builds(move, st.text("ABC", min_size=1, max_size=5), st.integers(1, 5_000)), max_size=12)


@given(MOVES, MOVES)
def test_ribbons_stay_in_their_rows_and_lose_no_decision(came: list[Move], went: list[Move]) -> None:
    found = flow("Flask", came, went, came_url="/", went_url="/")
    for ribbons, moves in ((found.came, came), (found.went, went)) if found else ():
        assert sum(ribbon.count for ribbon in ribbons) == sum(move.count for move in moves)
        assert sorted(slug for ribbon in ribbons for slug in ribbon.slugs) == sorted(move.slug for move in moves)
        assert len(ribbons) <= MOST_ROWS
        row = HEIGHT / max(len(ribbons), 1)
        for place, ribbon in enumerate(ribbons):
            _, _, top, bottom = edges(ribbon.path)
            assert place * row <= top <= bottom <= (place + 1) * row


def test_the_lists_say_and_open_what_the_ribbons_do() -> None:
    found = drawn([move("Django", 3)], [move("FastAPI", 1), move("Go", 2)])
    page = BeautifulSoup(render_to_string("advice/_flow.html", {"flow": found}), "html.parser")
    rows = [(row.a["href"], " ".join(row.get_text().split())) for row in page.select("li") if row.a]
    assert rows == [
        ("/feed/?tool=django", "Django 3: 3 decisions moved from Django to Flask"),
        ("/feed/?tool=go", "Go 2: 2 decisions moved from Flask to Go"),
        ("/feed/?tool=fastapi", "FastAPI 1: 1 decision moved from Flask to FastAPI"),
    ]
    assert [link["href"] for link in page.select("svg a")] == [address for address, _ in rows]
    assert {link["tabindex"] for link in page.select("svg a")} == {"-1"}


def test_a_side_without_moves_says_so() -> None:
    page = BeautifulSoup(render_to_string("advice/_flow.html", {"flow": drawn([move("Django", 3)], [])}), "html.parser")
    assert [row.get_text() for row in page.select(".flow-side.flow-went li")] == ["None yet"]
