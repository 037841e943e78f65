"""How pages are answered: cacheable for anonymous readers, made once while nothing changes, never beyond the end."""

import logging
import zlib
from collections.abc import Callable, Sequence
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.csp import CSP

from tools.models import Edition

logger = logging.getLogger(__name__)
PUBLIC_SECONDS = 60
MAX_PAGE_DIGITS = 6
# Who brings one of these may be a member, or have a message waiting.
PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}
# The policy of pages that others show in frames: our style, no script, no form, anybody's frame.
FRAMED: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": ["*"],
}
type View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Let anybody keep the page of a reader without cookies for a minute; others' are private. GET and HEAD only."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            response = HttpResponse(status=405)
            response.headers["Allow"] = "GET, HEAD"
            return response
        response = for_its_reader(request, view(request, *args, **kwargs))
        if response.status_code in (200, 301, 304) and not is_personal(request):
            patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
        return response

    # Nothing is ever sent to such a page: whoever tries is told so, not asked for a token.
    answer.csrf_exempt = True  # type: ignore[attr-defined]  # where Django looks for it
    return answer


def kept_page(view: View) -> View:
    """Make the page of readers without cookies once, for all of them, until an editor changes the catalogue.

    It is made anew after PAGES_KEPT_SECONDS at the latest, so that figures refreshed meanwhile are seen; and every day,
    because pages say what is stale. What has a query string is made each time: there is no end of those.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.PAGES_KEPT_SECONDS or request.META.get("QUERY_STRING") or is_personal(request):
            return view(request, *args, **kwargs)
        key = _key(request.path)
        content = _kept(key)
        if content is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            content = response.content
            _keep(key, content)
        etag = f'W/"{sha256(content).hexdigest()[:32]}"'
        response = HttpResponse(content, headers={"ETag": etag})
        return get_conditional_response(request, etag=etag, response=response) or response

    return answer


def _kept(key: str) -> bytes | None:
    """What is kept under the key. A cache that fails keeps nothing: the page can be made without it."""
    try:
        packed = caches["pages"].get(key)
    except Exception:
        logger.exception("The cache of pages cannot be read.")
        return None
    return zlib.decompress(packed) if packed else None


def _keep(key: str, content: bytes) -> None:
    try:
        caches["pages"].set(key, zlib.compress(content, level=1), settings.PAGES_KEPT_SECONDS)
    except Exception:
        logger.exception("The cache of pages cannot be written.")


def _key(path: str) -> str:
    """One key for each page, edition of the catalogue, set of static files, and day."""
    static = getattr(staticfiles_storage, "manifest_hash", "")
    parts = (path, str(Edition.objects.of_pages()), static, timezone.now().date().isoformat())
    return sha256("\n".join(parts).encode()).hexdigest()


def is_personal(request: HttpRequest) -> bool:
    """Whether the reader brings a cookie of ours, so that the page may hold what is meant for them alone."""
    return bool(request.COOKIES.keys() & PERSONAL_COOKIES)


def for_its_reader(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep a page that may be personal out of every shared cache; errors too, which caches like to keep."""
    patch_vary_headers(response, ["Cookie"])
    if is_personal(request):
        patch_cache_control(response, private=True, no_cache=True)
    return response


def page_of[Row](rows: QuerySet[Any] | Sequence[Row], number: str, size: int) -> Page[Row]:
    """Return one page of the rows; raise Http404 for what is no page of them."""
    if not number.isascii() or not number.isdigit() or len(number) > MAX_PAGE_DIGITS:
        raise Http404
    try:
        return Paginator(rows, size).page(int(number))
    except EmptyPage as error:
        raise Http404 from error
