"""The style guide: for staff alone, made of the real fragments."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.styleguide import colours, contrast
from members.models import Member
from tests.pages import page
from tests.tools.builders import make_tool

pytestmark = pytest.mark.django_db
TOKENS = "    --paper: light-dark(#ffffff, #000000);\n    --ink: light-dark(#000000, #ffffff);\n"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(Member.objects.create_user("ada", "ada@example.org", is_staff=True))
    return client


def test_nobody_else_learns_that_there_is_one(client: Client) -> None:
    assert client.get("/styleguide/").status_code == 404
    client.force_login(Member.objects.create_user("bob", "bob@example.org"))
    assert client.get("/styleguide/").status_code == 404


def test_an_editor_sees_every_part(editor: Client) -> None:
    html = page(editor, "/styleguide/")
    for part in (
        ".button-danger",
        ".notice-error",
        ".errorlist",
        ".chip",
        ".tag-stale",
        ".pagination",
        ".post-row",
        ".statement",
    ):
        assert html.select(part), part
    assert not html.select("script:not([src]), style, [style]")


def test_it_is_nobody_elses_to_keep(editor: Client) -> None:
    assert "private" in editor.get("/styleguide/").headers["Cache-Control"]


def test_it_costs_the_same_queries_however_much_there_is(editor: Client) -> None:
    costs = []
    for count in (1, 3, 40):
        for number in range(count):
            make_tool(f"tool-{count}-{number}", icon="flask" if number % 2 else "", stars=number)
        with CaptureQueriesContext(connection) as captured:
            page(editor, "/styleguide/")
        costs.append(len(captured))
    assert costs == [costs[0]] * 3


def test_contrast_is_as_wcag_defines_it() -> None:
    assert (contrast("#ffffff", "#000000"), contrast("#777777", "#ffffff"), contrast("#ffffff", "#ffffff")) == (
        21,
        4.5,
        1,
    )


def test_colours_are_read_from_the_tokens() -> None:
    assert [(colour.name, colour.contrast_light) for colour in colours(TOKENS)] == [("paper", 1), ("ink", 21)]
