"""What readers of manifests find, and what becomes of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Sort(StrEnum):
    """What a clue is, as the catalogue names identifiers; two are the scanner's own.

    `TOOL` names a tool itself, as techstack.yml does. `OWN` is the package URL of what this manifest makes: whatever
    else in the project needs it needs nothing of others.
    """

    PURL = "purl"
    DOCKER = "docker"
    FILE = "file"
    GITHUB_ACTION = "github-action"
    TERRAFORM_PROVIDER = "terraform-provider"
    TOOL = "tool"
    OWN = "own"


class Certainty(IntEnum):
    """How sure a clue is, the surest highest."""

    MENTIONED = 1
    CONFIGURED = 2
    LOCKED = 3
    DECLARED = 4


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing that a manifest says.

    `value` is an identifier as the catalogue writes it: `pkg:pypi/flask` without a version (names normalised as the
    package-url specification says for the type), an image as `postgres` or `bitnami/redis` without tag and without
    `docker.io/` and `library/`, an action as `actions/checkout`, a provider as `hashicorp/aws`, a file marker, a slug.
    """

    sort: Sort
    value: str
    line: int
    """From 1; 0 where no line proves it."""
    certainty: Certainty = Certainty.DECLARED
    direct: bool = True
    """False for what only something else needs."""
    development: bool = False
    """Whether it is needed to build, test or check only."""
    version: str = ""
    """As written, such as `^4.18.2`; for SBOMs. Never sent anywhere."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A file as readers get it: already bounded in size, text, without a byte order mark."""

    path: str
    """From the root of the scan, with `/`."""
    text: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


class UnreadableError(Exception):
    """The manifest cannot be read; its message is a sentence for people."""


type Reader = Callable[[Manifest], Iterator[Clue]]
"""Yields what a manifest says; may raise UnreadableError after some clues. Anything else raised is our fault."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something was found."""

    file: str
    line: int
    identifier: str
    certainty: Certainty
    direct: bool
    development: bool
    version: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A tool with all that proves it, the surest first."""

    slug: str
    evidence: tuple[Evidence, ...]

    @property
    def development(self) -> bool:
        """Whether the surest of what proves it is for development: a configuration file does not say what for."""
        surest = max(proof.certainty for proof in self.evidence)
        return all(proof.development for proof in self.evidence if proof.certainty == surest)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something declared that no tool of the catalogue answers to."""

    identifier: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was not read, and why."""

    file: str
    why: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What a folder, or some manifests, say."""

    tools: tuple[Found, ...] = ()
    """In alphabetical order of slugs; used by the scanned thing itself."""
    transitive: tuple[Found, ...] = ()
    """Tools that only something else needs; not part of the stack."""
    unknown: tuple[Unknown, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    files: int = field(default=0)
    """How many manifests were read."""
