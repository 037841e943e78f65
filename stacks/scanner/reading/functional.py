"""Haskell, OCaml and Elm: Cabal, hpack, dune, opam and elm.json."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Clue, Manifest, Reader
from stacks.scanner.lexing import DUNE, OPAM, Kind, Token, written_by_hand
from stacks.scanner.packages import listing, mapping, own, package, tool
from stacks.scanner.parsing import Lines, Word, read_json_object, read_yaml

DEPENDS = frozenset(("build-depends", "build-tool-depends"))
OWN_NAME = re.compile(r"^name:[ \t]*+(?P<name>\S++)", re.MULTILINE | re.IGNORECASE)
DUNE_BUILDING = frozenset((":with-test", ":with-doc", ":with-dev-setup"))
NAMES = re.compile(r"(?:^|,)[ \t]*+(?P<name>[A-Za-z][A-Za-z0-9-]*+)")
HPACK_PARTS = {
    "library": False,
    "executables": False,
    "executable": False,
    "internal-libraries": False,
    "tests": True,
    "benchmarks": True,
}
HPACK = frozenset((*HPACK_PARTS, "ghc-options", "default-extensions", "source-dirs"))
"""Keys that a package.yaml of Haskell has, and others of that name have not."""
COMPILERS = frozenset(("base", "ocaml", "dune", "elm/core"))
"""What comes with the language."""


def read_cabal(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages under `build-depends` of a .cabal file, except its own library."""
    named = OWN_NAME.search(manifest.text)
    if named:
        yield from own("hackage", named["name"], manifest.text.count("\n", 0, named.start()) + 1)
    for number, listed, development in _build_depends(written_by_hand(manifest.text)):
        for match in NAMES.finditer(listed):
            if match["name"] not in COMPILERS and not (named and match["name"] == named["name"]):
                yield from package("hackage", match["name"], number, development=development)


def _build_depends(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the number and text of each line of a list of packages, and whether its part is for development."""
    development, depth = False, -1
    for number, line in enumerate(text.split("\n"), 1):
        code = line.partition("--")[0]
        key, colon, rest = code.strip().partition(":")
        if not key:
            continue
        indent = len(code) - len(code.lstrip())
        depth = depth if indent > depth else -1
        if not indent and not colon:
            development = key.split()[0].lower() in {"test-suite", "benchmark"}
        if key.lower() in DEPENDS:
            depth, code = indent, rest
        if depth >= 0:
            yield number, code, development


def read_hpack(manifest: Manifest) -> Iterator[Clue]:
    """Yield Haskell and the packages of an hpack package.yaml; of another file of that name, nothing."""
    root = mapping(next(read_yaml(manifest.text), None))
    if not HPACK.intersection(root):
        return
    yield tool("haskell", 0)
    yield from own("hackage", root.get("name"), getattr(root.get("name"), "line", 0))
    yield from _hpack_needs(root, development=False)
    for key, development in HPACK_PARTS.items():
        part = mapping(root.get(key))
        for table in (part, *map(mapping, part.values())):
            yield from _hpack_needs(table, development=development)


def _hpack_needs(table: Mapping[str, Any], *, development: bool) -> Iterator[Clue]:
    wanted = table.get("dependencies")
    for entry in [wanted] if isinstance(wanted, str) else wanted if isinstance(wanted, dict) else listing(wanted):
        word = mapping(entry).get("name", entry)
        if isinstance(word, Word):
            name = re.split(r"[\s<>=^]", word, maxsplit=1)[0]
            if name not in COMPILERS:
                yield from package("hackage", name, word.line, development=development)


def read_dune(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages under `depends` of a dune-project, except those that it defines."""
    found: list[tuple[Token, bool]] = []
    for head, above, token in _placed(DUNE.tokens(manifest.text)):
        if head == "name":
            yield from own("opam", token.text, token.line)
        elif token.text in DUNE_BUILDING:
            found[-1:] = [(wanted, True) for wanted, _ in found[-1:]]
        elif head == "depends" or (not head and above == "depends"):
            found.append((token, False))
    for wanted, development in found:
        if wanted.text not in COMPILERS:
            yield from package("opam", wanted.text, wanted.line, development=development)


def _placed(tokens: Iterable[Token]) -> Iterator[tuple[str, str, Token]]:
    """Yield each word with the first word of the form it stands in (empty for that one) and of the form around."""
    heads = [""]
    for token in tokens:
        if token.is_mark("("):
            heads.append("")
        elif token.is_mark(")") and len(heads) > 1:
            heads.pop()
        elif token.kind is Kind.WORD:
            yield heads[-1], heads[-2] if len(heads) > 1 else "", token
            heads[-1] = heads[-1] or token.text


def read_opam(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages under `depends` of an .opam file."""
    yield from own("opam", manifest.name.removesuffix(".opam"), 0)
    found: list[tuple[str, int, bool]] = []
    for token, conditions in _listed(OPAM.tokens(manifest.text)):
        if conditions:
            found[-1:] = [(*found[-1][:2], found[-1][2] or token.text.startswith("with-"))] if found else []
        elif token.kind is Kind.STRING:
            found.append((token.text, token.line, False))
    for name, line, development in found:
        if name not in COMPILERS:
            yield from package("opam", name, line, development=development)


def _listed(tokens: Iterable[Token]) -> Iterator[tuple[Token, bool]]:
    """The tokens in the brackets after `depends:`, and whether they stand among a package's conditions."""
    key, inside, depth = "", False, 0
    for token in tokens:
        if token.kind is Kind.WORD and not inside:
            key = token.text.rstrip(":")
        elif token.is_mark("["):
            inside = key == "depends"
        elif token.is_mark("]"):
            inside, key = False, ""
        elif inside and token.is_mark("{}"):
            depth += 1 if token.text == "{" else -1
        if inside and token.kind in {Kind.WORD, Kind.STRING}:
            yield token, depth > 0


def read_elm(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages that an elm.json asks for."""
    root = read_json_object(manifest.text)
    lines = Lines(manifest.text)
    for key in ("dependencies", "test-dependencies"):
        wanted = mapping(root.get(key))
        for name in wanted.get("direct", wanted) if isinstance(wanted.get("direct", wanted), dict) else ():
            if name not in COMPILERS and "/" in name:
                yield from package("elm", name, lines.key(name), development=key != "dependencies")


READERS: Mapping[str, Reader] = {
    "*.cabal": read_cabal,
    "package.yaml": read_hpack,
    "dune-project": read_dune,
    "*.opam": read_opam,
    "elm.json": read_elm,
}
