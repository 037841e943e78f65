"""The data folder of a site: what is made in it once and kept."""

import os
import secrets
from pathlib import Path

FOLDERS = ("broker", "broker-control", "cache", "outbox", "pages")


def prepare(folder: Path) -> None:
    """Make the data folder and its rooms; raise OSError where it cannot be written."""
    _make(folder)
    for name in FOLDERS:
        (folder / name).mkdir(exist_ok=True)
    probe = folder / f".writable-{os.getpid()}"
    probe.touch()
    probe.unlink()


def secret_key(folder: Path) -> str:
    """Return the folder's own secret key, made at the first call and readable by its owner only.

    Two processes that start at once agree: the key is linked into place whole, and the first wins.
    """
    path = folder / "secret_key"
    if not path.exists():
        _make(folder)
        draft = folder / f".secret_key-{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def _make(folder: Path) -> None:
    """Open to its owner only: the members' addresses lie in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
