"""`whystack scan`: what it prints, for people and for programs, and how it ends."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from stacks.command.answer import as_json
from stacks.command.main import main
from stacks.command.problems import printable
from stacks.command.table import Look, table
from stacks.scanner.clues import Certainty, Evidence, Found, Scan, Skipped, Unknown
from tests.stacks.commanding import RUN, Home, make_project

NAMES = {"django": "Django", "ruff": "Ruff"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def project(tmp_path: Path) -> str:
    return str(make_project(tmp_path / "shop"))


def proof(file: str = "pyproject.toml", line: int = 8, *, development: bool = False) -> Evidence:
    return Evidence(file, line, "pkg:pypi/django", Certainty.DECLARED, direct=True, development=development)


def scanned(unknown: int = 1) -> Scan:
    return Scan(
        tools=(Found("ruff", (proof(line=21, development=True),)), Found("django", (proof(), proof("manage.py", 0)))),
        transitive=(Found("redis", (proof("uv.lock", 90),)),),
        unknown=tuple(Unknown(f"pkg:pypi/left-{number}", (proof(),)) for number in range(unknown)),
        skipped=(Skipped("package.json", "It is no JSON."),),
        files=3,
    )


def test_programs_are_answered_in_json() -> None:
    evidence = {
        "file": "pyproject.toml",
        "line": 8,
        "identifier": "pkg:pypi/django",
        "certainty": "declared",
        "direct": True,
        "development": False,
    }
    said = json.loads(as_json(scanned()))
    assert list(said) == ["tools", "transitive", "unknown", "skipped"]
    assert said["tools"][1] == {"slug": "django", "evidence": [evidence, evidence | {"file": "manage.py", "line": 0}]}
    assert said["transitive"] == [{"slug": "redis", "evidence": [evidence | {"file": "uv.lock", "line": 90}]}]
    assert said["unknown"] == [{"identifier": "pkg:pypi/left-0", "evidence": [evidence]}]
    assert said["skipped"] == [{"file": "package.json", "why": "It is no JSON."}]


def test_people_are_answered_in_a_table() -> None:
    assert table(scanned(), NAMES, Look()) == (
        "2 tools in 3 manifests\n"
        "\n"
        "  Django  pyproject.toml:8  declared\n"
        "  Ruff    pyproject.toml:21  declared, development\n"
        "\n"
        "Needed by others only: 1\n"
        "  redis\n"
        "\n"
        "Not in the catalogue: 1\n"
        "  pkg:pypi/left-0\n"
        "\n"
        "Skipped: 1\n"
        "  package.json: It is no JSON.\n"
    )


def test_what_is_unknown_is_shortened_with_a_hint() -> None:
    lines = table(scanned(unknown=30), NAMES, Look()).splitlines()
    assert next(line for line in lines if "left-7" in line).endswith("pkg:pypi/left-7, and 22 more")
    assert lines[-1] == "--json lists everything."


def test_a_long_path_is_cut_to_the_width_of_the_terminal() -> None:
    scan = Scan(tools=(Found("django", (proof("a/" * 60 + "pyproject.toml"),)),), files=1)
    row = table(scan, NAMES, Look(width=60)).splitlines()[2]
    assert (len(row) <= 60, "/pyproject.toml:8" in row, "…" in row) == (True, True, True)


def test_a_name_cannot_give_the_terminal_orders() -> None:
    assert printable("a\x1b[2J\nb\u202e") == "a�[2J�b�"
    assert printable("x" * 400) == "x" * 299 + "…"


def test_a_folder_is_scanned(project: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", project, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {tool["slug"] for tool in said["tools"]} >= {"docker", "docker-compose"}


def test_a_folder_without_tools_is_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["scan", str(tmp_path)]), capsys.readouterr().out) == (0, "0 tools in 0 manifests\n")


@pytest.mark.parametrize(
    ("name", "said"), [("gone", "does not exist"), ("shop/Dockerfile", "is a file; name the folder it is in")]
)
def test_what_is_no_folder_is_told_in_a_sentence(
    name: str, said: str, project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", str(tmp_path / name)]) == 1
    assert capsys.readouterr().err == f"whystack: {tmp_path / name} {said}.\n"


def test_a_name_that_is_none_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "a\0b"]) == 1
    assert capsys.readouterr().err.startswith("whystack: a�b ")


def test_a_misunderstood_command_is_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.endswith("whystack: Say what to do: scan, login or logout.\n")
    with pytest.raises(SystemExit) as ended:
        main(["scan", "--wrong"])
    assert ended.value.code == 2


def test_the_help_tells_how_the_command_ends(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["scan", "--help"])
    help_text = capsys.readouterr().out
    assert [code for code in ("0 ", "1 ", "2 ", "3 ", "130 ", "141 ") if f"\n  {code}" not in help_text] == []


def test_its_version_is_that_of_the_distribution(capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["--version"]), capsys.readouterr().out) == (0, "whystack 0.1.0\n")


def test_colours_are_for_terminals(home: Home, project: str) -> None:
    bold = "\x1b[1m"
    code, shown = home.run_on_terminal("scan", project)
    assert (code, bold in shown, bold in home.run("scan", project).stdout) == (0, True, False)
    plain = Home(home.folder, {"NO_COLOR": "1"})
    assert bold not in plain.run_on_terminal("scan", project)[1]


def test_who_stops_reading_is_no_reason_to_complain(home: Home, project: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.run(
        [*RUN, "scan", project, "--json"], env=home.environment, stdout=writer, stderr=subprocess.PIPE, timeout=60
    )
    os.close(writer)
    assert (process.returncode, process.stderr) == (141, b"")
