"""Files of almost 5 MB that were made to hurt cost 2 seconds of processor and 200 MB at most."""

import subprocess
import sys

import pytest

from config.settings import BASE_DIR
from tests.stacks.bounded import MEGABYTES, SECONDS

SIZE = 4_900_000


def lots(text: str, before: str = "", after: str = "") -> str:
    """Repeat a text until the whole is as long as a file may be."""
    return f"{before}{text * ((SIZE - len(before) - len(after)) // len(text))}{after}"


LAUGHS = "\n".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, 9_000))
MERGES = "\n".join(f"k{n}: &k{n}\n  <<: [{', '.join([f'*k{n - 1}'] * 9)}]\n  y{n}: 2" for n in range(1, 9_000))
BOMBS = {
    "objects in objects": ("package.json", lots('{"a":')),
    "comments that never end": ("package.json", lots("/*")),
    "a name of one line": ("package.json", lots("a", '{"dependencies": {"', '": "1"}}')),
    "a hundred thousand packages": ("package-lock.json", lots('"p":{"version":"1"},', '{"dependencies":{', '"q":{}}}')),
    "lists of lists by name": ("pnpm-workspace.yaml", f"k0: &k0 [x]\n{LAUGHS}"),
    "mappings merged again and again": ("pnpm-workspace.yaml", f"k0: &k0 {{x: 1}}\n{MERGES}"),
    "brackets that never close": ("environment.yml", lots("[")),
    "a key of dots": ("pyproject.toml", f"{'a.' * 140_000}a = 1"),
    "one long line of needs": ("uv.lock", lots('{ name = "b" },', '[[package]]\nname = "a"\ndependencies = [', "]")),
    "lines that go on": ("requirements.txt", lots("a " * 30 + "\\\n")),
    "bait for regular expressions": ("requirements.txt", lots("git+https://a-1")),
    "lists added up": ("setup.py", f"setup(install_requires={'+'.join(['[]'] * 60_000)})"),
    "entities": ("pom.xml", lots("&a;", '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]><project>', "</project>")),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_it_costs_little(bomb: str) -> None:
    name, text = BOMBS[bomb]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.stacks.bounded", name],
        input=text.encode(),
        capture_output=True,
        cwd=BASE_DIR,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr.decode()[-500:]
    seconds, megabytes = ended.stdout.split()[:2]
    assert float(seconds) <= SECONDS
    assert int(megabytes) <= MEGABYTES
