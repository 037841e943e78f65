"""Dart: pubspec.yaml and pubspec.lock."""

from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Clue, Manifest, Reader
from stacks.scanner.packages import locked, mapping, own, package
from stacks.scanner.parsing import Word, read_yaml


def read_pubspec(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages of a pubspec.yaml, except folders of the project, and Flutter where its SDK is asked for."""
    root = mapping(next(read_yaml(manifest.text), None))
    yield from own("pub", root.get("name"), line_of(root.get("name")))
    for key in mapping(root.get("environment")):
        if key == "flutter":
            yield from package("pub", "flutter", line_of(key))
    for key in ("dependencies", "dev_dependencies"):
        for name, wanted in mapping(root.get(key)).items():
            details = mapping(wanted)
            if "path" not in details and (details.get("sdk") is None or name == "flutter"):
                version = wanted if isinstance(wanted, str) else details.get("version") or ""
                yield from package(
                    "pub", name.lower(), line_of(name), development=key != "dependencies", version=str(version)
                )
            elif details.get("sdk") == "flutter":
                yield from package("pub", "flutter", line_of(name), development=key != "dependencies")


def read_lock(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages that a pubspec.lock pins, except folders of the project."""
    root = mapping(next(read_yaml(manifest.text), None))
    for name, details in mapping(root.get("packages")).items():
        entry = mapping(details)
        why = str(entry.get("dependency", ""))
        if entry.get("source") != "path" and (entry.get("source") != "sdk" or name == "flutter"):
            yield from locked(
                "pub",
                name.lower(),
                line_of(name),
                direct=why.startswith("direct"),
                development=why == "direct dev",
                version=str(entry.get("version", "")),
            )


def line_of(word: object) -> int:
    """The line of a word of a YAML document."""
    return word.line if isinstance(word, Word) else 0


READERS: Mapping[str, Reader] = {"pubspec.yaml": read_pubspec, "pubspec.yml": read_pubspec, "pubspec.lock": read_lock}
