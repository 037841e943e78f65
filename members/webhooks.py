"""What members say of their webhooks, as forms."""

from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from members.models import Member, Webhook
from members.models.webhook import MOST_WEBHOOKS
from members.webhook_wire import Wire

TOO_MANY = f"You have {MOST_WEBHOOKS} webhooks already, which is the most. Delete one first."


class WebhookForm(forms.Form):
    """The address of a new webhook; looked up at once, so that a wrong one is not found out by silence."""

    url = forms.CharField(
        label="Address",
        max_length=300,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="Begins with https:// and leads to a host that everybody can reach.",
    )

    def __init__(self, data: object, *, member: Member, wire: Wire) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # what a request sent, or None
        self.member, self.wire = member, wire

    def clean_url(self) -> str:
        """An address that messages may go to; raise ValidationError with the reason for any other."""
        url: str = self.cleaned_data["url"]
        if problem := self.wire.problem(url):
            raise ValidationError(problem)
        return url

    def add_webhook(self) -> Webhook | None:
        """The webhook, made if it is new; None, with a sentence in the form, where the member has too many."""
        webhook = Webhook.objects.add(self.member, self.cleaned_data["url"])
        if webhook is None:
            self.add_error(None, TOO_MANY)
        return webhook


class SendTestForm(forms.Form):
    """Asks for a message; its token makes the form, sent twice, one message."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def token(self) -> UUID:
        """The form's token, or a fresh one where it has none."""
        return self.cleaned_data["form_token"] if self.is_valid() else uuid4()
