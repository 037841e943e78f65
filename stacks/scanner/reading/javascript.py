"""JavaScript and TypeScript: package.json, bower.json, pnpm's catalogues, Deno's configuration and import maps."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import Lines, Word, read_json_object, read_yaml

SECTIONS = {
    "dependencies": False,
    "optionalDependencies": False,
    "peerDependencies": False,
    "devDependencies": True,
}
"""Where a package.json names what it needs, and whether for development only."""
CONFIGURED = {
    "babel": "@babel/core",
    "eslintConfig": "eslint",
    "husky": "husky",
    "jest": "jest",
    "mocha": "mocha",
    "postcss": "postcss",
    "prettier": "prettier",
    "prisma": "prisma",
    "stylelint": "stylelint",
}
"""Keys of a package.json by which a package is configured there."""
MANAGERS = frozenset(("npm", "yarn", "pnpm", "bun"))
LOCAL = ("workspace:", "file:", "link:", "portal:", "exec:", "./", "../", "/", "~/", ".\\", "..\\")
PACKAGE = re.compile(r"(@[\w.~-]+/[\w.~-]+|[\w.~-]+)")
VERSION = re.compile(r"v?\d|[\^~><=*]")
SPECIFIER = re.compile(r"(npm|jsr):/?(@[\w.~-]+/[\w.~-]+|[\w.~-]+)(?:@([^/\s]+))?")
BY_ADDRESS = re.compile(
    r"https://(?:esm\.sh|cdn\.skypack\.dev|esm\.run|unpkg\.com|cdn\.jsdelivr\.net/npm|cdn\.esm\.sh)"
    r"/(?:v\d+/|stable/)?(@[\w.~-]+/[\w.~-]+|[\w.~-]+)(?:@([^/?\s]+))?"
)


def read_package(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a package.json needs, and the tools that it configures."""
    package = read_json_object(manifest.text)
    lines = Lines(manifest.text)
    name = package.get("name")
    if isinstance(name, str):
        yield Clue(Sort.OWN, npm(name), lines.key("name"))
    optional = _optional_peers(package)
    for section, value in package.items():
        if section in SECTIONS and isinstance(value, dict):
            lines.key(section)
            needed = {key: spec for key, spec in value.items() if section != "peerDependencies" or key not in optional}
            yield from _needed(needed, lines, development=SECTIONS[section])
        elif section in CONFIGURED and value:
            purl = npm(CONFIGURED[section])
            yield Clue(Sort.PURL, purl, lines.key(section), Certainty.CONFIGURED, development=True)
    yield from _managers(package, lines)


def _optional_peers(package: Mapping[str, Any]) -> set[str]:
    meta = package.get("peerDependenciesMeta")
    if not isinstance(meta, dict):
        return set()
    return {name for name, about in meta.items() if isinstance(about, dict) and about.get("optional") is True}


def _needed(needed: Mapping[str, Any], lines: Lines, *, development: bool) -> Iterator[Clue]:
    for key, spec in needed.items():
        line = lines.key(key)
        name = real_name(key, spec if isinstance(spec, str) else "")
        if name:
            version = spec if isinstance(spec, str) else ""
            yield Clue(Sort.PURL, name, line, development=development, version=version[:80])


def real_name(key: str, spec: str) -> str:
    """The purl of the package behind a name and its specification; empty for what lies in the project itself."""
    if spec.startswith(LOCAL):
        return ""
    if alias := SPECIFIER.match(spec):
        return of_registry(alias[1], alias[2]) if not VERSION.match(alias[2]) else npm(key)
    return npm(key) if PACKAGE.fullmatch(key) else ""


def npm(name: str) -> str:
    """A package of npm as a purl."""
    return f"pkg:npm/%40{name[1:]}" if name.startswith("@") else f"pkg:npm/{name}"


def of_registry(registry: str, name: str) -> str:
    """A package of npm or JSR as a purl."""
    return npm(name).replace("pkg:npm/", f"pkg:{registry}/", 1)


def _managers(package: Mapping[str, Any], lines: Lines) -> Iterator[Clue]:
    """The package manager that the project asks for, and Node.js where it says which."""
    asked = package.get("packageManager")
    if isinstance(asked, str) and asked.partition("@")[0] in MANAGERS:
        name, _, version = asked.partition("@")
        yield _tool(name, lines.key("packageManager"), version.partition("+")[0])
    for section in ("engines", "volta"):
        engines = package.get(section)
        if not isinstance(engines, dict):
            continue
        line = lines.key(section)
        for name, version in engines.items():
            # `"npm": "please-use-pnpm"` is there to forbid it.
            wanted = name == "node" or (name in MANAGERS and name != "npm")
            if wanted and isinstance(version, str) and VERSION.match(version):
                yield _tool("nodejs" if name == "node" else name, lines.key(name) or line, version)


def _tool(slug: str, line: int, version: str = "") -> Clue:
    return Clue(Sort.TOOL, slug, line, Certainty.CONFIGURED, development=slug != "nodejs", version=version[:80])


def read_bower(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a bower.json needs."""
    package = read_json_object(manifest.text)
    lines = Lines(manifest.text)
    for section, value in package.items():
        if section in ("dependencies", "devDependencies") and isinstance(value, dict):
            lines.key(section)
            for name in value:
                line = lines.key(name)
                yield Clue(Sort.PURL, f"pkg:bower/{name}", line, development=section == "devDependencies")


def read_deno(manifest: Manifest) -> Iterator[Clue]:
    """Yield what the imports of a deno.json or of an import map name."""
    config = read_json_object(manifest.text)
    lines = Lines(manifest.text)
    if manifest.name.startswith("deno."):
        yield Clue(Sort.TOOL, "deno", 0, Certainty.CONFIGURED)
    name = config.get("name")
    if isinstance(name, str):
        yield Clue(Sort.OWN, of_registry("jsr", name), lines.key("name"))
    imports = config.get("imports")
    for key, target in imports.items() if isinstance(imports, dict) else ():
        line = lines.key(key)
        if isinstance(target, str):
            yield from imported(target, line)


def imported(target: str, line: int, certainty: Certainty = Certainty.DECLARED) -> Iterator[Clue]:
    """Yield the package that a Deno specifier or an address of a known mirror names."""
    if found := SPECIFIER.match(target):
        yield Clue(Sort.PURL, of_registry(found[1], found[2]), line, certainty, version=found[3] or "")
    elif found := BY_ADDRESS.match(target):
        yield Clue(Sort.PURL, npm(found[1]), line, certainty, version=found[2] or "")


def read_pnpm_workspace(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages in a pnpm workspace's catalogues: its members may ask for them as `catalog:`."""
    for document in read_yaml(manifest.text):
        if isinstance(document, dict):
            named = document.get("catalogs")
            groups = [document.get("catalog"), *(named.values() if isinstance(named, dict) else ())]
            for group in groups:
                yield from _catalogued(group)


def _catalogued(group: Any) -> Iterator[Clue]:
    for key, spec in group.items() if isinstance(group, dict) else ():
        name = real_name(key, spec if isinstance(spec, str) else "")
        if name and isinstance(key, Word):
            yield Clue(Sort.PURL, name, key.line, Certainty.CONFIGURED, version=str(spec or "")[:80])


READERS: Mapping[str, Reader] = {
    "package.json": read_package,
    "bower.json": read_bower,
    "deno.json": read_deno,
    "deno.jsonc": read_deno,
    "import_map.json": read_deno,
    "importmap.json": read_deno,
    "pnpm-workspace.yaml": read_pnpm_workspace,
}
