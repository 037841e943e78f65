"""What members say for and against tools, and their votes for it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from tools.forms import ContextForm, ReasonForm
from tools.models import Reason, ReasonState, ReasonVote, Tool
from tools.models.reason import WAITING_OF_NEWCOMERS
from tools.writing import address_digest, back, member_writes, wanted

THANKS = {
    ReasonState.SHOWN: "Thank you. Your reason is shown here from now on.",
    ReasonState.QUEUED: "Thank you. A moderator reads the first contributions of new members before others see them.",
    ReasonState.HIDDEN: "You said this before, and a moderator hid it.",
}
TOO_MANY = f"{WAITING_OF_NEWCOMERS} reasons of yours wait for a moderator already. Send this one when they are read."


@member_writes("write", form=True)
def new_reason(request: HttpRequest, slug: str) -> HttpResponse:
    """Say a pro or a con of a tool; whoever says what is there already is offered to vote for it."""
    assert request.user.is_authenticated
    tool = get_object_or_404(Tool, slug=slug)
    form = ReasonForm(_sent(request), initial={"side": request.GET.get("side", "")})
    there = None
    if form.is_valid():
        there = tool.reasons.saying(form.cleaned_data["text"])
        if there is None and not Reason.objects.may_suggest(request.user):
            form.add_error(None, TOO_MANY)
        elif there is None or there.is_of(request.user):
            reason = there or Reason.objects.suggest(request.user, tool, **form.cleaned_data)
            messages.success(request, THANKS[ReasonState(reason.state)])
            return redirect(reason if reason.state == ReasonState.SHOWN else tool)
    voted = ReasonVote.objects.by(request.user, [there]) if there else set()
    context = {"tool": tool, "form": form, "there": there, "voted": voted}
    return render(request, "tools/new_reason.html", context, status=_status(form, there))


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _status(form: ReasonForm, there: Reason | None) -> int:
    if there:
        return 409
    return 400 if form.errors else 200


@member_writes("vote")
def vote_reason(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a member's vote for a reason with what is said of it, or take it back."""
    assert request.user.is_authenticated
    reason = _voted_on(request, pk)
    if not wanted(request):
        reason.withdraw_vote(request.user)
        messages.success(request, "Your vote is taken back.")
        return back(request, reason.get_absolute_url())
    form = ContextForm(request.POST)
    if not form.is_valid():
        return _context_page(request, reason, form)
    reason.vote(request.user, address_digest(request), **form.said())
    messages.success(request, "Your vote is noted.")
    return back(request, reason.get_absolute_url())


@member_writes("vote", form=True)
def vote_context(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a vote rests on; whoever did not vote is led to where they can."""
    assert request.user.is_authenticated
    reason = _voted_on(request, pk)
    vote = reason.votes.filter(member=request.user).first()
    if vote is None:
        messages.warning(request, "Vote first; then you can say what your vote rests on.")
        return redirect(reason)
    form = ContextForm(_sent(request), instance=vote)
    if not form.is_valid():
        return _context_page(request, reason, form)
    reason.vote(request.user, **form.said())
    messages.success(request, "Thank you. It is told with the votes of others.")
    return redirect(reason)


def _voted_on(request: HttpRequest, pk: int) -> Reason:
    """A reason that this member may vote for."""
    reason = get_object_or_404(Reason.objects.shown().select_related("tool"), pk=pk)
    if reason.is_of(request.user):
        raise PermissionDenied("nobody votes for what they wrote")
    return reason


def _context_page(request: HttpRequest, reason: Reason, form: ContextForm) -> HttpResponse:
    context = {"reason": reason, "form": form}
    return render(request, "tools/vote_context.html", context, status=400 if form.errors else 200)
