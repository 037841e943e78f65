"""The form for the code that a program shows."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from members.models import AccessToken, DeviceLogin, Member
from members.models.access import MOST_TOKENS

UNKNOWN = "No program waits under this code. It may have expired: codes last ten minutes."
TOO_MANY = f"You have let in {MOST_TOKENS} programs, which is the most. Revoke one first."


class CodeForm(forms.Form):
    """A code of eight consonants, in whatever case and with or without its hyphen; `login` is what waits under it."""

    login: DeviceLogin
    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text="Eight letters, as the program shows them, such as BCDF-GHJK.",
    )

    def __init__(self, data: object = None, *, member: Member, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # what a request sent, or None
        self.member = member

    def clean_code(self) -> str:
        """The code; raise ValidationError where nothing waits under it, or the member has let in too many."""
        code: str = self.cleaned_data["code"]
        now = timezone.now()
        login = DeviceLogin.objects.waiting(code, self.member, now)
        if login is None:
            raise ValidationError(UNKNOWN)
        if AccessToken.objects.valid(now).filter(member=self.member).count() >= MOST_TOKENS:
            raise ValidationError(TOO_MANY)
        self.login = login
        return code
