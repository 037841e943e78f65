"""CloudFormation, SAM, the Serverless Framework and Pulumi: resources by their types."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import Lines, read_json, read_yaml
from stacks.scanner.reading.resources import engine_tool, type_tools
from stacks.scanner.reading.trees import at, line, rows, table, text

_RUNTIMES = {"python": "python", "nodejs": "nodejs", "java": "java", "go": "go", "ruby": "ruby", "dotnet": "dotnet"}
_RUNTIME = re.compile(r"([a-z]+)[\d.x]*")
_PULUMI = {
    "nodejs": "nodejs",
    "python": "python",
    "go": "go",
    "dotnet": "dotnet",
    "java": "java",
}
_PROVIDERS = {"aws": "aws", "google": "google-cloud", "azure": "azure"}
_TEMPLATE = re.compile(r"AWSTemplateFormatVersion|AWS::[A-Z]\w*::")


def read_template(manifest: Manifest) -> Iterator[Clue]:
    """A template in YAML or JSON, told by its content; other files say nothing."""
    if not _TEMPLATE.search(manifest.text) or "Resources" not in manifest.text:
        return
    if manifest.name.endswith(("json", "template")) and manifest.text.lstrip().startswith("{"):
        yield from _template_clues(read_json(manifest.text), Lines(manifest.text))
        return
    for document in read_yaml(manifest.text):
        yield from _template_clues(document, None)


def _template_clues(document: Any, lines: Lines | None) -> Iterator[Clue]:
    resources = table(at(document, "Resources"))
    if "AWSTemplateFormatVersion" not in table(document) and not _aws(resources):
        return
    yield Clue(Sort.TOOL, "cloudformation", 0, Certainty.CONFIGURED)
    yield Clue(Sort.TOOL, "aws", 0, Certainty.CONFIGURED)
    yield from _resource_clues(resources, lines)


def _aws(resources: Mapping[str, Any]) -> bool:
    return any(text(at(resource, "Type")).startswith("AWS::") for resource in resources.values())


def _resource_clues(resources: Mapping[str, Any], lines: Lines | None) -> Iterator[Clue]:
    for name, resource in resources.items():
        kind = text(at(resource, "Type"))
        number = lines.key(name) if lines else line(kind)
        tools = [*type_tools(kind)]
        for key, value in table(at(resource, "Properties")).items():
            tools += filter(None, [engine_tool(key, text(value))])
            tools += _runtime(text(value)) if key == "Runtime" else []
        for tool in tools:
            yield Clue(Sort.TOOL, tool, number, Certainty.CONFIGURED)


def _runtime(value: str) -> list[str]:
    found = _RUNTIME.match(value)
    return [_RUNTIMES[found[1]]] if found and found[1] in _RUNTIMES else []


def read_serverless(manifest: Manifest) -> Iterator[Clue]:
    """The provider with its runtime, plugins, and the resources of its own and of CloudFormation."""
    for document in read_yaml(manifest.text):
        provider = at(document, "provider")
        name = text(provider) or text(at(provider, "name"))
        if tool := _PROVIDERS.get(name):
            yield Clue(Sort.TOOL, tool, line(name), Certainty.CONFIGURED)
            if tool == "aws" and table(at(document, "functions")):
                yield Clue(Sort.TOOL, "aws-lambda", line(name), Certainty.CONFIGURED)
        runtime = text(at(provider, "runtime"))
        for tool in _runtime(runtime):
            yield Clue(Sort.TOOL, tool, line(runtime), Certainty.CONFIGURED)
        for plugin in rows(at(document, "plugins")):
            if text(plugin) and not plugin.startswith((".", "/")):
                value = f"pkg:npm/{plugin.replace('@', '%40', 1)}"
                yield Clue(Sort.PURL, value, line(plugin), Certainty.CONFIGURED, development=True)
        for resources in (held for held in _held_resources(at(document, "resources")) if held):
            yield from _resource_clues(resources, None)


def _held_resources(value: Any) -> Iterator[Mapping[str, Any]]:
    for part in rows(value) or [value]:
        yield table(at(part, "Resources"))


def read_pulumi(manifest: Manifest) -> Iterator[Clue]:
    """The language of a Pulumi program."""
    for document in read_yaml(manifest.text):
        runtime = at(document, "runtime")
        name = text(runtime) or text(at(runtime, "name"))
        if tool := _PULUMI.get(name):
            yield Clue(Sort.TOOL, tool, line(name), Certainty.CONFIGURED)


READERS: Mapping[str, Reader] = {
    "*.yaml": read_template,
    "*.yml": read_template,
    "*.template": read_template,
    "*.template.json": read_template,
    "template.json": read_template,
    "serverless.yml": read_serverless,
    "serverless.yaml": read_serverless,
    "Pulumi.yaml": read_pulumi,
    "Pulumi.yml": read_pulumi,
}
