"""Elixir and its neighbours on the BEAM: mix.exs, mix.lock, rebar.config and gleam.toml."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from stacks.scanner.clues import Clue, Manifest, Reader
from stacks.scanner.lexing import ELIXIR, ERLANG, Kind, Token
from stacks.scanner.packages import locked, mapping, own, package
from stacks.scanner.parsing import Lines, read_toml

DEVELOPMENT = frozenset(("dev", "test", "docs", "doc", "ci", "lint", "bench", "benchmark", "integration"))
PINNED = re.compile(
    r'^[ \t]*+"(?P<name>[\w.]++)":[ \t]*+\{:(?P<how>hex|git),[ \t]*+:?(?P<package>[\w.]*+)', re.MULTILINE
)
DEFINITIONS = frozenset(("def", "defp", "defmodule", "defmacro"))
LONGEST_TUPLE = 200
"""Tokens of one dependency; what is longer is none."""


def read_mix(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages among the dependencies of a mix.exs, except other applications of the umbrella and folders."""
    found: list[Token] = []
    for token in _listed(ELIXIR.tokens(manifest.text)):
        if token.is_mark("{"):
            found = [token]
        elif token.is_mark("}"):
            yield from _dependency(found)
            found = []
        elif found and len(found) < LONGEST_TUPLE:
            found.append(token)


def _listed(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of functions that list dependencies, and of lists written right after `deps:`."""
    function, depth = False, 0
    before = ("", "")
    for token in tokens:
        if token.kind is Kind.NEWLINE:
            continue
        if before[1] in DEFINITIONS and token.kind is Kind.WORD:
            function, depth = _lists_dependencies(token.text), 0
        elif depth or (before == ("deps", ":") and token.is_mark("[")):
            depth += token.is_mark("[") - token.is_mark("]")
        if function or depth:
            yield token
        before = (before[1], token.text)


def _lists_dependencies(function: str) -> bool:
    return function.endswith(("deps", "dependencies")) or function.startswith("deps")


def _dependency(found: list[Token]) -> Iterator[Clue]:
    if len(found) < 4 or not found[1].is_mark(":"):  # {:name, and what follows
        return
    options = _options(found)
    if "in_umbrella" in options or "path" in options:
        return
    name = next(iter(options.get("hex", ())), found[2].text)
    version = found[4].text if len(found) > 4 and found[4].kind is Kind.STRING else ""  # its place
    only = options.get("only", [])
    development = bool(only) and all(env in DEVELOPMENT for env in only)
    idle = "false" in options.get("runtime", [])
    yield from package("hex", name, found[2].line, development=development or idle, version=version)


def _options(found: list[Token]) -> dict[str, list[str]]:
    options: dict[str, list[str]] = {}
    values: list[str] = []
    for token, after in pairwise(found):
        if token.kind is Kind.WORD and after.is_mark(":"):
            values = options.setdefault(token.text, [])
        elif token.kind in {Kind.WORD, Kind.STRING}:
            values.append(token.text)
    if found[-1].kind in {Kind.WORD, Kind.STRING}:
        values.append(found[-1].text)
    return options


def read_mix_lock(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages that a mix.lock pins."""
    line, last = 1, 0
    for match in PINNED.finditer(manifest.text):
        line, last = line + manifest.text.count("\n", last, match.start("name")), match.start("name")
        name = match["package"] if match["how"] == "hex" else match["name"]
        yield from locked("hex", name, line)


def read_rebar(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages under `deps` of a rebar.config, for development where a profile names them."""
    path: list[str] = []
    previous = Token(Kind.NEWLINE, "", 0)
    for token in ERLANG.tokens(manifest.text):
        if token.kind is Kind.NEWLINE:
            continue
        if token.is_mark("[{"):
            path.append("")
        elif token.is_mark("]}") and path:
            path.pop()
        elif token.kind is Kind.WORD and path and previous.is_mark("[{,"):
            if _names_a_dependency(path, previous):
                development = "profiles" in path[:1]
                yield from package("hex", token.text.strip("'"), token.line, development=development)
            if previous.is_mark("{"):
                path[-1] = token.text
        previous = token


def _names_a_dependency(path: list[str], previous: Token) -> bool:
    """Whether the first word of `{name, ...}`, or a bare name, stands right in a list of dependencies."""
    bare = len(path) > 1 and path[-1] == "" and path[-2] == "deps" and not previous.is_mark("{")
    in_tuple = len(path) > 2 and previous.is_mark("{") and path[-2] == "" and path[-3] == "deps"  # deep
    return bare or in_tuple


def read_gleam(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages of a gleam.toml, except folders of the project."""
    table = read_toml(manifest.text)
    lines = Lines(manifest.text)
    if isinstance(name := table.get("name"), str):
        yield from own("hex", name, lines.key(name))
    for key in ("dependencies", "dev-dependencies", "dev_dependencies"):
        for name, wanted in mapping(table.get(key)).items():
            if "path" not in mapping(wanted):
                version = wanted if isinstance(wanted, str) else ""
                yield from package("hex", name, lines.of(name), development=key != "dependencies", version=version)


READERS: Mapping[str, Reader] = {
    "mix.exs": read_mix,
    "mix.lock": read_mix_lock,
    "rebar.config": read_rebar,
    "gleam.toml": read_gleam,
}
