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
WANTED = f"EMAIL_URL must read {'://, '.join(SCHEMES)}:// and user:password@host:port, with %2F for / and the like."


def mailer(url: str) -> dict[str, Any]:
    """Return the mailer that an address such as smtp+tls://user:password@host:587 names.

    Raise ValueError, without repeating the address, which holds a password.
    """
    try:
        parts = urlsplit(url)
        host, given_port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(WANTED) from None
    if parts.scheme not in SCHEMES or not host:
        raise ValueError(WANTED)
    port, starts_tls, begins_with_tls = SCHEMES[parts.scheme]
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": host,
            "port": given_port or port,
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": starts_tls,
            "use_ssl": begins_with_tls,
            "timeout": TIMEOUT_SECONDS,
        },
    }
