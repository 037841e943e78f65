"""What members say of themselves, as a form."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

from members.models import LINKS, Member

LONGEST_LINK = 200


class LinksField(forms.CharField):
    """Up to LINKS addresses, one a line, https:// each."""

    widget = forms.Textarea(attrs={"rows": LINKS, "inputmode": "url"})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Read lines as a list, without the empty ones; raise ValidationError that names the line at fault."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > LINKS:
            raise ValidationError(f"A profile shows up to {LINKS} links; these are {len(lines)}.")
        for line in lines:
            if problem := _problem(line):
                raise ValidationError(f"“{line[:60]}” {problem}")
        return list(dict.fromkeys(lines))


def _problem(link: str) -> str:
    """What is wrong with the address; empty if nothing is."""
    if len(link) > LONGEST_LINK:
        return f"is longer than {LONGEST_LINK} characters."
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return "is no address."
    if parts.scheme != "https" or "." not in host or not link.isprintable() or " " in link:
        return "is no address that begins with https://."
    return "names a user: leave out what stands before the @." if "@" in parts.netloc else ""


class ProfileForm(forms.ModelForm[Member]):
    """Everything in it is optional, and everybody sees it."""

    links = LinksField(required=False, help_text=f"One a line, up to {LINKS}, beginning with https://.")

    class Meta:
        model = Member
        fields = ["display_name", "headline", "company", "bio", "links"]
        widgets = {"bio": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"display_name": "Shown instead of the username.", "bio": "Plain text, up to 1,000 characters."}

    def clean_display_name(self) -> str:
        """A name that can be read, and that is no other member's username."""
        name: str = self._seen("display_name")
        if Member.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("That is another member’s username.")
        return name

    def clean_headline(self) -> str:
        """A line that can be read."""
        return self._seen("headline")

    def clean_company(self) -> str:
        """A line that can be read."""
        return self._seen("company")

    def _seen(self, field: str) -> str:
        """What was typed; raise ValidationError for characters that cannot be seen, or turn the direction around."""
        line: str = self.cleaned_data[field]
        if not line.isprintable():
            raise ValidationError("This has characters that cannot be seen: type it anew.")
        return line
