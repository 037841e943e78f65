"""`manage.py serve` as its owner meets it: real processes, real sockets, a data folder of their own."""

import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from django.core.management import CommandError, call_command

from config.serving import ServeError, preparation
from tests.tools.forge_server import ANYWHERE, breaks_off
from tests.tools.github_server import TOKEN, GitHubServer

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")

MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
PATIENCE = 60.0
ONE_KIND = "kinds:\n  language: {noun: language, plural: languages}\nlayers: []\n"
A_FOLLOWED_TOOL = """
from tests.tools.builders import make_repository, make_tool
flask = make_tool("flask")
make_repository(flask, "pallets/flask", stars=68_000)
Follow.objects.create(tool=flask, member=Member.objects.create_user("ada", "ada@example.org"))
"""
AN_EDITOR = """
from django.test import Client
make_repository(make_tool("django"), "django/django")
editor = Member.objects.create_superuser("grace", "grace@example.org")
Client().force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
"""
PAUSES_ARE_OVER = "from django.core.cache import cache; cache.clear()"
type Environment = dict[str, str]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Environment:
    """What a newcomer's shell would have, but for a catalogue that loads at once and a GitHub that nobody reaches."""
    catalogue = tmp_path_factory.mktemp("serve") / "catalogue"
    shutil.copytree(settings.BASE_DIR / "catalogue" / "schema", catalogue / "schema")
    (catalogue / "taxonomy.yaml").write_text(ONE_KIND)
    return {
        "PATH": os.environ["PATH"],
        "HOME": "",
        "CATALOGUE_DIR": str(catalogue),
        "GITHUB_API_URL": "http://127.0.0.1:9",
        "EMAIL_URL": "",
        # Compiled beside the sources as usual, unless whoever runs the tests keeps Python from it.
        "PYTHONPYCACHEPREFIX": str(pytestconfig.cache.mkdir("compiled")) if sys.dont_write_bytecode else "",
    }


class Site:
    """A `serve` of one data folder."""

    def __init__(self, folder: Path, environment: Environment) -> None:
        self.folder, self.port, self.log = folder, free_port(), folder.with_suffix(".log")
        self.environment = environment | {"DATA_DIR": str(folder), "SITE_URL": f"http://127.0.0.1:{self.port}"}
        self.process: subprocess.Popen[bytes]

    def start(self, *options: str) -> None:
        """Return when it said that it is ready."""
        command = [*MANAGE, "serve", "--port", str(self.port), *options]
        with self.log.open("w") as log:
            # A session of its own, as a terminal gives to what runs in its foreground.
            self.process = subprocess.Popen(
                command,
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        wait_until(lambda: "is ready" in self.says() or self.process.poll() is not None)
        assert f"Whystack is ready: http://127.0.0.1:{self.port}/\n" in self.says(), self.says()

    def says(self) -> str:
        return self.log.read_text()

    def status(self, path: str = "/healthz") -> int:
        return answer(self.port, path)[0]

    def page(self, path: str, headers: Mapping[str, str] | None = None) -> str:
        return answer(self.port, path, headers)[1]

    def shell(self, code: str) -> None:
        """Do what an editor or a member might have done."""
        subprocess.run([*MANAGE, "shell", "-v0", "-c", code], env=self.environment, check=True, capture_output=True)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "db.sqlite3")) as database:
            return database.execute(sql).fetchall()

    def processes(self) -> dict[int, int]:
        """The living processes of this data folder, each with its parent."""
        wanted = f"DATA_DIR={self.folder}".encode()
        return {pid: parent for pid, parent, environ in all_processes() if wanted in environ.split(b"\0")}

    def children(self) -> list[int]:
        """In the order in which they were started: the web server, the worker, the clock."""
        return sorted(pid for pid, parent in self.processes().items() if parent == self.process.pid)

    def has_started_all(self) -> bool:
        return len(self.children()) == 3 and len(self.processes()) == 5

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal as a terminal does, to the whole foreground; return the exit code."""
        os.killpg(self.process.pid, number)
        return self.process.wait(PATIENCE)


def all_processes() -> Iterator[tuple[int, int, bytes]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            environ = (folder / "environ").read_bytes()
        except OSError:
            continue
        if state != "Z":
            yield int(folder.name), int(parent), environ


def wait_until(is_so: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answer(port: int, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Connection": "close", **(headers or {})})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def refused(environment: Environment, *options: str) -> tuple[int, str]:
    """Run a `serve` that cannot start; return its exit code and what it said on stderr."""
    ended = subprocess.run(
        [*MANAGE, "serve", *options], env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert "ready" not in ended.stdout
    return ended.returncode, ended.stderr


def send_a_task(folder: Path) -> None:
    """Queue a task that every worker knows, as another process of this site would."""
    app = Celery("another process", broker="filesystem://localhost", set_as_current=False)
    folders = {"data_folder_in": folder / "broker", "data_folder_out": folder / "broker"}
    app.conf.broker_transport_options = folders | {"control_folder": folder / "broker-control"}
    with app.connection_for_write() as connection:
        app.send_task("celery.accumulate", args=[1], connection=connection)


def messages(folder: Path) -> list[Path]:
    return list((folder / "broker").glob("*.celery.msg"))


@pytest.fixture(scope="module")
def used_folder(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was served before; copy it."""
    folder = tmp_path_factory.mktemp("used") / "var"
    site = Site(folder, environment)
    site.start("--no-worker")
    assert site.stop() == 0
    return folder


@pytest.fixture
def site(used_folder: Path, environment: Environment, tmp_path: Path) -> Iterator[Site]:
    """A site that was served before and is not running; killed after the test if it runs then."""
    with kept(used_folder, environment, tmp_path) as site:
        yield site


@pytest.fixture(scope="module")
def running_site(
    used_folder: Path, environment: Environment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A site for tests that leave it running."""
    with kept(used_folder, environment | {"LOG_LEVEL": "INFO"}, tmp_path_factory.mktemp("running")) as site:
        site.start()
        yield site


@contextmanager
def kept(used_folder: Path, environment: Environment, place: Path) -> Iterator[Site]:
    shutil.copytree(used_folder, place / "var")
    site = Site(place / "var", environment)
    try:
        yield site
    finally:
        if hasattr(site, "process") and site.process.poll() is None:
            site.process.kill()
            site.process.wait()


def test_the_first_start_makes_everything_and_says_when_the_site_answers(
    environment: Environment, tmp_path: Path
) -> None:
    folder = tmp_path / "a new folder"
    site = Site(folder, environment)
    site.environment = environment
    site.start("--data-dir", str(folder))
    try:
        assert site.status() == 200
        assert f"DATA_DIR='{folder}' uv run manage.py create_editor NAME --email YOU@EXAMPLE" in site.says()
        assert str(folder / "outbox") in site.says()
        assert [path.stat().st_mode & 0o777 for path in (folder, folder / "secret_key")] == [0o700, 0o600]
        style = next((folder / "static" / "admin" / "css").glob("base.*.css"))
        assert answer(site.port, f"/static/admin/css/{style.name}")[0] == 200
        status, page = answer(site.port, "/no-such-page/")
        assert (status, "DEBUG" in page) == (404, False)
    finally:
        assert site.stop() == 0


def test_a_second_start_keeps_the_secret_key_the_members_and_the_collected_files(site: Site) -> None:
    key, manifest = site.folder / "secret_key", site.folder / "static" / "staticfiles.json"
    before = key.read_text(), manifest.stat().st_mtime_ns
    subprocess.run(
        [*MANAGE, "create_editor", "ada", "--email", "ada@example.org"],
        env=site.environment | {"EDITOR_PASSWORD": "correct horse battery"},
        check=True,
        capture_output=True,
    )
    site.start("--no-worker")
    assert site.status() == 200
    assert site.stop() == 0
    assert (key.read_text(), manifest.stat().st_mtime_ns) == before
    with sqlite3.connect(site.folder / "db.sqlite3") as database:
        assert database.execute("SELECT username FROM members_member").fetchall() == [("ada",)]
    database.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_with_exit_code_0(site: Site, number: signal.Signals) -> None:
    site.start()
    wait_until(site.has_started_all)
    began = time.monotonic()
    assert site.stop(number) == 0
    assert time.monotonic() - began < 10
    assert site.processes() == {}
    assert site.says().endswith("Whystack has stopped.\n")


def test_a_killed_site_leaves_no_process_and_starts_again(site: Site) -> None:
    for _ in range(3):
        site.start()
        assert site.status() == 200
        wait_until(site.has_started_all)
        site.process.kill()
        site.process.wait()
        wait_until(lambda: not site.processes(), seconds=10)


def test_a_process_that_dies_is_started_again(site: Site) -> None:
    site.start()
    wait_until(site.has_started_all)
    for pid in (before := site.children()):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: site.has_started_all() and not set(before) & set(site.children()))
    assert site.status() == 200
    for name in ("web server", "worker", "clock"):
        assert f"The {name} stopped (killed by SIGKILL); it starts again in 0.5 s." in site.says()
    assert site.stop() == 0


def test_a_web_server_that_cannot_stay_up_ends_the_site(site: Site) -> None:
    broken = site.environment | {"GUNICORN_CMD_ARGS": "--worker-class nonsense"}
    code, sentence = refused(broken, "--port", str(site.port))
    assert code == 1
    assert "The web server stopped 4 times; what it said is above." in sentence
    assert site.processes() == {}


def test_a_task_that_is_sent_is_done_by_the_worker(running_site: Site) -> None:
    send_a_task(running_site.folder)
    wait_until(lambda: "Task celery.accumulate" in running_site.says() and "succeeded" in running_site.says())
    assert messages(running_site.folder) == []


def test_new_figures_reach_the_page_and_followers_while_the_site_runs(
    used_folder: Path, environment: Environment, tmp_path: Path
) -> None:
    with GitHubServer() as github:
        github.has("pallets/flask", stars=70_000)
        living = {
            "GITHUB_API_URL": github.url,
            "GITHUB_TOKEN": TOKEN,
            "REFRESH_EVERY_SECONDS": "0.5",
            "TELL_EVERY_SECONDS": "0.5",
            "PAGES_KEPT_SECONDS": "1",
        }
        with kept(used_folder, environment | living, tmp_path) as site:
            site.shell(A_FOLLOWED_TOOL)
            site.start()
            wait_until(lambda: "70,000" in site.page("/tools/flask/"))
            github.change("pallets/flask", stargazers_count=73_001, archived=True)
            site.shell("Repository.objects.update(due_at=timezone.now())")
            wait_until(lambda: "73,001" in site.page("/tools/flask/"))
            assert f"{datetime.now(UTC):%Y-%m-%d}" in site.page("/tools/flask/")
            wait_until(lambda: site.rows("SELECT text FROM members_notification") != [])
            assert site.rows("SELECT kind, url FROM members_notification") == [("alert", "/tools/flask/#lately")]
            assert site.stop() == 0


@pytest.mark.parametrize(
    ("trouble", "recovery", "said"),
    [
        (lambda github: github.accepts("another"), lambda github: github.accepts(TOKEN), "GitHub refuses the token."),
        (
            lambda github: github.replies(ANYWHERE, breaks_off),
            GitHubServer.recovers,
            "answer broke off or is not HTTP.",
        ),
    ],
    ids=["a refused token", "a broken network"],
)
def test_the_site_serves_while_its_host_cannot_be_asked_tells_editors_and_recovers(
    used_folder: Path,
    environment: Environment,
    tmp_path: Path,
    trouble: Callable[[GitHubServer], None],
    recovery: Callable[[GitHubServer], None],
    said: str,
) -> None:
    with GitHubServer() as github:
        github.has("pallets/flask", stars=70_000)
        trouble(github)
        quick = {"GITHUB_API_URL": github.url, "GITHUB_TOKEN": TOKEN, "REFRESH_EVERY_SECONDS": "0.5"}
        with kept(used_folder, environment | quick | {"PAGES_KEPT_SECONDS": "1"}, tmp_path) as site:
            site.shell(A_FOLLOWED_TOOL + AN_EDITOR)
            ((key,),) = site.rows("SELECT session_key FROM django_session")
            site.start()
            wait_until(lambda: "Left alone until" in site.page("/admin/operations/", {"Cookie": f"sessionid={key}"}))
            page = unescape(site.page("/admin/operations/", {"Cookie": f"sessionid={key}"}))
            assert (said in page, TOKEN in page) == (True, False)
            assert "68,000" in site.page("/tools/flask/")
            recovery(github)
            site.shell(PAUSES_ARE_OVER)
            wait_until(lambda: "70,000" in site.page("/tools/flask/"))
            assert "Left alone until" not in site.page("/admin/operations/", {"Cookie": f"sessionid={key}"})
            assert site.stop() == 0


def test_without_a_worker_only_the_web_server_runs(site: Site) -> None:
    send_a_task(site.folder)
    site.start("--no-worker")
    time.sleep(1.5)  # by now a worker would have been started
    assert len(site.children()) == 1
    assert len(messages(site.folder)) == 1
    assert site.stop() == 0


def test_a_second_serve_of_the_same_folder_is_refused(running_site: Site) -> None:
    code, sentence = refused(running_site.environment, "--port", str(free_port()))
    assert code == 1
    assert f"Whystack already runs on {running_site.folder} (process {running_site.process.pid})" in sentence
    assert running_site.status() == 200


def test_a_taken_port_is_refused_before_any_work(environment: Environment, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, sentence = refused(environment, "--port", str(port), "--data-dir", str(tmp_path / "var"))
    assert (code, sentence) == (1, f"CommandError: Port {port} is taken: choose another with --port.\n")
    assert not (tmp_path / "var" / "db.sqlite3").exists()


@pytest.mark.parametrize("port", ["0", "70000", "-1", "text"])
def test_what_is_no_port_is_refused(port: str) -> None:
    sentence = f"argument --port: '{port}' is not a port: give a number from 1 to 65535."
    with pytest.raises(CommandError, match=sentence):
        call_command("serve", "--port", port)


@pytest.mark.parametrize("place", ["/dev/null/x", "file"])
def test_an_impossible_data_folder_is_refused(environment: Environment, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / place
    code, sentence = refused(environment | {"DATA_DIR": str(folder)}, "--port", str(free_port()))
    assert code == 1
    assert re.fullmatch(rf"CommandError: The data folder {folder} cannot be used \(.+\): .+\n", sentence)


def test_the_project_itself_is_no_data_folder() -> None:
    with pytest.raises(ServeError, match="the project itself lies there"), preparation.claimed(settings.BASE_DIR):
        pass


def test_a_folder_of_static_files_that_is_not_ours_is_left_alone(environment: Environment, tmp_path: Path) -> None:
    theirs = tmp_path / "static" / "theirs.css"
    theirs.parent.mkdir()
    theirs.write_text("a {}")
    code, sentence = refused(environment, "--port", str(free_port()), "--data-dir", str(tmp_path))
    assert code == 1
    assert f"{theirs.parent} holds files of somebody else" in sentence
    assert theirs.read_text() == "a {}"


def test_static_files_that_were_half_collected_are_collected_afresh(site: Site) -> None:
    style = next((site.folder / "static" / "admin" / "css").glob("base.*.css"))
    whole = style.read_bytes()
    style.write_bytes(whole[:100])
    (site.folder / "static.digest").write_text("unfinished")
    site.start("--no-worker")
    assert site.stop() == 0
    assert style.read_bytes() == whole
