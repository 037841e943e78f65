"""The command by itself: a wheel without the site, which runs where nothing else is installed."""

import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib.metadata import entry_points, metadata
from pathlib import Path

import pytest
from django.conf import settings

from tests.stacks.commanding import make_project

ROOT = settings.BASE_DIR
EMPTY = ["-I", "-S", "-c"]
# The wheel and PyYAML, and nothing of the site.
RUN = """
import sys
sys.path[:0] = sys.argv[1:3]
sys.argv[1:3] = []
from stacks.command.main import main
sys.exit(main())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by uv's own backend: without the network."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not installed")
    out = tmp_path_factory.mktemp("wheel")
    build = [uv, "build", "--offline", "--wheel", "--python", sys.executable, "--out-dir", str(out), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_the_command_and_the_scanner_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = [name for name in opened.namelist() if not name.endswith("/")]
    others = [name for name in names if not re.match(r"stacks/(command|scanner)/|whystack-[\d.]+\.dist-info/", name)]
    assert others == []
    kept = {
        path.relative_to(ROOT).as_posix()
        for part in ("command", "scanner")
        for path in (ROOT / "stacks" / part).rglob("*.*")
    }
    assert {name for name in kept if "__pycache__" not in name} <= set(names)


def test_it_depends_on_pyyaml_alone() -> None:
    assert metadata("whystack").get_all("Requires-Dist") == ["pyyaml"]
    (command,) = entry_points(group="console_scripts", name="whystack")
    assert command.value == "stacks.command.main:main"


def test_it_runs_where_nothing_else_is_installed(wheel: Path, tmp_path: Path) -> None:
    packages = Path(sysconfig.get_path("purelib"))
    yaml = tmp_path / "packages"
    yaml.mkdir()
    for name in ("yaml", "_yaml"):
        shutil.copytree(packages / name, yaml / name)
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(site)
    project = make_project(tmp_path / "shop")
    run = [sys.executable, *EMPTY, RUN, str(site), str(yaml), "scan", str(project)]
    done = subprocess.run(run, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Docker Compose" in done.stdout
