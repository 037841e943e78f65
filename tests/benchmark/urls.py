"""The unit of every ratio: an answer of 30 KB that is there already."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as of_the_site

BODY = b"x" * 30_000


def raw(request: HttpRequest) -> HttpResponse:
    """30 KB without a template or a query."""
    return HttpResponse(BODY)


urlpatterns = [path("raw/", raw), *of_the_site]
