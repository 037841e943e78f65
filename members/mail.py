"""Mail to members: written once as text, sent as text and as HTML."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string

# What mail programmes know a signature by.
SIGNATURE = "\n-- \n"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """allauth's way out to the world, with mail in our look."""

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Write the mail of that name in both parts; the HTML says what the text says."""
        known = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        message: EmailMessage = super().render_mail(template_prefix, email, known | context, headers)
        message.body = f"{message.body}\n"
        if isinstance(message, EmailMultiAlternatives):
            paragraphs = [part.strip() for part in message.body.partition(SIGNATURE)[0].split("\n\n") if part.strip()]
            subject = message.subject.removeprefix(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX)
            html = known | {"subject": subject, "paragraphs": paragraphs, "code": context.get("code")}
            message.attach_alternative(render_to_string("account/email/message.html", html), "text/html")
        return message
