"""Small members for tests."""

from datetime import UTC, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.test import Client

from members.models import Member

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def make_member(username: str = "ada", **fields: Any) -> Member:
    """A member of long standing, trusted by moderators."""
    known = {"date_joined": LONG_AGO, "trusted_at": LONG_AGO}
    return Member.objects.create_user(username, f"{username}@example.org", **known | fields)


def make_reader(username: str = "ada", **fields: Any) -> Member:
    """A member whose address is verified, so that mail reaches them."""
    member = make_member(username, **fields)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def make_newcomer(username: str = "newcomer", **fields: Any) -> Member:
    """A member who joined just now, of whom no moderator let anything through yet."""
    return Member.objects.create_user(username, f"{username}@example.org", **fields)


def make_moderator(username: str = "moderator") -> Member:
    """A member of staff who may moderate."""
    member = make_member(username, is_staff=True)
    member.user_permissions.add(Permission.objects.get(codename="moderate"))
    return member


def logged_in(member: Member) -> Client:
    """A reader with that member's session."""
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client
