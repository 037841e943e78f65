"""Write tools: the merged document decides, and only what differs from the site is touched."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from tools.catalogue import stars
from tools.catalogue.documents import host_and_name, site_documents, tool_document
from tools.catalogue.merging import Clash, merge
from tools.catalogue.reading import CatalogueText, Document
from tools.catalogue.vocabulary import Vocabulary
from tools.models import (
    Alias,
    Attribute,
    Choice,
    Fact,
    FactValue,
    Function,
    Identifier,
    Integration,
    Kind,
    Reason,
    ReasonState,
    Repository,
    Rival,
    Tool,
)
from tools.models.reason import Side
from tools.models.repository import OF_ANOTHER
from tools.values import columns

COLUMNS = ("name", "description", "icon", "colour", "icon_licence", "well_known", "features", "choose_if")


@dataclass(frozen=True)
class Item:
    """One tool's file, ready to be written."""

    source: CatalogueText
    slug: str
    document: Document
    figures: Sequence[Document]


type Pair = tuple[Item, Document | None]
"""An item with what its file said at the last load."""


def normalised(raw: Document, function: str, vocabulary: Vocabulary) -> Document:
    """A checked file's content in its normal form."""
    return tool_document(raw, function, vocabulary.types)


def create_missing(pairs: Iterable[Pair]) -> frozenset[str]:
    """Create the rows of tools that never were, and return their slugs; what an editor deleted is not brought back."""
    kinds, functions = _ids(Kind), _ids(Function)
    have = set(Tool.objects.values_list("slug", flat=True))
    made = Tool.objects.bulk_create(
        [
            Tool(
                slug=item.slug,
                kind_id=kinds[item.document["kind"]],
                function_id=functions[item.document["function"]],
                **{name: item.document[name] for name in COLUMNS},
            )
            for item, base in pairs
            if item.slug not in have and base is None
        ],
        batch_size=200,
    )
    return frozenset(tool.slug for tool in made)


def write(pairs: Sequence[Pair]) -> Iterator[tuple[str, Clash]]:
    """Bring the rows of these tools to what base, site and file make together; yield the clashes with their paths."""
    sites = site_documents(item.slug for item, _ in pairs)
    batch = _Batch([item.slug for item, _ in pairs])
    for item, base in pairs:
        site = sites.get(item.slug)
        if site is None:
            continue
        merged, clashes = merge(base or _created(item, site), site, item.document)
        yield from ((item.source.path, clash) for clash in clashes)
        batch.add(item, site, merged)
    batch.flush()


def _created(item: Item, site: Document) -> Document:
    """The base of a tool that has none: rows just created from this file, or an editor's own tool of that name."""
    empty: Document = {name: type(value)() if value is not None else None for name, value in site.items()}
    same = ("function", "kind", *COLUMNS)
    return empty | {name: site[name] for name in same if site[name] == item.document[name]}


def _ids(model: type[Kind] | type[Function] | type[Attribute]) -> dict[str, int]:
    return dict(model.objects.values_list("slug", "pk"))


@dataclass
class _Batch:
    """The writes of many tools, gathered and sent with one statement a table."""

    slugs: list[str]
    now: datetime = field(default_factory=timezone.now)
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)
    superseded: list[int] = field(default_factory=list)
    rivals: list[Rival] = field(default_factory=list)
    seen: list[tuple[int, Sequence[Document]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tools = {tool.slug: tool for tool in Tool.objects.filter(slug__in=self.slugs)}
        self.tool_ids = dict(Tool.objects.values_list("slug", "pk"))
        self.kinds, self.functions, self.attributes = _ids(Kind), _ids(Function), _ids(Attribute)
        self.types = dict(Attribute.objects.values_list("slug", "type"))
        self.choices = {
            (attribute, key): pk for attribute, key, pk in Choice.objects.values_list("attribute__slug", "key", "pk")
        }
        theirs = Reason.objects.filter(tool__slug__in=self.slugs, of_member=True)
        self.of_members = set(theirs.values_list("tool_id", "text"))
        current = Fact.objects.current().filter(tool__slug__in=self.slugs)
        self.facts = {(tool, key): pk for tool, key, pk in current.values_list("tool__slug", "attribute__slug", "pk")}

    def add(self, item: Item, site: Document, merged: Document) -> None:
        tool = self.tools[item.slug]
        self._tool(tool, site, merged)
        self._lists(tool, site, merged)
        self._identifiers(tool, site["identifiers"], merged["identifiers"])
        self._facts(tool, site["facts"], merged["facts"])
        self._repository(tool, site, merged)
        if merged["repository"] and item.figures:
            self.seen.append((tool.pk, item.figures))

    def flush(self) -> None:
        Fact.objects.filter(pk__in=self.superseded).update(superseded_at=self.now)
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows, batch_size=500)
        Rival.objects.bulk_create(
            self.rivals,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["tool", "other"],
            update_fields=["position"],
        )
        repositories = dict(
            Repository.objects.filter(tool__in=[pk for pk, _ in self.seen]).values_list("tool_id", "pk")
        )
        stars.record([stars.from_file(repositories[pk], row) for pk, figures in self.seen for row in figures])

    def _new(self, row: Model) -> None:
        self.rows.setdefault(type(row), []).append(row)

    def _tool(self, tool: Tool, site: Document, merged: Document) -> None:
        wanted = {name: merged[name] for name in COLUMNS if merged[name] != site[name]}
        if merged["kind"] != site["kind"]:
            wanted["kind_id"] = self.kinds[merged["kind"]]
        if merged["function"] != site["function"]:
            wanted["function_id"] = self.functions[merged["function"]]
        if wanted:
            Tool.objects.filter(pk=tool.pk).update(**wanted)

    def _lists(self, tool: Tool, site: Document, merged: Document) -> None:
        if merged["aliases"] != site["aliases"]:
            if site["aliases"]:
                tool.aliases.all().delete()
            for name in merged["aliases"]:
                self._new(Alias(tool=tool, name=name))
        if merged["integrations"] != site["integrations"]:
            if site["integrations"]:
                tool.integration_rows.all().delete()
            for place, slug in enumerate(merged["integrations"]):
                self._new(Integration(tool=tool, other_id=self.tool_ids[slug], position=place))
        if merged["rivals"] != site["rivals"]:
            self._rivals(tool, site["rivals"], merged["rivals"])
        self._reasons(tool, Side.PRO, site["pros"], merged["pros"])
        self._reasons(tool, Side.CON, site["cons"], merged["cons"])

    def _rivals(self, tool: Tool, site: list[str], merged: list[str]) -> None:
        """A rival that stays keeps its row, and with it its place among the popular comparisons."""
        if gone := set(site) - set(merged):
            tool.rival_rows.filter(other__slug__in=gone).delete()
        self.rivals += [
            Rival(tool=tool, other_id=self.tool_ids[slug], position=place) for place, slug in enumerate(merged)
        ]

    def _reasons(self, tool: Tool, side: Side, site: list[str], merged: list[str]) -> None:
        """Only what differs goes and comes: a reason that stays keeps its row, and with it its votes."""
        if gone := [text for text in site if text not in merged]:
            tool.reasons.filter(side=side, text__in=gone, of_member=False).delete()
        for place, text in enumerate(merged):
            if text not in site and not self._adopted(tool, side, text, place):
                self._new(Reason(tool=tool, side=side, text=text, position=place))

    def _adopted(self, tool: Tool, side: Side, text: str, place: int) -> bool:
        """Make a member's reason the editors' own where the files now say the same; its votes stay."""
        if (tool.pk, text) not in self.of_members:
            return False
        ours = {"side": side, "position": place, "state": ReasonState.SHOWN, "author": None, "of_member": False}
        return tool.reasons.filter(text=text, of_member=True).update(**ours) > 0

    def _identifiers(self, tool: Tool, site: Document, merged: Document) -> None:
        for name, row in merged.items():
            kind, value = name.split(" ", 1)
            if row != site.get(name):
                if name in site:
                    tool.identifiers.filter(type=kind, value=value).delete()
                day = date.fromisoformat(row["verified"])
                self._new(Identifier(tool=tool, type=kind, value=value, source=row["source"], verified_on=day))
        for name in site.keys() - merged.keys():
            kind, value = name.split(" ", 1)
            tool.identifiers.filter(type=kind, value=value).delete()

    def _facts(self, tool: Tool, site: Document, merged: Document) -> None:
        for key in site.keys() - merged.keys():
            self.superseded.append(self.facts[tool.slug, key])
        for key, row in merged.items():
            if row == site.get(key):
                continue
            if key in site:
                self.superseded.append(self.facts[tool.slug, key])
            self._fact(tool, key, row)

    def _fact(self, tool: Tool, key: str, row: Document) -> None:
        answer = columns(self.types[key], row["value"])
        fact = Fact(
            tool=tool,
            attribute_id=self.attributes[key],
            boolean=answer.boolean,
            number=answer.number,
            text=answer.text,
            note=row["note"],
            source=row["source"],
            verified_on=date.fromisoformat(row["verified"]),
            recorded_at=self.now,
        )
        self._new(fact)
        for place, choice in enumerate(answer.choices):
            self._new(FactValue(fact=fact, choice_id=self.choices[key, choice], position=place))
        for place, slug in enumerate(answer.tools):
            self._new(FactValue(fact=fact, tool_id=self.tool_ids[slug], position=place))

    def _repository(self, tool: Tool, site: Document, merged: Document) -> None:
        names = ("repository", "repository_source", "repository_verified")
        if all(merged[name] == site[name] for name in names):
            return
        if not merged["repository"]:
            Repository.objects.filter(tool=tool).delete()
            return
        verified = merged["repository_verified"]
        host, name = host_and_name(merged["repository"])
        fields: dict[str, Any] = {
            "host": host,
            "name": name,
            "source": merged["repository_source"],
            "verified_on": date.fromisoformat(verified) if verified else None,
        }
        if site["repository"]:
            if merged["repository"] != site["repository"]:
                fields |= OF_ANOTHER
            Repository.objects.filter(tool=tool).update(**fields)
        else:
            self._new(Repository(tool=tool, **fields))
