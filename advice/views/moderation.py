"""What everybody may ask of moderators and know of what they did: reports, the rules, the public log."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from advice import limits
from advice.models import Act, Grounds, Report, kind_of, seen_by_all
from advice.models.about import SUBJECTS
from advice.moderation_forms import ReportForm
from tools.models.voting import NEW_FOR, RING, RING_WITHIN
from tools.pages import page_of, public_page
from tools.writing import member_writes

ACTS = 50
"""Acts on a page of the log."""
NAMES = {"post": "post", "comment": "comment", "reason": "line about a tool", "stack": "stack", "member": "member"}


@member_writes("report", form=True)
def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Report a thing; afterwards, the same address says what becomes of the report."""
    if kind not in SUBJECTS:
        raise Http404
    subject = get_object_or_404(seen_by_all(kind), pk=pk)
    told = {"subject": subject, "kind": kind, "name": NAMES[kind]}
    if _is_own(request, subject):
        return render(request, "advice/report.html", {**told, "own": True}, status=403)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _send(request, subject, form)
    sent = Report.objects.open().about(subject).filter(reporter=request.user.pk).first()
    return render(request, "advice/report.html", {**told, "sent": sent, "form": form})


def _is_own(request: HttpRequest, subject: Any) -> bool:
    author = subject.pk if kind_of(subject) == "member" else subject.author_id
    return bool(author == request.user.pk)


def _send(request: HttpRequest, subject: Any, form: ReportForm) -> HttpResponse:
    assert request.user.is_authenticated
    said = form.cleaned_data
    if Report.objects.send(request.user, subject, said["grounds"], said["text"]):
        messages.success(request, "Thank you. A moderator will look at it.")
    else:
        messages.info(request, "You reported this already.")
    return redirect("advice:report", kind_of(subject), subject.pk)


@public_page
def moderation(request: HttpRequest) -> HttpResponse:
    """The rules, and what moderators did, without names."""
    page: Page[Act] = page_of(Act.objects.with_subject(), request.GET.get("page", "1"), ACTS)
    rules = {
        "limits": limits,
        "ring": RING,
        "ring_minutes": int(RING_WITHIN.total_seconds()) // 60,
        "new_days": NEW_FOR.days,
        "grounds": Grounds.labels,
    }
    return render(request, "advice/moderation.html", {"page": page, "acts": page.object_list, **rules})
