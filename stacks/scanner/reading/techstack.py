"""techstack.yml and techstack.md: StackShare's list of a repository's tools by name, of packages by address."""

import re
from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import read_yaml
from stacks.scanner.reading.lines import numbered
from stacks.scanner.reading.trees import at, line, rows, text

_REGISTRIES = {
    "crates.io/crates/": "cargo",
    "npmjs.com/": "npm",
    "npmjs.com/package/": "npm",
    "nuget.org/packages/": "nuget",
    "packagist.org/": "composer",
    "packagist.org/packages/": "composer",
    "pkg.go.dev/": "golang",
    "pypi.org/project/": "pypi",
    "rubygems.org/": "gem",
    "rubygems.org/gems/": "gem",
}
"""Where packages have their pages; the longest beginning counts."""

_UNDER_A_LOGO = re.compile(r"<sub>\s?<a [^<>]{0,300}>([^<>]{1,80})</a>")
_IN_A_TABLE = re.compile(r"^\|\s?\[([^\]|]{1,120})\]\((https?://[^\s()]{1,300})\)\s?\|\s?v?([^|\s]{0,40})")


def read_techstack(manifest: Manifest) -> Iterator[Clue]:
    """Tools by name, packages by the address of their page."""
    for document in read_yaml(manifest.text):
        for tool in rows(at(document, "tools")):
            name, address = text(at(tool, "name")), text(at(tool, "package_url"))
            yield from _named(name, address, line(at(tool, "name")), text(at(tool, "version")))


def read_techstack_page(manifest: Manifest) -> Iterator[Clue]:
    """The same as a Markdown page: a link under each logo, and a link in each row of the tables of packages."""
    for number, raw in numbered(manifest.text):
        if "<sub>" in raw:
            for found in _UNDER_A_LOGO.finditer(raw[:2000]):
                yield from _named(found[1].strip(), "", number)
        elif row := _IN_A_TABLE.match(raw[:600]):
            yield from _named(row[1].strip(), row[2], number, row[3])


def _named(name: str, address: str, line: int, version: str = "") -> Iterator[Clue]:
    if package := _package(address):
        yield Clue(Sort.PURL, package, line, Certainty.DECLARED, version=version)
    elif name and not address:
        yield Clue(Sort.TOOL, name, line, Certainty.DECLARED, version=version)


def _package(address: str) -> str:
    plain = address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    for start in sorted(_REGISTRIES, key=len, reverse=True):
        if plain.startswith(start) and len(plain) > len(start):
            return f"pkg:{_REGISTRIES[start]}/{plain.removeprefix(start).replace('@', '%40', 1)}"
    return ""


READERS: Mapping[str, Reader] = {
    "techstack.yml": read_techstack,
    "techstack.yaml": read_techstack,
    "techstack.md": read_techstack_page,
}
