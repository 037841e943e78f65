"""A stack as a software bill of materials: CycloneDX 1.6."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from pytest_django import DjangoAssertNumQueries

from stacks.cyclonedx import Part, bill
from stacks.models import Stack, Visibility
from tests.members.builders import logged_in, make_member
from tests.tools.builders import make_tool
from tools.models import Identifier

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
URL = "https://whystack.example/stacks/ada/shop/"
# What the specification asks of the parts that we write, in our words: https://cyclonedx.org/docs/1.6/json/
ADDRESSES = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["type", "url"],
        "properties": {"type": {"enum": ["website", "vcs"]}, "url": {"type": "string", "pattern": "^https?://"}},
    },
}
COMPONENT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["type", "name"],
    "properties": {
        "type": {"enum": ["application", "framework", "library", "platform"]},
        "bom-ref": {"type": "string", "minLength": 1},
        "name": {"type": "string"},
        "version": {"type": "string", "maxLength": 1024},
        "purl": {"type": "string", "pattern": "^pkg:[a-z]+/.+"},
        "externalReferences": ADDRESSES,
    },
}
SHAPE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["bomFormat", "specVersion"],
    "properties": {
        "bomFormat": {"const": "CycloneDX"},
        "specVersion": {"const": "1.6"},
        "serialNumber": {"pattern": "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},
        "version": {"type": "integer", "minimum": 1},
        "metadata": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "timestamp": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                "component": COMPONENT,
            },
        },
        "components": {"type": "array", "uniqueItems": True, "items": COMPONENT},
    },
}


def document(*parts: Part) -> dict[str, Any]:
    made = bill("Shop", URL, 3, NOW, parts)
    assert [error.message for error in Draft202012Validator(SHAPE).iter_errors(made)] == []
    return made


def purl(version: str, *purls: str) -> str | None:
    said: str | None = document(Part("a", "A", "library", version=version, purls=purls))["components"][0].get("purl")
    return said


def test_a_document_tells_of_the_stack_and_its_tools() -> None:
    django = Part(
        "django", "Django", "framework", "6.1.3", ["pkg:pypi/django"], "https://a.example", "https://b.example"
    )
    made = document(django, Part("stripe", "Stripe", "service"))
    assert made["metadata"]["timestamp"] == "2026-11-22T12:00:00Z"
    assert made["components"] == [
        {
            "type": "framework",
            "bom-ref": "django",
            "name": "Django",
            "version": "6.1.3",
            "purl": "pkg:pypi/django@6.1.3",
            "externalReferences": [
                {"type": "website", "url": "https://a.example"},
                {"type": "vcs", "url": "https://b.example"},
            ],
        },
        {"type": "application", "bom-ref": "stripe", "name": "Stripe"},
    ]


def test_the_same_stack_is_the_same_document_and_another_is_another() -> None:
    assert document() == document()
    assert bill("Shop", f"{URL}x", 3, NOW, [])["serialNumber"] != document()["serialNumber"]


def test_a_package_is_named_only_where_there_is_one() -> None:
    assert purl("", "pkg:npm/react") == "pkg:npm/react"
    assert purl("", "pkg:npm/react", "pkg:npm/preact") is None
    assert purl("", "pkg:npm/%40angular/*") is None
    assert purl("", "pkg:npm/%40angular/core", "pkg:npm/%40angular/*") == "pkg:npm/%40angular/core"


@pytest.mark.parametrize(
    ("version", "said"),
    [("1.2", "@1.2"), ("v22", "@22"), ("1.0+build", "@1.0%2Bbuild"), (">=4", ""), ("4.x or so", ""), ("~1", "")],
)
def test_a_package_has_a_version_where_it_is_one(version: str, said: str) -> None:
    assert purl(version, "pkg:npm/react") == f"pkg:npm/react{said}"


def make_stack(count: int) -> Stack:
    stack = Stack.objects.create(owner=make_member("ada"), slug="shop", name="Shop", kind="project")
    tools = [make_tool(f"tool-{number}", stars=1) for number in range(count)]
    rows = [
        Identifier(tool=tool, type="purl", value=f"pkg:npm/{tool.slug}", verified_on=date(2026, 1, 1)) for tool in tools
    ]
    Identifier.objects.bulk_create(rows)
    stack.add(tools, NOW)
    return stack


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_is_of_the_documented_shape(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    stack = make_stack(count)
    with django_assert_num_queries(4):
        response = Client().get("/stacks/ada/shop/sbom.json")
    assert (response.status_code, response.headers["Content-Type"]) == (
        200,
        "application/vnd.cyclonedx+json; version=1.6",
    )
    made = json.loads(response.content)
    assert [error.message for error in Draft202012Validator(SHAPE).iter_errors(made)] == []
    assert [row["purl"] for row in made["components"]] == [f"pkg:npm/tool-{number}" for number in range(count)]
    assert made["metadata"]["component"]["bom-ref"] == f"http://127.0.0.1:8000{stack.get_absolute_url()}"


@pytest.mark.django_db
def test_a_hidden_stack_is_its_owners_alone() -> None:
    stack = make_stack(1)
    stack.show_to(Visibility.PUBLIC)
    stack.hide(NOW)
    readers = [Client(), logged_in(stack.owner)]
    assert [reader.get("/stacks/ada/shop/sbom.json").status_code for reader in readers] == [404, 200]
