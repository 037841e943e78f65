"""Python's lockfiles: Poetry's, PDM's, uv's, pylock.toml, and Pipenv's."""

import re
from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader
from stacks.scanner.locking import Locked, asked, roots
from stacks.scanner.naming import pypi
from stacks.scanner.parsing import Lines, numbered, read_json_object
from stacks.scanner.requirements import package

PAIR = re.compile(r"""['"]?([\w.-]++)['"]?\s*+=\s*+(.*+)""")
NAMED = re.compile(r'name = "([^"]++)"')
QUOTED = re.compile(r'"([A-Za-z0-9][\w.-]*+)')
GROUPS = re.compile(r'"([^"]++)"')
OWN = ("editable =", "virtual =", "directory =")
DEVELOPMENT = frozenset(("dev", "test", "tests", "lint", "docs", "typing", "types"))


def read_lock(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a lockfile in TOML holds. Its writers are programs, so that lines tell all and length costs little."""
    lock = _Lock()
    for number, line in numbered(manifest.text):
        if line:
            lock.take(line, number)
    lock.end()
    yield from asked(lock.packages, lock.direct) if lock.own else roots(lock.packages)


class _Lock:
    """Packages as they are met; those that lie in the project say what it asks for."""

    def __init__(self) -> None:
        self.packages: list[Locked] = []
        self.direct: set[str] = set()
        self.own = 0
        self._package: Locked | None = None
        self._local = False
        self._table = self._list = ""

    def take(self, line: str, number: int) -> None:
        if line.startswith("[["):
            self.end()
            self._package = Locked("", number) if line.startswith(("[[package]]", "[[packages]]")) else None
            self._table = self._list = ""
        elif line[0] == "[":
            self._table, self._list = line.strip("[] "), ""
        elif line[0] in " \t]":
            self._item(line)
        elif found := PAIR.match(line):
            self._pair(found[1], found[2], number)

    def _item(self, line: str) -> None:
        """A line of a list of several."""
        if self._list and line[0] != "]":
            self._need(line)
        elif line[0] == "]":
            self._list = ""

    def _need(self, text: str) -> None:
        if self._package:
            found = NAMED.findall(text) or ([] if "{" in text else QUOTED.findall(text))
            self._package.needs += [f"pkg:pypi/{pypi(name)}" for name in found]

    def _pair(self, key: str, value: str, number: int) -> None:
        if not self._package:
            return
        if self._table == "package.dependencies":
            self._package.needs.append(f"pkg:pypi/{pypi(key)}")
        elif self._table in ("package.dev-dependencies", "package.optional-dependencies") or key == "dependencies":
            self._need(value)
            self._list = "" if value.endswith("]") else key
        elif not self._table:
            self._about(self._package, key, value, number)

    def _about(self, package: Locked, key: str, value: str, number: int) -> None:
        if key == "name":
            package.purl, package.line = f"pkg:pypi/{pypi(value.strip(chr(34)))}", number
        elif key == "version":
            package.version = value.strip('"')
        elif key == "category":
            package.development = value == '"dev"'
        elif key == "groups":
            groups = GROUPS.findall(value)
            package.development = bool(groups) and DEVELOPMENT.issuperset(groups)
        elif key == "source":
            self._local = any(word in value for word in OWN)

    def end(self) -> None:
        """Note the package that has been read, or what it needs if it lies in the project."""
        package, local = self._package, self._local
        self._package, self._local = None, False
        if package and local:
            self.own += 1
            self.direct.update(package.needs)
        elif package and package.purl:
            self.packages.append(package)


def read_pipenv(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a Pipfile.lock holds; what the Pipfile asked for has an index in it."""
    lines = Lines(manifest.text)
    sections = {
        section: value
        for section, value in read_json_object(manifest.text).items()
        if isinstance(value, dict) and section != "_meta"
    }
    indexed = '"index"' in manifest.text.partition('"default"')[2]
    for section, value in sections.items():
        lines.key(section)
        for name, about in value.items():
            line = lines.key(name)
            direct = not indexed or (isinstance(about, dict) and "index" in about)
            version = str(about.get("version", "")) if isinstance(about, dict) else ""
            yield package(
                name,
                line,
                development=section == "develop",
                certainty=Certainty.LOCKED,
                version=version.lstrip("="),
                direct=direct,
            )


READERS: Mapping[str, Reader] = {
    "poetry.lock": read_lock,
    "pdm.lock": read_lock,
    "uv.lock": read_lock,
    "pylock.toml": read_lock,
    "pylock.*.toml": read_lock,
    "Pipfile.lock": read_pipenv,
}
