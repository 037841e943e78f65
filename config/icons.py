"""What a browser or a telephone asks of a site it wants to put among its own things."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from tools.pages import public_page

# The colour of the header, in the light scheme.
THEME_COLOUR = "#ffffff"
PAPER = "#faf9f5"


@public_page
def favicon(request: HttpRequest) -> HttpResponse:
    """Where the icon is, for those who ask at the address of old."""
    return redirect(static("img/favicon.ico"), permanent=True)


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """The web application manifest: name, colours and icons for a home screen."""
    pictures = (
        ("img/favicon.svg", "any", "image/svg+xml", "any"),
        ("img/icon-192.png", "192x192", "image/png", "any"),
        ("img/icon-512.png", "512x512", "image/png", "any"),
        ("img/icon-maskable-512.png", "512x512", "image/png", "maskable"),
    )
    return JsonResponse(
        {
            "name": settings.SITE_NAME,
            "short_name": settings.SITE_NAME,
            "description": "Languages, frameworks, databases and services compared by facts.",
            "lang": "en-GB",
            "start_url": "/",
            "scope": "/",
            "display": "browser",
            "theme_color": THEME_COLOUR,
            "background_color": PAPER,
            "icons": [
                {"src": static(name), "sizes": sizes, "type": kind, "purpose": purpose}
                for name, sizes, kind, purpose in pictures
            ],
        },
        content_type="application/manifest+json",
    )
