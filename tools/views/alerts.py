"""What happened to tools: to all of them, or to those that a member follows."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tools.forms import AlertsForm
from tools.models import Alert
from tools.models.alert import AlertQuerySet
from tools.pages import for_its_reader, page_of, public_page

PAGE_SIZE = 30


@public_page
def alerts(request: HttpRequest) -> HttpResponse:
    """What happened to all tools."""
    return _list(request, Alert.objects.all(), "tools/alerts.html")


@require_safe
@login_required
def followed_alerts(request: HttpRequest) -> HttpResponse:
    """What happened to the tools that the member follows."""
    assert request.user.is_authenticated
    followed = Alert.objects.followed_by(request.user)
    return for_its_reader(request, _list(request, followed, "tools/followed_alerts.html"))


def _list(request: HttpRequest, rows: AlertQuerySet, template: str) -> HttpResponse:
    form = AlertsForm(request.GET)
    if not form.is_valid():
        return render(request, template, {"form": form}, status=400)
    selection = form.selection(request.path)
    page: Page[Alert] = page_of(selection.of(rows), request.GET.get("page", "1"), PAGE_SIZE)
    return render(request, template, {"form": form, "selection": selection, "page": page})
