"""What a developer's or a server's machine is set up with: asdf, mise, Homebrew, Nix, Vagrant and Ansible."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import Lines, read_toml, read_yaml
from stacks.scanner.reading.lines import numbered
from stacks.scanner.reading.trees import at, line, one_or_many, rows, table, tables, text

_PROGRAMS = {
    "ansible": "ansible",
    "awscli": "aws",
    "bazel": "bazel",
    "bun": "bun",
    "cargo": "cargo",
    "clojure": "clojure",
    "cmake": "cmake",
    "composer": "composer",
    "crystal": "crystal",
    "dart": "dart",
    "deno": "deno",
    "docker": "docker",
    "docker-compose": "docker-compose",
    "dotnet": "dotnet",
    "dotnet-core": "dotnet",
    "elasticsearch": "elasticsearch",
    "elixir": "elixir",
    "erlang": "erlang",
    "flutter": "flutter",
    "flyctl": "flyio",
    "gcloud": "google-cloud",
    "ghc": "haskell",
    "gleam": "gleam",
    "go": "go",
    "golang": "go",
    "golangci-lint": "golangci-lint",
    "gradle": "gradle",
    "helm": "helm",
    "hugo": "hugo",
    "java": "java",
    "jdk": "java",
    "julia": "julia",
    "kotlin": "kotlin",
    "kubectl": "kubernetes",
    "kubernetes-cli": "kubernetes",
    "kubernetes-helm": "helm",
    "maven": "maven",
    "memcached": "memcached",
    "mongodb": "mongodb",
    "mongodb-community": "mongodb",
    "mysql": "mysql",
    "nginx": "nginx",
    "nim": "nim",
    "node": "nodejs",
    "nodejs": "nodejs",
    "ocaml": "ocaml",
    "openjdk": "java",
    "opentofu": "opentofu",
    "packer": "packer",
    "perl": "perl",
    "php": "php",
    "pnpm": "pnpm",
    "poetry": "poetry",
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "pre-commit": "pre-commit",
    "pulumi": "pulumi",
    "python": "python",
    "python3": "python",
    "rabbitmq": "rabbitmq",
    "redis": "redis",
    "ruby": "ruby",
    "ruff": "ruff",
    "rust": "rust",
    "rustc": "rust",
    "sbt": "sbt",
    "scala": "scala",
    "sqlite": "sqlite",
    "terraform": "terraform",
    "terragrunt": "terragrunt",
    "trivy": "trivy",
    "uv": "uv",
    "yarn": "yarn",
    "zig": "zig",
}
"""Programs as version managers and package managers name them."""

_VERSION = re.compile(r"(?:@.*|_\d[\d_]*|(?<=python)3\d*|(?<=jdk)\d+)$")
_BREW = re.compile(r"^[ \t]*(?:brew|cask)[ \t]+['\"]([\w./@+-]{1,100})['\"]")
_PROVISION = re.compile(r"\.provision[ \t(]+[:\"'](ansible|chef|docker|puppet|salt)")
_PROVISIONERS = {"chef": "chef", "salt": "saltstack"}
_NIX_NAME = re.compile(r"\bpkgs\.([\w-]+)")
_NIX_LIST = re.compile(r"\bwith pkgs;\s{0,20}\[([^\[\]]{0,4000})\]")
_COLLECTIONS = {
    "amazon.aws": "aws",
    "azure.azcollection": "azure",
    "community.aws": "aws",
    "community.docker": "docker",
    "community.grafana": "grafana",
    "community.hashi_vault": "vault",
    "community.mongodb": "mongodb",
    "community.mysql": "mysql",
    "community.postgresql": "postgresql",
    "community.rabbitmq": "rabbitmq",
    "community.zabbix": "zabbix",
    "containers.podman": "podman",
    "google.cloud": "google-cloud",
    "kubernetes.core": "kubernetes",
}
_INSTALLERS = frozenset(("apt", "dnf", "package", "yum"))
_SERVERS = {
    "haproxy": "haproxy",
    "memcached": "memcached",
    "mosquitto": "mosquitto",
    "mysql-server": "mysql",
    "nginx": "nginx",
    "postgresql": "postgresql",
    "rabbitmq-server": "rabbitmq",
    "redis": "redis",
    "redis-server": "redis",
}


def _tool(name: str) -> str | None:
    plain = name.rpartition("/")[2].lower()
    return _PROGRAMS.get(plain) or _PROGRAMS.get(_VERSION.sub("", plain))


def _clues(tool: str | None, number: int) -> Iterator[Clue]:
    if tool:
        yield Clue(Sort.TOOL, tool, number, Certainty.CONFIGURED, development=True)


def read_versions(manifest: Manifest) -> Iterator[Clue]:
    """asdf's .tool-versions: a program and its versions in each line."""
    for number, raw in numbered(manifest.text, "#"):
        name = next(iter(raw.partition("#")[0].split(maxsplit=1)), "")
        yield from _clues(_tool(name), number)


def read_mise(manifest: Manifest) -> Iterator[Clue]:
    """mise's tools; `npm:prettier` names a package."""
    document, lines = read_toml(manifest.text), Lines(manifest.text)
    for name in table(document.get("tools")):
        backend, colon, package = name.partition(":")
        number = lines.of(name)
        if backend == "npm" and package:
            value = f"pkg:npm/{package.replace('@', '%40', 1)}"
            yield Clue(Sort.PURL, value, number, Certainty.CONFIGURED, development=True)
        elif backend == "pipx" and package:
            yield Clue(Sort.PURL, f"pkg:pypi/{package}", number, Certainty.CONFIGURED, development=True)
        else:
            yield from _clues(_tool(package if colon else name), number)


def read_brewfile(manifest: Manifest) -> Iterator[Clue]:
    """Formulae and casks."""
    for number, raw in numbered(manifest.text, "#"):
        if found := _BREW.match(raw[:300]):
            yield from _clues(_tool(found[1]), number)


def read_nix(manifest: Manifest) -> Iterator[Clue]:
    """Packages written as `pkgs.name`, or in a list after `with pkgs;`."""
    source = re.sub(r"#[^\n]*", "", manifest.text[:200_000])
    lines = Lines(source)
    for found in _NIX_NAME.finditer(source):
        yield from _clues(_tool(found[1]), lines.at(found.start()))
    for listed in _NIX_LIST.finditer(source):
        number = lines.at(listed.start())
        for name in listed[1].split():
            yield from _clues(_tool(name), number)


def read_vagrant(manifest: Manifest) -> Iterator[Clue]:
    """What provisions the machine."""
    for number, raw in numbered(manifest.text, "#"):
        if found := _PROVISION.search(raw[:500]):
            yield from _clues(_PROVISIONERS.get(found[1], found[1]), number)


def read_playbook(manifest: Manifest) -> Iterator[Clue]:
    """Ansible's plays, told by their content: collections' modules, and servers that are installed."""
    source = manifest.text
    if "hosts:" not in source or not ("tasks:" in source or "roles:" in source):
        return
    for document in read_yaml(source):
        if not any(text(at(play, "hosts")) for play in rows(document)):
            return
        yield Clue(Sort.TOOL, "ansible", line(at(rows(document)[0], "hosts")), Certainty.CONFIGURED)
        for part in tables(document):
            for name, value in part.items():
                yield from _module_clues(name, value)


def _module_clues(name: str, value: Any) -> Iterator[Clue]:
    if tool := _COLLECTIONS.get(".".join(name.split(".")[:2])) if "." in name else None:
        yield Clue(Sort.TOOL, tool, line(name), Certainty.CONFIGURED)
    if name.removeprefix("ansible.builtin.") in _INSTALLERS:
        for package in one_or_many(at(value, "name")):
            if tool := _SERVERS.get(text(package)):
                yield Clue(Sort.TOOL, tool, line(package), Certainty.CONFIGURED)


def read_galaxy(manifest: Manifest) -> Iterator[Clue]:
    """Ansible's requirements: collections and roles by their names."""
    for document in read_yaml(manifest.text):
        if not (rows(at(document, "collections")) or rows(at(document, "roles"))):
            return
        yield Clue(Sort.TOOL, "ansible", 0, Certainty.CONFIGURED)
        for entry in rows(at(document, "collections")):
            name = text(entry) or text(at(entry, "name"))
            if tool := _COLLECTIONS.get(name):
                yield Clue(Sort.TOOL, tool, line(name))
        for entry in rows(at(document, "roles")):
            name = text(at(entry, "name")) or text(at(entry, "role")) or text(at(entry, "src")) or text(entry)
            owner, _, role = name.partition(".")
            if owner == "geerlingguy" and (tool := _PROGRAMS.get(role)):
                yield Clue(Sort.TOOL, tool, line(name))


READERS: Mapping[str, Reader] = {
    ".tool-versions": read_versions,
    ".mise.toml": read_mise,
    "mise.toml": read_mise,
    "Brewfile": read_brewfile,
    "flake.nix": read_nix,
    "shell.nix": read_nix,
    "devenv.nix": read_nix,
    "Vagrantfile": read_vagrant,
    "*.yml": read_playbook,
    "*.yaml": read_playbook,
    "requirements.yml": read_galaxy,
    "requirements.yaml": read_galaxy,
}
