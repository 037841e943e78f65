"""Letters: mail the site sends of its own accord, in text and HTML, which its reader can end with one click."""

from collections.abc import Iterable, Mapping
from email.message import EmailMessage as WireMessage
from email.policy import EmailPolicy, Policy
from email.policy import default as usual
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from members.models import Kind, Member
from members.unsubscribing import link


class Unfolded(str):
    """A header's value whose parts stay whole: Python would encode an address that is longer than a line."""

    name = "List-Unsubscribe"

    def fold(self, *, policy: EmailPolicy) -> str:
        """The header as it is sent, a line for each part."""
        return f"{self.name}: {f',{policy.linesep} '.join(self.split(', '))}{policy.linesep}"


class Letter(EmailMultiAlternatives):
    """A mail that names its way out: for people, and for the button of their mail programme (RFC 8058)."""

    way_out = ""

    def message(self, *, policy: "Policy[Any] | None" = None) -> WireMessage:
        """The mail as it is sent."""
        message = super().message(policy=policy or usual)
        message[Unfolded.name] = Unfolded(self.way_out)
        return message


type Templates = tuple[str, str]
"""Of the text, and of the HTML."""


def letter(
    member: Member, kinds: Iterable[Kind], subject: str, templates: Templates, said: Mapping[str, Any], key: str
) -> Letter:
    """Write a letter about these kinds of things to a member, as `reachable` gives them.

    The same `key` makes the same Message-ID, by which mail programmes know what they got twice.
    """
    kinds = list(dict.fromkeys(kinds))
    way_out = link(member, kinds)
    known = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "subject": subject,
        "kinds": [kind.label for kind in kinds],
        "unsubscribe_url": way_out,
        "preferences_url": settings.SITE_URL + reverse("members:mail"),
    }
    mail = Letter(
        f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{' '.join(subject.split())}",
        render_to_string(templates[0], {**known, **said}).strip() + "\n",
        to=[member.address],  # type: ignore[attr-defined]  # `reachable` annotates it
        headers={
            "Message-ID": f"<{sha256(key.encode()).hexdigest()[:32]}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(templates[1], {**known, **said}), "text/html")
    mail.way_out = f"<{way_out}>"
    if settings.CONTACT_EMAIL:
        mail.way_out += f", <mailto:{settings.CONTACT_EMAIL}?subject=unsubscribe>"
    if way_out.startswith("https://"):
        mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail
