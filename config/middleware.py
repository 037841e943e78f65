"""What is decided before any view: whom we believe, and whether the site is open."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")
# When a reader may look again after finding the site closed.
RETRY_SECONDS = 300


def is_trusted(address: str) -> bool:
    """Whether `address` lies in a network of TRUSTED_PROXIES."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in settings.TRUSTED_PROXIES)


def client_address(peer: str, forwarded_for: str) -> str:
    """Return the nearest address that no trusted proxy owns, walking X-Forwarded-For from the right."""
    for hop in [peer, *reversed([part.strip() for part in forwarded_for.split(",") if part.strip()])]:
        if not is_trusted(hop):
            return hop if _is_address(hop) else peer
    return peer


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def trusted_proxy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Take scheme and client address from a trusted proxy's headers, and drop those headers for everybody."""

    def middleware(request: HttpRequest) -> HttpResponse:
        peer = request.META.get("REMOTE_ADDR", "")
        forwarded_for, proto, _ = (request.META.pop(name, "") for name in FORWARDED)
        if is_trusted(peer):
            request.META["REMOTE_ADDR"] = client_address(peer, forwarded_for)
            if proto in ("http", "https"):
                request.META["wsgi.url_scheme"] = proto
        return get_response(request)

    return middleware


def maintenance(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer everything but /healthz with 503 while MAINTENANCE is set; neither database nor session is asked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.MAINTENANCE or request.path == "/healthz":
            return get_response(request)
        body = render_to_string("503.html", {"site_name": settings.SITE_NAME})
        headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
        return HttpResponse(body, status=503, headers=headers)

    return middleware
