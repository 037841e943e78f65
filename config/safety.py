"""What must hold before the site may face the public: judged purely, from values."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SECRET_KEY_LENGTH = 50


def is_loopback(url: str) -> bool:
    """Whether `url` names this machine only, so that nobody else can reach it."""
    return urlsplit(url).hostname in LOOPBACK


def problems(
    *,
    site_url: str,
    debug: bool,
    secret_key_given: str,
    allowed_hosts: Sequence[str],
    email_url: str,
    github_api_url: str,
) -> Iterator[str]:
    """Yield a sentence for each unsafe setting, saying what to set; none means safe to start."""
    if urlsplit(github_api_url).scheme != "https" and not is_loopback(github_api_url):
        yield "GITHUB_API_URL must begin with https:// so that the token is never sent in the clear."
    host = urlsplit(site_url).hostname
    if host is None:
        yield "SITE_URL must be the site's whole address, for example https://whystack.example."
    elif not is_loopback(site_url):
        yield from _public_problems(host, site_url.startswith("https://"), debug, secret_key_given, email_url)
        if "*" in allowed_hosts:
            yield f"ALLOWED_HOSTS must name the hosts this site answers to, such as {host}, not *."


def _public_problems(host: str, is_https: bool, debug: bool, secret_key: str, email_url: str) -> Iterator[str]:  # noqa: FBT001  # facts passed on, not switches
    if not is_https:
        yield f"SITE_URL must begin with https:// because {host} is public."
    if debug:
        yield f"DEBUG must be off because {host} is public: remove DEBUG from the environment."
    if len(secret_key) < SECRET_KEY_LENGTH:
        yield (
            f"SECRET_KEY must be set to at least {SECRET_KEY_LENGTH} random characters because {host} is public: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))" makes one.'
        )
    if not email_url:
        yield "EMAIL_URL must be set so that members get their mail, for example smtp+tls://user:password@host:587."
