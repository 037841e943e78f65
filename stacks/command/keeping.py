"""Where tokens are kept, one for each site: in the system's keyring, else in a file that its owner alone can read."""

import importlib.util
import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from stacks.command.problems import CommandError, Exit

SERVICE = "whystack"
FROM_OUTSIDE = "WHYSTACK_TOKEN"


def token(origin: str) -> str:
    """The token for the site; empty where there is none. WHYSTACK_TOKEN, where set, is the one for any site."""
    return os.environ.get(FROM_OUTSIDE, "").strip() or kept(origin)


def kept(origin: str) -> str:
    """The token that was kept for the site; empty where there is none."""
    ring = _keyring()
    if ring is not None:
        with suppress(Exception):
            if secret := ring.get_password(SERVICE, origin):
                return str(secret)
    return _read().get(origin, "")


def keep(origin: str, secret: str) -> str:
    """Keep the token; return where, for the user to know."""
    ring = _keyring()
    if ring is not None:
        with suppress(Exception):
            ring.set_password(SERVICE, origin, secret)
            _write(_read() | {origin: ""})
            return "the system's keyring"
    _write(_read() | {origin: secret})
    return str(_file())


def forget(origin: str) -> None:
    """Keep no token for the site."""
    ring = _keyring()
    if ring is not None:
        with suppress(Exception):
            ring.delete_password(SERVICE, origin)
    _write({site: secret for site, secret in _read().items() if site != origin})


def origins() -> Iterator[str]:
    """The sites that there are tokens for; those in the keyring are listed in the file, without a token."""
    yield from _read()


def _keyring() -> Any:
    """The library that asks the system's keyring; None where it is not installed, or has none to ask."""
    if importlib.util.find_spec("keyring") is None:
        return None
    try:
        import keyring  # type: ignore[import-not-found]  # not one of ours: used where the user has it

        return keyring if keyring.get_keyring().priority > 0 else None
    except Exception:  # whatever is wrong with the keyring, there is the file
        return None


def _file() -> Path:
    if sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return folder / "whystack" / "tokens.json"


def _read() -> dict[str, str]:
    """The file's tokens by site; raise CommandError where others could have read them."""
    file = _file()
    try:
        with file.open("rb") as opened:
            _check(file, os.fstat(opened.fileno()))
            tokens = json.loads(opened.read())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError:
        return {}
    return {str(site): str(secret) for site, secret in tokens.items()} if isinstance(tokens, dict) else {}


def _check(file: Path, status: os.stat_result) -> None:
    if sys.platform == "win32":
        return
    if status.st_uid != os.getuid():
        raise CommandError(f"{file} belongs to somebody else, so its tokens are not used.", Exit.REFUSED)
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise CommandError(
            f"Others can read {file}, so its tokens are not used. Revoke them on your account pages, "
            f"delete the file, and log in again.",
            Exit.REFUSED,
        )


def _write(tokens: dict[str, str]) -> None:
    """Replace the file whole, or not at all; nobody else can read it at any moment."""
    file = _file()
    if not tokens and not file.exists():
        return
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made with mode 0600.
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".tokens-")
        with os.fdopen(handle, "w") as opened:
            json.dump(tokens, opened)
        Path(name).replace(file)
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
