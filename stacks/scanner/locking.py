"""What lockfiles of several ecosystems have in common: packages, and which of them only others need."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stacks.scanner.clues import Certainty, Clue, Sort


@dataclass(slots=True)
class Locked:
    """One package of a lockfile."""

    purl: str
    line: int
    needs: list[str] = field(default_factory=list)
    """The purls of what it needs in turn."""
    version: str = ""
    development: bool = False


def roots(packages: Iterable[Locked]) -> Iterator[Clue]:
    """Yield all packages, direct where no other needs them: the best that a lockfile without its manifest can say."""
    packages = list(packages)
    needed = {name for package in packages for name in package.needs if name != package.purl}
    yield from asked(packages, {package.purl for package in packages} - needed)


def asked(packages: Iterable[Locked], direct: set[str]) -> Iterator[Clue]:
    """Yield all packages, direct where the lockfile says that the project asks for them."""
    for package in packages:
        yield Clue(
            Sort.PURL,
            package.purl,
            package.line,
            Certainty.LOCKED,
            direct=package.purl in direct,
            development=package.development,
            version=package.version,
        )
