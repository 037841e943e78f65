"""One shape for what a file says and what the site says, so that the two can be merged and compared.

A tool's document has these names, all always present: scalars `function name kind description icon colour icon_licence
well_known repository repository_source repository_verified`, lists `aliases features rivals integrations pros cons
choose_if`, mappings `identifiers` ("type value" to source and verified) and `facts` (attribute to value, note, source,
verified).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch

from tools.catalogue.reading import Document
from tools.models import Attribute, AttributeType, Fact, Host, Identifier, Repository, Tool
from tools.models.reason import Side
from tools.values import columns

LISTS = ("aliases", "features", "rivals", "integrations", "pros", "cons", "choose_if")
IDENTIFIER_TYPES = ("purl", "docker", "file", "github-action", "terraform-provider")


def tool_document(raw: Document, function: str, types: Mapping[str, str]) -> Document:
    """Normalise a tool's file; `types` gives each attribute's type. Raise ValueError for an answer of another type."""
    icon, repository = raw.get("icon", {}), raw.get("repository", {})
    return {
        "function": function,
        "name": raw["name"],
        "kind": raw["kind"],
        "description": raw.get("description", ""),
        "icon": icon.get("slug", ""),
        "colour": icon.get("colour", ""),
        "icon_licence": icon.get("licence", ""),
        "well_known": raw.get("well_known", False),
        "repository": _file_repository(repository),
        "repository_source": repository.get("source", ""),
        "repository_verified": repository.get("verified"),
        **{name: list(raw.get(name, [])) for name in LISTS},
        "identifiers": dict(_identifier(row) for row in raw.get("identifiers", [])),
        "facts": {key: _fact(types[key], row) for key, row in raw.get("facts", {}).items()},
    }


def _file_repository(row: Mapping[str, Any]) -> str:
    """Its name, and before it the host unless that is GitHub: both change together or not at all."""
    for host in Host:
        if name := row.get(host):
            return repository_key(host, name)
    return ""


def repository_key(host: str, name: str) -> str:
    """A repository as documents name it: `owner/name` at GitHub, `gitlab:group/name` elsewhere."""
    return name if host == Host.GITHUB else f"{host}:{name}"


def host_and_name(key: str) -> tuple[str, str]:
    """Return what a document's name of a repository was made of."""
    host, colon, name = key.partition(":")
    return (host, name) if colon else (Host.GITHUB, key)


def _identifier(row: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    kind = next(name for name in IDENTIFIER_TYPES if name in row)
    return f"{kind} {row[kind]}", {"source": row.get("source", ""), "verified": row["verified"]}


def _fact(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    value = row["value"]
    if kind in (AttributeType.DATE, AttributeType.NUMBER):
        answer = columns(kind, value)
        value = answer.text or answer.number
    return {
        "value": value,
        "note": row.get("note", ""),
        "source": row.get("source", ""),
        "verified": row["verified"],
    }


def site_documents(slugs: Iterable[str]) -> dict[str, Document]:
    """What the rows of these tools would read as in files, by slug; a fixed number of queries."""
    tools = (
        Tool.objects.filter(slug__in=list(slugs))
        .with_place()
        .prefetch_related(
            "aliases",
            "rival_rows__other",
            "integration_rows__other",
            "reasons",
            "identifiers",
            Prefetch("facts", Fact.objects.current().with_values()),
        )
    )
    return {tool.slug: _site_document(tool) for tool in tools}


def _site_document(tool: Tool) -> Document:
    return {
        "function": tool.function.slug,
        "name": tool.name,
        "kind": tool.kind.slug,
        "description": tool.description,
        "icon": tool.icon,
        "colour": tool.colour,
        "icon_licence": tool.icon_licence,
        "well_known": tool.well_known,
        **_site_repository(getattr(tool, "repository", None)),
        "aliases": [alias.name for alias in tool.aliases.all()],
        "features": list(tool.features),
        "choose_if": list(tool.choose_if),
        "rivals": [row.other.slug for row in tool.rival_rows.all()],
        "integrations": [row.other.slug for row in tool.integration_rows.all()],
        "pros": _editors(tool, Side.PRO),
        "cons": _editors(tool, Side.CON),
        "identifiers": {f"{row.type} {row.value}": _site_identifier(row) for row in tool.identifiers.all()},
        "facts": {fact.attribute.slug: _site_fact(fact) for fact in tool.facts.all()},
    }


def _editors(tool: Tool, side: Side) -> list[str]:
    """The editors' reasons: members' are no business of the files."""
    return [reason.text for reason in tool.reasons.all() if reason.side == side and not reason.of_member]


def _site_repository(repository: Repository | None) -> Document:
    verified = repository.verified_on if repository else None
    return {
        "repository": repository_key(repository.host, repository.name) if repository else "",
        "repository_source": repository.source if repository else "",
        "repository_verified": verified.isoformat() if verified else None,
    }


def _site_identifier(row: Identifier) -> dict[str, Any]:
    return {"source": row.source, "verified": row.verified_on.isoformat()}


def _site_fact(fact: Fact) -> dict[str, Any]:
    return {
        "value": fact.value,
        "note": fact.note,
        "source": fact.source,
        "verified": fact.verified_on.isoformat(),
    }


ATTRIBUTE_FIELDS: Mapping[str, Any] = {
    "heading": "",
    "question": "",
    "type": "",
    "importance": 50,
    "compare": True,
    "inherit": False,
    "passed_on": False,
    "one": "",
    "many": "",
    "no_one": "",
    "no_many": "",
    "joined_by": "and",
    "unit_one": "",
    "unit_many": "",
    "threshold": None,
    "choose_if": "",
    "choose_if_no": "",
    "favours": "",
    "measured": False,
}


def attribute_document(raw: Document) -> Document:
    """Normalise one attribute of a file: its fields, its scope and its choices."""
    return {
        **{name: raw.get(name, default) for name, default in ATTRIBUTE_FIELDS.items()},
        "theme": raw.get("theme", ""),
        "scope": list(raw.get("scope", [])),
        "choices": {key: {"lacks": False, **choice} for key, choice in raw.get("choices", {}).items()},
    }


def site_attributes(keys: Iterable[str]) -> dict[str, Document]:
    """What these attributes of the site would read as in a file, by key."""
    rows = (
        Attribute.objects.filter(slug__in=list(keys))
        .select_related("theme")
        .prefetch_related("choices", "layers", "categories", "functions")
    )
    return {row.slug: _site_attribute(row) for row in rows}


def _site_attribute(row: Attribute) -> Document:
    places = [*row.layers.all(), *row.categories.all(), *row.functions.all()]
    return {
        **{name: getattr(row, name) for name in ATTRIBUTE_FIELDS},
        "theme": row.theme.slug if row.theme else "",
        "scope": [place.slug for place in places],
        "choices": {
            choice.key: {"lacks": choice.lacks, "label": choice.label, "explanation": choice.explanation}
            for choice in row.choices.all()
        },
    }
