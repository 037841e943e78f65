"""C, C++, Nim and Zig: CMake, Meson, Conan, vcpkg and Nimble."""

import re
from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader
from stacks.scanner.lexing import CMAKE, NIM, PYTHON, Kind, written_by_hand
from stacks.scanner.packages import listing, mapping, package, tool
from stacks.scanner.parsing import Lines, read_json_object
from stacks.scanner.sentences import sentences

FOUND = {
    "postgresql": "postgresql",
    "libpq": "postgresql",
    "libpqxx": "postgresql",
    "sqlite3": "sqlite",
    "sqlitecpp": "sqlite",
    "mysql": "mysql",
    "mysqlclient": "mysql",
    "hiredis": "redis",
    "redis++": "redis",
    "mongocxx": "mongodb",
    "libmongoc-1.0": "mongodb",
    "rdkafka": "kafka",
    "grpc": "grpc",
    "grpc++": "grpc",
    "protobuf": "protobuf",
    "thrift": "thrift",
    "opencv": "opencv",
    "opencv4": "opencv",
    "torch": "pytorch",
    "tensorflow": "tensorflow",
    "rocksdb": "rocksdb",
    "lmdb": "lmdb",
    "liblmdb": "lmdb",
    "zeromq": "zeromq",
    "libzmq": "zeromq",
    "cppzmq": "zeromq",
    "duckdb": "duckdb",
    "opentelemetry-cpp": "opentelemetry",
    "prometheus-cpp": "prometheus",
    "sentry": "sentry",
    "mosquitto": "mosquitto",
    "libmosquitto": "mosquitto",
}
"""Libraries, as CMake and pkg-config call them, that are of no use without a tool."""
CONAN = re.compile(r"^(?P<name>[a-z0-9_][a-z0-9_+.-]*+)/(?P<version>[^@#\s]*+)")
CONAN_BUILDING = frozenset(("tool_requires", "build_requires", "test_requires"))


def read_cmake(manifest: Manifest) -> Iterator[Clue]:
    """Yield the tools whose libraries a CMakeLists.txt looks for, and C where it names that language."""
    for sentence in sentences(CMAKE.tokens(manifest.text)):
        command, words = sentence[0].text.lower(), [token for token in sentence if token.kind is Kind.WORD][1:]
        if command == "find_package" and words:
            yield from _library(words[0].text, words[0].line)
        elif command == "pkg_check_modules":
            for word in words[1:]:
                yield from _library(word.text, word.line)
        elif command == "project" and any(word.text == "C" for word in words[1:]):
            yield tool("c", sentence[0].line)


def _library(name: str, line: int) -> Iterator[Clue]:
    if name.lower() in FOUND:
        yield tool(FOUND[name.lower()], line, certainty=Certainty.CONFIGURED)


def read_meson(manifest: Manifest) -> Iterator[Clue]:
    """Yield the languages of a meson.build and the tools whose libraries it looks for."""
    for sentence in sentences(PYTHON.tokens(manifest.text)):
        strings = [token for token in sentence if token.kind is Kind.STRING]
        if sentence[0].is_word("project"):
            for language in strings[1:]:
                if language.text in {"c", "cpp", "rust", "java"}:
                    yield tool(language.text, language.line)
        elif any(token.is_word("dependency") for token in sentence) and strings:
            yield from _library(strings[0].text, strings[0].line)


def read_conan_text(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages of a conanfile.txt."""
    section = ""
    for number, line in enumerate(written_by_hand(manifest.text).split("\n"), 1):
        words = line.partition("#")[0].strip()
        if words.startswith("["):
            section = words.strip("[]")
        elif section == "requires" or section in CONAN_BUILDING:
            yield from _conan(words, number, development=section in CONAN_BUILDING)


def read_conan(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages that a conanfile.py names in `requires`, as a list or by a call."""
    for sentence in sentences(PYTHON.tokens(manifest.text)):
        verb = next((t.text.rpartition(".")[2] for t in sentence if t.kind is Kind.WORD), "")
        if verb == "requires" or verb in CONAN_BUILDING:
            for token in sentence:
                if token.kind is Kind.STRING:
                    yield from _conan(token.text, token.line, development=verb in CONAN_BUILDING)


def _conan(reference: str, line: int, *, development: bool) -> Iterator[Clue]:
    if match := CONAN.match(reference):
        version = match["version"]
        yield from package("conan", match["name"], line, development=development, version=version)


def read_vcpkg(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages of a vcpkg.json, its features' too."""
    root = read_json_object(manifest.text)
    lines = Lines(manifest.text)
    for table in (root, *map(mapping, mapping(root.get("features")).values())):
        for entry in listing(table.get("dependencies")):
            name = entry if isinstance(entry, str) else mapping(entry).get("name")
            if isinstance(name, str):
                host = mapping(entry).get("host") is True
                yield from package("vcpkg", name, lines.key(name), development=host)


def read_nimble(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages that a .nimble file requires."""
    for sentence in sentences(NIM.tokens(manifest.text)):
        if sentence[0].is_word("requires", "taskRequires"):
            strings = [token for token in sentence if token.kind is Kind.STRING]
            for token in strings[sentence[0].text == "taskRequires" :]:
                for wanted in token.text.split(","):
                    name = re.split(r"[\s<>=#@~^]", wanted.strip(), maxsplit=1)[0]
                    if name.lower() != "nim" and "/" not in name:
                        yield from package("nimble", name, token.line)


READERS: Mapping[str, Reader] = {
    "CMakeLists.txt": read_cmake,
    "meson.build": read_meson,
    "conanfile.txt": read_conan_text,
    "conanfile.py": read_conan,
    "vcpkg.json": read_vcpkg,
    "*.nimble": read_nimble,
}
