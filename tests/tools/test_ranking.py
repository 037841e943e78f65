"""Which of several tools is found first, and what finding costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tools.builders import make_tool
from tools.models import Alias, Edition
from tools.searching.index import current_index

pytestmark = pytest.mark.django_db


def test_the_very_name_comes_before_a_beginning_a_word_a_part_and_a_near_miss() -> None:
    for name in ("Masts", "Broken-mast", "Remasted", "Mast", "Masto"):
        make_tool(name.lower(), name)
    make_tool("mats", "Mats", well_known=True)
    Alias.objects.create(tool=make_tool("other"), name="mast pole")
    assert current_index().find("mast") == ["mast", "masto", "masts", "other", "broken-mast", "remasted"]
    assert current_index().find("masst") == ["mast"]


def test_of_equals_the_better_known_comes_first() -> None:
    make_tool("zail-a", stars=10)
    make_tool("zail-b", stars=900)
    make_tool("zail-c", stars=1, well_known=True)
    assert current_index().find("zail") == ["zail-c", "zail-b", "zail-a"]


def test_names_are_read_once_for_each_edition() -> None:
    make_tool("flask")
    assert current_index().find("flask") == ["flask"]
    with CaptureQueriesContext(connection) as captured:
        assert current_index().find("flask") == ["flask"]
    assert len(captured) == 1
    make_tool("flask-restful")
    assert current_index().find("flask") == ["flask"]
    Edition.objects.advance()
    assert current_index().find("flask") == ["flask", "flask-restful"]
