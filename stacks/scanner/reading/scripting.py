"""Crystal, R, Perl, Julia, Lua and Meteor."""

import re
from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Clue, Manifest, Reader
from stacks.scanner.lexing import LUA, PERL, written_by_hand
from stacks.scanner.packages import locked, mapping, own, package, tool
from stacks.scanner.parsing import Lines, read_json_object, read_toml, read_yaml
from stacks.scanner.reading.dart import line_of
from stacks.scanner.sentences import clauses

FORGES = ("github", "gitlab", "bitbucket", "codeberg")
FIELDS = {"Depends": False, "Imports": False, "LinkingTo": False, "Suggests": True}
"""Fields of an R package's DESCRIPTION, and whether what they name is for development only."""
R_NAME = re.compile(r"(?:^|[,:])\s*+(?P<name>[A-Za-z][\w.]*+)")
PERL_NEEDS = {
    "requires": False,
    "recommends": False,
    "test_requires": True,
    "build_requires": True,
    "author_requires": True,
    "configure_requires": True,
}
PERL_PHASES = frozenset(("test", "develop", "build", "configure", "author"))
METEOR = {
    "mongo": "mongodb",
    "typescript": "typescript",
    "less": "less",
    "jquery": "jquery",
    "coffeescript": "coffeescript",
}
"""Meteor's own packages that stand for a tool."""


def read_shards(manifest: Manifest) -> Iterator[Clue]:
    """Yield the shards of a shard.yml by their repository, except folders."""
    root = mapping(next(read_yaml(manifest.text), None))
    for key in ("dependencies", "development_dependencies"):
        for name, details in mapping(root.get(key)).items():
            repository = next((mapping(details)[forge] for forge in FORGES if mapping(details).get(forge)), "")
            if isinstance(repository, str):
                yield from package("shards", repository, line_of(name), development=key != "dependencies")


def read_description(manifest: Manifest) -> Iterator[Clue]:
    """Yield R and the packages of an R package's DESCRIPTION; of another file of that name, nothing."""
    field = ""
    if not re.search(r"^(?:Package|Imports|Depends):", manifest.text, re.MULTILINE):
        return
    yield tool("r-lang", 0)
    for number, line in enumerate(written_by_hand(manifest.text).split("\n"), 1):
        if line[:1].isalpha():
            field = line.partition(":")[0]
            line = line.partition(":")[2]
        if field in FIELDS:
            for match in R_NAME.finditer(line):
                if match["name"] != "R":
                    yield from package("cran", match["name"], number, development=FIELDS[field])


def read_renv(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages that a renv.lock pins."""
    lines = Lines(manifest.text)
    for name, details in mapping(read_json_object(manifest.text).get("Packages")).items():
        version = str(mapping(details).get("Version", ""))
        yield from locked("cran", name, lines.key(name), version=version)


def read_cpanfile(manifest: Manifest) -> Iterator[Clue]:
    """Yield the modules of a cpanfile, named as the distribution they most likely come from."""
    for clause in clauses(PERL.tokens(manifest.text)):
        need, names = PERL_NEEDS.get(clause.first), clause.strings
        if need is None or not names or names[0].text == "perl":
            continue
        development = need or any(block in PERL_PHASES for block in clause.path)
        name = names[0].text.replace("::", "-")
        version = names[1].text if len(names) > 1 else ""
        yield from package("cpan", name, names[0].line, development=development, version=version)


def read_julia(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages of a Project.toml of Julia; of another file of that name, nothing."""
    root = read_toml(manifest.text)
    lines = Lines(manifest.text)
    if isinstance(name := root.get("name"), str):
        yield from own("julia", name, lines.key(name))
    for key in ("deps", "extras"):
        for name, identity in mapping(root.get(key)).items():
            if isinstance(identity, str):
                yield from package("julia", name, lines.of(f"{name} "), development=key != "deps")


def read_rockspec(manifest: Manifest) -> Iterator[Clue]:
    """Yield the rocks under `dependencies` of a .rockspec."""
    for clause in clauses(LUA.tokens(manifest.text)):
        if clause.path and clause.path[-1] in {"dependencies", "test_dependencies", "build_dependencies"}:
            for token in clause.strings:
                name = token.text.split(" ")[0].split(">")[0].split("=")[0].split("~")[0]
                if name != "lua":
                    development = clause.path[-1] != "dependencies"
                    yield from package("luarocks", name, token.line, development=development)


def read_meteor(manifest: Manifest) -> Iterator[Clue]:
    """Yield the tools that packages of a Meteor application stand for."""
    for number, line in enumerate(written_by_hand(manifest.text).split("\n"), 1):
        name = line.partition("#")[0].strip().partition("@")[0]
        if name in METEOR:
            yield tool(METEOR[name], number)


READERS: Mapping[str, Reader] = {
    "shard.yml": read_shards,
    "DESCRIPTION": read_description,
    "renv.lock": read_renv,
    "cpanfile": read_cpanfile,
    "Project.toml": read_julia,
    "*.rockspec": read_rockspec,
    ".meteor/packages": read_meteor,
}
