"""What every template may know."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The site's name and addresses, how its operators are reached, and this page's canonical address."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "repository_url": settings.REPOSITORY_URL,
        "canonical_url": f"{settings.SITE_URL}{request.path}",
    }
