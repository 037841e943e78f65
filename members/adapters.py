"""What allauth leaves to each site: its words, its mail, and what it answers to whoever tries too often."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest

from members import mail
from members.models import Member

TRIED_TOO_OFTEN = {"too_many_login_attempts", "rate_limited"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Our words, and mail in our look."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is switched off.",
        "duplicate_email": "This is your address already.",
        "email_password_mismatch": "That email address and that password do not belong together.",
        "email_taken": "Another account has this email address.",
        "enter_current_password": "That is not your current password.",
        "incorrect_code": "That is not the code we sent. Look at it again, or ask for another.",
        "incorrect_password": "That is not your password.",
        "rate_limited": "Wait a little before you ask for another code.",
        "same_as_current": "This is the address we have already.",
        "too_many_login_attempts": "That was tried too often. Ask for a new code.",
        "username_password_mismatch": "That username and that password do not belong together.",
        "username_taken": "Somebody has this username. Choose another.",
    }

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Write the mail of that name in both parts."""
        message: EmailMessage = super().render_mail(template_prefix, email, mail.known_to_mails() | context, headers)
        if isinstance(message, EmailMultiAlternatives):
            mail.attach_html(message, code=context.get("code"))
        return message

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """The error in our words; whoever tried too often gets the page that says so, whichever limit it was.

        Raises ImmediateHttpResponse for those.
        """
        if code in TRIED_TOO_OFTEN:
            raise ImmediateHttpResponse(respond_429(context.request))
        error: ValidationError = super().validation_error(code, *args)
        return error

    def get_reauthentication_methods(self, user: Member) -> list[dict[str, str]]:
        """How this member can show once more who it is, named in our words."""
        words = {"reauthenticate": "With your password", "mfa_reauthenticate": "With a code of your app"}
        ways: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return [way | {"description": words.get(way["id"], "With a passkey")} for way in ways]


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """Our words about passkeys and codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That did not match. Try again with a new code, or with another passkey.",
        "unverified_email": "Verify your email address first.",
    }

    def generate_authenticator_name(self, user: Member, type: Authenticator.Type) -> str:  # noqa: A002  # allauth's signature
        """What a new passkey is called until its member names it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What devices list their passkeys under: the host they belong to, and our name."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.SITE_NAME}


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    """What comes from another site: who somebody is there, and one email address."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "connected_other": "That account at the other site belongs to another account here.",
        "no_verified_email": "Verify your email address first, so that you can still log in.",
    }

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The sites that have keys in the environment, and none from the database, which every page would ask."""
        return [
            SocialApp(provider=name, **app)
            for name, site in settings.SOCIALACCOUNT_PROVIDERS.items()
            for app in site["APPS"]
            if provider in (None, name) and client_id in (None, app["client_id"])
        ]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Forget what we have no use for: further addresses, and what else the other site tells."""
        sociallogin.email_addresses = [address for address in sociallogin.email_addresses if address.primary]
        told = sociallogin.account.extra_data
        sociallogin.account.extra_data = {key: told[key] for key in ("login", "username") if key in told}
