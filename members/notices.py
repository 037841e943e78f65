"""Pages of what a member is told, and of the mail about it.

They are open to suspended members too: who may not write must still hear why, and be able to stop mail.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.models import MailPreference, Member, Notification
from members.posting import reachable
from members.preferences import MailForm
from members.unsubscribing import BadLinkError, read, unsubscribe

PER_PAGE = 30


class MemberRequest(HttpRequest):
    """The request of a reader who is logged in."""

    user: Member


@require_safe
@never_cache
@login_required
def notifications(request: MemberRequest) -> HttpResponse:
    """What the member was told, the newest first."""
    rows = Notification.objects.filter(member=request.user)
    try:
        page = Paginator(rows, PER_PAGE).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
    newest = rows.order_by("-pk").values_list("pk", flat=True).first()
    return render(request, "members/notifications.html", {"page": page, "newest": newest})


@require_POST
@never_cache
@login_required
def mark_read(request: MemberRequest) -> HttpResponse:
    """Mark one notification as read and lead to where it points, or all that the member has seen the list of."""
    theirs = Notification.objects.filter(member=request.user)
    if "one" in request.POST:
        row = get_object_or_404(theirs, pk=_number(request, "one"))
        theirs.filter(pk=row.pk).mark_read(timezone.now())
        return redirect(row.url)
    theirs.filter(pk__lte=_number(request, "until")).mark_read(timezone.now())
    messages.success(request, "Everything is marked as read.")
    return redirect("members:notifications")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def mail(request: MemberRequest) -> HttpResponse:
    """How often the member wants mail, kind by kind."""
    member = request.user
    form = MailForm(request.POST or None, initial=MailPreference.objects.of(member))
    if request.method == "POST" and form.is_valid():
        MailPreference.objects.state(member, form.wanted())
        messages.success(request, "Saved. Mail comes as often as you chose.")
        return redirect("members:mail")
    reached = reachable(timezone.now()).filter(pk=member.pk).first()
    return render(request, "members/mail.html", {"form": form, "reached": reached})


@csrf_exempt  # the signed link is the secret; mail programmes send the form without a cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mail of the kinds a link names: asked on GET, for mail scanners open links, done on POST."""
    try:
        member, kinds = read(token)
    except BadLinkError:
        return render(request, "members/unsubscribe_unknown.html", status=404)
    if request.method == "POST":
        unsubscribe(member, kinds)
    done = request.method == "POST"
    return render(request, "members/unsubscribe.html", {"kinds": [kind.label for kind in kinds], "done": done})


def _number(request: HttpRequest, name: str) -> int:
    """The number of a row in the form; raise BadRequest for anything else."""
    text = request.POST.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > len(str(2**62)):
        raise BadRequest(f"“{name}” is to be the number of a notification.")
    return int(text)
