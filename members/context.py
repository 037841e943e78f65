"""What every template may know of the reader who is a member."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from members.models import Notification


def unread(request: HttpRequest) -> dict[str, object]:
    """How many notifications the member has not read: asked of the database only where a page prints it."""
    return {
        "unread_count": SimpleLazyObject(lambda: Notification.objects.unread().filter(member=request.user.pk).count())
    }
