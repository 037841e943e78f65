"""What members say of tools, and what may stand after the question mark of a tool's address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from tools.browsing.alerts import AlertSelection
from tools.models import Affiliation, AlertKind, Reason, ReasonVote, Scale, Side, TeamSize, Tool
from tools.searching.index import Index, current_index

MOST_MONTHS = 600
MAX_NAME = 60
UNSAID = ("", "Not said")


class ReasonForm(forms.ModelForm[Reason]):
    """A pro or a con in one line."""

    side = forms.ChoiceField(
        label="For or against?", choices=[(Side.PRO, "A pro"), (Side.CON, "A con")], widget=forms.RadioSelect
    )

    class Meta:
        model = Reason
        fields = ["side", "text", "version"]
        labels = {"text": "Your reason", "version": "Version it is about"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "text": "One line of up to 160 characters that others can check, such as “Sessions are signed cookies by "
            "default”.",
            "version": "Only if it does not hold for every version. Such as 3.1.",
        }
        error_messages = {"text": {"required": "Write the reason first."}}

    def clean_text(self) -> str:
        """One line without addresses: there is no room to judge where they lead."""
        text = " ".join(self.cleaned_data["text"].split())
        if "://" in text or "www." in text.casefold():
            raise ValidationError("Leave addresses out of a reason; a decision or a comment has room for them.")
        if not any(letter.isalnum() for letter in text):
            raise ValidationError("Write the reason in words.")
        return text


class ContextForm(forms.ModelForm[ReasonVote]):
    """What a vote rests on, as far as the voter likes to say."""

    team_size = forms.ChoiceField(
        label="How many engineers work with it where you are?", choices=[UNSAID, *TeamSize.choices], required=False
    )
    scale = forms.ChoiceField(
        label="How much does your system carry?", choices=[UNSAID, *Scale.choices], required=False
    )
    months = forms.IntegerField(
        label="For how many months have you used it?", min_value=1, max_value=MOST_MONTHS, required=False
    )

    class Meta:
        model = ReasonVote
        fields = ["version", "team_size", "scale", "months"]
        labels = {"version": "Which version?"}

    def said(self) -> dict[str, Any]:
        """The answers that were sent at all: a bare vote leaves what was said before as it is."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.data}


class TeamsForm(forms.Form):
    """`?team=2-10&scale=small&months=12`: which votes count."""

    team = forms.ChoiceField(label="Team", choices=[("", "Any size"), *TeamSize.choices], required=False)
    scale = forms.ChoiceField(label="Scale", choices=[("", "Any scale"), *Scale.choices], required=False)
    months = forms.IntegerField(label="Months of use, at least", min_value=1, max_value=MOST_MONTHS, required=False)

    def asked(self) -> dict[str, Any]:
        """What the address asks for; nothing where it asks for what there is not."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}

    def is_asked(self) -> bool:
        """Whether the address asks for some votes only."""
        return bool(self.asked())


class ToolField(forms.CharField):
    """One tool by its whole name, alias or slug; a name that no tool has is told with those that come nearest."""

    widget = forms.TextInput(
        attrs={"autocomplete": "off", "data-suggest": reverse_lazy("suggest"), "data-suggest-mode": "name"}
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_NAME, **options)

    def clean(self, value: Any) -> Tool | None:
        """Find the tool; None where none is named and none needs to be."""
        name = super().clean(value)
        if not name:
            return None
        tool = Tool.objects.filter(slug=slug_meant(current_index(), name)).first()
        if tool is None:
            raise ValidationError(_unknown(name))
        return tool


def slug_meant(index: Index, name: str) -> str:
    """Return the slug of the tool of that name, alias or slug; raise ValidationError with the nearest where none is."""
    slug = name if name in index.tools else next(iter(index.meant(name, 1)), None)
    if slug is None:
        raise ValidationError(f"{_unknown(name)}{_nearest(index, name)}")
    return slug


def _unknown(name: str) -> str:
    return f"No tool here is called “{name}”."


def _nearest(index: Index, name: str) -> str:
    names = [tool.name for tool in index.nearest(name, 3)]
    return f" Did you mean {', '.join(names[:-1])} or {names[-1]}?" if len(names) > 1 else ""


class AlertsForm(forms.Form):
    """`?kind=archived&tool=flask`: which alerts; both may be missing, neither may be unknown."""

    kind = forms.ChoiceField(
        choices=AlertKind.choices,
        required=False,
        error_messages={"invalid_choice": "“%(value)s” is not a kind of alert here."},
    )
    tool = ToolField(label="About a tool", required=False)

    def selection(self, path: str) -> AlertSelection:
        """What was asked for of the list at that path, once it is valid."""
        kind = self.cleaned_data["kind"]
        return AlertSelection(path, AlertKind(kind) if kind else None, self.cleaned_data["tool"])


class AffiliationForm(forms.ModelForm[Affiliation]):
    """A tie with the vendor of a tool."""

    tool = ToolField(label="Tool", error_messages={"required": "Name the tool."})

    class Meta:
        model = Affiliation
        fields = ["tool", "role"]
        labels = {"role": "What ties you to its vendor?"}
        help_texts = {"role": "Such as “maintainer” or “works for the company behind it”. Everybody can read it."}
        error_messages = {"role": {"required": "Say in a few words what the tie is."}}
