"""The house stays a house: what a reviewer would otherwise have to remember."""

import ast
import inspect
import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import distributions
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = settings.BASE_DIR
ROOMS = {"config", "members", "tools", "comparisons", "advice", "stacks"}
SHEDS = {"core", "common", "utils", "util", "services", "helpers", "helper", "base", "misc", "lib", "signals"}


def tracked(*patterns: str) -> list[Path]:
    """Files under version control, and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


@pytest.fixture(scope="module", autouse=True)
def version_control() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: the files of the project cannot be told from others")


def test_the_apps_are_the_rooms() -> None:
    ours = {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    assert ours == ROOMS


def test_there_is_no_shed() -> None:
    modules = {path.stem for path in tracked("*.py") if "tests" not in path.parts and path.name != "base.py"}
    folders = {part for path in tracked("*.py") for part in path.relative_to(ROOT).parts[:-1]}
    assert (modules | folders) & SHEDS == set()


def test_every_template_is_used() -> None:
    """By a view, by another template, or by name because Django or allauth ask for it."""
    sources = "".join(path.read_text() for path in tracked("*.py", "templates/*"))
    asked_for = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
    unused = [
        name
        for path in tracked("templates/*")
        if (name := path.relative_to(ROOT / "templates").as_posix()) not in asked_for
        and not name.startswith(("allauth/", "account/", "mfa/", "socialaccount/", "usersessions/"))
        and f'"{name}"' not in sources
        and f'"{name}#' not in sources
    ]
    assert unused == []


def test_templates_compute_and_query_nothing() -> None:
    forbidden = re.compile(r"\.objects\b|\.filter\b|\.order_by\b|\|add:|\|divisibleby")
    offenders = {
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in tracked("templates/*.html")
        if (found := forbidden.search(path.read_text()))
    }
    assert offenders == set()


def test_no_template_has_inline_style_or_script() -> None:
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    pages = [path for path in tracked("templates/*.html") if path.parent.name != "email"]
    assert [str(path) for path in pages if inline.search(path.read_text())] == []


def test_nothing_is_asked_of_other_hosts() -> None:
    remote = re.compile(r"""(?:src|href)=["']https?://|url\(["']?https?://|@import ["'](?!\./)""")
    allowed = re.compile(r"""<a [^>]*href=["']https?://""")
    offenders = []
    for path in tracked("templates/*.html", "static/*.css", "static/*.js"):
        text = allowed.sub("", path.read_text())
        if remote.search(text):
            offenders.append(path)
    assert offenders == []


def suppressions() -> Iterator[tuple[Path, str]]:
    for path in tracked("*.py"):
        for line in path.read_text().splitlines():
            if re.search(r"#\s*(noqa|type: ignore|pragma)", line) and "re.search" not in line:
                yield path, line


def test_every_suppression_names_its_rule_and_its_reason() -> None:
    wanted = re.compile(r"#\s*(?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*|type: ignore\[[a-z-]+\])\s+# \S+")
    assert [
        f"{path.relative_to(ROOT)}: {line.strip()}" for path, line in suppressions() if not wanted.search(line)
    ] == []


def test_migrations_are_named() -> None:
    assert [path for path in tracked("*/migrations/0*.py") if "_auto_" in path.name] == []


def test_no_signal_no_save_override_no_generic_foreign_key() -> None:
    for path in tracked(*(f"{room}/*.py" for room in ROOMS)):
        text = path.read_text()
        assert "GenericForeignKey" not in text
        assert not re.search(r"\b(post_save|pre_save|post_delete|pre_delete|receiver)\b", text), path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                overrides = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
                assert not ({"save", "delete"} & overrides), f"{path}: {node.name}"


def constraints() -> dict[str, str]:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["constraint-dependencies"]
    return dict(entry.split("==") for entry in listed)


def test_every_installed_package_is_pinned_and_installed_as_pinned() -> None:
    pinned = constraints()
    installed = {re.sub(r"[-_.]+", "-", dist.metadata["Name"]).lower(): dist.version for dist in distributions()}
    for tool in ("pip", "setuptools", "wheel", "uv", "whystack"):
        installed.pop(tool, None)
    assert {name: version for name, version in installed.items() if pinned.get(name) != version} == {}


def test_the_images_requirements_are_the_pinned_ones() -> None:
    pinned = constraints()
    lines = re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert len(lines) > 20
    assert {name: version for name, version in lines if pinned[name] != version} == {}
    assert (ROOT / "requirements.txt").read_text().count("--hash=sha256:") > len(lines)


def test_no_file_records_where_packages_were_downloaded() -> None:
    # Invented projects for the scanner, from which nothing is installed.
    samples = ROOT / "tests/stacks/fixtures"
    assert "uv.lock" not in {path.name for path in tracked() if not path.is_relative_to(samples)}
    hosts = re.compile(r"files\.pythonhosted\.org|registry\.npmjs\.org/|pypi\.org/simple|deb\.debian\.org")
    textual = tracked("*.py", "*.toml", "*.txt", "*.yaml", "*.yml", "*.json", "*.md", "Dockerfile", ".ci/*")
    ours = [path for path in textual if path != Path(__file__)]
    assert [path for path in ours if hosts.search(path.read_text(errors="replace"))] == []


def test_every_environment_variable_is_explained() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "config" / "settings.py").read_text()))
    explained = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert explained - read == {"POSTGRES_PASSWORD"}, "which compose.yaml reads"
    assert read <= explained


def routed(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[tuple[str, str]]:
    """The module and the name of every view that has an address."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from routed(entry.url_patterns)
        elif inspect.isfunction(entry.callback):
            yield entry.callback.__module__, entry.callback.__name__


def test_every_kind_of_page_is_guarded_against_other_methods() -> None:
    """Each view says which methods it takes, by a decorator."""
    views = set(routed(get_resolver().url_patterns))
    unguarded = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in tracked(*(f"{room}/*.py" for room in ROOMS))
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and (".".join(path.relative_to(ROOT).with_suffix("").parts), node.name) in views
        and not node.decorator_list
    ]
    assert unguarded == []
