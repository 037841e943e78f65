"""Maven: pom.xml."""

import re
from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader
from stacks.scanner.packages import own, package
from stacks.scanner.parsing import Element, read_xml

PROPERTY = re.compile(r"\$\{([^${}]*+)\}")
LONGEST = 200
"""Characters of a name after its properties are filled in."""
ROUNDS = 5
"""How often a property may stand for another."""
PLUGINS = "org.apache.maven.plugins"
"""The group of plugins that name none."""
OWN_VERSIONS = frozenset(("${project.version}", "${revision}", "${project.parent.version}", "${pom.version}"))
"""Versions that tell a module of the same project."""


class Project:
    """A pom and what its properties stand for."""

    def __init__(self, root: Element) -> None:
        """Take the pom's outermost element."""
        self.root = root
        parent = root.first("parent")
        inherited = parent.word("groupId") if parent else ""
        self.group = root.word("groupId") or inherited
        self.has_own_group = bool(root.word("groupId"))
        properties = root.first("properties")
        self._values = {element.tag: element.text[:LONGEST] for element in properties.children} if properties else {}
        for prefix in ("project.", "pom.", ""):
            self._values.setdefault(f"{prefix}groupId", self.group)
            self._values.setdefault(f"{prefix}artifactId", root.word("artifactId"))
            self._values.setdefault(f"{prefix}version", root.word("version") or root.word("parent", "version"))
            self._values.setdefault(f"{prefix}parent.groupId", inherited)
            self._values.setdefault(f"{prefix}parent.version", root.word("parent", "version"))

    def filled(self, text: str) -> str:
        """The text with the pom's properties in place of their names; those of other files stay as they are."""
        for _ in range(ROUNDS):
            if "${" not in text or len(text) > LONGEST:
                break
            text = PROPERTY.sub(lambda match: self._values.get(match[1], match[0]), text)
        return text

    def owns(self, entry: Element) -> bool:
        """Whether a dependency is a module of the project itself."""
        group = self.filled(entry.word("groupId"))
        if group != self.group:
            return False
        return self.has_own_group or "${" in entry.word("groupId") or entry.word("version") in OWN_VERSIONS


def read_pom(manifest: Manifest) -> Iterator[Clue]:
    """Yield parent, dependencies, imported bills of materials and plugins of a pom, its profiles' too.

    What `dependencyManagement` and `pluginManagement` hold back for others is no use of it.
    """
    project = Project(read_xml(manifest.text))
    if name := project.root.first("artifactId"):
        yield from own("maven", f"{project.group}/{name.text}", name.line)
    parent = project.root.first("parent")
    if parent and not parent.word("relativePath") and not project.owns(parent):
        yield from _artifact(project, parent)
    for part in (project.root, *(profile for box in project.root.all("profiles") for profile in box.all("profile"))):
        yield from _dependencies(project, part, development=False)
        yield from _imported(project, part)
        for plugin in _listed(part, "build", "plugins"):
            yield from _artifact(project, plugin, development=True, group=PLUGINS)
            yield from _dependencies(project, plugin, development=True)


def _listed(part: Element, *path: str) -> list[Element]:
    box = part.first(*path)
    return box.children if box else []


def _dependencies(project: Project, part: Element, *, development: bool) -> Iterator[Clue]:
    for entry in _listed(part, "dependencies"):
        if entry.tag == "dependency" and not project.owns(entry):
            yield from _artifact(project, entry, development=development or entry.word("scope") == "test")


def _imported(project: Project, part: Element) -> Iterator[Clue]:
    for entry in _listed(part, "dependencyManagement", "dependencies"):
        if entry.word("scope") == "import" and not project.owns(entry):
            yield from _artifact(project, entry, certainty=Certainty.CONFIGURED)


def _artifact(
    project: Project,
    entry: Element,
    *,
    certainty: Certainty = Certainty.DECLARED,
    development: bool = False,
    group: str = "",
) -> Iterator[Clue]:
    group = project.filled(entry.word("groupId")) or group
    name = entry.first("artifactId")
    if group and name:
        yield from package(
            "maven",
            f"{group}/{project.filled(name.text)}",
            name.line,
            certainty=certainty,
            development=development,
            version=project.filled(entry.word("version")),
        )


READERS: Mapping[str, Reader] = {"pom.xml": read_pom, "*.pom": read_pom}
