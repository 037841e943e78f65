"""Python's way of naming a package with extras, versions and markers (PEP 508)."""

import re
from collections.abc import Iterator

from stacks.scanner.clues import Certainty, Clue, Sort
from stacks.scanner.naming import pypi

LENGTH = 2_000
"""Characters of one requirement that are looked at; hashes follow, and nothing else."""
NAME = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*+)\s*+(?:\[([^\]]*+)\])?\s*+(.*+)", re.DOTALL)
NAME_ONLY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*+")
EGG = re.compile(r"[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*+)")
ARCHIVE = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.-]*?)-\d[^/]*\.(?:whl|zip|tar\.gz|tar\.bz2)")
FORGES = ("git+", "hg+", "svn+", "bzr+")
LOCAL = (".", "/", "~", "file:", "\\")
OLD_PYTHON = re.compile(r"""\s*python_version\s*(?:<\s*['"]3(?:\.0)?['"]|<=?\s*['"]2\.\d['"]|==\s*['"]2\.\d['"])\s*""")
"""A marker that no Python of today meets."""


def required(
    text: str, line: int, *, development: bool = False, certainty: Certainty = Certainty.DECLARED, direct: bool = True
) -> Iterator[Clue]:
    """Yield the package that a requirement such as `Flask[async] >= 3` names, and the extras that it asks for."""
    text = text.strip()[:LENGTH]
    asked, _, marker = text.partition(";")
    if OLD_PYTHON.fullmatch(marker):
        return
    name, extras, version = _parts(asked.strip(), text)
    if name:
        yield package(name, line, development=development, certainty=certainty, version=version, direct=direct)
    for extra in extras.split(","):
        if name and NAME_ONLY.fullmatch(extra.strip()):
            # The catalogue may know what an extra is for, as `celery[redis]` asks for Redis.
            value = f"{name}[{pypi(extra.strip())}]"
            yield package(value, line, development=development, certainty=Certainty.CONFIGURED, direct=direct)


def package(
    name: str,
    line: int,
    *,
    development: bool = False,
    certainty: Certainty = Certainty.DECLARED,
    version: str = "",
    direct: bool = True,
) -> Clue:
    """The clue that a Python package is."""
    value = f"pkg:pypi/{pypi(name)}"
    return Clue(Sort.PURL, value, line, certainty, direct=direct, development=development, version=version[:80])


def _parts(asked: str, whole: str) -> tuple[str, str, str]:
    """A requirement's name, extras and version; no name where it lies in the project or is no requirement."""
    found = NAME.match(asked)
    if found and found[3][:1] == "@":
        return ("", "", "") if found[3][1:].strip().startswith(LOCAL) else (found[1].rstrip("-._"), found[2] or "", "")
    if "://" in asked or asked.startswith(FORGES):
        return ("", "", "") if asked.startswith(LOCAL) else (_of_address(whole), "", "")
    if not found or (found[3] and found[3][0] not in "=<>!~(,"):
        return "", "", ""
    if found[1].endswith((".whl", ".zip", ".tar.gz", ".txt")):
        return "", "", ""
    return found[1].rstrip("-._"), found[2] or "", found[3].strip(" ()")


def _of_address(address: str) -> str:
    """The package behind an address: its egg, or what the repository or archive is called."""
    if egg := EGG.search(address):
        return egg[1]
    path = address.partition("#")[0].partition("?")[0].rstrip("/")
    last = path.rpartition("/")[2][:200]
    if address.startswith(FORGES):
        return last.partition("@")[0].removesuffix(".git")
    found = ARCHIVE.match(last)
    return found[1] if found else ""
