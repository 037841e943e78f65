"""What a member fills in to comment on a post, to answer a question, or to change what they said."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from advice import limits, screening
from advice.models import Comment, Post
from tools import markdown
from tools.fields import MarkdownField, ToolNamesField

if TYPE_CHECKING:
    from members.models import Member

EMPTY = {"required": "Say something first."}
HELP = f"Markdown, up to {limits.COMMENT:,} characters. Name a member with @username."


class BodyField(MarkdownField):
    """The words of a comment; refused where its markup leaves nothing to read."""

    def __init__(self, **options: Any) -> None:
        super().__init__(most=limits.COMMENT, error_messages=EMPTY, help_text=HELP, **options)

    def validate(self, value: Any) -> None:
        """Markup alone is nothing."""
        super().validate(value)
        if not markdown.plain(value[: limits.COMMENT], limits.COMMENT):
            raise ValidationError("There is nothing to read in this: say something in words.")


class CommentForm(forms.Form):
    """A comment on a post, beneath another where `parent` is given; a comment on a question may recommend tools."""

    use_required_attribute = False

    tools = ToolNamesField(
        most=limits.RECOMMENDED,
        label="Tools you recommend",
        help_text=f"Up to {limits.RECOMMENDED} names, apart by commas. Without any it is a comment, not an answer.",
    )
    body = BodyField(label="Your comment")
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, post: Post, author: "Member", now: datetime, parent: Comment | None = None, **options: Any
    ) -> None:
        options["auto_id"] = f"reply-{parent.pk}-%s" if parent else "comment-%s"
        super().__init__(*args, **options)
        self.post, self.author, self.now, self.parent = post, author, now, parent
        self.fields["form_token"].initial = uuid4
        if post.is_decision or parent:
            del self.fields["tools"]
        else:
            self.fields["body"].label = "Your answer or comment"

    @property
    def place(self) -> str:
        """The id of the form's place on the page."""
        return f"reply-{self.parent.pk}" if self.parent else "new-comment"

    @property
    def heading(self) -> str:
        """What stands above it."""
        if self.parent:
            return "Reply"
        return "Comment on this decision" if self.post.is_decision else "Answer or comment"

    def clean(self) -> dict[str, Any]:
        """Refuse what screening refuses, unless this very form was sent before: then there is nothing to refuse."""
        body: str = self.cleaned_data.get("body", "")
        problems = screening.problems(self.author, body, self.now) if body else []
        if problems and not Comment.objects.said_in(self.author, self.cleaned_data.get("form_token"), body):
            self.add_error("body", problems)
        return self.cleaned_data

    def say(self) -> Comment:
        """Say it, once however often the form is sent."""
        said = self.cleaned_data
        return Comment.say(
            self.post,
            self.author,
            said["body"],
            parent=self.parent,
            tools=said.get("tools", ()),
            form_token=said["form_token"],
        )


class EditForm(forms.Form):
    """Other words for a comment; `version` is the one that was read."""

    use_required_attribute = False

    body = BodyField(label="Your comment", rows=8)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, comment: Comment, now: datetime, **options: Any) -> None:
        options["initial"] = {"body": comment.body, "version": comment.version}
        super().__init__(*args, **options)
        self.comment, self.now = comment, now

    def clean_body(self) -> str:
        """Refuse what screening refuses."""
        body: str = self.cleaned_data["body"]
        assert self.comment.author
        if problems := screening.problems(self.comment.author, body, self.now, besides=self.comment):
            raise ValidationError(problems)
        return body
