"""Write taxonomy and attributes: the vocabulary that tools are described in."""

from collections.abc import Callable, Mapping
from typing import Any

from tools.catalogue.documents import ATTRIBUTE_FIELDS, attribute_document, site_attributes
from tools.catalogue.merging import Clash, merge
from tools.catalogue.reading import CatalogueText, Document, Refused, position
from tools.models import Attribute, Category, Choice, Function, Kind, Layer, Theme

type Written = tuple[Document, list[Clash]]
"""The file's content in its normal form, and the clashes met while writing it."""
type Write = Callable[[CatalogueText, Document, Document | None], Written]


def write_taxonomy(source: CatalogueText, raw: Document, base: Document | None) -> Written:
    """Create or change kinds, themes, layers, categories and functions; nothing is deleted."""
    content = _flat_taxonomy(raw)
    merged, clashes = merge(base or {}, _site_taxonomy(), content)
    for slug, row in merged["kinds"].items():
        Kind.objects.update_or_create(slug=slug, defaults=row)
    for slug, row in merged["themes"].items():
        Theme.objects.update_or_create(slug=slug, defaults=row)
    for slug, row in merged["layers"].items():
        Layer.objects.update_or_create(slug=slug, defaults=row)
    layers = {layer.slug: layer for layer in Layer.objects.all()}
    for slug, row in merged["categories"].items():
        Category.objects.update_or_create(slug=slug, defaults={**row, "layer": layers[row["layer"]]})
    categories = {category.slug: category for category in Category.objects.all()}
    for slug, row in merged["functions"].items():
        Function.objects.update_or_create(slug=slug, defaults={**row, "category": categories[row["category"]]})
    _write_neighbours(source, merged["neighbours"])
    return content, clashes


def _write_neighbours(source: CatalogueText, neighbours: Mapping[str, list[str]]) -> None:
    rows = {function.slug: function for function in Function.objects.all()}
    if unknown := sorted(neighbours.keys() - rows.keys()):
        raise Refused(source.path, position(source, ["neighbours"]), f"there is no function “{unknown[0]}”")
    site = _site_neighbours()
    for slug, others in neighbours.items():
        if site.get(slug) != others:
            rows[slug].neighbours.set([rows[other] for other in others])


def _flat_taxonomy(raw: Document) -> Document:
    flat: Document = {"kinds": {}, "themes": {}, "layers": {}, "categories": {}, "functions": {}}
    flat["neighbours"] = _neighbours(raw)
    for slug, kind in raw["kinds"].items():
        flat["kinds"][slug] = {"inherits": False, **kind}
    for slug, heading in raw.get("themes", {}).items():
        flat["themes"][slug] = {"heading": heading, "position": len(flat["themes"])}
    for layer in raw["layers"]:
        flat["layers"][layer["slug"]] = {"name": layer["name"], "position": len(flat["layers"])}
        for category in layer["categories"]:
            place = {"layer": layer["slug"], "name": category["name"], "position": len(flat["categories"])}
            flat["categories"][category["slug"]] = place
            for function in category["functions"]:
                place = {"category": category["slug"], "name": function["name"], "position": len(flat["functions"])}
                flat["functions"][function["slug"]] = place
    return flat


def _neighbours(raw: Document) -> dict[str, list[str]]:
    """Each function's neighbours: all others of every group in which the file names it."""
    found: dict[str, set[str]] = {}
    for group in raw.get("neighbours", []):
        for slug in group:
            found.setdefault(slug, set()).update(other for other in group if other != slug)
    return {slug: sorted(others) for slug, others in found.items()}


def _site_neighbours() -> dict[str, list[str]]:
    functions = Function.objects.filter(neighbours__isnull=False).distinct().prefetch_related("neighbours")
    return {row.slug: sorted(other.slug for other in row.neighbours.all()) for row in functions}


def _site_taxonomy() -> Document:
    categories = Category.objects.select_related("layer")
    functions = Function.objects.select_related("category")
    return {
        "kinds": {k.slug: {"noun": k.noun, "plural": k.plural, "inherits": k.inherits} for k in Kind.objects.all()},
        "themes": {row.slug: {"heading": row.heading, "position": row.position} for row in Theme.objects.all()},
        "layers": {row.slug: {"name": row.name, "position": row.position} for row in Layer.objects.all()},
        "categories": {
            row.slug: {"layer": row.layer.slug, "name": row.name, "position": row.position} for row in categories
        },
        "functions": {
            row.slug: {"category": row.category.slug, "name": row.name, "position": row.position} for row in functions
        },
        "neighbours": _site_neighbours(),
    }


def write_attributes(source: CatalogueText, raw: Document, base: Document | None) -> Written:
    """Create or change the attributes of one file; an attribute that left the file stays on the site."""
    writer = _AttributeWriter(source)
    site, content, clashes = site_attributes(raw), {}, []
    for key, definition in raw.items():
        content[key] = attribute_document(definition)
        merged, found = merge((base or {}).get(key, {}), site.get(key, {}), content[key])
        clashes += [Clash(f"{key}.{clash.field}", clash.site, clash.file) for clash in found]
        writer.add(key, site.get(key), merged)
    writer.write()
    return content, clashes


class _AttributeWriter:
    """Gathers the attributes of one file and writes them with a few statements; knows every place a scope may name."""

    def __init__(self, source: CatalogueText) -> None:
        self.source = source
        # Each slug of a scope is the widest place of that name: a layer, else a category, else a function.
        self.places: dict[str, Layer | Category | Function] = {}
        for rows in (Function.objects.all(), Category.objects.all(), Layer.objects.all()):
            self.places |= {row.slug: row for row in rows}
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}
        self.attributes: list[Attribute] = []
        self.scopes: dict[str, list[str]] = {}
        self.choices: dict[str, dict[str, Any]] = {}

    def add(self, key: str, site: Document | None, merged: Document) -> None:
        if site and site["type"] != merged["type"]:
            raise self._refused([key, "type"], "an attribute's type cannot change: add another one")
        if unknown := [slug for slug in merged["scope"] if slug not in self.places]:
            raise self._refused([key, "scope"], f"there is no layer, category or function “{unknown[0]}”")
        fields = {name: merged[name] for name in ATTRIBUTE_FIELDS}
        fields["theme"] = self._theme(key, merged["theme"])
        self.attributes.append(Attribute(slug=key, **fields))
        if set(site["scope"] if site else ()) != set(merged["scope"]):
            self.scopes[key] = merged["scope"]
        if (site["choices"] if site else {}) != merged["choices"]:
            self.choices[key] = merged["choices"]

    def write(self) -> None:
        Attribute.objects.bulk_create(
            self.attributes, update_conflicts=True, unique_fields=["slug"], update_fields=[*ATTRIBUTE_FIELDS, "theme"]
        )
        rows = {row.slug: row for row in Attribute.objects.filter(slug__in=[row.slug for row in self.attributes])}
        self._write_scopes(rows)
        self._write_choices(rows)

    def _theme(self, key: str, slug: str) -> Theme | None:
        if slug and slug not in self.themes:
            raise self._refused([key, "theme"], f"there is no theme “{slug}”")
        return self.themes[slug] if slug else None

    def _refused(self, steps: list[str], reason: str) -> Refused:
        return Refused(self.source.path, position(self.source, steps), reason)

    def _write_scopes(self, rows: Mapping[str, Attribute]) -> None:
        for field, model in (("layers", Layer), ("categories", Category), ("functions", Function)):
            through = getattr(Attribute, field).through
            through._default_manager.filter(attribute__slug__in=self.scopes).delete()
            through._default_manager.bulk_create(
                through(attribute=rows[key], **{f"{model._meta.model_name}_id": place.pk})
                for key, scope in self.scopes.items()
                for place in dict.fromkeys(self.places[slug] for slug in scope)
                if isinstance(place, model)
            )

    def _write_choices(self, rows: Mapping[str, Attribute]) -> None:
        had = Choice.objects.filter(attribute__slug__in=self.choices).select_related("attribute")
        gone = [choice for choice in had if choice.key not in self.choices[choice.attribute.slug]]
        for used in Choice.objects.filter(pk__in=[row.pk for row in gone], fact_values__isnull=False)[:1]:
            key = used.attribute.slug
            raise self._refused([key, "choices"], f"the choice “{used.key}” cannot go: facts answer with it")
        Choice.objects.filter(pk__in=[row.pk for row in gone]).delete()
        Choice.objects.bulk_create(
            [
                Choice(attribute=rows[attribute], key=key, position=place, **choice)
                for attribute, choices in self.choices.items()
                for place, (key, choice) in enumerate(choices.items())
            ],
            update_conflicts=True,
            unique_fields=["attribute", "key"],
            update_fields=["label", "explanation", "lacks", "position"],
        )
