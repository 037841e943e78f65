"""pre-commit's configuration: the hooks that run before each commit."""

from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import read_yaml
from stacks.scanner.reading.commands import PROGRAMS
from stacks.scanner.reading.trees import at, line, rows, text

_REPOSITORIES = {
    "adamchainz/djade-pre-commit": "django",
    "ansible/ansible-lint": "ansible",
    "antonbabenko/pre-commit-terraform": "terraform",
    "aquasecurity/trivy": "trivy",
    "astral-sh/ruff-pre-commit": "ruff",
    "astral-sh/uv-pre-commit": "uv",
    "biomejs/pre-commit": "biome",
    "charliermarsh/ruff-pre-commit": "ruff",
    "golangci/golangci-lint": "golangci-lint",
    "oxc-project/mirrors-oxlint": "oxlint",
    "pre-commit/mirrors-eslint": "eslint",
    "pre-commit/mirrors-mypy": "mypy",
    "pre-commit/mirrors-prettier": "prettier",
    "psf/black": "black",
    "psf/black-pre-commit-mirror": "black",
    "pycqa/flake8": "flake8",
    "python-poetry/poetry": "poetry",
    "rbubley/mirrors-prettier": "prettier",
    "rubocop/rubocop": "rubocop",
    "thibaudcolas/pre-commit-stylelint": "stylelint",
}
_HOOKS = {
    "biome-check": "biome",
    "black": "black",
    "black-jupyter": "black",
    "cargo-check": "cargo",
    "clippy": "rust",
    "eslint": "eslint",
    "flake8": "flake8",
    "golangci-lint": "golangci-lint",
    "mypy": "mypy",
    "oxlint": "oxlint",
    "phpstan": "phpstan",
    "prettier": "prettier",
    "pytest": "pytest",
    "rubocop": "rubocop",
    "ruff": "ruff",
    "ruff-check": "ruff",
    "ruff-format": "ruff",
    "stylelint": "stylelint",
    "terraform_fmt": "terraform",
    "terraform_validate": "terraform",
    "tofu_fmt": "opentofu",
    "uv-lock": "uv",
}


def read_hooks(manifest: Manifest) -> Iterator[Clue]:
    """Hooks by their repository and their name; a hook of the repository's own by what it runs."""
    for document in read_yaml(manifest.text):
        for repository in rows(at(document, "repos")):
            yield from _repository_clues(repository)


def _repository_clues(repository: Any) -> Iterator[Clue]:
    address = text(at(repository, "repo"))
    name = address.lower().removesuffix(".git").removesuffix("/").partition("github.com")[2].lstrip("/:")
    if tool := _REPOSITORIES.get(name):
        yield _clue(tool, line(address))
    for hook in rows(at(repository, "hooks")):
        yield from _hook_clues(hook, local=address == "local")
        yield from _extras(hook)


def _hook_clues(hook: Any, *, local: bool) -> Iterator[Clue]:
    identifier = text(at(hook, "id"))
    if tool := _HOOKS.get(identifier):
        yield _clue(tool, line(identifier))
    entry = text(at(hook, "entry"))
    program = next(iter(entry.split()), "").rpartition("/")[2]
    if local and (tool := PROGRAMS.get(program)):
        yield _clue(tool, line(entry))


def _extras(hook: Any) -> Iterator[Clue]:
    """Plugins of ESLint and Prettier are named with the tool itself: `eslint@9.1.0`."""
    for package in rows(at(hook, "additional_dependencies")):
        name = text(package)[:1] + text(package)[1:].partition("@")[0]
        if name in {"eslint", "prettier", "stylelint", "typescript"}:
            yield _clue(name, line(package))


def _clue(tool: str, number: int) -> Clue:
    return Clue(Sort.TOOL, tool, number, Certainty.CONFIGURED, development=True)


READERS: Mapping[str, Reader] = {".pre-commit-config.yaml": read_hooks, ".pre-commit-config.yml": read_hooks}
