"""The algebra of comparisons' addresses: <a>-vs-<b>, 2 to 5 tools, in alphabetical order. Pure."""

from collections.abc import Iterable

from tools.slugs import is_valid_tool_slug

SEPARATOR = "-vs-"
FEWEST, MOST = 2, 5


def parse(address: str) -> tuple[str, ...] | None:
    """Return the slugs an address names, lower-cased, as they stand; None where it names no comparison."""
    slugs = tuple(address.lower().split(SEPARATOR))
    return slugs if len(slugs) >= FEWEST and all(map(is_valid_tool_slug, slugs)) else None


def canonical(slugs: Iterable[str]) -> tuple[str, ...]:
    """Each slug once, in alphabetical order."""
    return tuple(sorted(set(slugs)))


def address(slugs: Iterable[str]) -> str:
    """The one address of a comparison of these tools."""
    return SEPARATOR.join(canonical(slugs))


def is_countable(slugs: Iterable[str]) -> bool:
    """Whether so many different tools can be compared."""
    return FEWEST <= len(set(slugs)) <= MOST
