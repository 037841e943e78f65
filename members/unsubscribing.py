"""The link in a mail that ends mail of its kind: whoever holds it may, without logging in."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from members.models import Kind, MailPreference, Member, Rhythm

SALT = "whystack.unsubscribe"
VALID = timedelta(days=400)


class BadLinkError(Exception):
    """The link is not ours, was changed, is too old, or its member is gone."""


def link(member: Member, kinds: Iterable[Kind]) -> str:
    """The whole address that ends mail of these kinds to the member."""
    token = signing.dumps([member.pk, *dict.fromkeys(kinds)], salt=SALT)
    return settings.SITE_URL + reverse("members:unsubscribe", args=[token])


def read(token: str) -> tuple[Member, list[Kind]]:
    """Whose mail a link ends, and of which kinds; raise BadLinkError."""
    try:
        pk, *kinds = signing.loads(token, salt=SALT, max_age=VALID)
        return Member.objects.get(pk=pk, is_active=True), [Kind(kind) for kind in kinds]
    except (signing.BadSignature, Member.DoesNotExist, ValueError) as error:
        raise BadLinkError from error


def unsubscribe(member: Member, kinds: Iterable[Kind]) -> None:
    """Send the member no more mail of these kinds; on the site they are told as before."""
    MailPreference.objects.state(member, dict.fromkeys(kinds, Rhythm.NEVER))
