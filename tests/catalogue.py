"""A handful of the real catalogue's tools, in a folder that loads in a second."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

type Document = dict[str, Any]

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
    kept, attributes = set(slugs), {file: _read(file) for file in (source / "attributes").glob("*.yaml")}
    shutil.copytree(source / "schema", target / "schema")
    shutil.copy(source / "taxonomy.yaml", target)
    naming = {key for file in attributes.values() for key, spec in file.items() if spec["type"] in ("tool", "tools")}
    answered: set[str] = set()
    for file in (source / "tools").glob("*/*.yaml"):
        if file.stem in kept:
            document = _pruned(_read(file), naming, kept)
            answered |= document["facts"].keys()
            _write(target / file.relative_to(source), document)
    for file, specs in attributes.items():
        if wanted := {key: spec for key, spec in specs.items() if key in answered}:
            _write(target / file.relative_to(source), wanted)
    _copy_stars(source / "stars", target / "stars", kept)


def _pruned(document: Document, naming: set[str], kept: set[str]) -> Document:
    """The tool without facts and integrations that name tools outside `kept`."""
    facts = document.get("facts", {})
    document["facts"] = {
        key: fact for key, fact in facts.items() if key not in naming or kept.issuperset(_several(fact["value"]))
    }
    if integrations := [slug for slug in document.pop("integrations", ()) if slug in kept]:
        document["integrations"] = integrations
    return document


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


def _read(file: Path) -> Document:
    document: Document = yaml.load(file.read_text(), yaml.CSafeLoader)  # noqa: S506  # a safe loader, in C
    return document


def _write(file: Path, document: Document) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
