"""A handful of the real catalogue's tools, in a folder that loads in a second."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tools import pairs
from tools.catalogue.reading import CatalogueText, Document, document

WANTED = (
    *("actix", "bootstrap", "django", "elixir", "fastapi", "flask", "flyway", "foundation", "java", "javascript"),
    *("jinja", "laravel", "liquibase", "material-ui", "nodejs", "php", "python", "rust", "typescript"),
)


@pytest.fixture(scope="session")
def small_catalogue_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of WANTED with their stars; what names other tools is left out."""
    folder = tmp_path_factory.mktemp("small") / "catalogue"
    copy_tools(settings.CATALOGUE_DIR, folder, WANTED)
    return folder


def copy_tools(source: Path, target: Path, slugs: Iterable[str]) -> None:
    """Copy these tools, the attributes that they answer, and the taxonomy."""
    kept, attributes = set(slugs), _attributes(source)
    shutil.copytree(source / "schema", target / "schema")
    shutil.copy(source / "taxonomy.yaml", target)
    naming = {key for file in attributes.values() for key, spec in file.items() if spec["type"] in ("tool", "tools")}
    answered: set[str] = set()
    for file in (source / "tools").glob("*/*.yaml"):
        if file.stem in kept:
            tool = _pruned(_read(source, file, "tool"), naming, kept)
            answered |= tool["facts"].keys()
            _write(target / file.relative_to(source), tool)
    for file, specs in attributes.items():
        if wanted := {key: spec for key, spec in specs.items() if key in answered}:
            _write(target / file.relative_to(source), wanted)
    _copy_stars(source / "stars", target / "stars", kept)
    popular = _read(source, source / "comparisons.yaml", "comparisons")["popular"]
    known = [address for address in popular if kept.issuperset(pairs.parse(address) or ())]
    _write(target / "comparisons.yaml", {"popular": known})


def _attributes(root: Path) -> dict[Path, Document]:
    return {file: _read(root, file, "attributes") for file in (root / "attributes").glob("*.yaml")}


def _pruned(tool: Document, naming: set[str], kept: set[str]) -> Document:
    """The tool without facts, rivals and integrations that name tools outside `kept`."""
    facts = tool.get("facts", {})
    tool["facts"] = {
        key: fact for key, fact in facts.items() if key not in naming or kept.issuperset(_several(fact["value"]))
    }
    for name in ("rivals", "integrations"):
        tool[name] = [slug for slug in tool.get(name, ()) if slug in kept]
    return tool


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _copy_stars(source: Path, target: Path, slugs: set[str]) -> None:
    target.mkdir()
    for file in source.glob("*.csv"):
        lines = list(_lines_of(slugs, file.read_text().splitlines(keepends=True)))
        if len(lines) > 1:
            (target / file.name).write_text("".join(lines))


def _lines_of(slugs: set[str], lines: list[str]) -> Iterator[str]:
    """The heading and what concerns these tools since 2025: enough for a year's growth."""
    yield lines[0]
    for line in lines[1:]:
        slug, day, _ = line.split(",", 2)
        if slug in slugs and day >= "2025":
            yield line


def _read(root: Path, file: Path, schema: str) -> Document:
    return document(CatalogueText.read(root, file), root / "schema" / f"{schema}.schema.json")


def _write(file: Path, content: Document) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
