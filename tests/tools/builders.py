"""Small catalogue rows for tests: each builder asks for what matters to the test and makes up the rest."""

from datetime import date
from typing import Any

from tools.models import (
    Attribute,
    AttributeType,
    Category,
    Choice,
    Fact,
    Function,
    Kind,
    Layer,
    Repository,
    Tool,
)

VERIFIED = date(2026, 8, 20)


def make_layer(slug: str = "application-and-data", **fields: Any) -> Layer:
    """The layer of that slug, made if there is none; so for the other three of the taxonomy."""
    return Layer.objects.get_or_create(slug=slug, defaults={"name": _name(slug), **fields})[0]


def make_category(slug: str = "frameworks", layer: str = "application-and-data", **fields: Any) -> Category:
    defaults = {"name": _name(slug), "layer": make_layer(layer), **fields}
    return Category.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_function(slug: str = "microframeworks", category: str = "frameworks", **fields: Any) -> Function:
    defaults = {"name": _name(slug), "category": make_category(category), **fields}
    return Function.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_kind(slug: str = "framework", **fields: Any) -> Kind:
    noun = slug.replace("-", " ")
    return Kind.objects.get_or_create(slug=slug, defaults={"noun": noun, "plural": f"{noun}s", **fields})[0]


def make_tool(
    slug: str,
    name: str | None = None,
    kind: str = "framework",
    function: str = "microframeworks",
    stars: int | None = None,
    forks: int | None = None,
    repository: str | None = None,
    **fields: Any,
) -> Tool:
    """A tool; it has a repository where one is named or figures are given, and these were seen on VERIFIED."""
    place = {"kind": make_kind(kind), "function": make_function(function)}
    tool = Tool.objects.create(slug=slug, name=_name(slug) if name is None else name, **place | fields)
    if repository or stars is not None or forks is not None:
        make_repository(tool, repository or f"{slug}/{slug}", stars=stars, forks=forks)
    return tool


def make_repository(
    tool: Tool, name: str, *, stars: int | None = None, forks: int | None = None, **fields: Any
) -> Repository:
    """The repository of a tool that has none yet."""
    figures: dict[str, Any] = {}
    for column, figure in (("stars", stars), ("forks", forks)):
        if figure is not None:
            figures |= {column: figure, f"{column}_on": VERIFIED, f"{column}_source": f"github:{name}"}
    return Repository.objects.create(tool=tool, name=name, verified_on=VERIFIED, **figures | fields)


def make_attribute(
    slug: str,
    type: str = "choice",  # noqa: A002  # the name of its column
    choices: tuple[str, ...] = ("a", "b"),
    **fields: Any,
) -> Attribute:
    """An attribute that holds everywhere, with words of its own; only those of choices have choices."""
    words = slug.replace("-", " ")
    made_up = {
        "heading": words.capitalize(),
        "question": f"What is its {words}?",
        "one": "has {value} " + words,
        "many": "have {value} " + words,
        "no_one": f"has no {words}",
        "no_many": f"have no {words}",
    }
    attribute = Attribute.objects.create(slug=slug, type=type, **made_up | fields)
    if type in (AttributeType.CHOICE, AttributeType.CHOICES):
        for place, key in enumerate(choices):
            label = key.replace("-", " ")
            Choice.objects.create(
                attribute=attribute, key=key, label=label, explanation=f"It is {label}.", position=place
            )
    return attribute


def make_fact(
    tool: Tool, attribute: Attribute, value: Any, source: str = "", verified_on: date = VERIFIED, note: str = ""
) -> Fact:
    """A current fact; `value` as the catalogue's files write it: choice keys, tool slugs or the plain value."""
    return Fact.record(tool, attribute, value, note=note, source=source, verified_on=verified_on)


def _name(slug: str) -> str:
    return slug.replace("-", " ").title()
