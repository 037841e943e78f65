"""Terraform and OpenTofu, Terragrunt, Packer and Nomad: providers, resources and what they are told to set up."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import Lines, read_json_object
from stacks.scanner.reading.charts import chart_tools
from stacks.scanner.reading.hcl import Statement, read_hcl
from stacks.scanner.reading.images import image_clues
from stacks.scanner.reading.resources import BACKENDS, PROVIDERS, engine_tool, resource_tools
from stacks.scanner.reading.trees import rows, table, text

_REGISTRIES = ("registry.terraform.io/", "registry.opentofu.org/")
_MAKERS = frozenset({"resource", "data", "ephemeral"})


def read_terraform(manifest: Manifest) -> Iterator[Clue]:
    """Providers are declared; without `required_providers`, provider blocks and resources tell them."""
    required: dict[str, str] = {}
    named: dict[str, int] = {}
    for statement in read_hcl(manifest.text):
        yield from _required(statement, required)
        if statement.opens and not statement.within:
            yield from _block_clues(statement, named)
        elif not statement.opens:
            yield from _attribute_clues(statement)
        if statement.opens and statement.words[:1] == ("backend",) and len(statement.words) > 1:
            yield from _backend_clues(statement.words[1], statement.line)
    yield from _implied(named, required)


def _required(statement: Statement, required: dict[str, str]) -> Iterator[Clue]:
    """`aws = { source = "hashicorp/aws" }`, or `aws = "~> 3.0"` as it was before version 0.13."""
    within = statement.within
    if ("required_providers",) not in within[:3] or statement.opens or len(statement.words) != 3:
        return
    if within[-1] == ("required_providers",):
        yield from _provider_clues(_provider(statement.words[0]), statement.line)
        required[statement.words[0]] = _provider(statement.words[0])
    elif statement.words[0] == "source":
        required[within[-1][0] if within[-1] else ""] = statement.value
        yield from _provider_clues(statement.value, statement.line)


def _provider_clues(
    source: str, line: int, certainty: Certainty = Certainty.DECLARED, version: str = ""
) -> Iterator[Clue]:
    for registry in _REGISTRIES:
        source = source.lower().removeprefix(registry)
    if source.count("/") == 1:
        yield Clue(Sort.TERRAFORM_PROVIDER, source, line, certainty, version=version)


def _provider(name: str) -> str:
    """The source that a provider's usual local name stands for."""
    return PROVIDERS.get(name, f"hashicorp/{name}")


def _block_clues(statement: Statement, named: dict[str, int]) -> Iterator[Clue]:
    kind, name = (*statement.words, "", "")[:2]
    if kind == "provider" and name:
        named.setdefault(name, statement.line)
    elif kind in _MAKERS and name:
        named.setdefault(name.partition("_")[0], statement.line)
        for tool in resource_tools(name):
            yield Clue(Sort.TOOL, tool, statement.line, Certainty.CONFIGURED)


def _attribute_clues(statement: Statement) -> Iterator[Clue]:
    outer = statement.within[0] if statement.within else ()
    key, value = statement.words[0], statement.value
    if not value:
        return
    if outer[:1] == ("module",) and key == "source" and len(statement.within) == 1:
        yield from module_clues(value, statement.line)
    elif outer[:1] in {("resource",), ("module",)} and (tool := engine_tool(key, value)):
        yield Clue(Sort.TOOL, tool, statement.line, Certainty.CONFIGURED)
    elif outer[:2] == ("resource", "helm_release") and key == "chart" and not value.startswith("."):
        yield from (Clue(Sort.TOOL, tool, statement.line, Certainty.CONFIGURED) for tool in chart_tools(value))
    elif outer[:1] == ("resource",) and (key == "image" or (key == "name" and outer[1:2] == ("docker_image",))):
        yield from image_clues(value, statement.line, certainty=Certainty.CONFIGURED)


def _backend_clues(name: str, line: int) -> Iterator[Clue]:
    if tool := BACKENDS.get(name):
        yield Clue(Sort.TOOL, tool, line, Certainty.CONFIGURED)


def module_clues(source: str, line: int) -> Iterator[Clue]:
    """A module of the registry, such as `terraform-aws-modules/s3-bucket/aws`: its provider and what it sets up."""
    plain = source.removeprefix("tfr:///").partition("?")[0].partition("//")[0]
    for registry in _REGISTRIES:
        plain = plain.removeprefix(registry)
    parts = plain.split("/")
    if len(parts) != 3 or parts[2] not in PROVIDERS or source.startswith("."):
        return
    yield from _provider_clues(_provider(parts[2]), line, Certainty.CONFIGURED)
    for tool in resource_tools(f"{parts[2]}_{parts[1].replace('-', '_')}"):
        yield Clue(Sort.TOOL, tool, line, Certainty.CONFIGURED)


def _implied(named: Mapping[str, int], required: Mapping[str, str]) -> Iterator[Clue]:
    for name, line in named.items():
        if name not in required and (name in PROVIDERS):
            yield from _provider_clues(_provider(name), line, Certainty.CONFIGURED)


def read_locked_providers(manifest: Manifest) -> Iterator[Clue]:
    """`.terraform.lock.hcl`: providers with their versions; OpenTofu's registry betrays OpenTofu."""
    waiting: tuple[str, int] | None = None
    for statement in read_hcl(manifest.text):
        if statement.opens and statement.words[:1] == ("provider",) and len(statement.words) == 2:
            waiting = statement.words[1], statement.line
            if statement.words[1].startswith("registry.opentofu.org/"):
                yield Clue(Sort.TOOL, "opentofu", statement.line, Certainty.LOCKED)
        elif waiting and statement.words[0] == "version":
            yield from _provider_clues(*waiting, Certainty.LOCKED, statement.value)
            waiting = None


def read_terraform_json(manifest: Manifest) -> Iterator[Clue]:
    """`*.tf.json`: the same in JSON."""
    root, lines = read_json_object(manifest.text), Lines(manifest.text)
    required: dict[str, str] = {}
    for settings in _each(root.get("terraform")):
        for name, given in ((n, g) for held in _each(settings.get("required_providers")) for n, g in held.items()):
            required[name] = text(table(given).get("source")) or _provider(name)
            yield from _provider_clues(required[name], lines.key(name))
        for backend in table(settings.get("backend")):
            yield from _backend_clues(backend, lines.key(backend))
    named = {name: lines.key(name) for held in _each(root.get("provider")) for name in held}
    for kind in _MAKERS:
        for name in (name for held in _each(root.get(kind)) for name in held):
            named.setdefault(name.partition("_")[0], lines.key(name))
            yield from (Clue(Sort.TOOL, tool, lines.key(name), Certainty.CONFIGURED) for tool in resource_tools(name))
    yield from _implied(named, required)


def _each(value: Any) -> Iterable[Mapping[str, Any]]:
    """Terraform's JSON lets a block be an object or a list of them."""
    return (table(part) for part in (rows(value) or [value]))


def read_terragrunt(manifest: Manifest) -> Iterator[Clue]:
    """The module that is run, and where its state is kept."""
    for statement in read_hcl(manifest.text):
        if statement.words[:1] == ("source",) and statement.block == ("terraform",):
            yield from module_clues(statement.value, statement.line)
        elif statement.words[:1] == ("backend",) and statement.block == ("remote_state",):
            yield from _backend_clues(statement.value, statement.line)


def read_packer(manifest: Manifest) -> Iterator[Clue]:
    """The clouds and containers that images are built for, and what provisions them."""
    meant = {"amazon": "aws", "azure": "azure", "docker": "docker", "googlecompute": "google-cloud"} | {
        "digitalocean": "digitalocean",
        "hcloud": "hetzner",
    }
    for statement in read_hcl(manifest.text):
        if statement.opens and statement.words[:1] in {("source",), ("provisioner",)} and len(statement.words) > 1:
            kind = statement.words[1].partition("-")[0]
            tool = meant.get(kind) if statement.words[0] == "source" else kind
            if tool in {*meant.values(), "ansible"}:
                yield Clue(Sort.TOOL, tool, statement.line, Certainty.CONFIGURED)


def read_nomad(manifest: Manifest) -> Iterator[Clue]:
    """The images of a job's tasks."""
    for statement in read_hcl(manifest.text):
        if statement.words[:1] == ("image",) and statement.block == ("config",):
            yield from image_clues(statement.value, statement.line)


READERS: Mapping[str, Reader] = {
    "*.tf": read_terraform,
    "*.tofu": read_terraform,
    "*.tf.json": read_terraform_json,
    ".terraform.lock.hcl": read_locked_providers,
    "terragrunt.hcl": read_terragrunt,
    "*.pkr.hcl": read_packer,
    "*.nomad": read_nomad,
    "*.nomad.hcl": read_nomad,
}
