"""What a member may be called: the name stands in an address, /members/<username>/."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.urls.converters import StringConverter

PATTERN = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9])?"

is_username = RegexValidator(
    rf"^{PATTERN}$",
    "Use 1 to 40 letters, digits, hyphens or underscores; begin and end with a letter or digit.",
)
# What stands in addresses where a member's name does.
RESERVED = {"proposals"}


def is_free(username: str) -> None:
    """Refuse a name that the site's own addresses need."""
    if username.lower() in RESERVED:
        raise ValidationError("The site itself goes by this name: choose another.")


validators = [is_username, is_free]


class UsernameConverter(StringConverter):
    """A username in an address: what cannot be one is answered 404 by the resolver, before any query."""

    regex = PATTERN
