"""What must be there before the embedded site starts: its folder, its port, its static files."""

import errno
import fcntl
import hashlib
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections

from config import data_dir
from config.serving import ServeError

BACKLOG = 128
LEFTOVER_SECONDS = 1.0


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold the data folder for this process and those forked from it.

    The kernel lets go when the last of them ends, however it ends: nothing stale can be left.
    """
    if folder.resolve() == settings.BASE_DIR:
        sentence = f"The data folder cannot be {folder}: the project itself lies there. Choose another with --data-dir."
        raise ServeError(sentence)
    try:
        data_dir.prepare(folder)
        lock = (folder / "serve.lock").open("a+")
    except OSError as error:
        sentence = f"The data folder {folder} cannot be used ({error.strerror}): choose another with --data-dir."
        raise ServeError(sentence) from error
    with lock:
        if not _is_locked(lock):
            lock.seek(0)
            sentence = (
                f"Whystack already runs on {folder} (process {lock.read()}): stop it, or choose another --data-dir."
            )
            raise ServeError(sentence)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _is_locked(lock: IO[str]) -> bool:
    """Take the lock; the children of a site that was killed may need a moment to let go of it."""
    deadline = time.monotonic() + LEFTOVER_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        else:
            return True


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """Open the port on this machine only; held here, it survives a web server that has to start again."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(BACKLOG)
        except OSError as error:
            why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be opened ({error.strerror})"
            sentence = f"Port {port} {why}: choose another with --port."
            raise ServeError(sentence) from error
        yield listener


def forget_the_queue(folder: Path) -> None:
    """Empty the file queue's bindings, which a killed worker may have left half written; the worker makes them anew."""
    shutil.rmtree(folder / "broker-control", ignore_errors=True)
    data_dir.prepare(folder)


def collect_static() -> None:
    """Collect the static files, if one of them changed since the last time.

    They are collected afresh: a file that was half written, or whose source went back in time, must not stay.
    """
    room, stamp, wanted = settings.DATA_DIR / "static", settings.DATA_DIR / "static.digest", _static_digest()
    is_collected = (settings.STATIC_ROOT / "staticfiles.json").exists()
    if is_collected and stamp.exists() and stamp.read_text() == wanted:
        return
    if not is_collected and not stamp.exists() and room.exists() and any(room.iterdir()):
        sentence = f"{room} holds files of somebody else: move them away, or choose another --data-dir."
        raise ServeError(sentence)
    stamp.write_text("unfinished")
    call_command("collectstatic", interactive=False, verbosity=0, clear=room == settings.STATIC_ROOT)
    stamp.write_text(wanted)


def _static_digest() -> str:
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            lines.append(f"{path} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def close_connections() -> None:
    """Leave no connection and no pool's thread open: a forked process may not use those of its parent."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()
