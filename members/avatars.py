"""A member's picture, drawn from the username alone: a mirrored pattern in a colour of its own. Pure."""

from dataclasses import dataclass
from hashlib import sha256

SIZE = 5
# Degrees of the colour wheel between two colours, so that neighbours can be told apart.
HUE_STEP = 24


@dataclass(frozen=True, slots=True)
class Avatar:
    """A drawing on a grid of SIZE by SIZE units."""

    path: str
    hue: int
    """Degrees of the colour wheel."""


def avatar(username: str) -> Avatar:
    """The picture of that name; the same for every spelling of its letters."""
    digest = sha256(username.casefold().encode()).digest()
    half = SIZE // 2 + 1
    # A row's middle and one of its halves; the other half mirrors it. The centre is always filled, so none is empty.
    filled = {(x, y) for y in range(SIZE) for x in range(half) if digest[y * half + x] % 2} | {(half - 1, half - 1)}
    mirrored = filled | {(SIZE - 1 - x, y) for x, y in filled}
    path = "".join(f"M{x} {y}h1v1h-1z" for x, y in sorted(mirrored))
    return Avatar(path, digest[-1] * HUE_STEP % 360)
