"""EMAIL_URL as Django's MAILERS want it."""

from typing import Any
from urllib.parse import unquote, urlsplit

# Scheme: the port it means, and whether the connection turns to TLS (STARTTLS, RFC 3207) or begins with it (RFC 8314).
SCHEMES = {
    "smtp": (25, False, False),
    "smtp+tls": (587, True, False),
    "submission": (587, True, False),
    "smtps": (465, False, True),
}
TIMEOUT_SECONDS = 20


def mailer(url: str) -> dict[str, Any]:
    """Return the mailer that an address such as smtp+tls://user:password@host:587 names.

    Raise ValueError, without repeating the address, which holds a password.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ValueError(f"EMAIL_URL must read {'://, '.join(SCHEMES)}:// with user:password@host:port after it.")
    port, starts_tls, begins_with_tls = SCHEMES[parts.scheme]
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or port,
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": starts_tls,
            "use_ssl": begins_with_tls,
            "timeout": TIMEOUT_SECONDS,
        },
    }
