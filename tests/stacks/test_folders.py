"""What a folder says: which files count, and what they mean together."""

import os
from pathlib import Path

import pytest

from stacks.scanner.clues import Certainty, Scan, Skipped
from stacks.scanner.knowledge import known
from stacks.scanner.opening import BYTES
from stacks.scanner.scanning import scan_folder, scan_manifests


def folder(root: Path, **texts: str) -> Path:
    """Write files; `__` in a name is a folder's end."""
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def scanned(root: Path, files: dict[str, str]) -> Scan:
    return scan_folder(folder(root, **files), known())


def slugs(scan: Scan) -> list[str]:
    return [tool.slug for tool in scan.tools]


def test_a_tool_comes_with_what_proves_it_the_surest_first(tmp_path: Path) -> None:
    scan = scanned(tmp_path, {"a/requirements.txt": "\nflask==3\n", "a/tests/requirements.txt": "flask\npytest\n"})
    flask, pytest_ = (next(tool for tool in scan.tools if tool.slug == slug) for slug in ("flask", "pytest"))
    assert [(proof.file, proof.line, proof.identifier) for proof in flask.evidence] == [
        ("a/requirements.txt", 2, "pkg:pypi/flask"),
        ("a/tests/requirements.txt", 1, "pkg:pypi/flask"),
    ]
    assert [flask.evidence[0].certainty, flask.development, pytest_.development] == [Certainty.DECLARED, False, True]


FOREIGN = (
    *("node_modules/vue", "vendor/acme/lib", ".venv/lib", "lib/site-packages/x", "dist", "third_party/x", "Pods/x"),
    *(
        "examples/shop",
        "samples",
        "tests/fixtures/app",
        "testdata",
        "src/test/resources",
        "spec/dummy",
        "templates/new",
    ),
)


@pytest.mark.parametrize("place", FOREIGN)
def test_what_is_vendored_made_or_only_shown_is_not_used(tmp_path: Path, place: str) -> None:
    scan = scanned(tmp_path, {f"{place}/package.json": '{"dependencies": {"react": "18"}}', "go.sum": ""})
    assert slugs(scan) == ["go"]


def test_a_virtual_environment_is_foreign_whatever_it_is_called(tmp_path: Path) -> None:
    files = {"env/pyvenv.cfg": "", "env/lib/requirements.txt": "flask", "go.sum": ""}
    assert slugs(scanned(tmp_path, files)) == ["go"]


def test_links_lead_nowhere_outside_and_pipes_are_left_alone(tmp_path: Path) -> None:
    outside = folder(tmp_path / "outside", **{"package.json": '{"dependencies": {"react": "18"}}'})
    inside = folder(tmp_path / "inside", **{"real.txt": "flask\n"})
    (inside / "package.json").symlink_to(outside / "package.json")
    (inside / "all").symlink_to(outside)
    (inside / "requirements.txt").symlink_to("real.txt")
    os.mkfifo(inside / "composer.json")
    assert slugs(scan_folder(inside, known())) == ["flask", "pip", "python"]


def test_what_cannot_be_read_is_skipped_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_bytes(b'{"dependencies": \x00')
    (tmp_path / "pyproject.toml").write_bytes(b"x" * (BYTES + 1))
    (tmp_path / "Pipfile").write_bytes(bytes(range(128, 256)) * 4)
    (tmp_path / "bower.json").write_text("{", encoding="utf-8")
    (tmp_path / "setup.py").write_text("def (", encoding="utf-8")
    assert scan_folder(tmp_path, known()).skipped == (
        Skipped("Pipfile", "It is neither UTF-8 nor mostly plain letters."),
        Skipped(
            "bower.json",
            "It is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1).",
        ),
        Skipped("package.json", "It is binary, not text."),
        Skipped("pyproject.toml", "It is larger than 5 MB."),
        Skipped("setup.py", "It is not Python of today."),
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_other_encodings_are_read_as_well(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "requirements.txt").write_bytes("# pour l’été\n# déjà vu\nflask\n".replace("’", "'").encode(encoding))
    assert slugs(scan_folder(tmp_path, known())) == ["flask", "pip", "python"]


def test_what_a_lockfile_adds_to_its_manifest_is_transitive(tmp_path: Path) -> None:
    lock = '[[package]]\nname = "flask"\n[package.dependencies]\njinja2 = "*"\n[[package]]\nname = "jinja2"\n'
    files = {
        "pyproject.toml": '[project]\ndependencies = ["flask"]\n',
        "poetry.lock": f'{lock}[[package]]\nname = "rq"\n',
    }
    scan = scanned(tmp_path, files)
    assert slugs(scan) == ["flask", "poetry", "python"]
    assert [tool.slug for tool in scan.transitive] == ["jinja", "rq"]


def test_a_lockfile_alone_counts_with_what_it_says(tmp_path: Path) -> None:
    lock = '[[package]]\nname = "flask"\n[package.dependencies]\njinja2 = "*"\n[[package]]\nname = "jinja2"\n'
    scan = scanned(tmp_path, {"poetry.lock": lock})
    assert slugs(scan) == ["flask", "poetry"]
    assert [tool.slug for tool in scan.transitive] == ["jinja"]


def test_a_project_does_not_use_itself(tmp_path: Path) -> None:
    files = {
        "package.json": '{"name": "express", "devDependencies": {"mocha": "1"}}',
        "docs/package.json": '{"name": "@acme/docs", "dependencies": {"express": "5", "@acme/docs-theme": "1"}}',
        "theme/package.json": '{"name": "@acme/docs-theme"}',
    }
    scan = scanned(tmp_path, files)
    assert slugs(scan) == ["javascript", "mocha", "nodejs"]
    assert scan.unknown == ()


def test_an_application_named_like_a_package_it_needs_still_uses_it(tmp_path: Path) -> None:
    scan = scanned(tmp_path, {"package.json": '{"name": "express", "dependencies": {"express": "5"}}'})
    assert slugs(scan) == ["express", "javascript", "nodejs"]


def test_what_nobody_knows_is_told(tmp_path: Path) -> None:
    scan = scanned(
        tmp_path, {"requirements.txt": "left-pad==1\n", "package.json": '{"dependencies": {"@types/x": "1"}}'}
    )
    assert [(row.identifier, row.evidence[0].line) for row in scan.unknown] == [("pkg:pypi/left-pad", 1)]


def test_manifests_in_memory_are_read_as_a_folder_is() -> None:
    given = [
        ("shop\\package.json", b'{"dependencies": {"react": "18"}}'),
        ("shop/node_modules/vue/package.json", b'{"dependencies": {"vue": "3"}}'),
        ("../../etc/requirements.txt", b"flask"),
        ("go.mod\n\x1b[2J", b""),
    ]
    scan = scan_manifests(given, known())
    assert slugs(scan) == ["flask", "javascript", "nodejs", "pip", "python", "react"]
    assert [row.file for row in scan.skipped] == ["shop/node_modules/vue/package.json"]


def test_names_that_would_upset_a_terminal_are_shown_without_their_power(tmp_path: Path) -> None:
    scan = scanned(tmp_path, {"a\x1b[2J/requirements.txt": "flask\n"})
    assert scan.tools[0].evidence[0].file == "a\ufffd[2J/requirements.txt"


def test_a_missing_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        scan_folder(tmp_path / "nowhere", known())


def test_progress_is_told_now_and_then(tmp_path: Path) -> None:
    heard: list[int] = []
    scan_folder(folder(tmp_path, **{f"{number}.txt": "" for number in range(250)}), known(), told=heard.append)
    assert heard == [100, 200]
