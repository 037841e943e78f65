"""A stack as a software bill of materials: CycloneDX 1.6 in JSON. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

MEDIA_TYPE = "application/vnd.cyclonedx+json; version=1.6"
# What the format calls our kinds of tools; all others are applications.
TYPES: Mapping[str, str] = {
    "framework": "framework",
    "library": "library",
    "language": "platform",
    "runtime": "platform",
}
# One release, and no range of them.
VERSION = re.compile(r"v?\d[\w.+!-]*")


@dataclass(frozen=True, slots=True)
class Part:
    """A tool of the stack."""

    slug: str
    name: str
    kind: str
    version: str = ""
    """As its owner says it; empty where they do not."""
    purls: Sequence[str] = ()
    """The package URLs that betray the tool."""
    website: str = ""
    repository: str = ""


def bill(name: str, url: str, edition: int, changed_at: datetime, parts: Sequence[Part]) -> dict[str, Any]:
    """The document about the stack at this address; the same stack always gives the same document."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, url)}",
        "version": edition,
        "metadata": {
            "timestamp": f"{changed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "component": {
                "type": "application",
                "bom-ref": url,
                "name": name,
                "externalReferences": [{"type": "website", "url": url}],
            },
        },
        "components": [_component(part) for part in parts],
    }


def _component(part: Part) -> dict[str, Any]:
    component: dict[str, Any] = {"type": TYPES.get(part.kind, "application"), "bom-ref": part.slug, "name": part.name}
    if part.version:
        component["version"] = part.version
    if purl := _purl(part):
        component["purl"] = purl
    references = [("website", part.website), ("vcs", part.repository)]
    if told := [{"type": kind, "url": url} for kind, url in references if url]:
        component["externalReferences"] = told
    return component


def _purl(part: Part) -> str:
    """The tool's package with its version, where there is one package only; families of packages are none."""
    packages = [purl for purl in part.purls if not purl.endswith("*")]
    if len(packages) != 1:
        return ""
    version = part.version.removeprefix("v") if VERSION.fullmatch(part.version) else ""
    return f"{packages[0]}@{quote(version, safe='.-_~!:')}" if version else packages[0]
