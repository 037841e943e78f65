"""Looking for tokens at claimed domains. The database is the queue: a domain is due, taken, and settled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Protocol

from stacks.models import Domain, Method

SECONDS_PER_RUN = 40
"""After which no more are begun, so that other work of the worker gets its turn."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The token was not found, for a reason told in a sentence."""

    problem: str


type Seen = Method | Missing


class Looker(Protocol):
    """Whoever can look at a domain."""

    def look(self, name: str, token: str) -> Seen:
        """Where the token is found at the domain of that name, or why it is not."""


@dataclass(slots=True)
class Run:
    """What a run did, for the log."""

    found: int = 0
    missed: int = 0

    def __str__(self) -> str:
        return f"Domains of stacks looked at: {self.found} verified, {self.missed} not."


def verify_due(now: datetime, looker: Looker, *, clock: Callable[[], float] = monotonic) -> Run:
    """Look at the domains that are due, the longest due first; runs may overlap, for each takes what it looks at."""
    run, started = Run(), clock()
    while clock() - started < SECONDS_PER_RUN and (domain := Domain.objects.due(now).first()):
        if domain.take(now):
            _settle(domain, looker.look(domain.name, domain.token), now, run)
    return run


def _settle(domain: Domain, seen: Seen, now: datetime, run: Run) -> None:
    if isinstance(seen, Missing):
        run.missed += 1
        domain.missed(seen.problem, now)
    else:
        run.found += 1
        domain.found(seen, now)
