"""How the refresh of figures is doing, in the look of the admin, and the button that asks about some tools now."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tools import operations as figures
from tools.models import Repository
from tools.models.repository import RepositoryQuerySet
from tools.words import listed
from tools.writing import member_writes

MOST_TOOLS = 50


class RefreshForm(forms.Form):
    """Which tools to ask about, by their slugs, apart by commas or spaces."""

    tools = forms.CharField(
        label="Tools",
        max_length=2_000,
        help_text=f"Their slugs as in their addresses, up to {MOST_TOOLS}, apart by commas: flask, django",
        error_messages={"required": "Name at least one tool, such as flask."},
    )

    def clean_tools(self) -> RepositoryQuerySet:
        """Their repositories; whoever has none is named."""
        slugs = list(dict.fromkeys(self.cleaned_data["tools"].replace(",", " ").lower().split()))
        if len(slugs) > MOST_TOOLS:
            raise ValidationError(f"Name at most {MOST_TOOLS} tools at a time, not {len(slugs)}.")
        found = Repository.objects.filter(tool__slug__in=slugs)
        known = set(found.values_list("tool__slug", flat=True))
        if missing := [slug for slug in slugs if slug not in known]:
            raise ValidationError(f"No tool with a repository has the slug {listed(missing, 'or')}.")
        return found


@require_safe
@never_cache
def operations(request: HttpRequest) -> HttpResponse:
    """What each host was asked and answered, what is due, and what failed."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    _check(request, "tools.view_repository")
    return _answer(request, RefreshForm())


@member_writes("moderate")
def refresh_now(request: HttpRequest) -> HttpResponse:
    """Put some tools' repositories first in the queue; the worker asks about them within a minute."""
    _check(request, "tools.change_repository")
    form = RefreshForm(request.POST)
    if not form.is_valid():
        return _answer(request, form, status=422)
    count = form.cleaned_data["tools"].ask_now()
    messages.success(request, figures.put_first(count))
    return HttpResponseRedirect(reverse("tools:operations"))


@require_safe
@never_cache
def admin_index(request: HttpRequest) -> HttpResponse:
    """The admin's first page, with what is wrong with the figures above it."""
    sees = request.user.has_perm("tools.view_repository")
    states = figures.host_states(timezone.now()) if sees else []
    return admin.site.index(request, {"troubles": [said for state in states for said in state.troubles]})


def _check(request: HttpRequest, permission: str) -> None:
    if not (request.user.is_staff and request.user.has_perm(permission)):
        raise PermissionDenied


def _answer(request: HttpRequest, form: RefreshForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    told = {
        **admin.site.each_context(request),
        "title": "Refreshing figures",
        "now": now,
        "is_on": settings.REFRESH,
        "states": figures.host_states(now),
        "failures": figures.failures(),
        "runs": figures.newest_runs(),
        "form": form,
    }
    return render(request, "admin/operations.html", told, status=status)
