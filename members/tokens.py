"""How a program proves that it acts for a member: one of Django's ways to authenticate, so that any app may ask."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from members.models import AccessToken, Member


class AccessTokenBackend(BaseBackend):
    """`authenticate(request, access_token=…)` gives the member of the token; who is suspended is theirs to refuse."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Member | None:
        """The member; None where the token is unknown, expired or revoked, or where none was given."""
        secret = credentials.get("access_token")
        token = AccessToken.objects.of(secret, timezone.now()) if secret else None
        return token.member if token else None
