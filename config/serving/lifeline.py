"""Processes that do not outlive the one that started them, even when that one is killed outright."""

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when `parent` ends; a kernel other than Linux cannot, and is not asked."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the kernel was asked
        os._exit(1)


def uv_parent() -> int | None:
    """Return the process id of the `uv run` that started this process, if one did.

    uv hands on every signal but the one nobody can catch: after that it is simply gone.
    """
    parent = os.getppid()
    with contextlib.suppress(OSError):
        if Path(f"/proc/{parent}/comm").read_text().strip() == "uv":
            return parent
    return None
