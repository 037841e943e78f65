"""A scan opens no socket, starts nothing and writes nothing: Python's audit and the kernel's calls say so."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import BASE_DIR

SCAN = """
import sys
from pathlib import Path
sys.dont_write_bytecode = True
seen = []
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.mkdir",
             "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
             "os.putenv", "os.utime", "shutil.", "tempfile.", "urllib.", "ftplib.", "http.", "webbrowser.", "ctypes.")
def hook(event, arguments):
    writes = event == "open" and (set(arguments[1] or "") & set("wax+") or (arguments[2] or 0) & 0o3)
    if writes or event.startswith(FORBIDDEN):
        seen.append((event, arguments))
sys.addaudithook(hook)
from stacks.scanner.knowledge import known
from stacks.scanner.scanning import scan_folder
scan = scan_folder(Path(sys.argv[1]), known())
print(len(scan.tools), seen)
"""
CALLS = (
    "execve,fork,vfork,clone,clone3,socket,connect,bind,sendto,"
    "mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,openat,open,creat"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder in which many readers find something."""
    files = {
        "package.json": '{"dependencies": {"react": "18"}, "scripts": {"postinstall": "touch pwned"}}',
        "yarn.lock": '# yarn lockfile v1\n\nreact@18:\n  version "18"\n',
        "pyproject.toml": '[project]\ndependencies = ["flask"]\n',
        "setup.py": 'import os\nos.mkdir("pwned")\nsetup(install_requires=["redis"])\n',
        "requirements.txt": "-r https://example.org/more.txt\ndjango\n",
        "environment.yml": "dependencies: [numpy]\n",
        "pom.xml": '<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><project/>',
        "Dockerfile": "FROM postgres\nRUN touch pwned\n",
        "docker-compose.yml": "services: {db: {image: mysql}}\n",
        "go.mod": "module x\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_pythons_audit_sees_nothing_forbidden(project: Path) -> None:
    command = [sys.executable, "-c", SCAN, str(project)]
    ended = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=True)
    count, _, seen = ended.stdout.strip().partition(" ")
    assert (int(count) > 5, seen) == (True, "[]")
    assert len(list(project.iterdir())) == 10


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed here")
def test_the_kernel_is_asked_for_nothing_forbidden(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    log = tmp_path_factory.mktemp("strace") / "calls"
    traced = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={CALLS}"]
    subprocess.run([*traced, sys.executable, "-c", SCAN, str(project)], cwd=BASE_DIR, capture_output=True, check=True)
    calls = [line.split(None, 1)[1] for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    opened = [call for call in calls if call.startswith("open")]
    assert [call for call in calls if not call.startswith("open")][1:] == []  # the first is Python itself
    assert [call for call in opened if "O_WRONLY" in call or "O_RDWR" in call or "O_CREAT" in call] == []
    assert any(str(project / "package.json") in call for call in opened)
