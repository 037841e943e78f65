"""What must hold before the site may face the public: judged purely, from values."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from ipaddress import ip_network
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SECRET_KEY_LENGTH = 50
SECRET_KEY_LETTERS = 10
RATE_LIMIT = re.compile(r"[0-9]+/[0-9]*[smhd]/(?:ip|key|user)(?:,[0-9]+/[0-9]*[smhd]/(?:ip|key|user))*")


def host_of(url: str) -> str:
    """The host that `url` names; empty where it names none or cannot be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def is_loopback(url: str) -> bool:
    """Whether `url` names this machine only, so that nobody else can reach it."""
    return host_of(url) in LOOPBACK


def problems(
    *,
    site_url: str,
    debug: bool,
    secret_key_given: str,
    allowed_hosts: Sequence[str],
    email_url: str,
    api_urls: Mapping[str, str],
    gitlab_url: str = "https://gitlab.com",
    webhook_hosts_allowed: Iterable[str] = (),
    trusted_proxies: Iterable[str] = (),
    rate_limits: Iterable[str] = (),
) -> Iterator[str]:
    """Yield a sentence for each unsafe setting, saying what to set; none means safe to start."""
    for name, url in api_urls.items():
        if not url.startswith("https://") and not is_loopback(url):
            yield f"{name} must begin with https:// so that the token is never sent in the clear."
    if not gitlab_url.startswith("https://") and not is_loopback(gitlab_url):
        yield "GITLAB_URL must begin with https:// so that the client secret is never sent in the clear."
    yield from _unreadable(trusted_proxies, rate_limits)
    host, others = host_of(site_url), sorted(set(allowed_hosts) - LOOPBACK)
    if not host or urlsplit(site_url).path:
        yield "SITE_URL must be the site's whole address without a path, for example https://whystack.example."
    elif not is_loopback(site_url):
        yield from _public_problems(host, site_url.startswith("https://"), debug, secret_key_given, email_url)
        yield from _public_hosts(host, allowed_hosts, webhook_hosts_allowed)
    elif debug and others:
        yield f"DEBUG must be off because ALLOWED_HOSTS names {others[0]}: remove one of the two."


def _unreadable(trusted_proxies: Iterable[str], rate_limits: Iterable[str]) -> Iterator[str]:
    for network in trusted_proxies:
        try:
            ip_network(network)
        except ValueError:
            yield f"TRUSTED_PROXIES must list networks such as 10.0.0.0/8, apart by commas, not {network}."
    for limit in rate_limits:
        if not RATE_LIMIT.fullmatch(limit):
            yield f"A RATE_LIMIT_… must read count/period/per, such as 5/5m/key,10/m/ip, not {limit}."


def _public_hosts(host: str, allowed_hosts: Sequence[str], webhook_hosts_allowed: Iterable[str]) -> Iterator[str]:
    if "*" in allowed_hosts:
        yield f"ALLOWED_HOSTS must name the hosts this site answers to, such as {host}, not *."
    if list(webhook_hosts_allowed):
        yield f"WEBHOOK_HOSTS_ALLOWED must be empty because {host} is public, or members reach your network."


def _public_problems(host: str, is_https: bool, debug: bool, secret_key: str, email_url: str) -> Iterator[str]:  # noqa: FBT001  # facts passed on, not switches
    if not is_https:
        yield f"SITE_URL must begin with https:// because {host} is public."
    if debug:
        yield f"DEBUG must be off because {host} is public: remove DEBUG from the environment."
    if len(secret_key) < SECRET_KEY_LENGTH or len(set(secret_key)) < SECRET_KEY_LETTERS:
        yield (
            f"SECRET_KEY must be set to at least {SECRET_KEY_LENGTH} random characters because {host} is public: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))" makes one.'
        )
    if email_url.startswith("smtp://") and "@" in email_url and not is_loopback(email_url):
        yield "EMAIL_URL must begin with smtp+tls:// or smtps:// so that its password is not sent in the clear."
    if not email_url:
        yield "EMAIL_URL must be set so that members get their mail, for example smtp+tls://user:password@host:587."


def redis_database(url: str, *, further: int) -> str:
    """The same Redis server with another of its sixteen databases, `further` ones on: redis://host:6379/0 -> …/8."""
    parts = urlsplit(url)
    number = int(parts.path.strip("/") or 0)
    return parts._replace(path=f"/{(number + further) % 16}").geturl()
