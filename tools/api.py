"""How programs that act for members are let in, by token and never by cookie, and told what is wrong (RFC 9457)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.ratelimit import consume
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

type View = Callable[..., HttpResponse]
TITLES = {
    400: "Bad request",
    401: "No valid token",
    403: "Not allowed",
    404: "Not found",
    405: "Wrong method",
    413: "Too large",
    415: "Not JSON",
    422: "Cannot be taken as it is",
    429: "Too many requests",
}
LIMIT_SECONDS = "60"


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """What is wrong: `detail` is a sentence for people, `more` is for programs."""
    said = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail, **more}
    return JsonResponse(said, status=status, content_type="application/problem+json")


def token_writes(limit: str, most_bytes: int) -> Callable[[View], View]:
    """Guard a view that writes JSON for the member whose token is sent; `request.user` is that member.

    `limit` names the rate in the settings. A cookie is not looked at, so that none can be used to forge a request.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = _refusal(request, limit, most_bytes) or view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer

    return decorate


def _refusal(request: HttpRequest, limit: str, most_bytes: int) -> HttpResponse | None:
    """Why the request is not let in; None where it is, as its token's member."""
    if request.method != "POST":
        response = problem(405, "This address takes POST alone.")
        response.headers["Allow"] = "POST"
        return response
    if not consume(request, action="token"):
        return _wait()
    return _nobody(request) or _unwelcome(request, limit) or _unreadable(request, most_bytes)


def _nobody(request: HttpRequest) -> HttpResponse | None:
    """Have the token's member act; the refusal where there is none."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    is_bearer = scheme.lower() == "bearer" and secret.strip()
    member = authenticate(request, access_token=secret.strip()) if is_bearer else None
    if member is None:
        response = problem(401, "Send a valid token as Authorization: Bearer …, which whystack login gets.")
        response.headers["WWW-Authenticate"] = 'Bearer realm="whystack", error="invalid_token"'
        return response
    request.user = member
    return None


def _unwelcome(request: HttpRequest, limit: str) -> HttpResponse | None:
    user: Any = request.user
    if user.is_suspended:
        return problem(403, f"Your account may read only until {user.suspended_until:%-d %B %Y}.")
    return None if consume(request, action=limit, user=user) else _wait()


def _unreadable(request: HttpRequest, most_bytes: int) -> HttpResponse | None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes:
        return problem(413, f"Send at most {most_bytes:,} bytes.")
    if request.content_type != "application/json":
        return problem(415, "Send JSON, as Content-Type: application/json.")
    return None


def _wait() -> HttpResponse:
    response = problem(429, "Too many requests. Wait a minute.")
    response.headers["Retry-After"] = LIMIT_SECONDS
    return response
