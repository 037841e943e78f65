"""What a program asks that wants to act for a member: codes, its token, the token's end (RFC 8628, RFC 7009).

No cookie is looked at, so nothing can be forged with one: these addresses need no CSRF token.
"""

from collections.abc import Callable, Mapping
from functools import wraps

from allauth.core.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from members.models import AccessToken, DeviceLogin
from members.models.access import CODE_LIVES, INTERVAL, NAME, SCOPE, TOKEN_LIVES, Refusal, digest

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
CLIENT = "whystack"
MOST_BYTES = 10_000
SAID: Mapping[str, str] = {
    Refusal.PENDING: "The member has not decided yet.",
    Refusal.SLOW_DOWN: "Wait five seconds longer between two questions.",
    Refusal.DENIED: "The member did not let the program in.",
    Refusal.EXPIRED: "The code has expired. Ask for another.",
    Refusal.UNKNOWN: "No log-in is waiting for this code, or its token was handed out already.",
    "invalid_client": f"Only the command line may ask, as client_id={CLIENT}.",
    "unsupported_grant_type": f"Only grant_type={GRANT} is known here.",
    "invalid_request": "Send a small form by POST, with all that is asked for.",
    "slow": "Too many requests. Wait a minute.",
}
type View = Callable[[HttpRequest], HttpResponse]


def _asked(limit: str) -> Callable[[View], View]:
    """Guard a view that a program asks by a small form; `limit` names its rate in the settings."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @require_POST
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            response = _refusal(request, limit) or view(request)
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer

    return decorate


def _refusal(request: HttpRequest, limit: str) -> HttpResponse | None:
    if not consume(request, action=limit):
        response = _error("slow", status=429)
        response.headers["Retry-After"] = "60"
        return response
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _error("invalid_request", status=413)
    if request.POST.get("client_id") != CLIENT:
        return _error("invalid_client", status=401)
    return None


def _error(error: str, status: int = 400) -> HttpResponse:
    return JsonResponse({"error": str(error), "error_description": SAID[error]}, status=status)


@_asked("device_begin")
def begin(request: HttpRequest) -> HttpResponse:
    """Make two codes: one for the program, one that its member enters in a browser."""
    begun = DeviceLogin.objects.begin(_name(request), timezone.now())
    page = settings.SITE_URL + reverse("members:device")
    return JsonResponse(
        {
            "device_code": begun.device_code,
            "user_code": begun.user_code,
            "verification_uri": page,
            "verification_uri_complete": f"{page}?code={begun.user_code}",
            "expires_in": int(CODE_LIVES.total_seconds()),
            "interval": INTERVAL,
        }
    )


def _name(request: HttpRequest) -> str:
    """What the program says of itself, in one line."""
    said = "".join(letter for letter in request.POST.get("name", "") if letter.isprintable())
    return said.strip()[:NAME] or "A program"


@_asked("device_ask")
def redeem(request: HttpRequest) -> HttpResponse:
    """Hand out the token, once, if the member let the program in."""
    if request.POST.get("grant_type") != GRANT:
        return _error("unsupported_grant_type")
    if not (code := request.POST.get("device_code")):
        return _error("invalid_request")
    answer = DeviceLogin.objects.redeem(code, timezone.now())
    if isinstance(answer, Refusal):
        return _error(answer)
    lives = int(TOKEN_LIVES.total_seconds())
    return JsonResponse({"access_token": answer, "token_type": "Bearer", "expires_in": lives, "scope": SCOPE})


@_asked("device_ask")
def revoke(request: HttpRequest) -> HttpResponse:
    """End a token; whether there was one is not told."""
    AccessToken.objects.filter(digest=digest(request.POST.get("token", ""))).delete()
    return JsonResponse({})
