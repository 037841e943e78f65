"""What may stand after the question mark of a comparison's address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tools import pairs
from tools.searching.index import Index, Known, current_index

MAX_NAME = 60
# More names than anybody types; the rest is not read.
MOST_NAMES = 20


class AsOfForm(forms.Form):
    """`?as_of=2025-11-01`: a day, or nothing."""

    as_of = forms.DateField(required=False, input_formats=["%Y-%m-%d"])


class NamesField(forms.Field):
    """`?tool=flask&tool=dj`: the names as they were typed, without the empty ones."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        """Read the names as lines of printable letters."""
        printable = ("".join(letter for letter in name if letter.isprintable()) for name in value or ())
        return [name.strip() for name in printable if name.strip()][:MOST_NAMES]


class PickerForm(forms.Form):
    """A shortlist of up to five tools by name or slug; near names are understood, and "flask vs dj" as two of them.

    After validation `picked` holds the tools found, each once, and `unknown` the names that no tool has.
    """

    tool = NamesField(required=False)
    add = forms.CharField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.picked: list[Known] = []
        self.unknown: list[str] = []
        self.index: Index = current_index()

    def clean_tool(self) -> list[str]:
        """Find the tools; refuse unknown names and more tools than one page compares."""
        found: dict[str, Known] = {}
        for name in self.cleaned_data["tool"]:
            slugs = self._slugs(name)
            found |= {slug: self.index.tools[slug] for slug in slugs}
            if not slugs:
                self.unknown.append(name)
            if self.unknown or len(found) > pairs.MOST:
                break
        self.picked = list(found.values())[: pairs.MOST]
        if self.unknown:
            raise ValidationError(f"No tool here is called “{self.unknown[-1][:MAX_NAME]}”.")
        if len(found) > pairs.MOST:
            raise ValidationError("One page compares at most five tools: these are the first five.")
        return list(found)

    def is_ready(self) -> bool:
        """Whether there is a comparison to go to, and nobody wants to add to it."""
        return self.is_valid() and pairs.is_countable(self.slugs()) and not self.cleaned_data["add"]

    def slugs(self) -> list[str]:
        """The slugs of the tools found."""
        return [tool.slug for tool in self.picked]

    def _slugs(self, name: str) -> list[str]:
        """The tools that a name means; none where one part of it means nothing."""
        parts = [part for part in self.index.parts(name) if part] if len(name) <= MAX_NAME else []
        slugs = [slug for part in parts if (slug := self.index.best(part))]
        return slugs if len(slugs) == len(parts) else []
