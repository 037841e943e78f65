"""GitHub's workflows and actions, GitLab's pipelines and CircleCI's: images, services, actions, orbs, commands."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import read_yaml
from stacks.scanner.reading.commands import command_clues
from stacks.scanner.reading.images import image_clues, substituted
from stacks.scanner.reading.shell import commands
from stacks.scanner.reading.trees import at, first_line, line, one_or_many, rows, table, tables, text

_ACTION = re.compile(r"[\w-][\w.-]*(?:/[\w.-]+)+", re.ASCII)
_TEMPLATES = {
    "Jobs/Container-Scanning": "trivy",
    "Terraform": "terraform",
    "Terraform/Base": "terraform",
    "OpenTofu": "opentofu",
}
_ORBS = {
    "aws-cli": "aws",
    "aws-ecr": "aws",
    "aws-ecs": "aws",
    "aws-eks": "kubernetes",
    "aws-s3": "amazon-s3",
    "codecov": "codecov",
    "cypress": "cypress",
    "gcp-cli": "google-cloud",
    "gcp-gcr": "google-cloud",
    "go": "go",
    "helm": "helm",
    "heroku": "heroku",
    "kubernetes": "kubernetes",
    "maven": "maven",
    "node": "nodejs",
    "php": "php",
    "python": "python",
    "ruby": "ruby",
    "rust": "rust",
    "slack": "slack",
    "snyk": "snyk",
    "sonarcloud": "sonarqube",
    "terraform": "terraform",
}


def read_workflow(manifest: Manifest) -> Iterator[Clue]:
    """What a workflow, or an action of the repository's own, uses; all of it is for development."""
    for document in read_yaml(manifest.text):
        for part in tables(document):
            yield from _step_clues(part)
        for job in table(at(document, "jobs")).values():
            yield from container_clues(at(job, "container"))
            for service in table(at(job, "services")).values():
                yield from container_clues(service)
        yield from _docker_action(text(at(document, "runs", "image")))


def _docker_action(image: str) -> Iterator[Clue]:
    if image.startswith("docker://"):
        yield from image_clues(image.removeprefix("docker://"), line(image), development=True)


def _step_clues(part: Mapping[str, Any]) -> Iterator[Clue]:
    uses = text(part.get("uses"))
    if uses.startswith("docker://"):
        yield from _docker_action(uses)
    else:
        name, _, version = uses.partition("@")
        if _ACTION.fullmatch(name) and "/workflows/" not in name:
            yield Clue(Sort.GITHUB_ACTION, name.lower(), line(uses), development=True, version=version)
    yield from script_clues(part.get("run"))


def container_clues(value: Any) -> Iterator[Clue]:
    """A container or service that a job asks for: a reference, or a mapping that holds one as image or name."""
    image = text(value) or text(at(value, "image")) or text(at(value, "name"))
    yield from image_clues(substituted(image, {}), line(image), development=True)


def script_clues(value: Any) -> Iterator[Clue]:
    """Commands of a script: one text, a list of them, or lists within it."""
    for entry in one_or_many(value):
        for script in one_or_many(entry):
            yield from command_clues(commands(text(script), first_line(script)), development=True)


_RESERVED = frozenset({"include", "stages", "variables", "workflow", "pages:deploy", "spec"})
_SCRIPTS = ("before_script", "script", "after_script")


def read_gitlab(manifest: Manifest) -> Iterator[Clue]:
    """Images and services of a pipeline as a whole and of its jobs, its scripts, templates it includes."""
    for document in read_yaml(manifest.text):
        variables = {name: _variable(value) for name, value in table(at(document, "variables")).items()}
        yield from _included(at(document, "include"))
        for job in (document, *(job for name, job in table(document).items() if name not in _RESERVED)):
            yield from _gitlab_job(table(job), variables)


def _variable(value: Any) -> str:
    return text(value) or text(at(value, "value"))


def _gitlab_job(job: Mapping[str, Any], variables: Mapping[str, str]) -> Iterator[Clue]:
    for value in (job.get("image"), *rows(job.get("services"))):
        image = text(value) or text(at(value, "name"))
        yield from image_clues(substituted(image, variables), line(image), development=True)
    for key in _SCRIPTS:
        yield from script_clues(job.get(key))


def _included(value: Any) -> Iterator[Clue]:
    for entry in one_or_many(value):
        template = text(at(entry, "template"))
        if tool := _TEMPLATES.get(template.partition(".")[0], ""):
            yield Clue(Sort.TOOL, tool, line(template), Certainty.CONFIGURED, development=True)


def read_circleci(manifest: Manifest) -> Iterator[Clue]:
    """Images of jobs and executors, orbs, commands."""
    for document in read_yaml(manifest.text):
        for name, orb in table(at(document, "orbs")).items():
            plain = text(orb).partition("@")[0].rpartition("/")[2] or name
            if tool := _ORBS.get(plain, ""):
                yield Clue(Sort.TOOL, tool, line(orb) or line(name), Certainty.CONFIGURED, development=True)
        for part in tables(document):
            for container in rows(part.get("docker")):
                yield from container_clues(at(container, "image"))
            for step in rows(part.get("steps")):
                run = at(step, "run")
                yield from script_clues(text(run) or at(run, "command"))


def read_drone(manifest: Manifest) -> Iterator[Clue]:
    """Drone and Woodpecker: images of steps and services, which are lists or mappings; commands."""
    for document in read_yaml(manifest.text):
        for key in ("steps", "services", "pipeline", "clone"):
            held = at(document, key)
            for step in rows(held) or table(held).values():
                yield from container_clues(at(step, "image"))
                yield from script_clues(at(step, "commands"))


def read_travis(manifest: Manifest) -> Iterator[Clue]:
    """The language, services and scripts of a Travis build."""
    for document in read_yaml(manifest.text):
        for key, known in (("language", _LANGUAGES), ("services", _SERVICES)):
            for name in one_or_many(at(document, key)):
                if tool := known.get(text(name).lower()):
                    yield Clue(Sort.TOOL, tool, line(name), Certainty.CONFIGURED, development=True)
        for key in ("install", "before_install", *_SCRIPTS, "deploy"):
            yield from script_clues(at(document, key))


_LANGUAGES = {
    "bash": "bash",
    "c": "c",
    "cpp": "cpp",
    "clojure": "clojure",
    "crystal": "crystal",
    "csharp": "csharp",
    "dart": "dart",
    "elixir": "elixir",
    "erlang": "erlang",
    "go": "go",
    "groovy": "groovy",
    "haskell": "haskell",
    "java": "java",
    "julia": "julia",
    "node_js": "nodejs",
    "perl": "perl",
    "php": "php",
    "python": "python",
    "r": "r-lang",
    "ruby": "ruby",
    "rust": "rust",
    "scala": "scala",
    "swift": "swift",
}
_SERVICES = {
    "cassandra": "cassandra",
    "couchdb": "couchdb",
    "docker": "docker",
    "elasticsearch": "elasticsearch",
    "memcached": "memcached",
    "mongodb": "mongodb",
    "mysql": "mysql",
    "neo4j": "neo4j",
    "postgresql": "postgresql",
    "rabbitmq": "rabbitmq",
    "redis": "redis",
    "redis-server": "redis",
    "rethinkdb": "rethinkdb",
}

READERS: Mapping[str, Reader] = {
    ".github/workflows/*.yml": read_workflow,
    ".github/workflows/*.yaml": read_workflow,
    ".forgejo/workflows/*.yml": read_workflow,
    ".forgejo/workflows/*.yaml": read_workflow,
    ".gitea/workflows/*.yml": read_workflow,
    ".gitea/workflows/*.yaml": read_workflow,
    "action.yml": read_workflow,
    "action.yaml": read_workflow,
    ".gitlab-ci.yml": read_gitlab,
    ".gitlab-ci.yaml": read_gitlab,
    "*.gitlab-ci.yml": read_gitlab,
    ".gitlab/ci/*.yml": read_gitlab,
    ".circleci/config.yml": read_circleci,
    ".drone.yml": read_drone,
    ".drone.yaml": read_drone,
    ".woodpecker.yml": read_drone,
    ".woodpecker.yaml": read_drone,
    ".woodpecker/*.yml": read_drone,
    ".woodpecker/*.yaml": read_drone,
    ".travis.yml": read_travis,
}
