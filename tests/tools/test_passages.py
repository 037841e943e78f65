"""The passage shown for a search is the one that holds the words."""

import pytest

from tests.tools.builders import make_tool
from tools.models import Tool
from tools.searching.passages import LENGTH, Piece, passage, words_of


def test_words_are_marked_whole_wherever_they_are_held() -> None:
    assert passage(["Routing by decorators, on PostgreSQL"], ["rout", "orat", "postgres"]) == [
        Piece("Routing", marked=True),
        Piece(" by ", marked=False),
        Piece("decorators", marked=True),
        Piece(", on ", marked=False),
        Piece("PostgreSQL", marked=True),
    ]


def test_the_text_with_most_of_the_words_is_shown() -> None:
    pieces = passage(["one", "", "one and two", "two"], ["one", "two"])
    assert "".join(piece.text for piece in pieces) == "one and two"


def test_a_long_text_is_cut_at_spaces_around_the_first_word() -> None:
    text = "before " * 40 + "needle" + " after" * 60
    shown = "".join(piece.text for piece in passage([text], ["needle"]))
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert "needle" in shown
    assert len(shown) <= LENGTH + 4


@pytest.mark.parametrize(
    ("query", "words"),
    [("Time-series, DATA data!", ["time-series", "data"]), ("a C++ x", ["c++"]), ("", []), ("  ? ", [])],
)
def test_words_are_told_apart(query: str, words: list[str]) -> None:
    assert words_of(query) == words


def test_what_looks_like_a_pattern_is_none() -> None:
    assert passage(["a (b|c)* d"], ["(b|c)*"])[1] == Piece("(b|c)*", marked=True)


@pytest.mark.django_db
def test_words_with_other_than_plain_letters_are_found_as_they_are_written() -> None:
    make_tool("tpu", features=["Google’s own TPUs"])
    assert Tool.objects.mentioning(["Google’s", "tpus"]).count() == 1
    assert Tool.objects.mentioning(["u2019"]).count() == 0
