"""A host of which each repository is asked by itself, with a second call for its releases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tools.forges.answers import (
    Answer,
    Asked,
    Failure,
    Gone,
    Nonsense,
    RateLimited,
    Released,
    Reply,
    Seen,
    Stop,
    Unauthorized,
    Unreachable,
)
from tools.forges.calls import Calls, utc_now
from tools.forges.tokens import OwnRests, Rests, Tokens
from tools.forges.wire import Wire

NEWEST_RELEASES = 6


@dataclass(frozen=True, slots=True)
class Paths:
    """Where a repository and its releases are described."""

    repository: str
    releases: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a host is asked and read; the readers raise ValueError with a sentence of our own."""

    host: str
    label: str
    paths: Callable[[str], Paths | None]
    """By the repository's name; None where nothing there can have this name."""
    headers: Callable[[str], Mapping[str, str]]
    seen: Callable[[Mapping[str, Any], datetime], Seen]
    released: Callable[[Mapping[str, Any], datetime], Released | None]


@dataclass(frozen=True, slots=True)
class Client:
    """What asks a host in its dialect; `total_seconds` is the most that one call may take, redirects and all."""

    dialect: Dialect
    url: str
    token: str = field(default="", repr=False)
    connect_seconds: float = 5
    total_seconds: float = 20
    clock: Callable[[], datetime] = field(default=utc_now, repr=False)
    rests: Rests = field(default_factory=OwnRests, repr=False)

    @property
    def host(self) -> str:
        """Its value in `tools.models.Host`."""
        return self.dialect.host

    @property
    def most(self) -> int:
        """One name a question."""
        return 1

    def ask(self, asked: Sequence[Asked]) -> Reply:
        """Ask about one repository after the other until the host wants no more."""
        label, tokens = self.dialect.label, [self.token] if self.token else []
        wire = Wire(label, self.url, self.connect_seconds, self.total_seconds)
        calls = Calls(wire, Tokens(label, self.url, tokens, self.rests), self.dialect.headers, self.clock)
        return calls.each(asked, lambda one: self._one(calls, one.name))

    def _one(self, calls: Calls, name: str) -> Answer | Stop:
        paths = self.dialect.paths(name)
        if paths is None:
            return calls.impossible
        said = _fetch(calls, paths.repository)
        if isinstance(said, Gone | Nonsense | RateLimited | Unauthorized | Unreachable):
            return said
        seen = self._seen(said)
        return replace(seen, releases=self._releases(calls, paths.releases)) if isinstance(seen, Seen) else seen

    def _seen(self, said: Any) -> Seen | Nonsense:
        if not isinstance(said, dict):
            return Nonsense("The answer does not describe a repository.")
        try:
            return self.dialect.seen(said, self.clock())
        except ValueError as error:
            return Nonsense(str(error))

    def _releases(self, calls: Calls, path: str) -> tuple[Released, ...]:
        """The newest ones; a host that tells none, for whatever reason, has said nothing of them."""
        said = _fetch(calls, path)
        nodes = [node for node in said if isinstance(node, dict)] if isinstance(said, list) else []
        try:
            told = [self.dialect.released(node, self.clock()) for node in nodes[:NEWEST_RELEASES]]
        except ValueError:
            return ()
        return tuple(release for release in told if release)


def _fetch(calls: Calls, path: str) -> Any | Gone | Nonsense | Stop:
    response = calls.get(path)
    return response if isinstance(response, Failure) else calls.said(response)
