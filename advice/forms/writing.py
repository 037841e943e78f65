"""The forms for decisions and questions."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from advice import limits
from advice.models import Outcome, Post, PostKind, PostState, Role
from advice.models.post import Roles
from tools.fields import EARLIEST, DayField, LineField, MarkdownField, ToolNamesField, day_between, written

if TYPE_CHECKING:
    from members.models import Member


class WritingForm(forms.Form):
    """What decisions and questions have in common.

    A draft needs a title alone, so that one can stop anywhere; what NEEDED names is asked for when it is published.
    """

    kind: ClassVar[PostKind]
    heading: ClassVar[str]
    heading_of_change: ClassVar[str]
    NEEDED: ClassVar[Mapping[str, str]]
    """What must be there for others to read, and the sentence that asks for it."""
    ROLES: ClassVar[tuple[Role, ...]]
    """The roles in which tools are asked for; each has a field of its name."""

    use_required_attribute = False

    title = LineField(most=limits.TITLE, error_messages={"required": "Give it a title."})
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        author: "Member",
        today: date,
        post: Post | None = None,
        publishing: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.author, self.today, self.post = author, today, post
        self.publishing = publishing or (post is not None and post.state != PostState.DRAFT)

    def clean(self) -> dict[str, Any]:
        """Ask for what readers need, where they are to see it."""
        for name, sentence in self.NEEDED.items():
            if self.publishing and not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return self.cleaned_data

    def clean_form_token(self) -> UUID:
        """A form that somebody made without one may be sent as often as they like."""
        token: UUID | None = self.cleaned_data["form_token"]
        return token or uuid4()

    def texts(self) -> dict[str, Any]:
        """The columns it fills."""
        tools = {*self.ROLES, "form_token", "version", "question"}
        return {name: self.cleaned_data[name] for name in self.fields if name not in tools}

    def roles(self) -> Roles:
        """The tools in their roles."""
        return {role: self.cleaned_data[role] for role in self.ROLES}

    def asked(self) -> list[tuple[forms.BoundField, bool]]:
        """The fields to be filled in, each with whether it may be left empty for good."""
        needed = {"title", *self.NEEDED}
        return [(field, field.name not in needed) for field in self.visible_fields()]

    @classmethod
    def fresh(cls) -> dict[str, Any]:
        """What stands in a new form: the token with which it can be sent once."""
        return {"form_token": uuid4()}

    @classmethod
    def filled(cls, post: Post) -> dict[str, Any]:
        """What stands in the fields for the post as it is."""
        texts = {name: getattr(post, name) for name in cls.base_fields if name not in (*cls.ROLES, "question")}
        return texts | {role: written(post.tools_in(role)) for role in cls.ROLES}


class DecisionForm(WritingForm):
    """What was decided, among what, why, and what came of it."""

    kind = PostKind.DECISION
    heading = "Write a decision"
    heading_of_change = "Change your decision"
    ROLES = (Role.CHOSEN, Role.CONSIDERED, Role.ABOUT)
    NEEDED = {"chosen": "Name the tool you chose.", "why": "Say why you chose it: that is what others come for."}

    field_order = ["title", "chosen", "considered", "about", "context", "why", "consequences", "decided_on"]

    title = LineField(
        most=limits.TITLE,
        help_text=f"What was chosen for what, as in “PostgreSQL for our event log”. Up to {limits.TITLE} characters.",
        error_messages={"required": "Give it a title."},
    )
    chosen = ToolNamesField(
        most=limits.CHOSEN,
        label="Tools chosen",
        help_text=f"Up to {limits.CHOSEN} names, apart by commas.",
    )
    considered = ToolNamesField(
        most=limits.CONSIDERED,
        label="Tools considered",
        help_text=f"What you weighed and did not take: up to {limits.CONSIDERED}.",
    )
    about = ToolNamesField(
        most=limits.ABOUT,
        label="Other tools it is about",
        help_text=f"What it touches, such as the language you write in or the host you run on: up to {limits.ABOUT}.",
    )
    context = MarkdownField(
        most=limits.BODY,
        required=False,
        help_text="What had to be solved, and what limits were there: team, load, money, time, what was there before?",
    )
    why = MarkdownField(
        most=limits.BODY,
        required=False,
        rows=8,
        help_text="What tipped the scales? What did you try or measure? What spoke for the others?",
    )
    consequences = MarkdownField(
        most=limits.BODY,
        required=False,
        help_text="What became easier, what harder? What would make you decide otherwise?",
    )
    decided_on = DayField(
        label="Decided on", required=False, help_text="You will be asked what became of it 6, 12 and 24 months after."
    )
    question = forms.ModelChoiceField(Post.objects.none(), widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decided_on"].widget.attrs["max"] = self.today.isoformat()
        question = self.fields["question"]
        assert isinstance(question, forms.ModelChoiceField)
        question.queryset = Post.objects.questions().filter(author=self.author)

    def clean_decided_on(self) -> date | None:
        """Refuse days to come, days before there was a web, and days after what became of it was told."""
        day: date | None = self.cleaned_data["decided_on"]
        if day is None:
            return None
        told = Outcome.objects.filter(post=self.post).answered().first() if self.post else None
        if told is not None and told.on is not None and day > told.on:
            raise ValidationError(f"You told what had become of it on {told.on:%-d %B %Y}: it was decided before.")
        return day_between(day, EARLIEST, self.today, "Decisions here begin with 1990.")


class QuestionForm(WritingForm):
    """What needs advice."""

    kind = PostKind.QUESTION
    heading = "Ask for advice"
    heading_of_change = "Change your question"
    ROLES = (Role.ABOUT,)
    NEEDED = {"context": "Say what you need to know, and for what: the better the advice will be."}

    field_order = ["title", "about", "context"]

    title = LineField(
        most=limits.TITLE,
        label="Question",
        help_text=f"One sentence, as in “Which queue for a team of two?” Up to {limits.TITLE} characters.",
        error_messages={"required": "Ask something: one sentence is enough."},
    )
    about = ToolNamesField(
        most=limits.ABOUT,
        label="Tools it is about",
        help_text=f"Those you weigh or use, apart by commas: up to {limits.ABOUT}. None is fine too.",
    )
    context = MarkdownField(
        most=limits.BODY,
        label="What to know",
        required=False,
        rows=10,
        help_text="What do you want to build, for whom, with how many people? What must it do, what have you tried?",
    )

    def roles(self) -> Roles:
        """The tools it is about, and those that the asker chose in the meantime."""
        return {Role.CHOSEN: self.post.tools_in(Role.CHOSEN) if self.post else (), **super().roles()}
