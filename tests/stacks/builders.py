"""Small stacks for tests: the builder asks for what matters to the test and makes up the rest."""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from members.models import Member
from stacks.models import Domain, Method, Stack, StackKind, Visibility
from tests.advice.builders import a_member, a_tool

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def make_stack(name: str = "Acme", *slugs: str, owner: Member | None = None, **fields: Any) -> Stack:
    """A company's public stack with these tools, unless told otherwise."""
    slug = "-".join(name.lower().split())
    known = {"kind": StackKind.COMPANY, "slug": slug, "visibility": Visibility.PUBLIC}
    stack = Stack.objects.create(owner=owner or a_member(), name=name, **known | fields)
    stack.add([a_tool(slug) for slug in slugs], NOW)
    stack.refresh_from_db()
    return stack


def verify(stack: Stack, name: str = "acme.example") -> Domain:
    """The stack's domain, verified."""
    return Domain.objects.create(stack=stack, name=name, method=Method.DNS, verified_at=timezone.now())
