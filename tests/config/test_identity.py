"""What the site looks like elsewhere: in tabs, on home screens, in others' messages."""

import struct
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from config.styleguide import colours
from tests.pages import page
from tests.tools.builders import make_tool

pytestmark = pytest.mark.django_db
IMAGES = Path(settings.BASE_DIR) / "static" / "img"
# In pixels; a picture for a message must be small, or it is left out.
SIZES = {
    "icon-180.png": (180, 180),
    "icon-192.png": (192, 192),
    "icon-512.png": (512, 512),
    "icon-maskable-512.png": (512, 512),
    "card.png": (1200, 630),
}


def dimensions(picture: bytes) -> tuple[int, int]:
    """Width and height as a PNG's first chunk tells them."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def said(html: BeautifulSoup) -> dict[str, str]:
    """What the page says of itself to others, by property."""
    return {str(meta["property"]): str(meta["content"]) for meta in html.select("meta[property]")}


def test_a_home_screen_shows_the_paper_of_our_pages(client: Client) -> None:
    tokens = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()
    paper = next(colour.light for colour in colours(tokens) if colour.name == "paper")
    assert client.get("/manifest.webmanifest").json()["background_color"] == paper


def test_pictures_have_their_sizes_and_are_small() -> None:
    pictures = {name: (IMAGES / name).read_bytes() for name in SIZES}
    assert {name: dimensions(picture) for name, picture in pictures.items()} == SIZES
    assert {name for name, picture in pictures.items() if len(picture) > 60_000} == set()


def test_the_icon_of_old_holds_two_sizes() -> None:
    """A count, then sixteen bytes for each picture that begin with its width."""
    icon = (IMAGES / "favicon.ico").read_bytes()
    assert struct.unpack("<HHH", icon[:6]) == (0, 1, 2)
    assert (icon[6], icon[22]) == (16, 32)


def test_the_address_of_old_leads_to_the_icon(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (301, "/static/img/favicon.ico")
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_the_manifest_names_pictures_that_exist(client: Client) -> None:
    response = client.get("/manifest.webmanifest")
    manifest = response.json()
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert (manifest["name"], manifest["start_url"]) == ("Whystack", "/")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in manifest["icons"])


def test_every_icon_a_page_names_exists(client: Client) -> None:
    links = page(client, "/").select('link[rel="icon"], link[rel="apple-touch-icon"]')
    assert len(links) == 3
    assert all(finders.find(str(link["href"]).removeprefix("/static/")) for link in links)


def test_a_page_says_its_own_title_and_description_to_others(client: Client) -> None:
    make_tool("flask", 'Flask & "co"')
    html = page(client, "/tools/flask/")
    description = html.select_one('meta[name="description"]')
    assert description is not None
    assert said(html) == {
        "og:site_name": "Whystack",
        "og:type": "website",
        "og:title": 'Flask & "co": facts, figures and alternatives · Whystack',
        "og:description": description["content"],
        "og:url": "http://127.0.0.1:8000/tools/flask/",
        "og:image": "http://127.0.0.1:8000/static/img/card.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Whystack: choose tools on evidence",
    }


def test_the_first_page_says_what_the_site_is(client: Client) -> None:
    assert said(page(client, "/"))["og:title"] == "Whystack: choose your tools on evidence"


def test_the_header_has_a_colour_in_both_schemes(client: Client) -> None:
    tokens = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()
    colours = [str(meta["content"]) for meta in page(client, "/").select('meta[name="theme-color"]')]
    assert f"--surface: light-dark({', '.join(colours)});" in tokens
