"""`whystack scan --share`: sends the tools' slugs, and nothing else, to the site, where their member accepts them."""

import json
import sys
from collections.abc import Sequence

from stacks.command import keeping
from stacks.command.problems import CommandError, Exit
from stacks.command.sites import Site
from stacks.command.wire import MADE, complaint, post

PATH = "/api/v1/stacks/proposals/"


def body_of(slugs: Sequence[str], stack: str) -> bytes:
    """All that is sent."""
    said: dict[str, object] = {"tools": list(slugs)}
    if stack:
        said["stack"] = stack
    return json.dumps(said, indent=1).encode()


def share(slugs: Sequence[str], site: Site, *, agreed: bool) -> str:
    """Show what is sent, ask, send it; return the address where it is accepted line by line."""
    if not slugs:
        raise CommandError("There is nothing to share.")
    token = keeping.token(site.origin)
    if not token:
        raise CommandError(f"You are not logged in there: run whystack login {site.origin}", Exit.REFUSED)
    body = body_of(slugs, site.stack)
    sys.stderr.write(f"\nThis is sent to {site.origin}{PATH}, and nothing else:\n{body.decode()}\n")
    if not agreed and not _agrees():
        raise CommandError("Nothing was sent.")
    return _sent(site, body, token)


def _agrees() -> bool:
    if not sys.stdin.isatty():
        raise CommandError("Nothing was sent: nobody is there to ask. Add --yes to share without a question.")
    sys.stderr.write("Send it? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _sent(site: Site, body: bytes, token: str) -> str:
    answer = post(site, PATH, body, "application/json", token=token)
    url = answer.word("url")
    if answer.status != MADE:
        raise complaint(answer)
    if not url.startswith(f"{site.origin}/"):
        raise CommandError(f"{site.origin} took it, but does not say where to accept it.")
    if unknown := answer.words("unknown"):
        sys.stderr.write(f"Not in the catalogue there, and left out: {', '.join(unknown)}\n")
    return url
