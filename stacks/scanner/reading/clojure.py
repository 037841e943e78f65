"""Clojure: deps.edn, project.clj, build.boot and shadow-cljs.edn."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stacks.scanner.clues import Clue, Manifest, Reader
from stacks.scanner.lexing import CLOJURE, Kind, Token
from stacks.scanner.packages import package

WANTED = frozenset((":deps", ":extra-deps", ":replace-deps", ":dependencies", ":plugins"))
"""Keys of dependencies that are used; those of versions alone are not among them."""
SHIPPED = frozenset((":uberjar", ":production", ":prod", ":provided"))
"""Profiles that are no development."""


@dataclass(slots=True)
class Form:
    """A bracket that is open."""

    key: str
    """The word before it."""
    line: int = 0
    word: str = ""
    """Its last word."""
    words: int = 0
    local: bool = False


def read_edn(manifest: Manifest) -> Iterator[Clue]:
    """Yield the libraries of a deps.edn, except folders; those of aliases are for development."""
    forms = [Form("")]
    for token in _without_discarded(CLOJURE.tokens(manifest.text)):
        closed = _step(forms, token)
        if closed and forms[-1].key in WANTED and not closed.local:
            development = any(form.key == ":aliases" for form in forms[:4])
            yield from _library(closed.key, closed.line, development=development)


def read_project(manifest: Manifest) -> Iterator[Clue]:
    """Yield the libraries in vectors `[name "1.0"]` under `:dependencies` and `:plugins`."""
    forms = [Form("")]
    for token in _without_discarded(CLOJURE.tokens(manifest.text)):
        _step(forms, token)
        within = forms[-2].key if len(forms) > 1 else ""
        if token.kind is Kind.WORD and forms[-1].words == 1 and within in WANTED:
            yield from _library(token.text, token.line, development=within == ":plugins" or _is_profile(forms))


def _is_profile(forms: list[Form]) -> bool:
    """Whether a form stands in a profile that does not run in production."""
    keys = [form.key for form in forms[:6]]
    return ":profiles" in keys and not SHIPPED.intersection(keys)


def _step(forms: list[Form], token: Token) -> Form | None:
    """Go on by a token, and return the form that it closes."""
    if token.is_mark("([{"):
        forms.append(Form(forms[-1].word, token.line))
    elif token.is_mark(")]}") and len(forms) > 1:
        return forms.pop()
    elif token.kind is Kind.WORD:
        forms[-1].word = token.text
        forms[-1].words += 1
        forms[-1].local = forms[-1].local or token.text == ":local/root"
    return None


def _without_discarded(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens without line ends, metadata such as `^:replace`, and forms after `#_`."""
    before, depth, owed = Token(Kind.NEWLINE, "", 0), 0, 0
    for token in tokens:
        if token.kind is Kind.NEWLINE:
            continue
        if not depth and before.is_mark("#") and token.kind is Kind.WORD and token.text.startswith("_"):
            # A word that is written right after it is what it discards.
            owed += token.text == "_"
        elif owed and (depth or not token.is_mark("#")):
            depth += token.is_mark("([{") - token.is_mark(")]}")
            owed -= not depth
        elif not before.is_mark("^"):
            yield token
        before = token


def _library(name: str, line: int, *, development: bool) -> Iterator[Clue]:
    coordinates = name if "/" in name else f"{name}/{name}"
    return package("maven", coordinates, line, development=development)


READERS: Mapping[str, Reader] = {
    "deps.edn": read_edn,
    "project.clj": read_project,
    "build.boot": read_project,
    "shadow-cljs.edn": read_project,
}
