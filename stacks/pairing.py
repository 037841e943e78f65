"""Which tools are used together more often than chance would have it. Pure: stacks in, couples with figures out.

Support and lift are those of Agrawal, Imieliński, Swami (1993) and Brin et al. (1997).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

LEAST_TOGETHER = 5
"""Stacks that hold both: what fewer people do together is told to nobody, since it would tell of them."""
LEAST_LIFT = 1.2
"""How many times more often than by chance, and more: below it two tools are just well known."""
MOST = 24
"""Couples that are kept of a tool, the most telling ones."""


@dataclass(frozen=True, slots=True)
class Couple:
    """Two tools that stand in one stack, as one of them sees it."""

    tool: int
    other: int
    together: int
    """Stacks that hold both."""
    support: float
    """Their share of all stacks."""
    lift: float


def couples(held: Iterable[tuple[int, int]], stacks: int) -> list[Couple]:
    """The couples worth telling, a row for each direction.

    `held` says stack by stack which tools it holds, in any order, each once; `stacks` is how many there are. Of each
    tool one number is kept, with a bit for every stack: a million couples cost a second, and the memory is tools times
    stacks in bits, however many tools one stack holds.
    """
    holders = {tool: bits for tool, bits in _holders(held).items() if bits.bit_count() >= LEAST_TOGETHER}
    counts = {tool: bits.bit_count() for tool, bits in holders.items()}
    found: dict[int, list[Couple]] = {tool: [] for tool in holders}
    for one, other in combinations(sorted(holders), 2):
        together = (holders[one] & holders[other]).bit_count()
        if together < LEAST_TOGETHER:
            continue
        lift = together * stacks / (counts[one] * counts[other])
        if lift > LEAST_LIFT:
            found[one].append(Couple(one, other, together, together / stacks, lift))
            found[other].append(Couple(other, one, together, together / stacks, lift))
    return [couple for rows in found.values() for couple in _telling(rows)]


def _holders(held: Iterable[tuple[int, int]]) -> dict[int, int]:
    """By tool a number with a bit for each stack that holds it."""
    places: dict[int, int] = {}
    marks: dict[int, bytearray] = {}
    for stack, tool in held:
        place = places.setdefault(stack, len(places))
        mark = marks.setdefault(tool, bytearray())
        if len(mark) <= place >> 3:
            mark.extend(bytes((place >> 3) + 1 - len(mark)))
        mark[place >> 3] |= 1 << (place & 7)
    return {tool: int.from_bytes(mark, "little") for tool, mark in marks.items()}


def _telling(rows: list[Couple]) -> Iterator[Couple]:
    """The couples of one tool that say most, as many as are kept."""
    yield from sorted(rows, key=lambda row: (-row.lift, -row.together, row.other))[:MOST]
