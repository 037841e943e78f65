"""Which of several tools is found first, and what finding costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tools.builders import make_tool
from tools.models import Alias, Edition
from tools.search import find_slugs

pytestmark = pytest.mark.django_db


def test_the_very_name_comes_before_a_beginning_a_word_a_part_and_a_near_miss() -> None:
    for name in ("Masts", "Broken-mast", "Remasted", "Mast", "Masto"):
        make_tool(name.lower(), name)
    make_tool("mats", "Mats", well_known=True)
    Alias.objects.create(tool=make_tool("other"), name="mast pole")
    assert find_slugs("mast") == ["mast", "masto", "masts", "other", "broken-mast", "remasted"]
    assert find_slugs("masst") == ["mast"]


def test_of_equals_the_better_known_comes_first() -> None:
    make_tool("zail-a", stars=10)
    make_tool("zail-b", stars=900)
    make_tool("zail-c", stars=1, well_known=True)
    assert find_slugs("zail") == ["zail-c", "zail-b", "zail-a"]


def test_names_are_read_once_for_each_edition() -> None:
    make_tool("flask")
    assert find_slugs("flask") == ["flask"]
    with CaptureQueriesContext(connection) as captured:
        assert find_slugs("flask") == ["flask"]
    assert len(captured) == 1
    make_tool("flask-restful")
    assert find_slugs("flask") == ["flask"]
    Edition.objects.advance()
    assert find_slugs("flask") == ["flask", "flask-restful"]
