"""Bills of materials and StackShare's files."""

import json

from tests.stacks.reading.saying import told

BILL = {
    "bomFormat": "CycloneDX",
    "metadata": {"component": {"bom-ref": "app", "purl": "pkg:npm/app@1"}},
    "components": [
        {"bom-ref": "e", "purl": "pkg:npm/express@4.18.2?x=y"},
        {"bom-ref": "s", "purl": "pkg:npm/%40scope/send@1#sub"},
        {"bom-ref": "d", "purl": "pkg:oci/debian@sha256%3A1?repository_url=docker.io/library/debian"},
        {"bom-ref": "t", "purl": "pkg:pypi/pytest@8", "scope": "excluded"},
        {"bom-ref": "n"},
        {"bom-ref": "app", "purl": "pkg:npm/app@1"},
    ],
    "dependencies": [{"ref": "app", "dependsOn": ["e", "d", "t"]}, {"ref": "e", "dependsOn": ["s"]}],
}
XML = """\
<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6">
  <metadata><component bom-ref="app"><purl>pkg:maven/a/app@1</purl></component></metadata>
  <components>
    <component bom-ref="x"><purl>pkg:maven/org.x/x@1</purl>
      <components><component bom-ref="y"><purl>pkg:maven/org.y/y@2</purl></component></components>
    </component>
  </components>
  <dependencies><dependency ref="app"><dependency ref="x"/></dependency></dependencies>
</bom>
"""
SPDX = {
    "spdxVersion": "SPDX-2.3",
    "documentDescribes": ["SPDXRef-app"],
    "packages": [
        {"SPDXID": "SPDXRef-app", "externalRefs": [{"referenceLocator": "pkg:gem/app@1"}]},
        {"SPDXID": "SPDXRef-a", "externalRefs": [{"referenceLocator": "pkg:gem/rails@8"}]},
        {"SPDXID": "SPDXRef-b", "externalRefs": [{"referenceLocator": "cpe:x"}]},
        {"SPDXID": "SPDXRef-c", "externalRefs": [{"referenceLocator": "pkg:gem/rack@3"}]},
    ],
    "relationships": [
        {"spdxElementId": "SPDXRef-app", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-a"},
        {"spdxElementId": "SPDXRef-c", "relationshipType": "DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-a"},
    ],
}
TAGS = """\
SPDXVersion: SPDX-2.3
SPDXID: SPDXRef-DOCUMENT
PackageName: app
SPDXID: SPDXRef-app
ExternalRef: PACKAGE-MANAGER purl pkg:cargo/app@1
PackageName: serde
SPDXID: SPDXRef-serde
ExternalRef: PACKAGE-MANAGER purl pkg:cargo/serde@1.0
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-app
"""


def test_cyclonedx_tells_direct_from_transitive() -> None:
    assert told("sbom", "bom.json", json.dumps(BILL)) == [
        "purl pkg:npm/express@4.18.2 in 1, locked",
        "purl pkg:npm/%40scope/send@1 in 1, locked, transitive",
        "docker debian@sha256%3A1 in 1, locked",
        "purl pkg:pypi/pytest@8 in 1, locked, development",
    ]


def test_without_dependencies_everything_is_direct() -> None:
    document = {
        "bomFormat": "CycloneDX",
        "components": [{"purl": "pkg:npm/vue@3", "components": [{"purl": "pkg:npm/a@1"}]}],
    }
    assert told("sbom", "sbom.json", json.dumps(document, indent=1)) == [
        "purl pkg:npm/vue@3 in 5, locked",
        "purl pkg:npm/a@1 in 8, locked",
    ]


def test_cyclonedx_in_xml() -> None:
    assert told("sbom", "app.cdx.xml", XML) == [
        "purl pkg:maven/org.x/x@1 in 5, locked",
        "purl pkg:maven/org.y/y@2 in 6, locked, transitive",
    ]


def test_spdx() -> None:
    assert told("sbom", "app.spdx.json", json.dumps(SPDX)) == [
        "purl pkg:gem/rails@8 in 1, locked",
        "purl pkg:gem/rack@3 in 1, locked, transitive",
    ]


def test_spdx_in_yaml_knows_lines() -> None:
    text = "spdxVersion: SPDX-2.3\npackages:\n  - SPDXID: a\n    externalRefs: [{referenceLocator: pkg:gem/rails@8}]\n"
    assert told("sbom", "app.spdx.yaml", text) == ["purl pkg:gem/rails@8 in 3, locked"]


def test_spdx_as_tags() -> None:
    assert told("sbom", "app.spdx", TAGS) == ["purl pkg:cargo/serde@1.0 in 8, locked"]


def test_other_documents() -> None:
    assert told("sbom", "bom.json", '{"materials": []}') == []
    for path, text in (("sbom.json", "{}"), ("x.spdx", "hello"), ("sbom.xml", "<a/>"), ("x.spdx.yaml", "a: b")):
        assert told("sbom", path, text) == ["It is neither CycloneDX nor SPDX."]


def test_techstack() -> None:
    text = (
        "tools:\n- name: Node.js\n  version: '20'\n- name: \"@babel/core\"\n  version: 7.1\n"
        "  package_url: https://www.npmjs.com/@babel/core\n- name: Odd\n  package_url: https://example.com\n"
    )
    page = (
        '<!--\n- [Jest](http://facebook.github.io/jest/)\n-->\n  <sub><a href="https://react.dev">React</a></sub>\n'
        "|NAME|VERSION|\n|:--|:--|\n|[flask](https://pypi.org/project/flask)|v3.0|06/15/22|\n"
    )
    assert told("techstack", "techstack.yml", text) == [
        "tool Node.js@20 in 2, declared",
        "purl pkg:npm/%40babel/core@7.1 in 4, declared",
    ]
    assert told("techstack", "techstack.md", page) == [
        "tool React in 4, declared",
        "purl pkg:pypi/flask@3.0 in 7, declared",
    ]
