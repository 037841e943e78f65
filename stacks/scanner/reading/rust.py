"""Rust: Cargo.toml and Cargo.lock."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader
from stacks.scanner.packages import listing, locked, mapping, own, package, tool
from stacks.scanner.parsing import Lines, read_toml

TABLES = {"dependencies": False, "build-dependencies": True, "dev-dependencies": True, "build_dependencies": True}
"""Tables of needed crates, and whether for development only."""
DATABASES = {"postgres": "postgresql", "mysql": "mysql", "sqlite": "sqlite"}
"""Endings of features by which crates of many databases are told which to speak to."""
MANY_DATABASES = frozenset(("diesel", "diesel-async", "sqlx", "sea-orm", "sea-orm-migration", "rocket_sync_db_pools"))
FIELD = re.compile(r'^(?P<key>name|version|source) = "(?P<value>[^"\n]*+)"|^ "(?P<needs>[^" \n]++)|^\[', re.MULTILINE)


def read_cargo(manifest: Manifest) -> Iterator[Clue]:
    """Yield the crates that a Cargo.toml asks for, also for its workspace, except those in folders of the project."""
    root = read_toml(manifest.text)
    lines = Lines(manifest.text)
    if isinstance(name := mapping(root.get("package")).get("name"), str):
        yield from own("cargo", name, lines.key(name))
    for table in (root, mapping(root.get("workspace")), *mapping(root.get("target")).values()):
        for key, development in (*TABLES.items(), ("dev_dependencies", True)):
            for name, wanted in mapping(mapping(table).get(key)).items():
                yield from _crate(name, wanted, lines, development=development)


def _crate(name: str, wanted: Any, lines: Lines, *, development: bool) -> Iterator[Clue]:
    details = mapping(wanted)
    if "path" in details:
        return
    version = wanted if isinstance(wanted, str) else details.get("version", "")
    crate = details.get("package", name)
    if isinstance(crate, str):
        line = lines.of(name)
        yield from _databases(crate, details, line, development=development)
        yield from package("cargo", crate, line, development=development, version=str(version))


def _databases(crate: str, details: Mapping[str, Any], line: int, *, development: bool) -> Iterator[Clue]:
    if crate in MANY_DATABASES:
        parts = {part for feature in listing(details.get("features")) for part in str(feature).split("-")}
        for part in sorted(DATABASES.keys() & parts):
            yield tool(DATABASES[part], line, certainty=Certainty.CONFIGURED, development=development)


def read_lock(manifest: Manifest) -> Iterator[Clue]:
    """Yield the crates of a Cargo.lock; direct are those that crates of the project, which have no source, need."""
    pinned: list[tuple[str, int, str]] = []
    direct: set[str] = set()
    crate, foreign, needs = ("", 0, ""), True, list[str]()
    lines = Lines(manifest.text)
    for match in FIELD.finditer(f"{manifest.text}\n[[package]]"):
        if match["key"] == "name":
            crate = (match["value"], lines.at(match.start()), "")
        elif match["key"] == "version":
            crate = (*crate[:2], match["value"])
        elif match["key"] == "source":
            foreign = True
        elif match["needs"]:
            needs.append(match["needs"])
        else:
            pinned.extend([crate] if foreign and crate[0] else [])
            direct.update(() if foreign else needs)
            crate, foreign, needs = ("", 0, ""), False, []
    for name, line, version in pinned:
        yield from locked("cargo", name, line, direct=name in direct, version=version)


READERS: Mapping[str, Reader] = {"Cargo.toml": read_cargo, "Cargo.lock": read_lock}
