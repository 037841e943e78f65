"""Telling a text that is sent again from one that is new."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.duplicates import fingerprint, too_alike

POST = (
    "We moved our invoices from Django to Flask because the admin was never used, and the service has "
    "four routes. It took two engineers three weeks."
)


@pytest.mark.parametrize(
    "again",
    [
        "we chose flask because it is small",
        "  We  chose\n\nFlask -- because: it is small!!!  ",
        "# We chose **Flask**\n\n- because it is [small](https://elsewhere.example)",
        "WE CHOSE ＦＬＡＳＫ BECAUSE IT IS SMALL",
    ],
)
def test_case_spaces_punctuation_and_markup_make_no_other_text(again: str) -> None:
    assert fingerprint(again) == fingerprint("We chose Flask, because it is small.")


@pytest.mark.parametrize(
    ("one", "other"),
    [("We chose C", "We chose C++"), ("We chose C++", "We chose C#"), ("Flask", "Flasks"), ("!!!", "???"), ("", "!")],
)
def test_other_words_make_another_text(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)
    assert not too_alike(one, other)


def test_a_fingerprint_stays_the_same_from_release_to_release() -> None:
    assert fingerprint("We chose Flask.") == "a597f15c5c2278f99ee6c098a450da5b"


@pytest.mark.parametrize(
    "again",
    [
        POST,
        POST.upper(),
        POST.replace("three", "four"),
        f"{POST} Thanks!",
        "It took two engineers three weeks. " + POST.removesuffix(" It took two engineers three weeks."),
    ],
)
def test_a_few_words_changed_added_or_moved_are_too_alike(again: str) -> None:
    assert too_alike(POST, again)
    assert too_alike(again, POST)


@pytest.mark.parametrize(
    "other",
    [
        "",
        "We moved our invoices from Django to Flask because the admin was never used",
        POST.replace("invoices", "search index").replace("Flask because the admin was never used", "Go for its speed"),
    ],
)
def test_a_part_or_a_tale_of_something_else_is_not(other: str) -> None:
    assert not too_alike(POST, other)


def test_short_texts_must_be_the_same() -> None:
    assert too_alike("We use Flask too", "we use flask too!")
    assert not too_alike("We use Flask too", "We use Django too")


@given(st.text(max_size=80))
def test_every_text_has_one_fingerprint_and_is_like_itself(text: str) -> None:
    assert len(fingerprint(text)) == 32
    assert fingerprint(text) == fingerprint(f" {text}\n")
    assert too_alike(text, text)


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert too_alike(one, other) == too_alike(other, one)
