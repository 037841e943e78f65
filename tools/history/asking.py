"""What the address of a history page asks for: other tools beside this one, a scale, an axis, a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tools import pairs
from tools.browsing.selection import query_string
from tools.charts import Axis, Scale
from tools.forms import slug_meant
from tools.models import Tool
from tools.searching.index import current_index

SCALES = {Scale.LINEAR: "Linear", Scale.LOG: "Logarithmic"}
AXES = {Axis.DATE: "By date", Axis.START: "By age"}
OTHERS = pairs.MOST - 1
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to show the same figures, and where it is."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; the other tools by their slugs."""

    others: tuple[str, ...] = ()
    scale: Scale = Scale.LINEAR
    axis: Axis = Axis.DATE

    @property
    def parameters(self) -> Mapping[str, str]:
        """What stands in the address; nothing for what goes without saying."""
        scale = "" if self.scale == Scale.LINEAR else self.scale.value
        axis = "" if self.axis == Axis.DATE else self.axis.value
        return {"with": ",".join(self.others), "scale": scale, "axis": axis}

    def url(self, year: int | None = None) -> str:
        """Its address, relative to the tool's history: of the figures of one year where one is named."""
        at = "figures" if year else "stars"
        return f"{query_string([*self.parameters.items(), ('year', str(year or ''))]) or '.'}#{at}"

    def scales(self) -> Sequence[Choice]:
        """The scales there are."""
        return [Choice(label, replace(self, scale=scale).url(), scale == self.scale) for scale, label in SCALES.items()]

    def axes(self) -> Sequence[Choice]:
        """The axes there are."""
        return [Choice(label, replace(self, axis=axis).url(), axis == self.axis) for axis, label in AXES.items()]

    def without(self, slug: str) -> str:
        """The address without one of the other tools."""
        return replace(self, others=tuple(other for other in self.others if other != slug)).url()


class HistoryForm(forms.Form):
    """`?with=flask,django&scale=log&axis=start`: names are understood as well as slugs."""

    scale = forms.ChoiceField(choices=list(SCALES.items()), required=False)
    axis = forms.ChoiceField(choices=list(AXES.items()), required=False)

    def __init__(self, data: Any, tool: Tool) -> None:
        super().__init__(data)
        self.tool = tool
        # A word of Python's own, so that no class can have it as the name of a field.
        self.fields["with"] = forms.CharField(
            label="Draw beside it",
            max_length=LONGEST,
            required=False,
            help_text="Up to four other tools, by name, apart by commas.",
        )

    def clean_with(self) -> tuple[str, ...]:
        """Find the other tools, each once; refuse names that no tool has, and more than can be told apart."""
        names = [name.strip() for name in self.cleaned_data["with"].split(",") if name.strip()]
        if len(names) > OTHERS:
            raise ValidationError("No more than five tools can be told apart in one drawing.")
        if not names:
            return ()
        index = current_index()
        found = dict.fromkeys(slug_meant(index, name) for name in names)
        return tuple(slug for slug in found if slug != self.tool.slug)

    def asked(self) -> Asked:
        """What is asked for, as far as it was understood."""
        if not self.is_valid():
            return Asked()
        said = self.cleaned_data
        return Asked(said["with"], Scale(said["scale"] or Scale.LINEAR), Axis(said["axis"] or Axis.DATE))
