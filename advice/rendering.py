"""What members write, as HTML: rendered once, when it is saved."""

from django.contrib.auth import get_user_model
from django.urls import reverse

from tools import markdown


def rendered(*texts: str) -> list[str]:
    """The HTML of these Markdown texts; members they mention are linked. One query, none without mentions."""
    named = {name for text in texts for name in markdown.mentions(text)}
    members = get_user_model().objects.filter(username__in=named) if named else ()
    addresses = {member.username: reverse("members:profile", args=[member.username]) for member in members}
    return [markdown.as_html(text, mention=addresses.get) for text in texts]
