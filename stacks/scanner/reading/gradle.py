"""Gradle: build scripts and settings, in Groovy and Kotlin, and version catalogues."""

from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader
from stacks.scanner.lexing import GRADLE
from stacks.scanner.packages import locked, mapping, package, tool
from stacks.scanner.parsing import Lines, read_toml
from stacks.scanner.sentences import Clause, clauses

RUNNING = (
    "org.jetbrains.",
    "org.springframework.",
    "io.quarkus",
    "io.micronaut",
    "io.ktor",
    "com.android.",
    "org.grails",
)
"""Beginnings of plugins that decide what runs, and not only how it is built."""
BUILDING = ("test", "kapt", "ksp", "annotationProcessor", "classpath", "developmentOnly", "checkstyle", "pmd", "jmh")
BUILDING_ANYWHERE = ("Test", "AnnotationProcessor", "benchmark", "detekt", "ktlint", "spotbugs", "jacoco")
LANGUAGES = {"groovy": "groovy", "scala": "scala", "checkstyle": "checkstyle"}
"""Gradle's own plugins that are a tool of the catalogue."""
JAVA = frozenset(("java", "java-library", "war", "ear"))
NO_CONFIGURATION = frozenset(
    ("exclude", "because", "version", "if", "else", "for", "def", "val", "var", "modules", "components", "attributes")
)
"""First words, among dependencies, of clauses that ask for none."""


def read_script(manifest: Manifest) -> Iterator[Clue]:
    """Yield the plugins and dependencies of a build script; what it only gives versions to is no use."""
    java = not any(language in manifest.text for language in ("kotlin", "scala", "groovy"))
    for clause in clauses(GRADLE.tokens(manifest.text)):
        if "pluginManagement" in clause.path:
            continue
        if clause.block == "plugins":
            yield from _plugins(clause, java=java)
        elif clause.first in {"apply", "plugins.apply"} and not clause.has("from"):
            yield from _applied(clause, java=java)
        elif clause.block == "dependencies" and "dependencyManagement" not in clause.path:
            yield from _dependency(clause)
        else:
            yield from _elsewhere(clause)


def _elsewhere(clause: Clause) -> Iterator[Clue]:
    """Yield imported bills of materials, Compose that is turned on, and libraries of a catalogue in the settings."""
    if clause.first == "mavenBom":
        yield from _coordinates(clause, development=False, certainty=Certainty.CONFIGURED)
    elif clause.block == "buildFeatures" and clause.first == "compose" and clause.has("true"):
        yield tool("jetpack-compose", clause.line, certainty=Certainty.CONFIGURED)
    elif clause.first == "library" and "versionCatalogs" in clause.path:
        yield from _coordinates(clause, development=False)


def _plugins(clause: Clause, *, java: bool) -> Iterator[Clue]:
    names = clause.strings
    if clause.first == "kotlin" and names:
        yield from _plugin(f"org.jetbrains.kotlin.{names[0].text}", clause.line, java=java)
    elif clause.first in {"id", ""} and names:
        version = names[1].text if len(names) > 1 else ""
        yield from _plugin(names[0].text, names[0].line, java=java, version=version)
    elif any(token.text.startswith("libs.plugins.kotlin") for token in clause.tokens):
        yield tool("kotlin", clause.line)
    elif len(clause.tokens) == 1:
        yield from _plugin(clause.first, clause.line, java=java)


def _applied(clause: Clause, *, java: bool) -> Iterator[Clue]:
    for name in clause.strings[:1]:
        yield from _plugin(name.text, name.line, java=java)


def _plugin(name: str, line: int, *, java: bool, version: str = "") -> Iterator[Clue]:
    """Yield what a plugin betrays; other than Gradle's own, it is found by the artifact that marks it in a registry."""
    if name in JAVA or (name == "application" and java):
        yield tool("java", line)
    elif name in LANGUAGES:
        yield tool(LANGUAGES[name], line, development=name == "checkstyle")
    elif name == "kotlin" or (name.startswith("kotlin-") and name != "kotlin-dsl"):
        yield tool("kotlin", line)
    elif "." in name:
        development = not name.startswith(RUNNING)
        yield from package("maven", f"{name}/{name}.gradle.plugin", line, development=development, version=version)


def _dependency(clause: Clause) -> Iterator[Clue]:
    strings = clause.strings
    configuration = clause.first or (strings[0].text if strings else "")
    if configuration == "add" and strings:
        configuration = strings[0].text
    if configuration in NO_CONFIGURATION or clause.has("files", "fileTree", "npm"):
        return
    development = _is_for_building(configuration) or any(
        _is_for_building(block) or block == "buildscript" for block in clause.path
    )
    yield from _coordinates(clause, development=development)


def _is_for_building(name: str) -> bool:
    return name.startswith(BUILDING) or any(part in name for part in BUILDING_ANYWHERE)


def _coordinates(clause: Clause, *, development: bool, certainty: Certainty = Certainty.DECLARED) -> Iterator[Clue]:
    """Yield the artifacts named in a clause: `group:artifact`, `group: …, name: …` or `kotlin("part")`."""
    found = [(token.text, token.line) for token in clause.strings]
    if group := clause.value("group"):
        name = clause.value("name")
        found.append((f"{group.text}:{name.text}" if name else "", group.line))
    if part := clause.argument("kotlin"):
        found.append((f"org.jetbrains.kotlin:kotlin-{part.text}", part.line))
    for text, line in found:
        yield from artifact(text, line, development=development, certainty=certainty)


def artifact(
    text: str, line: int, *, development: bool = False, certainty: Certainty = Certainty.DECLARED
) -> Iterator[Clue]:
    """Yield the clue to `group:artifact:version`; nothing where a part is missing or still to be computed."""
    group, _, rest = text.partition(":")
    name, _, version = rest.partition(":")
    if group and name and "/" not in group:
        yield from package(
            "maven",
            f"{group}/{name}",
            line,
            certainty=certainty,
            development=development,
            version=version.partition(":")[0],
        )


def read_catalogue(manifest: Manifest) -> Iterator[Clue]:
    """Yield libraries and plugins of a version catalogue."""
    root = read_toml(manifest.text)
    lines = Lines(manifest.text)
    for alias, wanted in mapping(root.get("libraries")).items():
        yield from artifact(_module(wanted), lines.of(f"{alias} "), development=alias.startswith("test"))
    for alias, wanted in mapping(root.get("plugins")).items():
        name = wanted if isinstance(wanted, str) else mapping(wanted).get("id")
        if isinstance(name, str):
            yield from _plugin(name.partition(":")[0], lines.of(f"{alias} "), java=False)


def _module(wanted: Any) -> str:
    if isinstance(wanted, str):
        return wanted
    details = mapping(wanted)
    return str(details.get("module") or f"{details.get('group', '')}:{details.get('name', '')}")


def read_lock(manifest: Manifest) -> Iterator[Clue]:
    """Yield the artifacts that a gradle.lockfile pins."""
    for number, line in enumerate(StringIO(manifest.text), 1):
        coordinates, equals, configurations = line.partition("=")
        parts = coordinates.split(":", 3)
        if equals and len(parts) == 3:  # group, artifact, version
            development = all(name.startswith("test") for name in configurations.strip().split(","))
            yield from locked("maven", f"{parts[0]}/{parts[1]}", number, development=development, version=parts[2])


READERS: Mapping[str, Reader] = {
    "*.gradle": read_script,
    "*.gradle.kts": read_script,
    "*.versions.toml": read_catalogue,
    "gradle.lockfile": read_lock,
}
