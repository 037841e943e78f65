"""Bills of materials: CycloneDX in JSON and XML, SPDX in JSON, YAML and as tags."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort, UnreadableError
from stacks.scanner.parsing import Element, Lines, read_json_object, read_xml, read_yaml
from stacks.scanner.reading.images import image_name
from stacks.scanner.reading.lines import numbered
from stacks.scanner.reading.trees import at, line, rows, table, text

_PURL = re.compile(r"pkg:[a-zA-Z][a-zA-Z0-9.+-]*/[^\s\"'<>]{1,400}")
MOST = 50_000
"""Components of one document."""


@dataclass(frozen=True, slots=True)
class _Component:
    reference: str
    purl: str
    line: int
    spare: bool = False
    """Whether the document says that running the thing does not need it."""


@dataclass(slots=True)
class _Bill:
    """What a document says, whatever its format."""

    components: list[_Component] = field(default_factory=list)
    roots: set[str] = field(default_factory=set)
    needs: dict[str, list[str]] = field(default_factory=dict)


def read_bill(manifest: Manifest) -> Iterator[Clue]:
    """Components are locked; where the document says who needs what, those that its subject needs are direct."""
    yield from _bill_clues(_bill(manifest))


def read_possible_bill(manifest: Manifest) -> Iterator[Clue]:
    """The same of a file whose name may mean anything."""
    head = manifest.text[:20_000]
    if any(mark in head for mark in ("CycloneDX", "cyclonedx", "SPDX", "spdxVersion", "bomFormat")):
        yield from read_bill(manifest)


def _bill(manifest: Manifest) -> _Bill:
    start = manifest.text[:200].lstrip()
    if start.startswith("<"):
        return _cyclonedx_xml(read_xml(manifest.text))
    if start.startswith("{"):
        document, lines = read_json_object(manifest.text), Lines(manifest.text)
        return _spdx(document, lines) if "spdxVersion" in document else _cyclonedx(document, lines)
    if manifest.name.endswith((".yml", ".yaml")):
        return _spdx(next(read_yaml(manifest.text), None), None)
    if "SPDXVersion:" in manifest.text:
        return _spdx_tags(manifest.text)
    raise UnreadableError("It is neither CycloneDX nor SPDX.")


def _bill_clues(bill: _Bill) -> Iterator[Clue]:
    """A document whose dependencies start nowhere near its subject does not tell direct from transitive."""
    direct = {needed for root in bill.roots for needed in bill.needs.get(root, ())}
    for component in bill.components[:MOST]:
        if component.reference not in bill.roots:
            told = not direct or component.reference in direct
            yield from _component_clues(component, direct=told)
    if len(bill.components) > MOST:
        raise UnreadableError(f"Only its first {MOST:,} components were read.")


def _component_clues(component: _Component, *, direct: bool) -> Iterator[Clue]:
    sort, value, version = _identified(component.purl)
    if value:
        yield Clue(sort, value, component.line, Certainty.LOCKED, direct, component.spare, version)


def _identified(purl: str) -> tuple[Sort, str, str]:
    """(sort, value, version): images and actions have identifiers of their own."""
    plain, _, qualifiers = purl.partition("#")[0].partition("?")
    name, version = _split_version(plain)
    kind, _, path = name.removeprefix("pkg:").partition("/")
    if kind in {"docker", "oci"}:
        return Sort.DOCKER, _image(path, qualifiers), version
    if kind in {"githubactions", "github-actions"}:
        return Sort.GITHUB_ACTION, path.lower(), version
    return Sort.PURL, name if path else "", version


def _split_version(plain: str) -> tuple[str, str]:
    at_sign = plain.rfind("@")
    if at_sign > plain.rfind("/") + 1:
        return plain[:at_sign], plain[at_sign + 1 :]
    return plain, ""


def _image(path: str, qualifiers: str) -> str:
    given = dict(part.partition("=")[::2] for part in qualifiers.split("&"))
    address = given.get("repository_url", "").replace("%2F", "/").replace("%3A", ":")
    name = path
    if address:
        name = address if address.rpartition("/")[2] == path else f"{address}/{path}"
    return image_name(name) or ""


def _cyclonedx(document: Mapping[str, Any], lines: Lines) -> _Bill:
    bill = _Bill()
    if document.get("bomFormat") != "CycloneDX" and "components" not in document:
        raise UnreadableError("It is neither CycloneDX nor SPDX.")
    subject = at(document, "metadata", "component")
    bill.roots = {text(at(subject, key)) for key in ("bom-ref", "purl")} - {""}
    for component in _nested(document):
        purl = text(component.get("purl"))
        reference = text(component.get("bom-ref")) or purl
        spare = component.get("scope") == "excluded"
        bill.components.append(_Component(reference, purl, lines.key(purl) if purl else 0, spare))
    for entry in rows(document.get("dependencies")):
        bill.needs[text(at(entry, "ref"))] = [text(needed) for needed in rows(at(entry, "dependsOn"))]
    return bill


def _nested(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Components, and those they hold, without recursion."""
    waiting = [*reversed(rows(document.get("components")))]
    while waiting:
        component = table(waiting.pop())
        yield component
        waiting.extend(reversed(rows(component.get("components"))))


def _cyclonedx_xml(root: Element) -> _Bill:
    bill = _Bill()
    subject = root.first("metadata", "component")
    if root.tag != "bom":
        raise UnreadableError("It is neither CycloneDX nor SPDX.")
    if subject is not None:
        bill.roots = {subject.attributes.get("bom-ref", ""), subject.word("purl")} - {""}
    for components in root.all("components"):
        for component in components.every("component"):
            purl = component.word("purl")
            reference = component.attributes.get("bom-ref", "") or purl
            spare = component.word("scope") == "excluded"
            named = component.first("purl") or component
            bill.components.append(_Component(reference, purl, named.line, spare))
    for dependencies in root.all("dependencies"):
        for entry in dependencies.all("dependency"):
            needed = [held.attributes.get("ref", "") for held in entry.all("dependency")]
            bill.needs[entry.attributes.get("ref", "")] = needed
    return bill


def _spdx(document: Any, lines: Lines | None) -> _Bill:
    bill = _Bill()
    if "spdxVersion" not in table(document):
        raise UnreadableError("It is neither CycloneDX nor SPDX.")
    bill.roots = {text(name) for name in rows(at(document, "documentDescribes"))}
    for package in rows(at(document, "packages")):
        purls = [text(at(entry, "referenceLocator")) for entry in rows(at(package, "externalRefs"))]
        purl = next((found for found in purls if found.startswith("pkg:")), "")
        number = line(at(package, "SPDXID")) or (lines.key(purl) if lines and purl else 0)
        bill.components.append(_Component(text(at(package, "SPDXID")), purl, number))
    _relate(
        bill,
        (
            (text(at(row, "spdxElementId")), text(at(row, "relationshipType")), text(at(row, "relatedSpdxElement")))
            for row in rows(at(document, "relationships"))
        ),
    )
    return bill


def _relate(bill: _Bill, relations: Iterable[tuple[str, str, str]]) -> None:
    for one, kind, other in relations:
        if kind == "DESCRIBES":
            bill.roots.add(other)
        elif kind in {"DEPENDS_ON", "CONTAINS"}:
            bill.needs.setdefault(one, []).append(other)
        elif kind.endswith("DEPENDENCY_OF"):
            bill.needs.setdefault(other, []).append(one)


def _spdx_tags(source: str) -> _Bill:
    """`Tag: value` lines; an SPDXID begins what the lines after it are about."""
    bill = _Bill()
    identifier = ""
    relations: list[tuple[str, str, str]] = []
    for number, raw in numbered(source):
        tag, _, value = raw.partition(":")
        value = value.strip()
        if tag == "SPDXID":
            identifier = value
        elif tag == "ExternalRef" and (found := _PURL.search(value[:1_000])):
            bill.components.append(_Component(identifier, found[0], number))
        elif tag == "Relationship" and len(words := value.split(maxsplit=3)) > 2:
            relations.append((words[0], words[1], words[2]))
    _relate(bill, relations)
    return bill


READERS: Mapping[str, Reader] = {
    "bom.json": read_possible_bill,
    "bom.xml": read_possible_bill,
    "*.bom.json": read_possible_bill,
    "*.bom.xml": read_possible_bill,
    "sbom.json": read_bill,
    "sbom.xml": read_bill,
    "sbom.*.json": read_bill,
    "sbom-*.json": read_bill,
    "*-sbom.json": read_bill,
    "*.sbom.json": read_bill,
    "*cyclonedx*.json": read_bill,
    "*cyclonedx*.xml": read_bill,
    "*.cdx.json": read_bill,
    "*.cdx.xml": read_bill,
    "*.spdx": read_bill,
    "*.spdx.json": read_bill,
    "*.spdx.yaml": read_bill,
    "*.spdx.yml": read_bill,
    "spdx.json": read_bill,
}
