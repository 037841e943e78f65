"""Whatever the catalogue calls an identifier is found in a manifest of its kind, each on its own line."""

import json
import re
from collections.abc import Callable
from functools import cache
from urllib.parse import unquote

import pytest
from django.conf import settings

from stacks.scanner.knowledge import known
from stacks.scanner.naming import image
from stacks.scanner.scanning import scan_manifests

IDENTIFIER = re.compile(r"^  - \{([a-z-]+): '?([^',}]+)'?[,}]", re.MULTILINE)

type Written = tuple[str, Callable[[str], str], str, str]
"""The manifest's name, what is written for one identifier, and what stands above and below."""


@cache
def catalogue() -> tuple[tuple[str, str, str], ...]:
    """Sort, value and slug of every identifier; by their lines, as YAML takes half a minute for all files."""
    files = sorted((settings.BASE_DIR / "catalogue" / "tools").rglob("*.yaml"))
    return tuple((row[1], row[2], file.stem) for file in files for row in IDENTIFIER.finditer(file.read_text()))


def identifiers(sort: str) -> dict[str, set[str]]:
    """Values of one sort with the slugs they stand for; a family is written as one of its members."""
    found: dict[str, set[str]] = {}
    for kind, value, slug in catalogue():
        if kind == sort:
            written = image(value) if sort == "docker" else value
            found.setdefault(written.replace("*", "x"), set()).add(slug)
    return found


def packages(ecosystem: str) -> dict[str, set[str]]:
    """The same for the packages of one ecosystem, by name."""
    start = f"pkg:{ecosystem}/"
    return {
        unquote(purl.removeprefix(start)): slugs
        for purl, slugs in identifiers("purl").items()
        if purl.startswith(start)
    }


def unproved(rows: dict[str, set[str]], written: Written) -> list[tuple[str, str]]:
    """The identifiers whose line is no proof of a tool of theirs."""
    name, one, above, below = written
    text = above + "".join(f"{one(value)}\n" for value in rows) + below
    first = above.count("\n") + 1
    scan = scan_manifests([(name, text.encode())], known())
    proofs = {(tool.slug, proof.line) for tool in scan.tools for proof in tool.evidence}
    lines = enumerate(rows.items(), first)
    return [(slug, value) for line, (value, slugs) in lines for slug in slugs if (slug, line) not in proofs]


def json_line(value: str) -> str:
    return f"    {json.dumps(value)}: {json.dumps('^1')},"


def maven_line(value: str) -> str:
    group, _, artifact = value.partition("/")
    return f"<dependency><groupId>{group}</groupId><artifactId>{artifact or 'x'}</artifactId></dependency>"


def gradle_line(value: str) -> str:
    group, _, artifact = value.partition("/")
    return f"    implementation '{group}:{artifact or 'x'}:1.0'"


def test_the_catalogue_is_read_whole() -> None:
    assert len(catalogue()) > 1400


MANIFESTS: list[tuple[str, Written]] = [
    ("npm", ("package.json", json_line, '{\n  "dependencies": {\n', '    "x": "1"\n  }\n}\n')),
    ("pypi", ("requirements.txt", lambda value: f"{value}>=1", "", "")),
    ("pypi", ("pyproject.toml", lambda value: f'  "{value}>=1",', "[project]\nname = 'x'\ndependencies = [\n", "]\n")),
    ("gem", ("Gemfile", lambda value: f'gem "{value}", "~> 1"', 'source "https://rubygems.org"\n', "")),
    ("golang", ("go.mod", lambda value: f"\t{value} v1.0.0", "module x\n\nrequire (\n", ")\n")),
    ("cargo", ("Cargo.toml", lambda value: f'{value} = "1"', "[package]\nname = 'x'\n[dependencies]\n", "")),
    ("composer", ("composer.json", json_line, '{\n  "require": {\n', '    "php": "^8"\n  }\n}\n')),
    ("maven", ("pom.xml", maven_line, "<project>\n<dependencies>\n", "</dependencies>\n</project>\n")),
    ("maven", ("build.gradle", gradle_line, "dependencies {\n", "}\n")),
    (
        "nuget",
        (
            "X.csproj",
            lambda value: f'<PackageReference Include="{value}" Version="1" />',
            '<Project Sdk="Microsoft.NET.Sdk">\n<ItemGroup>\n',
            "</ItemGroup>\n</Project>\n",
        ),
    ),
    ("hex", ("mix.exs", lambda value: f'      {{:{value}, "~> 1.0"}},', "defp deps do\n    [\n", "    ]\n  end\n")),
]


@pytest.mark.parametrize(("ecosystem", "written"), MANIFESTS, ids=[f"{row[0]} in {row[1][0]}" for row in MANIFESTS])
def test_packages_are_found(ecosystem: str, written: Written) -> None:
    assert unproved(packages(ecosystem), written) == []


def test_images_are_found_in_dockerfiles() -> None:
    assert unproved(identifiers("docker"), ("Dockerfile", lambda value: f"FROM {value}:1.0", "", "")) == []


def test_images_are_found_in_compose_files() -> None:
    def one(value: str) -> str:
        return f"  s{abs(hash(value))}: {{ image: '{value}:1.0' }}"

    assert unproved(identifiers("docker"), ("compose.yaml", one, "services:\n", "")) == []


def test_actions_are_found() -> None:
    above = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
    written = (".github/workflows/ci.yml", lambda value: f"      - uses: {value}@v1", above, "")
    assert unproved(identifiers("github-action"), written) == []


def test_terraform_providers_are_found() -> None:
    def one(value: str) -> str:
        return f'    p{abs(hash(value))} = {{ source = "{value}" }}'

    written = ("main.tf", one, "terraform {\n  required_providers {\n", "  }\n}\n")
    assert unproved(identifiers("terraform-provider"), written) == []
