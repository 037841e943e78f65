"""Whom we believe about scheme and address."""

from ipaddress import ip_network

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.middleware import trusted_proxy


def seen(request: HttpRequest) -> tuple[str, str]:
    """The client's address and the scheme as the views see them."""
    found: list[tuple[str, str]] = []

    def view(request: HttpRequest) -> HttpResponse:
        assert not [name for name in request.META if name.startswith("HTTP_X_FORWARDED")]
        found.append((request.META["REMOTE_ADDR"], request.scheme or ""))
        return HttpResponse()

    trusted_proxy(view)(request)
    return found[0]


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "proto", "expected"),
    [
        ("203.0.113.9", "", "", ("203.0.113.9", "http")),
        ("203.0.113.9", "198.51.100.7", "https", ("203.0.113.9", "http")),
        ("10.0.0.1", "198.51.100.7", "https", ("198.51.100.7", "https")),
        ("10.0.0.1", "1.2.3.4, 198.51.100.7", "https", ("198.51.100.7", "https")),
        ("10.0.0.1", "198.51.100.7, 10.0.0.2", "http", ("198.51.100.7", "http")),
        ("10.0.0.1", "", "https", ("10.0.0.1", "https")),
        ("10.0.0.1", "nonsense", "javascript", ("10.0.0.1", "http")),
        ("10.0.0.1", "2001:db8::1", "https", ("2001:db8::1", "https")),
    ],
)
def test_only_a_trusted_proxy_is_believed(
    rf: RequestFactory, settings: object, peer: str, forwarded_for: str, proto: str, expected: tuple[str, str]
) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]  # type: ignore[attr-defined]  # pytest-django's settings take any name
    headers = {"x-forwarded-for": forwarded_for, "x-forwarded-proto": proto}
    request = rf.get("/", headers={name: value for name, value in headers.items() if value}, REMOTE_ADDR=peer)
    assert seen(request) == expected


def test_by_default_nobody_is_believed(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "https"})
    assert seen(request) == ("127.0.0.1", "http")
