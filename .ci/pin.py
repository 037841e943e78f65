"""Pin every package, direct and transitive, to one version: `poe pin` writes what a fresh resolution gives.

The lock file itself stays out of version control, since it records from where packages were downloaded. What it
resolves to is written to pyproject.toml (constraint-dependencies) and, with hashes, to requirements.txt for the image.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = ROOT / "pyproject.toml"
BLOCK = re.compile(r"constraint-dependencies = \[\n.*?\]\n", re.DOTALL)


def resolved() -> list[str]:
    """Name and version of every package of the lock file."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return sorted(f"{package['name']}=={package['version']}" for package in packages if package["name"] != "whystack")


def write_constraints(pins: list[str]) -> None:
    lines = "".join(f'    "{pin}",\n' for pin in pins)
    text = PYPROJECT.read_text()
    PYPROJECT.write_text(BLOCK.sub(f"constraint-dependencies = [\n{lines}]\n", text, count=1))


def main() -> None:
    write_constraints([])
    subprocess.run(["uv", "lock", "--upgrade"], cwd=ROOT, check=True)  # noqa: S607  # our own words
    write_constraints(resolved())
    subprocess.run(["uv", "lock"], cwd=ROOT, check=True)  # noqa: S607  # our own words
    export = ["uv", "export", "--no-dev", "--no-emit-project", "--no-header", "-q", "-o", "requirements.txt"]
    subprocess.run(export, cwd=ROOT, check=True)  # noqa: S603  # our own words
    sys.stdout.write(f"{len(resolved())} packages pinned\n")


if __name__ == "__main__":
    main()
