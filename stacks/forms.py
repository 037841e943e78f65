"""The form in which a stack is written: its texts, and a line for each tool."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict

from stacks import limits
from stacks.models import Edit, Line, Size, Stack, StackKind, Use, Visibility
from tools.fields import LineField, MarkdownField, ShorterThan, ToolNamesField, found, known, split_names
from tools.models import Tool

TEXTS = ("name", "kind", "size", "link", "description")
NOTES = ("why", "since", "used_version", "drop")
VISIBILITIES = {
    Visibility.UNLISTED: "Unlisted: whoever has its address sees it, and it counts nowhere",
    Visibility.PUBLIC: "Public: everybody finds it, and its tools count it",
}


class LinkField(forms.URLField):
    """An address of the web."""

    default_validators = [URLValidator(["https", "http"])]


class StackForm(forms.Form):
    """Whose tools these are, and who may find them."""

    use_required_attribute = False

    name = LineField(
        most=limits.NAME,
        help_text="Of the company, the project, or yourself.",
        error_messages={"required": "Give it a name."},
    )
    kind = forms.ChoiceField(
        label="Whose tools are these?",
        choices=[(kind.value, f"A {kind.label}’s") for kind in StackKind],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whose tools these are."},
    )
    size = forms.ChoiceField(
        label="People",
        choices=[("", "Not said"), *Size.choices],
        required=False,
        help_text="In the company, or at work on the project.",
    )
    link = LinkField(
        assume_scheme="https",
        required=False,
        help_text="Where to read more, such as https://example.org.",
        validators=[ShorterThan(limits.LINK)],
        error_messages={"invalid": "Write it as https://example.org."},
    )
    description = MarkdownField(
        most=limits.DESCRIPTION, rows=4, required=False, help_text="What is made with these tools. Plain text."
    )
    visibility = forms.ChoiceField(
        label="Who finds it?",
        choices=[(state.value, label) for state, label in VISIBILITIES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say who finds it."},
    )
    add = ToolNamesField(
        most=limits.TOOLS,
        label="Add tools",
        help_text="Names apart by commas, such as Flask, Redis. A list can be pasted.",
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def clean_form_token(self) -> UUID:
        """A form that somebody made without one may be sent as often as they like."""
        token: UUID | None = self.cleaned_data["form_token"]
        return token or uuid4()


class LineForm(forms.Form):
    """What is said of one tool."""

    why = LineField(most=limits.WHY, required=False)
    since = forms.IntegerField(required=False)
    used_version = LineField(most=limits.VERSION, required=False)
    drop = forms.BooleanField(required=False)

    def __init__(self, *args: Any, year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.year = year
        self.fields["since"].error_messages["invalid"] = self._asked()

    def clean_since(self) -> int | None:
        """The year, if it is one in which tools were used."""
        since: int | None = self.cleaned_data["since"]
        if since is not None and not limits.FIRST_YEAR <= since <= self.year:
            raise ValidationError(self._asked())
        return since

    def _asked(self) -> str:
        return f"Write the year, from {limits.FIRST_YEAR} to {self.year}."


@dataclass(frozen=True, slots=True)
class Row:
    """A tool's line as the page shows it: `said` is what stands in its fields."""

    tool: Tool
    said: Mapping[str, Any]
    errors: Sequence[str] = ()
    is_new: bool = False

    @property
    def prefix(self) -> str:
        """What the names of its fields begin with."""
        return f"line-{self.tool.slug}"


@dataclass(slots=True)
class Desk:
    """The form with its lines, as it is shown and as it was sent."""

    form: StackForm
    rows: Sequence[Row]
    lines: Mapping[str, LineForm] = field(default_factory=dict)
    stack: Stack | None = None
    problems: Sequence[str] = ()
    """What speaks against the names that were to be added."""

    @classmethod
    def with_tools(cls, tools: Iterable[Tool] = ()) -> "Desk":
        """A fresh one, with the token with which it can be sent once."""
        usual = {"kind": StackKind.COMPANY, "visibility": Visibility.PUBLIC, "form_token": uuid4()}
        placed = _by_slug(tool.slug for tool in tools)
        return cls(StackForm(initial=usual), [Row(tool, {}, is_new=True) for tool in placed.values()])

    @classmethod
    def of(cls, stack: Stack) -> "Desk":
        """One that says what is kept; the stack's uses with their tools are at hand."""
        said = {name: getattr(stack, name) for name in (*TEXTS, "visibility", "version")}
        return cls(StackForm(initial=said), [_kept(use) for use in stack.uses.all()], stack=stack)

    @classmethod
    def sent(cls, data: QueryDict, year: int, stack: Stack | None = None) -> "Desk":
        """One that was filled in."""
        lines = {
            slug: LineForm(data, prefix=f"line-{slug}", year=year)
            for slug in list(dict.fromkeys(data.getlist("tool")))[: limits.TOOLS]
        }
        tools = _by_slug(lines)
        rows = [_typed(tools[slug], line) for slug, line in lines.items() if slug in tools]
        return cls(StackForm(data), rows, {slug: lines[slug] for slug in tools}, stack)

    @classmethod
    def with_more(cls, data: QueryDict, year: int, stack: Stack | None = None) -> "Desk":
        """What was filled in so far, kept nowhere, with a line for each tool that was to be added."""
        desk = cls.sent(data, year, stack)
        tools, unknown = known(split_names(data.get("add", ""))[: limits.TOOLS])
        told = {row.tool.slug for row in desk.rows}
        fresh = [
            Row(tool, {}, is_new=True)
            for slug, tool in _by_slug(tool.slug for tool in tools).items()
            if slug not in told
        ]
        said = {name: data.get(name) for name in StackForm.base_fields} | {"add": ", ".join(unknown)}
        return cls(StackForm(initial=said), [*fresh, *desk.rows], stack=stack, problems=_problems(unknown))

    def is_valid(self) -> bool:
        """Whether all of it can be kept."""
        lines_are = [line.is_valid() for line in self.lines.values()]
        if self.form.is_valid() and len(self._wanted()) > limits.TOOLS:
            self.form.add_error("add", f"A stack may hold {limits.TOOLS} tools: leave some out.")
        return self.form.is_valid() and all(lines_are)

    def edit(self) -> Edit:
        """What is to become of the stack, once it is valid."""
        said = self.form.cleaned_data
        wanted = self._wanted()
        dropped = [row.tool for row in self.rows if row.tool.slug not in wanted]
        return Edit({name: said[name] for name in TEXTS}, said["visibility"], list(wanted.values()), dropped)

    def unlike(self, edit: Edit) -> list[str]:
        """What is kept otherwise than the form says, in sentences."""
        assert self.stack is not None
        told = [
            f"{self.form.fields[name].label or name.capitalize()}: {getattr(self.stack, name) or 'nothing'}"
            for name, text in edit.texts.items()
            if getattr(self.stack, name) != text
        ]
        said = {line.tool.pk: line.note for line in edit.lines}
        for use in self.stack.uses.all():
            note = (use.why, use.since, use.used_version)
            if said.get(use.tool_id) != note:
                told.append(" · ".join([use.tool.name, *(str(part) for part in note if part)]))
        kept = {use.tool_id for use in self.stack.uses.all()}
        told += [f"{line.tool.name}: not in it" for line in edit.lines if line.tool.pk not in kept]
        return told

    def _wanted(self) -> dict[str, Line]:
        """A line for each tool that is to be in the stack; names to be added have no note yet."""
        lines = {
            row.tool.slug: Line(row.tool, said.get("why", ""), said.get("since"), said.get("used_version", ""))
            for row in self.rows
            if not (said := self.lines[row.tool.slug].cleaned_data)["drop"]
        }
        return lines | {tool.slug: Line(tool) for tool in self.form.cleaned_data["add"] if tool.slug not in lines}


def _by_slug(slugs: Iterable[str]) -> dict[str, Tool]:
    asked = tuple(slug for slug in slugs if "\0" not in slug)
    rows = {tool.slug: tool for tool in Tool.objects.among(asked).select_related("function__category")}
    return {slug: rows[slug] for slug in asked if slug in rows}


def _kept(use: Use) -> Row:
    return Row(use.tool, {"why": use.why, "since": use.since, "used_version": use.used_version})


def _typed(tool: Tool, line: LineForm) -> Row:
    errors = [str(error) for of_field in line.errors.values() for error in of_field]
    return Row(tool, {name: line[name].value() for name in NOTES}, errors)


def _problems(unknown: Sequence[str]) -> list[str]:
    try:
        found(unknown)
    except ValidationError as error:
        return list(error.messages)
    return []
