"""The forms that tell what became of a decision, and what the asker of a question chose."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from advice import limits
from advice.models import Result
from tools.fields import DayField, MarkdownField, ToolNamesField, day_between
from tools.models import Tool


class RevisitForm(forms.Form):
    """What became of a decision: `chosen` are the tools that may have been replaced."""

    use_required_attribute = False

    result = forms.ChoiceField(
        label="What became of it?",
        choices=Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what became of it."},
    )
    tool = forms.ModelChoiceField(
        Tool.objects.none(), label="What was replaced", required=False, help_text="Only where something was."
    )
    replaced_by = ToolNamesField(
        most=1, label="Replaced by", help_text="One tool. Leave it empty where nothing here took its place."
    )
    why = MarkdownField(
        most=limits.WHY,
        required=False,
        help_text="What went well, what did not, what would you tell yourself back then?",
    )
    on = DayField(label="As of", error_messages={"required": "Give the day for which this is true."})

    def __init__(self, *args: Any, chosen: list[Tool], earliest: date, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.earliest, self.today = earliest, today
        choice = self.fields["tool"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = Tool.objects.filter(pk__in=[tool.pk for tool in chosen])
        choice.empty_label = None if len(chosen) == 1 else "Nothing"
        if len(chosen) == 1:
            choice.initial = chosen[0]
        self.fields["on"].widget.attrs |= {"min": earliest.isoformat(), "max": today.isoformat()}

    def clean_on(self) -> date:
        """Refuse days to come and days before the decision, or before what was told last."""
        before = f"On that day it was not decided yet, or you told of a later one: {self.earliest:%-d %B %Y} or later."
        return day_between(self.cleaned_data["on"], self.earliest, self.today, before)

    def clean(self) -> dict[str, Any]:
        """Ask which tool was replaced, and why wherever all did not just stay."""
        told = self.cleaned_data
        result = told.get("result")
        told["by"] = next(iter(told.get("replaced_by") or ()), None)
        if result == Result.REPLACED:
            self._check_replacement(told)
        else:
            told["tool"] = told["by"] = None
        if result and result != Result.KEPT and not told.get("why") and "why" not in self.errors:
            self.add_error("why", "Say why: a sentence is enough.")
        return told

    def told(self) -> dict[str, Any]:
        """What `Outcome.tell` takes."""
        return {name: self.cleaned_data[name] for name in ("result", "why", "on", "tool", "by")}

    def _check_replacement(self, told: dict[str, Any]) -> None:
        if told.get("tool") is None:
            self.add_error("tool", "Say which tool was replaced.")
        elif told["by"] == told["tool"]:
            self.add_error("replaced_by", f"{told['by']} cannot replace itself.")


class ChoiceForm(forms.Form):
    """Which tools the asker of a question chose: among the recommended ones, or others."""

    use_required_attribute = False

    recommended = forms.ModelMultipleChoiceField(
        Tool.objects.none(), label="Recommended to you", widget=forms.CheckboxSelectMultiple, required=False
    )
    others = ToolNamesField(most=limits.CHOSEN, label="Others", help_text="Names, apart by commas.")

    def __init__(self, *args: Any, recommended: list[Tool], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["recommended"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)
        choice.queryset = Tool.objects.filter(pk__in=[tool.pk for tool in recommended])

    def clean(self) -> dict[str, Any]:
        """Gather both; refuse more than a decision has. None at all takes the choice back."""
        marked, others = self.cleaned_data.get("recommended") or (), self.cleaned_data.get("others") or ()
        self.cleaned_data["tools"] = list(dict.fromkeys([*marked, *others]))
        if len(self.cleaned_data["tools"]) > limits.CHOSEN:
            raise ValidationError(f"Up to {limits.CHOSEN} tools can be chosen.")
        return self.cleaned_data
