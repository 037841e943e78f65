"""What the command line sends: the slugs of a scan, for their member to accept."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from stacks import limits
from stacks.models import Proposal, Stack
from tools.api import problem, token_writes
from tools.models import Tool
from tools.slugs import MAX_LENGTH

MOST_BYTES = 100_000
SHAPE = 'Send an object such as {"tools": ["django", "redis"], "stack": "owner/slug"}; the stack may be left out.'


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, of the right shape."""

    tools: tuple[str, ...]
    stack: str


@token_writes("propose", MOST_BYTES)
def propose(request: HttpRequest) -> HttpResponse:
    """Keep what a scan found for its member; answer where they accept it."""
    sent = _sent(request.body)
    if sent is None:
        return problem(400, SHAPE)
    if len(sent.tools) > limits.TOOLS:
        return problem(422, f"A stack holds at most {limits.TOOLS} tools.")
    known = set(Tool.objects.among(sent.tools).values_list("slug", flat=True))
    unknown = sorted(set(sent.tools) - known)
    if not known:
        return problem(422, "None of these tools is in this site's catalogue.", unknown=unknown)
    stack = _stack(request, sent.stack)
    if sent.stack and stack is None:
        return problem(404, f"You have no stack at {sent.stack[:100]}.")
    # A scanner may be older or newer than the catalogue: what both know is worth keeping.
    row = Proposal.objects.propose(request.user, sorted(known), stack)  # type: ignore[arg-type]  # token_writes let a member in
    url = settings.SITE_URL + row.get_absolute_url()
    said = {"url": url, "tools": len(row.slugs), "unknown": unknown}
    return JsonResponse(said, status=201, headers={"Location": url})


def _sent(body: bytes) -> Sent | None:
    """What the body says; None where that is not of the right shape."""
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not data.keys() <= {"tools", "stack"}:
        return None
    tools, stack = data.get("tools"), data.get("stack", "")
    if not isinstance(tools, list) or not tools or not isinstance(stack, str):
        return None
    return Sent(tuple(tools), stack) if all(isinstance(slug, str) and _storable(slug) for slug in tools) else None


def _storable(slug: str) -> bool:
    return 0 < len(slug) <= MAX_LENGTH and slug.isascii() and slug.isprintable()


def _stack(request: HttpRequest, named: str) -> Stack | None:
    """The member's own stack of that address."""
    owner, _, slug = named.partition("/")
    mine = Stack.objects.filter(owner=request.user.pk, slug=slug[:60])
    return mine.first() if owner.casefold() == request.user.get_username().casefold() else None
