"""Logos: every one that the catalogue names is drawn, safe and small; every other tool has its initial."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.template.loader import render_to_string

from tests.pages import soup
from tools import logos
from tools.models import Tool

FOLDER = Path(settings.BASE_DIR) / "catalogue" / "logos"
DRAWN = {path.stem: path.read_text() for path in FOLDER.glob("*.svg")}


def named() -> dict[str, dict[str, str]]:
    """What each tool's file says of its icon."""
    files = (Path(settings.BASE_DIR) / "catalogue" / "tools").glob("*/*.yaml")
    raw = {path.stem: yaml.load(path.read_text(), yaml.CSafeLoader) for path in files}
    return {slug: tool["icon"] for slug, tool in raw.items() if "icon" in tool}


def test_every_icon_of_the_catalogue_has_a_drawing_and_every_drawing_is_used() -> None:
    assert {icon["slug"] for icon in named().values()} == set(DRAWN)


def test_an_icon_is_told_with_its_colour() -> None:
    assert [slug for slug, icon in named().items() if not re.fullmatch("[0-9A-F]{6}", icon.get("colour", ""))] == []


def test_a_drawing_is_one_path_and_nothing_else() -> None:
    assert [icon for icon, svg in DRAWN.items() if not logos.DRAWING.fullmatch(svg)] == []


def test_drawings_are_small() -> None:
    sizes = {icon: len(svg) for icon, svg in DRAWN.items()}
    assert max(sizes.values()) < 22_000
    assert sum(sizes.values()) < 650_000


def test_the_licence_names_the_collection_and_the_owners() -> None:
    text = (FOLDER / "LICENSE").read_text()
    assert "CC0 1.0" in text
    assert "marks of their owners" in text
    assert "Angular: CC-BY-4.0" in text


def tool(name: str, **fields: str) -> Tool:
    return Tool(name=name, slug=name.lower().replace(" ", "-").strip("."), **fields)


def test_a_tool_with_an_icon_has_its_logo_in_its_colour() -> None:
    flask = logos.of(tool("Flask", icon="flask", colour="3BABC3"))
    assert (flask.colour, flask.is_initial) == ("3BABC3", False)
    assert f'd="{flask.path}"' in DRAWN["flask"]


@pytest.mark.parametrize("icon", ["", "nobody-has-this", "nobodyhasthis", "../LICENSE", "LICENSE", "\0", "a" * 500])
def test_an_icon_without_a_drawing_gives_the_initial(icon: str) -> None:
    assert logos.of(tool("Bottle", icon=icon)).path == logos.LETTERS["B"]


@pytest.mark.parametrize(("name", "letter"), [("chi", "C"), (".NET MAUI", "N"), ("7-Zip", "Z"), ("Ökonom", "K")])
def test_an_initial_is_the_first_letter_that_can_be_drawn(name: str, letter: str) -> None:
    assert logos.initial(name) == logos.LETTERS[letter]


@pytest.mark.parametrize("name", ["42", "你好"])
def test_a_name_without_a_letter_gets_the_stack(name: str) -> None:
    assert logos.initial(name) == logos.STACK


def test_a_colour_made_up_is_always_the_same_and_differs_between_tools() -> None:
    names = ("Axum", "Bottle", "chi", "Echo", "Fiber", "Grape", "hapi", "Javalin")
    first = [logos.of(tool(name)).colour for name in names]
    assert first == [logos.of(tool(name)).colour for name in names]
    assert len(set(first)) > 4


def test_a_logo_is_decoration_without_text() -> None:
    for one in (tool("Flask", icon="flask", colour="3BABC3"), tool("Bottle")):
        svg = soup(render_to_string("tools/_logo.html", {"tool": one}).encode()).select_one("svg")
        assert svg is not None
        assert (svg["aria-hidden"], svg["focusable"], svg.text) == ("true", "false", "")
        assert "style" not in str(svg)


def test_the_logo_of_a_folder_of_ones_own_is_found(tmp_path: Path, settings: object) -> None:
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / "mine.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M0 0h24"/></svg>\n'
    )
    (tmp_path / "logos" / "other.svg").write_text("<svg><script>alert(1)</script></svg>")
    settings.CATALOGUE_DIR = tmp_path  # type: ignore[attr-defined]  # pytest-django's fixture
    assert logos.path("mine") == "M0 0h24"
    assert logos.path("other") == ""
