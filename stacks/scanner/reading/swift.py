"""Swift and Apple's platforms: Package.swift, Package.resolved, Podfile, Podfile.lock and Cartfile."""

from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Clue, Manifest, Reader
from stacks.scanner.lexing import RUBY, SWIFT, Kind, Token, written_by_hand
from stacks.scanner.packages import listing, locked, mapping, package
from stacks.scanner.parsing import Lines, read_json_object, read_yaml
from stacks.scanner.reading.dart import line_of
from stacks.scanner.reading.ruby import opens
from stacks.scanner.sentences import sentences

PATH_PARTS = 3
"""Of a repository's address: host, owner and name."""


def repository(address: str) -> str:
    """`host/owner/name` of a repository's address, whichever way it is written; empty for a folder."""
    rest = address.partition("://")[2] or address.replace(":", "/", 1)
    rest = rest.rpartition("@")[2] if "@" in rest.partition("/")[0] else rest
    parts = rest.strip("/").removesuffix(".git").split("/")
    return "/".join(parts) if len(parts) >= PATH_PARTS and "." in parts[0].strip(".") else ""


def read_package(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages that a Package.swift depends on, except folders."""
    tokens = [token for token in SWIFT.tokens(manifest.text) if token.kind is not Kind.NEWLINE]
    inside = False
    for at, token in enumerate(tokens):
        if token.kind is Kind.WORD and token.text.rpartition(".")[2] == "package" and _follows(tokens, at, "("):
            inside = True
        elif inside and token.is_word("url") and _follows(tokens, at, ":") and tokens[at + 2 :]:
            yield from package("swift", repository(tokens[at + 2].text), tokens[at + 2].line)
            inside = False


def _follows(tokens: list[Token], at: int, mark: str) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].is_mark(mark)


def read_resolved(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages that a Package.resolved pins."""
    root = read_json_object(manifest.text)
    lines = Lines(manifest.text)
    pins = root.get("pins") or mapping(root.get("object")).get("pins")
    for pin in map(mapping, listing(pins)):
        address = pin.get("location") or pin.get("repositoryURL")
        if isinstance(address, str):
            version = str(mapping(pin.get("state")).get("version") or "")
            yield from locked("swift", repository(address), lines.of(address), version=version)


def read_podfile(manifest: Manifest) -> Iterator[Clue]:
    """Yield the pods that a Podfile asks for, except folders; those of test targets are for development."""
    blocks = [False]
    for sentence in sentences(RUBY.tokens(manifest.text)):
        strings = [token for token in sentence if token.kind is Kind.STRING]
        if sentence[0].is_word("pod") and strings:
            if not any(token.is_word("path", "podspec") for token in sentence):
                name = strings[0].text.partition("/")[0]
                yield from package("cocoapods", name, strings[0].line, development=blocks[-1])
        elif sentence[0].is_word("end") and len(blocks) > 1:
            blocks.pop()
        if opens(sentence):
            tests = sentence[0].is_word("target") and bool(strings) and strings[0].text.endswith(("Tests", "Test"))
            blocks.append(blocks[-1] or tests)


def read_podfile_lock(manifest: Manifest) -> Iterator[Clue]:
    """Yield the pods that a Podfile.lock pins, except folders."""
    root = mapping(next(read_yaml(manifest.text), None))
    wanted = {_pod(entry) for entry in listing(root.get("DEPENDENCIES")) if isinstance(entry, str)}
    sources = mapping(root.get("EXTERNAL SOURCES"))
    seen = {name for name, source in sources.items() if ":path" in mapping(source)}
    for entry in listing(root.get("PODS")):
        words = list(entry)[:1] if isinstance(entry, dict) else [entry]
        for word in words:
            if isinstance(word, str) and _pod(word) not in seen:
                seen.add(_pod(word))
                yield from locked("cocoapods", _pod(word), line_of(word), direct=_pod(word) in wanted)


def _pod(entry: str) -> str:
    """The pod of `Name/Part (1.2)`."""
    return entry.partition(" ")[0].partition("/")[0]


def read_cartfile(manifest: Manifest) -> Iterator[Clue]:
    """Yield the repositories that a Cartfile names."""
    for number, line in enumerate(written_by_hand(manifest.text).split("\n"), 1):
        words = line.partition("#")[0].replace('"', " ").split()
        if len(words) > 1 and words[0] in {"github", "git"}:
            address = words[1] if "://" in words[1] or words[0] == "git" else f"github.com/{words[1]}"
            private = manifest.name.endswith("private")
            yield from package("swift", repository(address), number, development=private)


READERS: Mapping[str, Reader] = {
    "Package.swift": read_package,
    "Package.resolved": read_resolved,
    "Podfile": read_podfile,
    "Podfile.lock": read_podfile_lock,
    "Cartfile": read_cartfile,
    "Cartfile.private": read_cartfile,
}
