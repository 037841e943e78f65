"""What may stand after the question mark of a comparison's address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tools import pairs
from tools.search import Index

MAX_NAME = 60
TOO_FEW = "Pick at least two different tools."


class AsOfForm(forms.Form):
    """`?as_of=2025-11-01`: a day, or nothing."""

    as_of = forms.DateField(required=False, input_formats=["%Y-%m-%d"])


class PickerForm(forms.Form):
    """Five boxes for names, of which at least two are wanted; near names are understood."""

    first = forms.CharField(label="First tool", max_length=MAX_NAME)
    second = forms.CharField(label="Second tool", max_length=MAX_NAME)
    third = forms.CharField(label="Third tool", max_length=MAX_NAME, required=False)
    fourth = forms.CharField(label="Fourth tool", max_length=MAX_NAME, required=False)
    fifth = forms.CharField(label="Fifth tool", max_length=MAX_NAME, required=False)

    def clean(self) -> dict[str, Any]:
        """Find a tool for each name, and refuse fewer than two different ones."""
        cleaned = super().clean() or {}
        index = Index.load()
        self._found = {name: index.best(text) for name, text in cleaned.items() if text}
        for name, slug in self._found.items():
            if slug is None:
                self.add_error(name, f"No tool here is called “{cleaned[name]}”.")
        if not self.errors and not pairs.is_countable(self.slugs()):
            raise ValidationError(TOO_FEW)
        return cleaned

    def slugs(self) -> list[str]:
        """The slugs of the tools found."""
        return [slug for slug in self._found.values() if slug]
