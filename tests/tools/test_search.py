"""What people type finds what they mean."""

import pytest

from tests.whole_catalogue import whole_catalogue
from tools.catalogue.report import Report
from tools.search import find_slugs

__all__ = ["whole_catalogue"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("flask", "flask"),
        ("FLASK", "flask"),
        (" flask ", "flask"),
        ("go", "go"),
        ("c", "c"),
        ("c#", "csharp"),
        ("r", "r-lang"),
        ("node js", "nodejs"),
        ("node.js", "nodejs"),
        ("nodejs", "nodejs"),
        ("golang", "go"),
        ("k8s", "kubernetes"),
        ("postgres", "postgresql"),
        ("postgress", "postgresql"),
        ("kuberntes", "kubernetes"),
        ("elixr", "elixir"),
        ("djagno", "django"),
        ("react", "react"),
        ("material ui", "material-ui"),
        ("ruby on rails", "rails"),
    ],
)
def test_it_finds_the_tool_first(whole_catalogue: Report, typed: str, slug: str) -> None:
    assert find_slugs(typed)[:1] == [slug]


@pytest.mark.parametrize("typed", ["", "   ", "zzzzzzzzzz", "-", "...", "\x7f", "漢字"])
def test_nonsense_finds_nothing(whole_catalogue: Report, typed: str) -> None:
    assert find_slugs(typed) == []
