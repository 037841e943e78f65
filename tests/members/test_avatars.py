"""The pictures drawn from usernames."""

import re

from hypothesis import given
from hypothesis import strategies as st

from members.avatars import SIZE, avatar

CELLS = re.compile(r"M(\d) (\d)h1v1h-1z")


def cells(path: str) -> set[tuple[int, int]]:
    return {(int(x), int(y)) for x, y in CELLS.findall(path)}


@given(st.text())
def test_a_picture_is_mirrored_and_never_empty(username: str) -> None:
    drawn = cells(avatar(username).path)
    assert drawn == {(SIZE - 1 - x, y) for x, y in drawn}
    assert (SIZE // 2, SIZE // 2) in drawn


def test_a_name_has_one_picture_and_another_name_another() -> None:
    assert avatar("ada") == avatar("Ada")
    assert len({avatar(f"member-{number}").path for number in range(50)}) > 45


@given(st.text())
def test_a_colour_lies_on_the_wheel(username: str) -> None:
    assert 0 <= avatar(username).hue < 360
