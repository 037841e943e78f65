"""The form for what a member has mail about, and how often."""

from typing import Any

from django import forms

from members.models import Kind, Rhythm
from members.models.preference import offered


class MailForm(forms.Form):
    """A field for each kind of mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Kind:
            choices = [(rhythm.value, rhythm.label) for rhythm in offered(kind)]
            self.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=choices)

    def wanted(self) -> dict[Kind, Rhythm]:
        """What was chosen, after it was found valid."""
        return {Kind(name): Rhythm(value) for name, value in self.cleaned_data.items()}
