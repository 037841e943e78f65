"""How members come in: allauth's forms in our words."""

from collections.abc import Callable
from typing import Any

from allauth.account import forms
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as passkeys
from allauth.socialaccount import forms as other_sites
from allauth.socialaccount.adapter import get_adapter as social_adapter
from cryptography.exceptions import InvalidSignature
from django.forms import CharField

NAME_LENGTH = 100
# What the libraries below raise when something else than a passkey's answer was sent.
UNREADABLE = (AttributeError, InvalidSignature, KeyError, TypeError, ValueError)


class LoginForm(forms.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """A name or an address, and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Email or username"
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["remember"].label = "Keep me logged in"


class SignupForm(forms.SignupForm):  # type: ignore[misc]  # as above
    """An address, a name, and a password for whoever wants one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "A code to verify it goes there. Nobody else sees it."
        self.fields["username"].help_text = "Others see it. Letters, digits, hyphens and underscores."
        if password := self.fields.get("password1"):
            password.help_text = (
                "Leave it empty to log in by codes sent to you. Else at least 8 characters, not a common word."
            )


class NewPassword:
    """A form that a new password is typed into, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]  # of the form that this is mixed into
        fields["password1"].label = "New password"
        fields["password1"].help_text = "At least 8 characters; no common word, and nothing like your name or address."
        fields["password2"].label = "New password, once more"


class ChangePasswordForm(NewPassword, forms.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The password that was, and the one that shall be."""


class SetPasswordForm(NewPassword, forms.SetPasswordForm):  # type: ignore[misc]  # as above
    """A password for whoever had none."""


class ResetPasswordForm(NewPassword, forms.ResetPasswordKeyForm):  # type: ignore[misc]  # as above
    """A password for whoever forgot theirs."""


def or_refuse[Result](check: Callable[[], Result]) -> Result:
    """The result of the check. Raises ValidationError where what was sent cannot even be read."""
    try:
        return check()
    except UNREADABLE as error:
        raise get_adapter().validation_error("incorrect_code") from error


class MakesPasskey:
    """A form that a new passkey comes with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]  # of the form that this is mixed into
        fields["credential"].error_messages["required"] = "Your browser sent no passkey."
        fields["name"].label = "Name of the passkey"
        fields["name"].help_text = "So that you can tell it from others later."
        fields["name"].widget.attrs["maxlength"] = NAME_LENGTH

    def clean_name(self) -> str:
        """The name, cut rather than refused: the passkey is made by now."""
        name: str = super().clean_name()  # type: ignore[misc]  # of the form that this is mixed into
        return name[:NAME_LENGTH]

    def clean(self) -> Any:
        """Read what the browser made."""
        return or_refuse(super().clean)  # type: ignore[misc]  # of the form that this is mixed into


class ShowsPasskey:
    """A form that a passkey is shown with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = "Your browser sent no passkey."  # type: ignore[attr-defined]  # as above

    def clean_credential(self) -> Any:
        """Whose passkey it is."""
        return or_refuse(super().clean_credential)  # type: ignore[misc]  # as above


class AddPasskeyForm(MakesPasskey, passkeys.AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A member adds a passkey: to log in with it alone unless they say otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["passwordless"]
        field.label = "Let me log in with it alone"
        field.help_text = "It is then unlocked by finger, face or PIN. Else it is a second step after the password."
        field.initial = True


class RenamePasskeyForm(passkeys.EditWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey's new name."""

    name = CharField(label="Name of the passkey", max_length=NAME_LENGTH)


class SignupPasskeyForm(MakesPasskey, passkeys.SignupWebAuthnForm):  # type: ignore[misc]  # as above
    """The passkey that somebody signs up with."""


class LoginByPasskeyForm(ShowsPasskey, passkeys.LoginWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey alone."""


class AuthenticateByPasskeyForm(ShowsPasskey, passkeys.AuthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey as the second step."""


class ReauthenticateByPasskeyForm(ShowsPasskey, passkeys.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey that shows once more who somebody is."""


class DisconnectForm(other_sites.DisconnectForm):  # type: ignore[misc]  # as above
    """Log in by another site no longer: whoever has no password still comes in by a code."""

    def clean(self) -> dict[str, Any]:
        """Refuse where no code could be sent. allauth's own rule wants a password as well, which nobody needs here."""
        if not EmailAddress.objects.filter(user=self.request.user, verified=True).exists():
            raise social_adapter().validation_error("no_verified_email")
        checked: dict[str, Any] = self.cleaned_data
        return checked
