"""What may be asked of the pages that compose several apps."""

from django import forms
from django.urls import reverse_lazy

from tools.slugs import MAX_LENGTH

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


class SuggestForm(SearchForm):
    """`?q=&beside=`: the tool beside which another is looked for, where there is one; no tool's name is left aside."""

    beside = forms.CharField(max_length=MAX_LENGTH, required=False)
