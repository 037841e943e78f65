"""The refresh as it runs on a site: a real Celery worker with its beat, real processes, a database of their own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
import redis

from config import data_dir
from tests.tools.forge_server import slowly
from tests.tools.github_server import TOKEN, GitHubServer, has

pytestmark = pytest.mark.services
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
RIVALS_SHARE = 20


@pytest.fixture
def server() -> Iterator[GitHubServer]:
    with GitHubServer() as server:
        yield server


@dataclass(frozen=True)
class Site:
    """A site of its own: the folder, the database and the queue belong to one test."""

    environment: Mapping[str, str]

    def start(self, *arguments: str, output: Path) -> subprocess.Popen[bytes]:
        with output.open("wb") as file:
            return subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=dict(self.environment),
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=dict(self.environment), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, code: str) -> str:
        imports = "from tests.tools.builders import *; from tools.models import *; "
        return self.manage("shell", "--no-imports", "-c", imports + code).strip()


@pytest.fixture
def site(tmp_path: Path, server: GitHubServer) -> Iterator[Site]:
    """On SQLite and files, or on whatever DATABASE_URL and REDIS_URL name."""
    folder = tmp_path / "site"
    with _database(folder) as database, _queue() as queue:
        site = Site(
            os.environ
            | database
            | queue
            | {
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "DATA_DIR": str(folder),
                "GITHUB_API_URL": server.url,
                "GITHUB_TOKEN": TOKEN,
                "REFRESH_EVERY_SECONDS": "0.5",
                "LOG_LEVEL": "DEBUG",
                "PYTHONWARNINGS": "ignore",
            }
        )
        data_dir.prepare(folder)
        site.manage("migrate", "--verbosity", "0")
        yield site


@contextmanager
def _database(folder: Path) -> Iterator[dict[str, str]]:
    url = os.environ.get("DATABASE_URL", "")
    if urlsplit(url).scheme not in ("postgres", "postgresql"):
        yield {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
        return
    name = f"whystack_worker_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def _queue() -> Iterator[dict[str, str]]:
    """One of Redis's numbered databases that nobody uses, emptied afterwards."""
    url = os.environ.get("REDIS_URL", "")
    if not url:
        yield {"REDIS_URL": ""}
        return
    for number in range(15, 0, -1):
        own = urlsplit(url)._replace(path=f"/{number}").geturl()
        with redis.Redis.from_url(own) as connection:
            if connection.set("whystack-tests", "taken", nx=True) and connection.dbsize() == 1:
                try:
                    yield {"REDIS_URL": own}
                finally:
                    connection.flushdb()
                return
    pytest.fail("Redis has no empty database left for this test.")


@contextmanager
def _running(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_until(reached: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


def test_beat_asks_and_the_worker_brings_the_figures(site: Site, server: GitHubServer, tmp_path: Path) -> None:
    server.has("pallets/flask", stars=73_000, forks=17_000)
    site.run("make_tool('flask', stars=1, forks=1, repository='pallets/flask')")
    log = tmp_path / "worker.log"
    schedule = ["--beat", "--schedule", str(tmp_path / "schedule")]
    worker = site.start("-m", "celery", "-A", "config", "worker", "-P", "solo", "-l", "DEBUG", *schedule, output=log)
    with _running(worker):
        _wait_until(lambda: bool(server.asked), worker, log)
        _wait_until(lambda: "GitHub told us of 1 repository, 1 with new figures." in log.read_text(), worker, log)
        time.sleep(1.5)
    row = "row = Repository.objects.get(); print(row.stars, row.forks, row.stars_source, row.stars_on > VERIFIED)"
    assert site.run(row) == "73000 17000 github:pallets/flask True"
    assert server.asked == ["/repos/pallets/flask"]
    assert TOKEN not in log.read_text()


def test_two_workers_never_ask_about_the_same_repository(site: Site, server: GitHubServer, tmp_path: Path) -> None:
    names = [f"owner/tool-{number}" for number in range(2 * RIVALS_SHARE)]
    for name in names:
        server.replies(f"/repos/{name}", slowly(has(name), 0.05))
    site.run(f"[make_tool(name.removeprefix('owner/'), repository=name) for name in {names}]")
    rivals = [site.start("manage.py", "refresh_github", output=tmp_path / f"rival-{number}.log") for number in range(2)]
    for rival in rivals:
        assert rival.wait(PATIENCE) == 0
    assert sorted(server.asked) == sorted(f"/repos/{name}" for name in names)
    assert site.run("print(Repository.objects.filter(stars=73_000, claimed_at=None).count())") == str(len(names))
