"""What a host answers about repositories, in types of our own: the same for every host."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """A repository to ask about: its full name, and the ETag that came with what is known of it."""

    name: str
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Released:
    """A stable release and its day."""

    tag: str
    on: date


@dataclass(frozen=True, slots=True)
class StarsOn:
    """How many stars there were when the day ended (in UTC)."""

    date: date
    stars: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A repository as its host shows it now, under the name it has now.

    What a host does not tell is None or empty, which says nothing of the repository: `licence` is an SPDX identifier,
    `open_issues` counts issues without pull requests, `releases` are the newest ones, the newest first.
    """

    name: str
    stars: int
    forks: int
    archived: bool
    pushed_on: date
    disabled: bool = False
    licence: str = ""
    open_issues: int | None = None
    releases: tuple[Released, ...] = ()
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """All is as it was when the ETag was given."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing was seen, in a sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone(Failure):
    """There is no such repository: deleted, made private, blocked, or never there."""


@dataclass(frozen=True, slots=True)
class Nonsense(Failure):
    """The host answered, and not what its documentation promises."""


@dataclass(frozen=True, slots=True)
class RateLimited(Failure):
    """The host wants to be left alone for a while."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Unauthorized(Failure):
    """The host does not know the token."""


@dataclass(frozen=True, slots=True)
class Unreachable(Failure):
    """Nobody answered in time, or somebody who is not the host."""


type Answer = Seen | Unchanged | Gone | Nonsense
"""What became of one name."""
type Stop = RateLimited | Unauthorized | Unreachable
"""Why the host was asked no further."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of some names; those without an answer were not reached because of `stop`."""

    answers: Mapping[str, Answer]
    """By the name that was asked."""
    stop: Stop | None = None
    calls: int = 1
    left: int | None = None
    """Calls (or points) the host still grants until `resets_at`, as far as it said."""
    resets_at: datetime | None = None


class Forge(Protocol):
    """A host that can be asked, one call at a time."""

    @property
    def host(self) -> str:
        """Which host it is: a value of `tools.models.Host`."""

    @property
    def most(self) -> int:
        """How many names one question may hold."""

    def ask(self, asked: Sequence[Asked]) -> Reply:
        """Ask about at most `most` repositories."""
