"""Fields that several of the forms have: one line, Markdown, tools by name, a day."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from tools.models import Tool
from tools.searching.index import current_index

EARLIEST = date(1990, 1, 1)
LONGEST_NAME = 60
# Beyond these nobody reads the errors.
MOST_NAMES = 20
NEAREST = 3
_BETWEEN_NAMES = re.compile(r"[,;\n]")


class LineField(forms.CharField):
    """One line of up to `most` characters; what is longer is refused, not cut, so that nothing typed is lost."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(validators=[ShorterThan(most)], **options)

    def to_python(self, value: Any) -> str:
        """The text with each run of spaces and line breaks as one space."""
        return " ".join((super().to_python(value) or "").split())


class MarkdownField(forms.CharField):
    """A text of up to `most` characters; the script counts them as they are typed."""

    def __init__(self, *, most: int, rows: int = 6, **options: Any) -> None:
        area = forms.Textarea(attrs={"rows": rows, "data-most": most})
        super().__init__(validators=[ShorterThan(most)], strip=False, widget=area, **options)

    def to_python(self, value: Any) -> str:
        """The text with a line feed at the end of each line; a first line that is indented stays so."""
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n").rstrip()
        return re.sub(r"\A(?:[ \t]*\n)+", "", text)


class ToolNamesField(forms.CharField):
    """Tools by name, slug or alias, apart by commas; once clean it holds their rows, in order, each once.

    A name that no tool has is refused with those nearest to it: what is kept is not guessed.
    """

    def __init__(self, *, most: int, **options: Any) -> None:
        self.most = most
        attributes = {
            "autocomplete": "off",
            "data-suggest": reverse_lazy("suggest"),
            "data-suggest-mode": "names" if most > 1 else "name",
        }
        super().__init__(widget=forms.TextInput(attrs=attributes), required=False, **options)

    def to_python(self, value: Any) -> Any:
        """Find the tools."""
        names = split_names(super().to_python(value) or "")
        if len(names) > self.most:
            raise ValidationError(f"Name at most {self.most} here: these are {len(names)}.")
        return found(names)

    def validate(self, value: Any) -> None:
        """All is said by `to_python`."""

    def run_validators(self, value: Any) -> None:
        """As above: the validators of texts have nothing to say of rows."""


class DayField(forms.DateField):
    """A day that has come, in the widget of browsers."""

    default_error_messages = {"invalid": "Write the day as 2026-01-31."}

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "min": EARLIEST.isoformat()}, format="%Y-%m-%d")
        super().__init__(input_formats=["%Y-%m-%d"], widget=widget, **options)


class ShorterThan:
    """Refuse a text of more characters, saying how many there are."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, text: str) -> None:
        """Raise ValidationError for a text that is too long."""
        if len(text) > self.most:
            raise ValidationError(f"This has {len(text):,} characters, and up to {self.most:,} fit: shorten it.")


def day_between(day: date, earliest: date, today: date, before: str) -> date:
    """The day; raise ValidationError where it is yet to come, or with `before` where it is too early."""
    if day > today:
        raise ValidationError("This day is yet to come.")
    if day < earliest:
        raise ValidationError(before)
    return day


def split_names(text: str) -> list[str]:
    """The names in a list that somebody typed, each once."""
    names = (" ".join(name.split()) for name in _BETWEEN_NAMES.split(text))
    return list(dict.fromkeys(name for name in names if name))


def found(names: Sequence[str]) -> list[Tool]:
    """The tools of these names; raise ValidationError for those that no tool has. Two queries."""
    tools, unknown = known(names)
    if unknown:
        raise ValidationError([_unknown(name) for name in unknown[:MOST_NAMES]])
    return tools


def known(names: Iterable[str]) -> tuple[list[Tool], list[str]]:
    """The tools of these names, each once, and the names that no tool has. Two queries."""
    index = current_index()
    slugs = {name: index.named(name) if len(name) <= LONGEST_NAME else None for name in names}
    # The index may know a tool that was removed a moment ago.
    rows = {tool.slug: tool for tool in Tool.objects.among(tuple(slug for slug in slugs.values() if slug))}
    tools = {slug: rows[slug] for slug in slugs.values() if slug in rows}
    return list(tools.values()), [name for name, slug in slugs.items() if slug not in rows]


def written(tools: Iterable[Tool]) -> str:
    """The tools as a field shows them: by name, where that finds each again."""
    index = current_index()
    return ", ".join(tool.name if index.named(tool.name) == tool.slug else tool.slug for tool in tools)


def _unknown(name: str) -> str:
    index = current_index()
    near = index.nearest(name[:LONGEST_NAME], NEAREST + 1)
    # A tool of this very name was removed.
    names = [tool.name for tool in near if tool.slug != index.named(name[:LONGEST_NAME])][:NEAREST]
    cut = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    hint = f"Did you mean {' or '.join(names)}?" if names else "Take it out here and name it in the text."
    return f"No tool here is called “{cut}”. {hint}"
