"""What may be asked of the pages that compose several apps."""

from django import forms
from django.urls import reverse_lazy

MAX_QUERY = 100


class SearchForm(forms.Form):
    """`?q=`: up to a hundred characters, or nothing."""

    q = forms.CharField(
        label="Search tools",
        max_length=MAX_QUERY,
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "data-suggest": reverse_lazy("suggest"),
                "data-suggest-mode": "go",
            }
        ),
    )
