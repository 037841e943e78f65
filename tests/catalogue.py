"""A handful of the real catalogue's tools, in a folder that loads in a second."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

WANTED = (
    *("actix", "bootstrap", "django", "elixir", "flask", "flyway", "foundation", "javascript", "jinja", "laravel"),
    *("liquibase", "material-ui", "nodejs", "php", "python", "rust"),
)


@pytest.fixture(scope="session")
def small_catalogue_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of WANTED and whatever tools they name, with the whole vocabulary and their stars."""
    folder = tmp_path_factory.mktemp("small") / "catalogue"
    copy_tools(settings.CATALOGUE_DIR, folder, WANTED)
    return folder


def copy_tools(source: Path, target: Path, slugs: Iterable[str]) -> None:
    """Copy the vocabulary, and these tools with all that they name, directly or through others."""
    for name in ("attributes", "schema"):
        shutil.copytree(source / name, target / name)
    shutil.copy(source / "taxonomy.yaml", target)
    files = {file.stem: file for file in (source / "tools").glob("*/*.yaml")}
    naming = _naming_attributes(source / "attributes")
    waiting, copied = set(slugs), set[str]()
    while waiting:
        slug = waiting.pop()
        copied.add(slug)
        place = target / files[slug].relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(files[slug], place)
        waiting |= set(_named(_read(files[slug]), naming)) - copied
    _copy_stars(source / "stars", target / "stars", copied)


def _naming_attributes(folder: Path) -> set[str]:
    """The attributes whose answers are tools."""
    return {
        key
        for file in folder.glob("*.yaml")
        for key, attribute in _read(file).items()
        if attribute["type"] in ("tool", "tools")
    }


def _named(document: dict[str, Any], naming: set[str]) -> Iterable[str]:
    yield from document.get("integrations", ())
    for key, fact in document.get("facts", {}).items():
        if key in naming:
            value = fact["value"]
            yield from [value] if isinstance(value, str) else value


def _copy_stars(source: Path, target: Path, slugs: set[str]) -> None:
    target.mkdir()
    for file in source.glob("*.csv"):
        heading, *lines = file.read_text().splitlines(keepends=True)
        kept = [line for line in lines if line.partition(",")[0] in slugs]
        if kept:
            (target / file.name).write_text("".join([heading, *kept]))


def _read(file: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(file.read_text(), yaml.CSafeLoader)  # a safe loader, in C
    return document
