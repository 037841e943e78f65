"""What readers report and what moderators do, as forms take it."""

from typing import Any

from django import forms

from advice import limits
from advice.models import NEEDS_GROUNDS, Deed, Grounds
from advice.models.about import SUBJECTS

DAYS = 365
"""The longest suspension."""


def _text(label: str, help_text: str, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=limits.NOTE, required=False, widget=widget, help_text=help_text)


class ReportForm(forms.Form):
    """On which ground something is reported, and in words where the grounds do not say it."""

    grounds = forms.ChoiceField(label="What is wrong with it?", choices=Grounds.choices, widget=forms.RadioSelect)
    text = _text(
        "What should a moderator know?", "Needed where you chose “Something else”. Only moderators read it.", 4
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where the grounds say nothing."""
        cleaned = super().clean() or {}
        if cleaned.get("grounds") == Grounds.OTHER and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", "Say in a few words what is wrong.")
        return cleaned


class ActForm(forms.Form):
    """A moderator's deed about the thing as they saw it: `seen` is what `advice.models.token` said of it."""

    thing = forms.RegexField(rf"^({'|'.join(SUBJECTS)})-([0-9]{{1,18}})$", widget=forms.HiddenInput)
    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    deed = forms.ChoiceField(choices=Deed.choices)
    grounds = forms.ChoiceField(
        label="Ground, for the public log", choices=[("", "None"), *Grounds.choices], required=False
    )
    note = _text("Note, for the author alone", "", 2)
    days = forms.IntegerField(label="Days of suspension", min_value=1, max_value=DAYS, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for what the deed needs."""
        cleaned = super().clean() or {}
        deed = cleaned.get("deed")
        if deed in NEEDS_GROUNDS and not cleaned.get("grounds") and "grounds" not in self.errors:
            self.add_error("grounds", "Choose the ground on which you do this.")
        if deed == Deed.SUSPEND and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", "Say for how many days.")
        return cleaned
