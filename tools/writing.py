"""How members' writes are let in: by POST, logged in, not suspended, not too many at a time."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.ratelimit import consume, respond_429
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

type View = Callable[..., HttpResponse]
READING = ("GET", "HEAD")
# What a form carries beside what its writer typed.
UNTYPED = {"csrfmiddlewaretoken", "form_token", "version", "question", "do", "next", "wanted", "seen", "thing"}


def member_writes(limit: str, *, form: bool = False) -> Callable[[View], View]:
    """Guard a view that writes: `limit` names its rate in the settings; with `form`, GET shows the form.

    Others than members are led to the log-in and back; who is suspended is told until when and why, who writes too
    much to wait; in each case nothing is written.
    """
    methods = (*READING, "POST") if form else ("POST",)

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = _refusal(request, methods, limit) or view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return answer

    return decorate


def _refusal(request: HttpRequest, methods: tuple[str, ...], limit: str) -> HttpResponse | None:
    if request.method not in methods:
        return HttpResponseNotAllowed(methods)
    if not request.user.is_authenticated:
        return _log_in_first(request, has_form="GET" in methods)
    if request.method in READING:
        return None
    if request.user.is_suspended:
        return render(request, "members/suspended.html", status=403)
    if not consume(request, action=limit, user=request.user):
        response: HttpResponse = respond_429(request)
        return response
    return None


def _log_in_first(request: HttpRequest, *, has_form: bool) -> HttpResponse:
    """Lead to the log-in and back; what was typed while the session ended is handed back instead."""
    if request.method == "POST" and has_form:
        sent = request.POST.dict()
        typed = [text for name, text in sent.items() if name not in UNTYPED and str(text).strip()]
        return render(request, "members/logged_out.html", {"typed": typed}, status=403)
    return redirect_to_login(request.get_full_path() if has_form else next_page(request, "/"))


def wanted(request: HttpRequest) -> bool:
    """The state that the form asks for; raise BadRequest where it asks for neither."""
    asked = request.POST.get("wanted")
    if asked not in ("yes", "no"):
        raise BadRequest("a form of state asks for yes or no")
    return asked == "yes"


def next_page(request: HttpRequest, fallback: str) -> str:
    """Where the form wants its reader to go next, if that is a page of ours; else the fallback."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith("/") else fallback


def back(request: HttpRequest, fallback: str) -> HttpResponseRedirect:
    """Lead the reader on after a write."""
    return HttpResponseRedirect(next_page(request, fallback))


def address_digest(request: HttpRequest) -> str:
    """The reader's network address as a keyed digest of 32 digits: equal for equal addresses, not to be undone."""
    address = request.META.get("REMOTE_ADDR", "")
    key = salted_hmac("whystack.address", address, secret=settings.SECRET_KEY, algorithm="sha256")
    return key.hexdigest()[:32]
