"""Python's pyproject.toml: the standard's tables, and those of Poetry, PDM, uv, Hatch, Flit and Pixi."""

from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.naming import pypi
from stacks.scanner.parsing import Lines, read_toml
from stacks.scanner.reading.python import for_development, table
from stacks.scanner.requirements import package, required


def read_pyproject(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a pyproject.toml asks for, and the tools that it configures."""
    project = _Project(manifest.text)
    local = project.local()
    for clue in project.clues():
        if clue.value.partition("[")[0] not in local or clue.sort is Sort.OWN:
            yield clue


class _Project:
    """One pyproject.toml, its tables taken one after the other."""

    def __init__(self, text: str) -> None:
        self._tables = read_toml(text)
        self._lines = Lines(text)

    def local(self) -> set[str]:
        """What uv takes from the project's own folders."""
        sources = _table(self._tables, "tool", "uv", "sources")
        return {
            f"pkg:pypi/{pypi(name)}"
            for name, source in sources.items()
            if isinstance(source, dict) and ("workspace" in source or "path" in source)
        }

    def clues(self) -> Iterator[Clue]:
        yield from self._own()
        yield from self._standard()
        yield from self._groups(_table(self._tables, "dependency-groups"), development=True)
        yield from self._poetry(_table(self._tables, "tool", "poetry"))
        yield from self._others()
        yield from self._configured()

    def _own(self) -> Iterator[Clue]:
        for place in (("project",), ("tool", "poetry"), ("tool", "flit", "metadata")):
            name = _table(self._tables, *place).get("name") or _table(self._tables, *place).get("module")
            if isinstance(name, str):
                yield Clue(Sort.OWN, f"pkg:pypi/{pypi(name)}", self._lines.of(name))

    def _standard(self) -> Iterator[Clue]:
        yield from self._listed(_table(self._tables, "build-system").get("requires"), development=True)
        project = _table(self._tables, "project")
        yield from self._listed(project.get("dependencies"), development=False)
        yield from self._groups(_table(project, "optional-dependencies"), development=False)

    def _groups(self, groups: Mapping[str, Any], *, development: bool) -> Iterator[Clue]:
        for name, needed in groups.items():
            yield from self._listed(needed, development=development or for_development(name))

    def _listed(self, needed: Any, *, development: bool) -> Iterator[Clue]:
        for text in needed if isinstance(needed, list) else ():
            if isinstance(text, str):
                yield from required(text, self._lines.of(text), development=development)

    def _poetry(self, poetry: Mapping[str, Any]) -> Iterator[Clue]:
        yield from self._table("[tool.poetry.dependencies]", poetry.get("dependencies"), development=False)
        yield from self._table("[tool.poetry.dev-dependencies]", poetry.get("dev-dependencies"), development=True)
        for name, group in _table(poetry, "group").items():
            needed = group.get("dependencies") if isinstance(group, dict) else None
            header = f"[tool.poetry.group.{name}.dependencies]"
            yield from self._table(header, needed, development=for_development(name))

    def _table(self, header: str, needed: Any, *, development: bool) -> Iterator[Clue]:
        if isinstance(needed, dict):
            self._lines.of(header)
            yield from table(needed, self._lines, development=development)

    def _others(self) -> Iterator[Clue]:
        yield from self._groups(_table(self._tables, "tool", "pdm", "dev-dependencies"), development=True)
        uv = _table(self._tables, "tool", "uv")
        yield from self._listed(uv.get("dev-dependencies"), development=True)
        for environment in _table(self._tables, "tool", "hatch", "envs").values():
            if isinstance(environment, dict):
                for key in ("dependencies", "extra-dependencies"):
                    yield from self._listed(environment.get(key), development=True)
        flit = _table(self._tables, "tool", "flit", "metadata")
        yield from self._listed(flit.get("requires"), development=False)
        yield from self._groups(_table(flit, "requires-extra"), development=False)
        yield from self.pixi("tool", "pixi")

    def pixi(self, *path: str) -> Iterator[Clue]:
        pixi = _table(self._tables, *path)
        features = [feature for feature in _table(pixi, "feature").values() if isinstance(feature, dict)]
        for place in (pixi, *features):
            for name in _table(place, "dependencies"):
                yield Clue(Sort.PURL, f"pkg:conda/{name.lower()}", self._lines.key_of_table(name))
            yield from table(_table(place, "pypi-dependencies"), self._lines, development=place is not pixi)

    def _configured(self) -> Iterator[Clue]:
        for name in _table(self._tables, "tool"):
            line = self._lines.of(f"[tool.{name}")
            yield package(name, line, development=True, certainty=Certainty.CONFIGURED)


def _table(tables: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """The table at a path; an empty one where there is none."""
    value: Any = tables
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def read_pixi(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a pixi.toml asks for."""
    yield from _Project(manifest.text).pixi()


READERS: Mapping[str, Reader] = {"pyproject.toml": read_pyproject, "pixi.toml": read_pixi}
