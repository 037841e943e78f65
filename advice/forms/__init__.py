"""What members fill in, one module per occasion."""

from advice.forms.importing import ImportForm
from advice.forms.outcomes import ChoiceForm, RevisitForm
from advice.forms.writing import DecisionForm, QuestionForm, WritingForm

__all__ = ["ChoiceForm", "DecisionForm", "ImportForm", "QuestionForm", "RevisitForm", "WritingForm"]
