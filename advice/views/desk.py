"""The moderators' desk, in the look of the admin: what waits, and the one address that acts are sent to."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from advice import telling
from advice.desk.items import Item, items
from advice.desk.waiting import Key, waiting
from advice.models import Act, Deed, StaleError
from advice.moderation_forms import ActForm
from tools.pages import page_of
from tools.writing import back, member_writes

THINGS = 10
"""Things on a page of the desk."""
LATEST = 10
"""Latest acts beneath it, to look at again."""
DAYS = 7
"""Days of suspension that a form offers."""


@require_safe
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for moderators, what has waited longest first; or with `about=post-12` that thing alone."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    _check(request)
    if "about" in request.GET:
        return _answer(request, [_item(request.GET["about"])])
    page = page_of(waiting(), request.GET.get("page", "1"), THINGS)
    return _answer(request, items(page.object_list), page=page)


@member_writes("moderate")
def act(request: HttpRequest) -> HttpResponse:
    """Do what a moderator decided about a thing, if it still is as they saw it."""
    _check(request)
    form = ActForm(request.POST)
    valid = form.is_valid()
    if "thing" in form.errors or "seen" in form.errors or "deed" in form.errors:
        return HttpResponse("This form is not one of ours.", status=400, content_type="text/plain")
    item = _item(form.cleaned_data["thing"])
    if not valid:
        return _answer(request, [item], typed=form, status=422)
    _take(request, item, form.cleaned_data)
    return back(request, reverse("advice:desk"))


def _check(request: HttpRequest) -> None:
    if not (request.user.is_staff and request.user.has_perm("advice.moderate")):
        raise PermissionDenied


def _item(thing: str) -> Item:
    kind, _, number = thing.partition("-")
    key: Key = (kind, int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0)
    found = items([key])
    if not found:
        raise Http404
    return found[0]


def _take(request: HttpRequest, item: Item, said: dict[str, Any]) -> None:
    assert request.user.is_authenticated
    deed = Deed(said["deed"])
    chosen = {"grounds": said["grounds"], "note": said["note"], "days": said["days"] or 0}
    try:
        with transaction.atomic():
            done = Act.objects.take(request.user, deed, item.subject, said["seen"], timezone.now(), **chosen)
            telling.moderated(done)
            if done.post and deed == Deed.APPROVE:
                telling.post_published(done.post)
    except StaleError:
        messages.warning(request, f"Nothing done: something was decided about it already. {item.what}")
    except ValueError:
        messages.warning(request, f"Nothing done: this cannot be done to it now. {item.what}")
    else:
        messages.success(request, f"{deed.label.capitalize()}. {item.what}")


def _answer(
    request: HttpRequest, shown: list[Item], *, page: Any = None, typed: ActForm | None = None, status: int = 200
) -> HttpResponse:
    told = {
        **admin.site.each_context(request),
        "title": "Moderation",
        "things": [(item, *_forms(item, typed)) for item in shown],
        "page": page,
        "latest": Act.objects.with_subject().select_related("moderator")[:LATEST],
    }
    return render(request, "admin/desk.html", told, status=status)


def _forms(item: Item, typed: ActForm | None) -> tuple[ActForm | None, ActForm | None]:
    """The form about the thing and the form about its author; a form that was refused stands as it was sent."""
    record = item.record
    own = None if item.kind == "member" else _form(item.key, item.seen, item.likely_ground, typed)
    return own, _form(f"member-{record.member.pk}", record.seen, item.likely_ground, typed) if record else None


def _form(thing: str, seen: str, ground: str, typed: ActForm | None) -> ActForm:
    if typed is not None and typed.cleaned_data.get("thing") == thing:
        return typed
    initial = {"thing": thing, "seen": seen, "grounds": ground, "days": DAYS}
    return ActForm(initial=initial, auto_id=f"%s-{thing}")
