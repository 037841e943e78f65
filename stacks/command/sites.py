"""The site that an address names, and the stack."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from stacks.command.problems import CommandError, Exit, printable

# Where http is no danger: nobody else hears it.
LOCAL = {"localhost", "127.0.0.1", "::1"}
STACK = re.compile(r"/stacks/(?P<owner>[^/]+)/(?P<slug>[a-z0-9-]+)/?")


@dataclass(frozen=True, slots=True)
class Site:
    """Where to send something."""

    origin: str
    """Such as `https://whystack.example`, without a path."""
    stack: str = ""
    """`owner/slug`, where the address is a stack's."""


def site_of(address: str) -> Site:
    """The site and the stack of an address; raise CommandError for what is none, or would be sent in the clear."""
    shown = printable(address)
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise CommandError(f"{shown} is no address.", Exit.MISUSED) from error
    if not host or parts.username is not None or not host.isascii() or not host.isprintable() or " " in host:
        raise CommandError(f"{shown} is no address of a site.", Exit.MISUSED)
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOCAL):
        raise CommandError(f"{shown} does not begin with https://, so others could read what is sent.", Exit.MISUSED)
    name = f"[{host}]" if ":" in host else host
    origin = f"{parts.scheme}://{name}{f':{port}' if port else ''}"
    return Site(origin, _stack(parts.path, shown))


def _stack(path: str, shown: str) -> str:
    if path in ("", "/"):
        return ""
    found = STACK.fullmatch(path)
    if found is None:
        raise CommandError(f"{shown} is neither a site nor a stack: give its address from the browser.", Exit.MISUSED)
    return f"{unquote(found['owner'])}/{found['slug']}"
