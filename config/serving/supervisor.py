"""Keep the site's processes alive: start them, start again what dies, stop all of them together.

Signals are never handled here, only waited for: nothing can interrupt a half-done step.
"""

import contextlib
import multiprocessing
import os
import runpy
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkProcess

from config.serving import ServeError
from config.serving.lifeline import die_with_parent

READY_SECONDS = 60
GRACE_SECONDS = 5
STEADY_SECONDS = 60
LONGEST_PAUSE_SECONDS = 30
MOST_FALLS = 4
NEWS = {signal.SIGCHLD, signal.SIGALRM}


@dataclass(eq=False)
class Child:
    """A command such as `celery -A config beat`, run in a process and a process group of its own.

    The process is forked from this one, where Django is loaded already: it is up in a fraction of a second.
    """

    name: str
    command: Sequence[str]
    process: ForkProcess | None = None
    started: float = 0.0
    due: float = 0.0
    falls: int = 0

    def start(self) -> None:
        """Fork the process; what it runs is `_become`."""
        self.started = time.monotonic()
        context = multiprocessing.get_context("fork")
        process = context.Process(target=_become, args=(self.command, os.getpid()), name=self.name, daemon=True)
        process.start()
        self.process = process

    def is_running(self) -> bool:
        """Whether the process was started and lives."""
        return self.process is not None and self.process.exitcode is None

    def has_ended(self) -> bool:
        """Whether the process was started and is dead."""
        return self.process is not None and self.process.exitcode is not None

    def kill(self) -> None:
        """End the process and whatever it started, without asking."""
        if self.process and self.process.pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()
            self.process.join()

    def bury(self) -> str:
        """Note that the process ended, put off the next one by a pause that doubles, and say so in a line."""
        how = _ending(self.process.exitcode if self.process else None)
        self.kill()
        self.process = None
        now = time.monotonic()
        self.falls = 1 if now - self.started > STEADY_SECONDS else self.falls + 1
        pause = min(2 ** (self.falls - 2), LONGEST_PAUSE_SECONDS)
        self.due = now + pause
        return f"The {self.name} stopped ({how}); it starts again in {pause:g} s."


class Supervisor:
    """Runs `web` and, once it answers, the `others`, until a signal or `is_abandoned` ends it."""

    def __init__(
        self, web: Child, others: Sequence[Child], *, warn: Callable[[str], None], is_abandoned: Callable[[], bool]
    ) -> None:
        self.web, self.others = web, others
        self.warn, self.is_abandoned = warn, is_abandoned
        self.children = [web]
        self.stops = {signal.SIGINT, signal.SIGTERM}
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` sets it
            self.stops.add(signal.SIGHUP)

    def run(self, is_answering: Callable[[], bool], announce: Callable[[], None]) -> None:
        """Keep the children alive; call `announce` once, when the site answers. Raises ServeError if it never does."""
        signal.pthread_sigmask(signal.SIG_BLOCK, self.stops | NEWS)
        try:
            if self._start(is_answering):
                announce()
                self.children = [self.web, *self.others]
                while self._goes_on(wait=1.0):
                    self._tend()
        finally:
            self._stop()

    def _start(self, is_answering: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + READY_SECONDS
        self._tend()
        while not is_answering():
            if time.monotonic() > deadline:
                raise ServeError(f"The {self.web.name} runs, but did not answer within {READY_SECONDS} s.")
            if not self._goes_on(wait=0.05):
                return False
            self._tend()
        return True

    def _tend(self) -> None:
        for child in self.children:
            if child.has_ended():
                self.warn(child.bury())
                if child is self.web and child.falls == MOST_FALLS:
                    raise ServeError(f"The {child.name} stopped {MOST_FALLS} times; what it said is above.")
            if child.process is None and time.monotonic() >= child.due:
                child.start()

    def _goes_on(self, *, wait: float) -> bool:
        return self._news(wait) not in self.stops and not self.is_abandoned()

    def _news(self, wait: float) -> signal.Signals | int:
        signal.setitimer(signal.ITIMER_REAL, wait)
        return signal.sigwait(self.stops | NEWS)

    def _stop(self) -> None:
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            if child.process and child.is_running():
                child.process.terminate()
        while any(child.is_running() for child in self.children) and time.monotonic() < deadline:
            self._news(wait=0.2)
        for child in self.children:
            child.kill()


def _become(command: Sequence[str], parent: int) -> None:
    """Run `command` in this new process as `python -m` would, deaf to the terminal's Ctrl-C and bound to `parent`."""
    os.setsid()
    for number in signal.pthread_sigmask(signal.SIG_BLOCK, []):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    die_with_parent(parent)
    sys.argv = list(command)
    runpy.run_module(command[0], run_name="__main__")


def _ending(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        return f"killed by {signal.Signals(-exitcode).name}"
    return f"exit code {exitcode}"
