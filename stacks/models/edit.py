"""What a form says of a stack, and what speaks against keeping it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

from tools.models import Tool

LONGEST_SLUG = 60
# What stands in an address where a stack's slug does.
RESERVED = frozenset({"new", "scan", "proposals"})


class StaleError(Exception):
    """The stack was changed elsewhere since the form was opened."""


class TooManyStacksError(Exception):
    """The member keeps as many stacks as anybody may."""


class TooManyToolsError(Exception):
    """The stack would hold more tools than it may."""


@dataclass(frozen=True, slots=True)
class Line:
    """A tool of a stack with its owner's note."""

    tool: Tool
    why: str = ""
    since: int | None = None
    used_version: str = ""

    @property
    def note(self) -> tuple[str, int | None, str]:
        """What it says of the tool."""
        return self.why, self.since, self.used_version


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to become of a stack: a tool that it does not name stays as it is."""

    texts: Mapping[str, Any]
    """The columns that its owner writes, but for the visibility."""
    visibility: str
    lines: Sequence[Line] = ()
    dropped: Sequence[Tool] = field(default=())


def free_slug(name: str, otherwise: str, taken: Collection[str]) -> str:
    """The slug of a stack of that name; a number tells it from those that are taken."""
    wanted = re.sub(r"-{2,}", "-", slugify(name).replace("_", "-"))[:LONGEST_SLUG].strip("-") or otherwise
    slug, number = wanted, 1
    while slug in taken or slug in RESERVED:
        number += 1
        end = f"-{number}"
        slug = wanted[: LONGEST_SLUG - len(end)].rstrip("-") + end
    return slug
