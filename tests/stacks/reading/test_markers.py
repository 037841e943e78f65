"""Files whose names alone prove nothing, and the words by which readers name tools."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

import pytest

from stacks.scanner.clues import Manifest
from stacks.scanner.knowledge import known
from stacks.scanner.reading.markers import LOOKED_INTO

PROVEN = {
    "azure-pipelines.yml": "trigger: [main]\n",
    "codecov.yml": "coverage: {}\n",
    "crowdin.yaml": "files: []\n",
    "crowdin.yml": "files: []\n",
    "traefik.yml": "entryPoints: {}\n",
    "mkdocs.yml": "site_name: x\n",
    "docker-compose.yml": "services: {}\n",
    "azure-pipelines.yaml": "trigger: [main]\n",
    "mkdocs.yaml": "site_name: x\n",
    "docker-compose.yaml": "services: {}\n",
    "hugo.yaml": "baseURL: x\n",
    "hiera.yaml": "version: 5\n",
    "*.info.yml": "name: x\ntype: module\ncore_version_requirement: ^11\n",
    "cloudbuild.yml": "steps: []\n",
    "codegen.yml": "schema: x\n",
    "galaxy.yml": "namespace: x\n",
    "openapi.yml": "openapi: 3.1.0\n",
    "runtime.txt": "python-3.12.1\n",
    "serverless.yaml": "service: x\n",
    "Chart.yaml": "apiVersion: v2\nname: x\n",
    "Procfile": "web: node x\n",
    "Project.toml": 'uuid = "1"\n[deps]\n',
    "Vagrantfile": "Vagrant.configure(2)\n",
    "WORKSPACE": 'workspace(name = "x")\n',
    "_config.yml": "title: x\ntheme: minima\n",
    "alembic.ini": "[alembic]\n",
    "app.json": '{"name": "x", "buildpacks": []}',
    "app.yaml": "runtime: python312\n",
    "cloudbuild.yaml": "steps: []\n",
    "components.json": '{"$schema": "https://ui.shadcn.com/schema.json"}',
    "compose.yaml": "services: {}\n",
    "compose.yml": "include: [x.yml]\n",
    "config.toml": 'baseURL = "https://x"\n',
    "config/deploy.yml": "service: x\nimage: y\n",
    "environment.yml": "name: x\ndependencies: [python]\n",
    "global.json": '{"sdk": {}}',
    "manage.py": "from django.core.management import x\n",
    "nginx.conf": "server {\n}\n",
    "openapi.json": '{"openapi": "3.1.0"}',
    "openapi.yaml": "openapi: 3.1.0\n",
    "packages.config": "<packages></packages>",
    "prometheus.yml": "scrape_configs: []\n",
    "render.yaml": "services: []\n",
    "serverless.yml": "service: x\nprovider: {name: aws}\n",
    "skaffold.yaml": "apiVersion: skaffold/v4\n",
    "stack.yaml": "resolver: lts-22\n",
    "web.config": "<configuration></configuration>",
}
OTHERS = [
    ("Project.toml", 'name = "x"\n'),
    ("_config.yml", "title: Hexo\ntheme: landscape\nnew_post_name: x\n"),
    ("_config.yml", "title: Hexo\ntheme: landscape\ndeploy: {type: git}\n"),
    ("_config.yml", "title: Book\nexecute: {}\n"),
    ("app.json", '{"expo": {"name": "x"}, "env": {}}'),
    ("app.json", '{"name": "x", "displayName": "X"}'),
    ("app.yaml", "apiVersion: apps/v1\nkind: Deployment\n"),
    ("components.json", '{"$schema": "https://shadcn-vue.com/schema.json", "aliases": {}, "style": ""}'),
    ("config.toml", 'base_url = "https://zola"\n'),
    ("config/deploy.yml", "production: {}\n"),
    ("environment.yml", "production: {}\n"),
    ("manage.py", "from flask_script import Manager\n"),
    ("openapi.yaml", "generator: openapi\n"),
    ("stack.yaml", "AWSTemplateFormatVersion: x\n"),
    ("WORKSPACE", "my notes\n"),
]


@pytest.mark.parametrize("marker", LOOKED_INTO)
def test_each_marker_is_proven_by_its_own_content_alone(marker: str) -> None:
    judge = LOOKED_INTO[marker]
    assert (judge(Manifest(marker, PROVEN[marker])), judge(Manifest(marker, "hello\n"))) == (True, False)


@pytest.mark.parametrize(("marker", "text"), OTHERS)
def test_namesakes_prove_nothing(marker: str, text: str) -> None:
    assert LOOKED_INTO[marker](Manifest(marker, text)) is False


def test_an_empty_workspace_is_bazels() -> None:
    assert LOOKED_INTO["WORKSPACE"](Manifest("WORKSPACE", "# nothing\n\n")) is True


def test_the_catalogue_knows_every_marker() -> None:
    assert [marker for marker in LOOKED_INTO if marker not in known().markers.of(marker)] == []


TABLES = {
    "charts": ("_CHARTS", "_SAME_NAME"),
    "ci": ("_TEMPLATES", "_ORBS", "_LANGUAGES", "_SERVICES"),
    "cloudformation": ("_RUNTIMES", "_PULUMI", "_PROVIDERS"),
    "commands": ("PROGRAMS", "_WITH_WORD", "_DISTRIBUTED"),
    "connections": ("SCHEMES", "_ADAPTERS", "_HOSTS", "_WITHOUT_SLASHES"),
    "databases": ("_ENGINES", "_PROPERTIES"),
    "hooks": ("_REPOSITORIES", "_HOOKS"),
    "kubernetes": ("_GROUPS", "_ASKED_FOR"),
    "machines": ("_PROGRAMS", "_COLLECTIONS", "_SERVERS", "_PROVISIONERS"),
    "pipelines": ("_TASKS", "_PIPES", "_APPVEYOR", "_BUILDERS", "_BUILDKITE_IMAGES"),
    "platforms": ("_ADDONS", "_BUILDPACKS", "_FRAMEWORKS", "_RUNTIMES", "_CONTAINERS", "_FEATURES"),
    "resources": ("BACKENDS", "_RESOURCES", "_TYPES", "_ENGINES"),
    "settings": ("_SECRETS", "_CHOICES"),
}


@pytest.mark.parametrize(("module", "table"), [(module, name) for module, names in TABLES.items() for name in names])
def test_the_catalogue_knows_every_tool_that_readers_name(module: str, table: str) -> None:
    """A slug that the catalogue drops must leave the readers too."""
    held = getattr(import_module(f"stacks.scanner.reading.{module}"), table)
    assert sorted(set(texts(held.values() if isinstance(held, dict) else held)) - {""} - set(known().names)) == []


def texts(values: Iterable[Any]) -> Iterator[str]:
    """The texts in a table's values, which may be tuples or tables themselves."""
    for value in values:
        if isinstance(value, str):
            yield value
        else:
            yield from texts(value.values() if isinstance(value, dict) else value)
