"""Clues to packages of a registry, from names as manifests write them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Sort

NAME = re.compile(r"[A-Za-z0-9][\w.~+/-]{0,199}", re.ASCII)
"""What a package may be called anywhere; a name that is still to be computed, such as `${group}`, is none."""
VERSION = 40
"""Characters of a version that are kept."""


def package(
    kind: str,
    name: str,
    line: int,
    *,
    certainty: Certainty = Certainty.DECLARED,
    direct: bool = True,
    development: bool = False,
    version: str = "",
) -> Iterator[Clue]:
    """Yield the clue to a package of a registry (`gem`, `cargo` …), or nothing if no package can have that name."""
    if NAME.fullmatch(name):
        yield Clue(
            Sort.PURL,
            f"pkg:{kind}/{name}",
            line,
            certainty=certainty,
            direct=direct,
            development=development,
            version=version.strip()[:VERSION],
        )


def locked(
    kind: str, name: str, line: int, *, direct: bool = False, development: bool = False, version: str = ""
) -> Iterator[Clue]:
    """Yield the clue to a package that a lock file pins, needed by something else unless said to be direct."""
    return package(
        kind,
        name,
        line,
        certainty=Certainty.LOCKED,
        direct=direct,
        development=development,
        version=version,
    )


def own(kind: str, name: Any, line: int) -> Iterator[Clue]:
    """Say that a manifest makes this package itself; nothing if no package can have that name."""
    if isinstance(name, str) and NAME.fullmatch(name):
        yield Clue(Sort.OWN, f"pkg:{kind}/{name}", line)


def tool(slug: str, line: int, *, certainty: Certainty = Certainty.DECLARED, development: bool = False) -> Clue:
    """Say that a manifest shows a tool itself, such as the language that its build is for."""
    return Clue(Sort.TOOL, slug, line, certainty=certainty, development=development)


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is an object of a document, else an empty one: broken manifests say nothing."""
    return value if isinstance(value, dict) else {}


def listing(value: Any) -> list[Any]:
    """The value if it is a list of a document, else an empty one."""
    return value if isinstance(value, list) else []
