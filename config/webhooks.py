"""Pages of a member's webhooks: which there are, what became of their messages, and what their owner does to them."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.delivering import wire
from members.models import Delivery, Member, Webhook
from members.models.webhook import MOST_WEBHOOKS
from members.retries import MOST_GIVEN_UP, TRIES
from members.webhooks import SendTestForm, WebhookForm
from tools.pages import page_of
from tools.writing import member_writes

PER_PAGE = 20


def _own(request: HttpRequest, pk: int) -> Webhook:
    """The member's webhook; raise Http404 where it is another's or nobody's."""
    return get_object_or_404(Webhook, pk=pk, member=request.user)


@require_safe
@never_cache
@login_required
def webhooks(request: HttpRequest) -> HttpResponse:
    """The member's webhooks, and how to receive messages."""
    rows = list(Webhook.objects.filter(member=cast("Member", request.user)).with_latest())
    limits = {"most": MOST_WEBHOOKS, "tries": TRIES, "most_given_up": MOST_GIVEN_UP}
    return render(request, "members/webhooks.html", {"webhooks": rows, "full": len(rows) >= MOST_WEBHOOKS, **limits})


@require_safe
@never_cache
@login_required
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook with its messages of late, the newest first."""
    row = _own(request, pk)
    page: Page[Delivery] = page_of(row.deliveries.all(), request.GET.get("page", "1"), PER_PAGE)
    return render(
        request, "members/webhook.html", {"webhook": row, "page": page, "test": SendTestForm(), "tries": TRIES}
    )


@member_writes("write", form=True)
def new_webhook(request: HttpRequest) -> HttpResponse:
    """Add a webhook, and show the secret that was made for it."""
    data = request.POST if request.method == "POST" else None
    form = WebhookForm(data, member=cast("Member", request.user), wire=wire())
    row = form.add_webhook() if form.is_valid() else None
    if row is not None:
        return _secret_page(request, row)
    return render(request, "members/webhook_form.html", {"form": form}, status=400 if form.is_bound else 200)


@member_writes("write")
def webhook_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the secret, once more."""
    return _secret_page(request, _own(request, pk))


@member_writes("write")
def renew_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Put another secret in the place of the one that the form was made for, and show it."""
    row = _own(request, pk)
    row.renew_secret(request.POST.get("seen", ""))
    return _secret_page(request, row)


@member_writes("write")
def send_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message that says it is a test."""
    row = _own(request, pk)
    if row.disabled_at:
        messages.error(request, "Nothing was sent, for this webhook is disabled. Enable it first.")
    else:
        row.send_test(SendTestForm(request.POST).token())
        messages.success(request, "A test is on its way, and arrives within a minute.")
    return redirect(row)


@member_writes("write")
def enable_webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the webhook told again."""
    row = _own(request, pk)
    row.enable()
    messages.success(request, "Enabled. It is told what happens from now on.")
    return redirect(row)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def delete_webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a webhook, once its owner said so; open to suspended members, who may stop what they are sent."""
    if request.method == "POST" and not Webhook.objects.filter(pk=pk).exists():
        return redirect("members:webhooks")
    row = _own(request, pk)
    if request.method != "POST":
        return render(request, "members/delete_webhook.html", {"webhook": row})
    row.delete()
    messages.success(request, "The webhook is deleted.")
    return redirect("members:webhooks")


def _secret_page(request: HttpRequest, row: Webhook) -> HttpResponse:
    return render(request, "members/webhook_secret.html", {"webhook": row})
