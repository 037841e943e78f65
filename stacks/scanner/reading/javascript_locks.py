"""JavaScript's lockfiles: npm, Yarn old and new, pnpm, Bun, Deno."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.locking import Locked, asked, roots
from stacks.scanner.parsing import Lines, numbered, read_json_object
from stacks.scanner.reading.javascript import PACKAGE, SECTIONS, imported, npm, real_name

YARN_KEY = re.compile(
    r'"?(@[^@"\s,/]+/[^@"\s,]+|[^@"\s,]+)@((?:npm|workspace|patch|portal|link|file|virtual):)?([^",]*)'
)
YARN_NEED = re.compile(r'    "?((?:@[\w.~-]+/)?[\w.~-]+)"?:? ')
PNPM_NAME = re.compile(r"""\s*+['"]?/?(@[\w.~-]+/[\w.~-]+|[\w.~-]+)""")
MODULES = "node_modules/"
KEY = 2
"""How far pnpm indents the packages' keys."""


def read_npm(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a package-lock.json or npm-shrinkwrap.json holds, of any version."""
    lock = read_json_object(manifest.text)
    lines = Lines(manifest.text)
    packages = lock.get("packages")
    if isinstance(packages, dict):
        yield from asked(_modules(packages, lines), _direct(packages))
    elif isinstance(older := lock.get("dependencies"), dict):
        yield from roots(_older(older, lines))


def _direct(packages: Mapping[str, Any]) -> set[str]:
    """What the project, and each of its workspaces, asks for."""
    own = [about for place, about in packages.items() if MODULES not in place and isinstance(about, dict)]
    return set().union(*(_asked(about) for about in own))


def _asked(about: Mapping[str, Any]) -> set[str]:
    return {
        real_name(name, spec if isinstance(spec, str) else "")
        for section in SECTIONS
        if isinstance(needed := about.get(section), dict)
        for name, spec in needed.items()
    }


def _modules(packages: Mapping[str, Any], lines: Lines) -> Iterator[Locked]:
    for place, about in packages.items():
        at = place.rfind(MODULES)
        if at < 0 or not isinstance(about, dict) or about.get("link"):
            continue
        alias = about.get("name")
        name = alias if isinstance(alias, str) else place[at + len(MODULES) :]
        yield Locked(
            npm(name), lines.key(place), version=_text(about.get("version")), development=about.get("dev") is True
        )


def _older(dependencies: Mapping[str, Any], lines: Lines) -> Iterator[Locked]:
    for name, about in dependencies.items():
        line = lines.key(name)
        if isinstance(about, dict) and not _text(about.get("version")).startswith("file:"):
            requires = about.get("requires")
            needs = [npm(need) for need in requires] if isinstance(requires, dict) else []
            yield Locked(npm(name), line, needs, _text(about.get("version")), about.get("dev") is True)


def read_yarn(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a yarn.lock holds, of Yarn 1 or later."""
    lock = _Yarn()
    for number, line in numbered(manifest.text):
        lock.take(line, number)
    # Only later versions write down what the workspaces ask for.
    yield from asked(lock.packages, lock.direct) if lock.workspaces else roots(lock.packages)


class _Yarn:
    """A yarn.lock, read line by line."""

    def __init__(self) -> None:
        self.packages: list[Locked] = []
        self.direct: set[str] = set()
        self.workspaces = 0
        self._needs: set[str] | list[str] = []
        """Where what the present entry needs is noted."""
        self._listing = False

    def take(self, line: str, number: int) -> None:
        if line[:1] not in ("", " ", "#"):
            self._begin(line, number)
        elif line.startswith("    "):
            found = YARN_NEED.match(line) if self._listing else None
            if found and isinstance(self._needs, set):
                self._needs.add(npm(found[1]))
            elif found and isinstance(self._needs, list):
                self._needs.append(npm(found[1]))
        elif line.startswith("  "):
            self._listing = line.strip() in ("dependencies:", "optionalDependencies:")
            if line.startswith("  version") and isinstance(self._needs, list) and self.packages:
                self.packages[-1].version = line[9:].strip(' :"')

    def _begin(self, line: str, number: int) -> None:
        self._listing = False
        if "@workspace:" in line:
            self.workspaces += 1
            self._needs = self.direct
            return
        found = YARN_KEY.match(line)
        name = real_name(found[1], f"{found[2] or ''}{found[3]}") if found else ""
        package = Locked(name, number)
        self._needs = package.needs
        self.packages += [package] if name else []


def read_pnpm(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a pnpm-lock.yaml holds, of versions 5 to 9."""
    lock = _Pnpm()
    for number, line in numbered(manifest.text):
        if line.strip():
            lock.take(line, number)
    for package in lock.packages:
        package.development = package.development or lock.direct.get(package.purl, False)
    yield from asked(lock.packages, set(lock.direct))


class _Pnpm:
    """A pnpm-lock.yaml, read line by line: pnpm alone writes it, and always in one shape."""

    GROUPS = ("dependencies:", "devDependencies:", "optionalDependencies:")

    def __init__(self) -> None:
        self.packages: list[Locked] = []
        self.direct: dict[str, bool] = {}
        """What the importers ask for, and whether all do so for development."""
        self._part = self._group = self._last = ""
        self._depth = 0

    def take(self, line: str, number: int) -> None:
        word = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if indent == 0:
            self._part = word
        if self._part == "packages:":
            self._package(word, indent, number)
        elif self._part == "importers:" or self._part in self.GROUPS:
            self._importer(word, indent)

    def _importer(self, word: str, indent: int) -> None:
        if word in self.GROUPS:
            self._group, self._depth = word, indent
        elif indent <= self._depth:
            self._group = ""
        elif self._group and indent == self._depth + 2:
            self._last = self._ask(word)
        elif word.startswith("version: link:"):
            self.direct.pop(self._last, None)

    def _ask(self, word: str) -> str:
        found = PNPM_NAME.match(word)
        if not found or ": link:" in word:
            return ""
        name = npm(found[1])
        self.direct[name] = self.direct.get(name, True) and self._group == "devDependencies:"
        return name

    def _package(self, word: str, indent: int, number: int) -> None:
        found = PNPM_NAME.match(word) if indent == KEY else None
        if found and not word.lstrip("'\"").startswith(("file:", "link:")):
            version = word[found.end() :].lstrip("@/").partition(":")[0].partition("(")[0].rstrip("'\" ")
            self.packages.append(Locked(npm(found[1]), number, version=version))
        elif word == "dev: true" and self.packages:
            self.packages[-1].development = True


def read_bun(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a bun.lock holds."""
    lock = read_json_object(manifest.text)
    lines = Lines(manifest.text)
    workspaces = lock.get("workspaces")
    own = [about for about in workspaces.values() if isinstance(about, dict)] if isinstance(workspaces, dict) else []
    direct: set[str] = set().union(*(_asked(about) for about in own))
    packages = lock.get("packages")
    yield from asked(_bun_packages(packages if isinstance(packages, dict) else {}, lines), direct)


def _bun_packages(packages: Mapping[str, Any], lines: Lines) -> Iterator[Locked]:
    lines.key("packages")
    for key, about in packages.items():
        resolved = about[0] if isinstance(about, list) and about and isinstance(about[0], str) else ""
        found = PACKAGE.match(resolved)
        if found and "@workspace:" not in resolved and "@file:" not in resolved and "@link:" not in resolved:
            yield Locked(npm(found[1]), lines.key(key), version=resolved[found.end() + 1 :])


def read_deno_lock(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a deno.lock says that the project asks for, and what else it locks."""
    lock = read_json_object(manifest.text)
    lines = Lines(manifest.text)
    yield Clue(Sort.TOOL, "deno", 0, Certainty.LOCKED)
    specifiers = lock.get("specifiers") or (lock.get("packages") or {}).get("specifiers")
    for specifier in specifiers if isinstance(specifiers, dict) else ():
        yield from imported(specifier, lines.key(specifier), Certainty.LOCKED)
    packages = lock.get("npm")
    for key in packages if isinstance(packages, dict) else ():
        if found := PACKAGE.match(key):
            yield Clue(Sort.PURL, npm(found[1]), lines.key(key), Certainty.LOCKED, direct=False)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


READERS: Mapping[str, Reader] = {
    "package-lock.json": read_npm,
    "npm-shrinkwrap.json": read_npm,
    "yarn.lock": read_yarn,
    "pnpm-lock.yaml": read_pnpm,
    "bun.lock": read_bun,
    "deno.lock": read_deno_lock,
}
