"""Pictures for shared links: what is drawn, what is cut, and what the face cannot draw."""

import math
from io import BytesIO

import pytest
from PIL import Image

from tools.cards import Card, Mark, drawn
from tools.cards.outlines import outlines
from tools.cards.typesetting import broken, drawable, fitted, font
from tools.logos import LETTERS

MARKS = [Mark(f"Tool {number}", LETTERS["T"], "2274a8", is_initial=True) for number in range(40)]


def picture(card: Card) -> Image.Image:
    return Image.open(BytesIO(drawn(card)))


@pytest.mark.parametrize("shown", [0, 1, 40])
@pytest.mark.parametrize(
    "heading", ["Acme", "A name that is far too long for any line of the picture " * 3, "日本", ""]
)
def test_a_card_has_the_size_that_sites_ask_for_and_weighs_little(heading: str, shown: int) -> None:
    content = drawn(Card("Stack", heading, "A company’s stack", MARKS[:shown], shown))
    with Image.open(BytesIO(content)) as found:
        assert (found.format, found.size) == ("PNG", (1200, 630))
    assert len(content) < 60_000


def test_the_same_card_is_the_same_picture_and_another_is_another() -> None:
    card = Card("Stack", "Acme", "A company’s stack", MARKS, 40)
    assert drawn(card) == drawn(Card("Stack", "Acme", "A company’s stack", list(MARKS), 40))
    assert drawn(card) != drawn(Card("Stack", "Acme", "A company’s stack", MARKS, 41))


def test_nothing_is_drawn_over_the_margins() -> None:
    found = picture(
        Card("Stack", "W" * 80, "W" * 200, [Mark("W" * 60, LETTERS["W"], "000000", is_initial=True)] * 9, 9)
    )
    found = found.convert("RGB")
    for left in (0, 1200 - 70):
        margin = found.crop((left, 0, left + 70, 600))
        assert len(margin.getcolors() or []) == 1


def test_letters_that_the_face_lacks_are_left_out() -> None:
    assert drawable("Łódź, Ācme 日本 €5\x00\n") == "ódz, Acme €5"


def test_what_does_not_fit_is_cut_and_says_so() -> None:
    face = font(40, 700)
    assert fitted("Acme", face, 500) == "Acme"
    cut = fitted("Acme " * 40, face, 500)
    assert cut.endswith("…")
    assert face.getlength(cut) <= 500
    assert broken("one two", face, 1_000, most=2) == ["one two"]
    lines = broken("word " * 60, face, 500, most=2)
    assert (len(lines), lines[0].endswith("…"), lines[1].endswith("…")) == (2, False, True)


def test_a_path_is_read_as_browsers_read_it() -> None:
    assert outlines("M1 1h2v2H1z") == [[(1, 1), (3, 1), (3, 3), (1, 3), (1, 1)]]
    assert outlines("m1 1 2 0 0 2M9 9l-.5.5") == [[(1, 1), (3, 1), (3, 3)], [(9, 9), (8.5, 9.5)]]
    assert outlines("M0 0z m5 5 l1 0") == [[(0, 0), (0, 0)], [(5, 5), (6, 5)]]


def test_curves_go_where_their_handles_lead() -> None:
    (cubic,) = outlines("M0 0C0 6 6 6 6 0S12-6 12 0")
    assert cubic[4::4] == [(3, 4.5), (6, 0), (9, -4.5), (12, 0)]
    (quadratic,) = outlines("M0 0q2 4 4 0t4 0")
    assert quadratic[4::8] == [(2, 2), (6, -2)]


@pytest.mark.parametrize(("path", "highest"), [("M0 5a5 5 0 0110 0", 0), ("M0 5a5 5 0 0 0 10 0", 10)])
def test_arcs_bulge_to_the_side_they_say_and_keep_their_radius(path: str, highest: float) -> None:
    (arc,) = outlines(path)
    assert arc[-1] == pytest.approx((10, 5))
    assert arc[4][1] == pytest.approx(highest)
    assert [math.hypot(x - 5, y - 5) for x, y in arc] == pytest.approx([5] * len(arc))
