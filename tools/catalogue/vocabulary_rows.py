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
        writer.write(key, site.get(key), merged)
    return content, clashes


class _AttributeWriter:
    """Writes the attributes of one file; knows every place a scope may name."""

    def __init__(self, source: CatalogueText) -> None:
        self.source = source
        # Each slug of a scope is the widest place of that name: a layer, else a category, else a function.
        self.places: dict[str, Layer | Category | Function] = {}
        for rows in (Function.objects.all(), Category.objects.all(), Layer.objects.all()):
            self.places |= {row.slug: row for row in rows}
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}

    def write(self, key: str, site: Document | None, merged: Document) -> None:
        if site and site["type"] != merged["type"]:
            raise self._refused([key, "type"], "an attribute's type cannot change: add another one")
        fields = {name: merged[name] for name in ATTRIBUTE_FIELDS}
        fields["theme"] = self._theme(key, merged["theme"])
        attribute, _ = Attribute.objects.update_or_create(slug=key, defaults=fields)
        if site is None or set(site["scope"]) != set(merged["scope"]):
            self._write_scope(attribute, merged["scope"])
        if site is None or site["choices"] != merged["choices"]:
            self._write_choices(attribute, merged["choices"])

    def _theme(self, key: str, slug: str) -> Theme | None:
        if slug and slug not in self.themes:
            raise self._refused([key, "theme"], f"there is no theme “{slug}”")
        return self.themes[slug] if slug else None

    def _refused(self, steps: list[str], reason: str) -> Refused:
        return Refused(self.source.path, position(self.source, steps), reason)

    def _write_scope(self, attribute: Attribute, scope: list[str]) -> None:
        if unknown := [slug for slug in scope if slug not in self.places]:
            raise self._refused([attribute.slug, "scope"], f"there is no layer, category or function “{unknown[0]}”")
        places = [self.places[slug] for slug in scope]
        attribute.layers.set([place for place in places if isinstance(place, Layer)])
        attribute.categories.set([place for place in places if isinstance(place, Category)])
        attribute.functions.set([place for place in places if isinstance(place, Function)])

    def _write_choices(self, attribute: Attribute, choices: dict[str, Any]) -> None:
        gone = attribute.choices.exclude(key__in=choices)
        if used := gone.filter(fact_values__isnull=False).first():
            raise self._refused([attribute.slug, "choices"], f"the choice “{used.key}” cannot go: facts answer with it")
        gone.delete()
        rows = [
            Choice(attribute=attribute, key=key, position=place, **choice)
            for place, (key, choice) in enumerate(choices.items())
        ]
        Choice.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["attribute", "key"],
            update_fields=["label", "explanation", "lacks", "position"],
        )
