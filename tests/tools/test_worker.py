"""The refresh as it runs on a site: a real Celery worker with its beat, real processes, a database of their own."""

import os
import shutil
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
from tests.tools.forge_server import Question, Reply, hangs
from tests.tools.github_server import TOKEN, GitHubServer

pytestmark = pytest.mark.services
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
BATCH = 100
KILLS = 20
WORKERS = 2
"""How many of those that are killed are real workers, which cost seconds to start."""


class Server(GitHubServer):
    """A stand-in that can be told to leave askers waiting."""

    left = sys.maxsize
    is_waited_for = False

    def answers_only(self, times: int) -> None:
        self.left, self.is_waited_for = times, False

    def is_asked(self) -> bool:
        """Whether anybody asked since it was told."""
        return self.is_waited_for

    def answer(self, question: Question) -> Reply:
        self.left, self.is_waited_for = self.left - 1, True
        return super().answer(question) if self.left >= 0 else hangs


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
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


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database with all its tables, of which each test takes a copy."""
    folder = tmp_path_factory.mktemp("migrated")
    with _database(folder) as url:
        data_dir.prepare(folder)
        Site(os.environ | url | _settings(folder)).manage("migrate", "--verbosity", "0")
        yield url["DATABASE_URL"]


@pytest.fixture
def site(tmp_path: Path, server: GitHubServer, migrated: str) -> Iterator[Site]:
    """On SQLite and files, or on whatever DATABASE_URL and REDIS_URL name."""
    folder = tmp_path / "site"
    data_dir.prepare(folder)
    with _database(folder, migrated) as database, _queue() as queue:
        site = Site(
            os.environ
            | database
            | queue
            | _settings(folder)
            | {
                "GITHUB_API_URL": server.url,
                "GITHUB_TOKEN": TOKEN,
                "REFRESH_EVERY_SECONDS": "0.5",
                "LOG_LEVEL": "DEBUG",
            }
        )
        yield site


def _settings(folder: Path) -> dict[str, str]:
    return {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(folder), "PYTHONWARNINGS": "ignore"}


@contextmanager
def _database(folder: Path, model: str = "") -> Iterator[dict[str, str]]:
    """A database that is empty, or a copy of another; a server's is dropped in the end."""
    url = os.environ.get("DATABASE_URL", "")
    if urlsplit(url).scheme not in ("postgres", "postgresql"):
        if model:
            shutil.copy(model.removeprefix("sqlite:///"), folder / "db.sqlite3")
        yield {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
        return
    name, like = f"whystack_worker_{uuid4().hex}", urlsplit(model).path.lstrip("/") or "template1"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'.encode())
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


@dataclass(frozen=True)
class Victims:
    """Processes of a site, forked off one that has read Django already."""

    process: subprocess.Popen[bytes]

    def begin(self, what: str) -> int:
        """Begin to refresh or to edit, and return the number of the process."""
        return self._say(what)

    def edit(self) -> None:
        """Have an editor name a repository, whoever claims and writes it at the moment."""
        self._say(str(self.begin("edit")))

    def kill(self, victim: int) -> None:
        os.kill(victim, signal.SIGKILL)
        self._say(str(victim))

    def _say(self, line: str) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def _victims(site: Site, log: Path) -> Iterator[Victims]:
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.tools.victims"],
            cwd=ROOT,
            env=dict(site.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    with process, _running(process):
        yield Victims(process)


def _make(site: Site, server: GitHubServer, number: int) -> None:
    site.run(f"from tests.tools.victims import make; make({number})")
    for name in (*(f"tool-{place}" for place in range(number - 1)), "edited"):
        server.has(f"owner/{name}")


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
        time.sleep(0.01)


def test_beat_asks_and_the_worker_brings_the_figures(site: Site, server: GitHubServer, tmp_path: Path) -> None:
    server.has("pallets/flask", stars=73_000, forks=17_000)
    site.run("make_tool('flask', stars=1, forks=1, repository='pallets/flask')")
    log = tmp_path / "worker.log"
    schedule = ["--beat", "--schedule", str(tmp_path / "schedule")]
    worker = site.start("-m", "celery", "-A", "config", "worker", "-P", "solo", "-l", "DEBUG", *schedule, output=log)
    with _running(worker):
        _wait_until(lambda: bool(server.asked), worker, log)
        _wait_until(lambda: "1 repository asked about with 1 call: 1 changed" in log.read_text(), worker, log)
        time.sleep(1.5)
    row = "row = Repository.objects.get(); print(row.stars, row.forks, row.stars_source, row.stars_on > VERIFIED)"
    assert site.run(row) == "73000 17000 github:pallets/flask True"
    assert server.names == [["pallets/flask"]]
    assert TOKEN not in log.read_text()


def test_two_workers_never_ask_about_the_same_repository(site: Site, server: GitHubServer, tmp_path: Path) -> None:
    _make(site, server, 4 * BATCH)
    rivals = [site.start("manage.py", "refresh_github", output=tmp_path / f"rival-{number}.log") for number in range(2)]
    for rival in rivals:
        assert rival.wait(PATIENCE) == 0
    assert len(server.names) == 4
    assert len({name for asked in server.names for name in asked}) == 4 * BATCH
    assert site.run("print(Repository.objects.filter(stars=73_000, claimed_at=None).count())") == f"{4 * BATCH}"


def test_all_is_refreshed_once_though_workers_are_killed_time_and_again(
    site: Site, server: Server, tmp_path: Path
) -> None:
    rows = (KILLS + 1) * BATCH
    _make(site, server, rows)
    server.has("editors/choice")
    for number in range(WORKERS):
        log, schedule = tmp_path / f"worker-{number}.log", str(tmp_path / f"schedule-{number}")
        beat = ["--beat", "--schedule", schedule]
        server.answers_only(1)
        worker = site.start("-m", "celery", "-A", "config", "worker", "-P", "solo", *beat, output=log)
        with _running(worker):
            _wait_until(server.is_asked, worker, log)
    with _victims(site, tmp_path / "victims.log") as victims:
        for number in range(KILLS - WORKERS):
            server.answers_only(1)
            victim = victims.begin("refresh")
            _wait_until(server.is_asked, victims.process, tmp_path / "victims.log")
            if number == KILLS // 2:
                victims.edit()
            # They die while they wait for the answer, write it, claim what is next, or wait for the next answer.
            time.sleep(number % 5 * 0.02)
            victims.kill(victim)
    server.answers_only(rows)
    assert site.run("from tests.tools.victims import settle; settle()") == f"{rows} {rows} 0 0 editors/choice an editor"
