"""Mail to members: written once as text, sent as text and as HTML."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

# What mail programmes know a signature by.
SIGNATURE = "\n-- \n"


def known_to_mails() -> dict[str, str]:
    """What the template of every mail may name."""
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}


def attach_html(message: EmailMultiAlternatives, *, code: str | None = None) -> None:
    """Give a text mail its second part; the HTML says what the text says, and shows `code` large."""
    message.body = f"{str(message.body).rstrip()}\n"
    paragraphs = [part.strip() for part in message.body.partition(SIGNATURE)[0].split("\n\n") if part.strip()]
    subject = str(message.subject).removeprefix(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX)
    html = known_to_mails() | {"subject": subject, "paragraphs": paragraphs, "code": code}
    message.attach_alternative(render_to_string("account/email/message.html", html), "text/html")
