"""A sentence's tools can be told apart, and the sentence stays as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.marking import Part, parts


def test_each_tool_is_marked_with_its_place() -> None:
    assert parts("Django is written in Python, while Rails is not.", ("Django", "Rails")) == (
        Part("Django", 1),
        Part(" is written in Python, while ", 0),
        Part("Rails", 2),
        Part(" is not.", 0),
    )


@pytest.mark.parametrize(
    ("text", "names", "marked"),
    [
        ("Go is by Google", ("Go",), ["Go"]),
        ("C++ and C differ.", ("C", "C++"), ["C++", "C"]),
        ("React Native builds on React.", ("React", "React Native"), ["React Native", "React"]),
        ("Node.js runs it; Deno.", ("Node.js", "Deno"), ["Node.js", "Deno"]),
        ("Flask (Python) is Flask-like", ("Flask",), ["Flask"]),
        ("Elixir runs it; Elixir also tests it.", ("Elixir",), ["Elixir"]),
        ("It serves React Native and React alike.", ("React",), ["React"]),
        (".NET against F#", (".NET", "F#"), [".NET", "F#"]),
    ],
)
def test_only_whole_names_are_marked(text: str, names: tuple[str, ...], marked: list[str]) -> None:
    assert [part.text for part in parts(text, names) if part.place] == marked


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=5, unique=True))
def test_the_parts_put_together_are_the_sentence(text: str, names: list[str]) -> None:
    assert "".join(part.text for part in parts(text, names)) == text
