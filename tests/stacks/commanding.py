"""The command run as its users run it: a process of its own, on a terminal or not, with a home of its own."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

RUN = [sys.executable, "-m", "stacks.command"]


@dataclass(frozen=True)
class Home:
    """A user's home, in which nobody has logged in yet."""

    folder: Path
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def tokens(self) -> Path:
        return self.folder / "whystack" / "tokens.json"

    @property
    def environment(self) -> dict[str, str]:
        kept: dict[str, str] = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {"XDG_CONFIG_HOME": str(self.folder), "PYTHONPATH": str(settings.BASE_DIR)} | dict(self.more)

    def run(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """The command without a terminal."""
        return subprocess.run(
            [*RUN, *words],
            env=self.environment,
            cwd=self.folder,
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def run_on_terminal(self, *words: str, at: str = "", typed: str = "", stop: bool = False) -> tuple[int, str]:
        """The command on a terminal of 80 columns; how it ended and all that was shown.

        As soon as it shows `at`, this is typed, or it is interrupted.
        """
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [*RUN, *words],
            env=self.environment,
            cwd=self.folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            preexec_fn=_hear_interrupts,
        ) as process:
            os.close(theirs)
            shown = ""
            while at not in shown and (part := _next(ours)):
                shown += part
            if stop:
                process.send_signal(signal.SIGINT)
            os.write(ours, typed.encode())
            while part := _next(ours):
                shown += part
            os.close(ours)
            return process.wait(60), shown.replace("\r\n", "\n")


def _hear_interrupts() -> None:
    """Be interruptible, also where whoever runs the tests is not: shells have what runs in the background ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _next(handle: int) -> str:
    """What a terminal shows next; nothing once its program has ended, which the system tells as an error."""
    try:
        return os.read(handle, 65_536).decode()
    except OSError:
        return ""


def make_project(folder: Path) -> Path:
    """A folder that uses Docker and its compose."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Dockerfile").write_text("FROM scratch\n")
    (folder / "compose.yaml").write_text("services: {}\n")
    return folder
