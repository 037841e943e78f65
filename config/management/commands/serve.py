"""Run the whole site on this machine."""

import argparse
import contextlib
import os
import shlex
import signal
import socket
import sys
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from celery.exceptions import SecurityWarning
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from config.serving import ServeError, lifeline, preparation
from config.serving.probe import Probe
from config.serving.supervisor import Child, Supervisor

DEFAULT_PORT = 8000


def a_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        msg = f"{text!r} is not a port: give a number from 1 to 65535."
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def a_folder(text: str) -> Path:
    if not text:
        msg = "give a folder."
        raise argparse.ArgumentTypeError(msg)
    return Path(text).expanduser().absolute()


class Command(BaseCommand):
    help = (
        "Run the whole site on this machine: make its database and load the catalogue, then keep a web server "
        "and a worker alive until Ctrl-C. Everything it keeps lies in one folder."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=a_port, default=DEFAULT_PORT, help="default 8000; on 127.0.0.1 only")
        parser.add_argument("--data-dir", type=a_folder, help="default DATA_DIR in the environment, or else var/")
        parser.add_argument("--no-worker", action="store_true", help="run no background tasks")

    def handle(self, *args: Any, port: int, data_dir: Path | None, no_worker: bool, **options: Any) -> None:
        uv = lifeline.uv_parent()
        self._settle(port, data_dir)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        try:
            with preparation.claimed(settings.DATA_DIR), preparation.listening(port) as listener:
                self._prepare()
                supervisor = Supervisor(
                    web_server(listener),
                    [] if no_worker else background(),
                    warn=self._warn,
                    is_abandoned=lambda: uv is not None and os.getppid() != uv,
                )
                probe = Probe(port, urlsplit(settings.SITE_URL).netloc)
                supervisor.run(probe.is_answered, lambda: self._announce(port))
        except ServeError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            pass
        self._say("Whystack has stopped.")

    def _settle(self, port: int, data_dir: Path | None) -> None:
        """Begin again with the right environment, if the settings were read from another."""
        wanted = {}
        if data_dir and data_dir != settings.DATA_DIR:
            wanted["DATA_DIR"] = str(data_dir)
        if "SITE_URL" not in os.environ and (site_url := f"http://127.0.0.1:{port}") != settings.SITE_URL:
            wanted["SITE_URL"] = site_url
        if settings.DEBUG:
            wanted["DEBUG"] = "false"
        if wanted:
            command = [sys.executable, *sys.orig_argv[1:]]
            os.execve(sys.executable, command, os.environ | wanted)  # noqa: S606  # this very command

    def _prepare(self) -> None:
        self._say(f"Starting Whystack in {settings.DATA_DIR}")
        preparation.forget_the_queue(settings.DATA_DIR)
        preparation.collect_static()
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("load_catalogue", stdout=self.stdout)
        except DatabaseError as error:
            raise ServeError(f"The database cannot be used: {error}".strip()) from error
        except SystemExit:
            self._warn("The site starts without the catalogue's refused files.")
        preparation.close_connections()

    def _announce(self, port: int) -> None:
        is_elsewhere = settings.DATA_DIR != settings.BASE_DIR / "var"
        where = f"DATA_DIR={shlex.quote(str(settings.DATA_DIR))} " if is_elsewhere else ""
        self._say(self.style.SUCCESS(f"Whystack is ready: http://127.0.0.1:{port}/"))
        self._say(f"Become an editor: {where}uv run manage.py create_editor NAME --email YOU@EXAMPLE")
        if not settings.EMAIL_URL:
            self._say(f"Mail is kept in {settings.DATA_DIR / 'outbox'}")
        self._say("Ctrl-C stops it.")

    def _say(self, line: str) -> None:
        try:
            self.stdout.write(line)
            self.stdout.flush()
        except BrokenPipeError:  # whoever read along has gone: the site stays
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _warn(self, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            self.stderr.write(line)


def web_server(listener: socket.socket) -> Child:
    bind = f"fd://{listener.fileno()}"
    return Child("web server", ["gunicorn", "--config", "python:config.serving.gunicorn_conf", "--bind", bind])


def background() -> list[Child]:
    """The worker and its clock: two processes, because a worker's own clock (`-B`) outlives a killed worker."""
    # Whoever runs the site as root knows; what the worker is sent is JSON from this folder's files, never code.
    warnings.filterwarnings("ignore", category=SecurityWarning, module="celery")
    celery = ["celery", "--quiet", "-A", "config"]
    level = ["--loglevel", os.environ.get("LOG_LEVEL", "WARNING")]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--include", "config.serving.prompt_stop"]
    return [
        Child("worker", [*celery, "worker", "--pool", "solo", *alone, *level]),
        Child("clock", [*celery, "beat", *level]),
    ]
