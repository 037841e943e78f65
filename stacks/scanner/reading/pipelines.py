"""Jenkins, Azure, Bitbucket, Buildkite, AppVeyor and Google Cloud Build."""

import re
from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import read_json, read_yaml
from stacks.scanner.reading.ci import container_clues, script_clues
from stacks.scanner.reading.commands import command_clues
from stacks.scanner.reading.images import image_clues, substituted
from stacks.scanner.reading.lines import numbered
from stacks.scanner.reading.shell import commands
from stacks.scanner.reading.trees import at, line, one_or_many, rows, table, tables, text

_TASKS = {
    "awscli": "aws",
    "azurecli": "azure",
    "azurefunctionapp": "azure",
    "azurekeyvault": "azure",
    "azurermwebappdeployment": "azure",
    "azurewebapp": "azure",
    "docker": "docker",
    "dockercompose": "docker-compose",
    "dotnetcorecli": "dotnet",
    "gotool": "go",
    "gradle": "gradle",
    "helmdeploy": "helm",
    "kubernetes": "kubernetes",
    "kubernetesmanifest": "kubernetes",
    "maven": "maven",
    "nodetool": "nodejs",
    "npm": "npm",
    "nugetcommand": "nuget",
    "sonarcloudanalyze": "sonarqube",
    "sonarqubeanalyze": "sonarqube",
    "terraformcli": "terraform",
    "terraforminstaller": "terraform",
    "terraformtask": "terraform",
    "usedotnet": "dotnet",
    "usenode": "nodejs",
    "usepythonversion": "python",
    "userubyversion": "ruby",
}
"""Azure's tasks, without their version."""

_PIPES = {
    "atlassian/aws-cloudformation-deploy": "cloudformation",
    "atlassian/aws-cloudfront-invalidate": "aws",
    "atlassian/aws-ecr-push-image": "aws",
    "atlassian/aws-ecs-deploy": "aws",
    "atlassian/aws-eks-kubectl-run": "kubernetes",
    "atlassian/aws-lambda-deploy": "aws-lambda",
    "atlassian/aws-s3-deploy": "amazon-s3",
    "atlassian/azure-web-apps-deploy": "azure",
    "atlassian/firebase-deploy": "firebase",
    "atlassian/google-app-engine-deploy": "google-app-engine",
    "atlassian/google-cloud-storage-deploy": "google-cloud",
    "atlassian/heroku-deploy": "heroku",
    "atlassian/kubectl-run": "kubernetes",
    "atlassian/slack-notify": "slack",
    "snyk/snyk-scan": "snyk",
    "sonarsource/sonarcloud-scan": "sonarqube",
    "sonarsource/sonarqube-scan": "sonarqube",
}
_APPVEYOR = {"mongodb": "mongodb", "mysql": "mysql", "postgresql": "postgresql", "mssql": "sql-server", "iis": "iis"}
_BUILDKITE_IMAGES = ("docker", "docker-compose")
LONGEST_JENKINSFILE = 1_000_000
"""Characters of a Jenkinsfile that are looked at."""

_JENKINS_COMMENT = re.compile(r"//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|'[^'\n]*+'?|\"[^\"\n]*+\"?")
_JENKINS_IMAGE = re.compile(
    r"\b(?:docker\.image\s?\(\s?|docker\s?\{\s{0,40}image\s|image\s|docker\s|image:\s?)(['\"])([\w./:@-]{1,200})\1"
)
_JENKINS_SHELL = re.compile(r"\bsh[ (]{1,3}(?:script:\s?)?(?:'''|\"\"\"|'|\")([^'\"]{1,5000})")


def read_jenkinsfile(manifest: Manifest) -> Iterator[Clue]:
    """Agents' images and plain `sh` steps; the rest is a program."""
    for number, raw in numbered(_uncommented(manifest.text[:LONGEST_JENKINSFILE])):
        for found in _JENKINS_IMAGE.finditer(raw[:1000]):
            yield from image_clues(found[2], number, development=True)
        for found in _JENKINS_SHELL.finditer(raw[:5000]):
            yield from command_clues(commands(found[1], number), development=True)


def _uncommented(source: str) -> str:
    return _JENKINS_COMMENT.sub(
        lambda found: "\n" * found[0].count("\n") if found[0].startswith("/") else found[0], source
    )


def read_azure(manifest: Manifest) -> Iterator[Clue]:
    """Tasks, containers and scripts of Azure Pipelines."""
    for document in read_yaml(manifest.text):
        for part in tables(document):
            task = text(part.get("task"))
            if tool := _TASKS.get(task.partition("@")[0].lower()):
                yield Clue(Sort.TOOL, tool, line(task), Certainty.CONFIGURED, development=True)
            for key in ("script", "bash"):
                yield from script_clues(part.get(key))
            if "container" in part and ":" in text(part["container"]):
                yield from container_clues(part["container"])
        for container in rows(at(document, "resources", "containers")):
            yield from container_clues(at(container, "image"))


def read_bitbucket(manifest: Manifest) -> Iterator[Clue]:
    """Images, services by their definitions, pipes and scripts."""
    for document in read_yaml(manifest.text):
        for part in tables(document):
            if "image" in part and ("step" not in part):
                yield from container_clues(part["image"])
            for entry in rows(part.get("script")):
                yield from _pipe_clues(text(at(entry, "pipe")))
            yield from script_clues([entry for entry in rows(part.get("script")) if text(entry)])


def _pipe_clues(pipe: str) -> Iterator[Clue]:
    if pipe.startswith("docker://"):
        yield from image_clues(pipe.removeprefix("docker://"), line(pipe), development=True)
    elif tool := _PIPES.get(pipe.partition(":")[0].lower()):
        yield Clue(Sort.TOOL, tool, line(pipe), Certainty.CONFIGURED, development=True)


def read_buildkite(manifest: Manifest) -> Iterator[Clue]:
    """Commands of steps, and images that the Docker plugin runs them in."""
    for document in read_yaml(manifest.text):
        for part in tables(document):
            for key in ("command", "commands"):
                yield from script_clues(part.get(key))
            for plugin in rows(part.get("plugins")):
                for name, settings in table(plugin).items():
                    plain = name.partition("#")[0]
                    if plain in _BUILDKITE_IMAGES:
                        yield Clue(Sort.TOOL, plain, line(name), Certainty.CONFIGURED, development=True)
                        yield from container_clues(at(settings, "image"))


def read_appveyor(manifest: Manifest) -> Iterator[Clue]:
    """Services and scripts of AppVeyor."""
    for document in read_yaml(manifest.text):
        for service in one_or_many(at(document, "services")):
            name = text(service).lower()
            if tool := next((tool for word, tool in _APPVEYOR.items() if name.startswith(word)), ""):
                yield Clue(Sort.TOOL, tool, line(service), Certainty.CONFIGURED, development=True)
        for key in ("install", "build_script", "test_script"):
            scripts = [text(entry) or at(entry, "cmd") or at(entry, "sh") for entry in one_or_many(at(document, key))]
            yield from script_clues(scripts)


def read_cloudbuild(manifest: Manifest) -> Iterator[Clue]:
    """The images of Cloud Build's steps; its own builders say which tool they hold."""
    documents = [read_json(manifest.text)] if manifest.name.endswith(".json") else read_yaml(manifest.text)
    for document in documents:
        for step in rows(at(document, "steps")):
            name = text(at(step, "name"))
            if tool := _builder(name):
                yield Clue(Sort.TOOL, tool, line(name), Certainty.CONFIGURED, development=True)
            else:
                yield from image_clues(substituted(name, {}), line(name), development=True)


_BUILDERS = {
    "bazel": "bazel",
    "docker": "docker",
    "dotnet": "dotnet",
    "firebase": "firebase",
    "gcloud": "google-cloud",
    "gke-deploy": "kubernetes",
    "go": "go",
    "gradle": "gradle",
    "kubectl": "kubernetes",
    "mvn": "maven",
    "npm": "npm",
    "yarn": "yarn",
}


def _builder(name: str) -> str:
    owner, _, last = name.partition(":")[0].rpartition("/")
    return _BUILDERS.get(last, "") if owner == "gcr.io/cloud-builders" else ""


READERS: Mapping[str, Reader] = {
    "Jenkinsfile": read_jenkinsfile,
    "Jenkinsfile.*": read_jenkinsfile,
    "*.Jenkinsfile": read_jenkinsfile,
    "*.jenkinsfile": read_jenkinsfile,
    "azure-pipelines.yml": read_azure,
    "azure-pipelines.yaml": read_azure,
    "azure-pipelines-*.yml": read_azure,
    ".azure-pipelines/*.yml": read_azure,
    ".azuredevops/*.yml": read_azure,
    "bitbucket-pipelines.yml": read_bitbucket,
    ".buildkite/pipeline.yml": read_buildkite,
    ".buildkite/pipeline.yaml": read_buildkite,
    ".buildkite/pipeline.*.yml": read_buildkite,
    "appveyor.yml": read_appveyor,
    ".appveyor.yml": read_appveyor,
    "cloudbuild.yaml": read_cloudbuild,
    "cloudbuild.yml": read_cloudbuild,
    "cloudbuild.json": read_cloudbuild,
}
