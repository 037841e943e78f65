"""What became of a decision, and what came of a question."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from advice import telling
from advice.forms import ChoiceForm, RevisitForm
from advice.models import Outcome, Post, PostState, Result, Role
from advice.views.writing import own_post
from tools.fields import written
from tools.models import Tool
from tools.writing import back, member_writes


@member_writes("write", form=True)
def revisit(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what became of a decision; `?correct=` says that the latest told is to be changed."""
    post = _own_published(request, pk, is_decision=True)
    now = timezone.now()
    told = list(Outcome.objects.filter(post=post).answered().select_related("tool", "replaced_by"))
    latest = Outcome.objects.latest_told(post)
    corrected = _corrected(request, latest)
    form = _revisit_form(request, post, [one for one in told if one != corrected], corrected, now.date())
    if request.method == "POST" and form.is_valid() and _may_be_told(form, told, latest, corrected, now):
        return _tell(request, post, corrected, form.told(), now)
    context = {
        "post": post,
        "form": form,
        "told": told,
        "corrected": corrected,
        "latest": latest if latest is not None and latest.can_be_corrected(now) else None,
        "is_over": _is_over(told) and corrected is None,
    }
    return render(request, "advice/revisit.html", context, status=400 if form.is_bound else 200)


@member_writes("write", form=True)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which tools were chosen in the end, as the asker of a question."""
    post = _own_published(request, pk, is_decision=False)
    recommended, chosen = post.recommended_tools(), post.tools_in(Role.CHOSEN)
    others = [tool for tool in chosen if tool not in recommended]
    initial = {"recommended": [tool.pk for tool in chosen], "others": written(others)}
    sent = request.POST if request.method == "POST" else None
    form = ChoiceForm(sent, recommended=recommended, initial=initial)
    if request.method == "POST" and form.is_valid():
        post.choose(form.cleaned_data["tools"])
        messages.success(request, "Your choice is kept.")
        return back(request, post.get_absolute_url())
    context = {"post": post, "form": form, "recommended": recommended}
    return render(request, "advice/choose.html", context, status=400 if form.is_bound else 200)


def _own_published(request: HttpRequest, pk: int, *, is_decision: bool) -> Post:
    """The decision or question, if this reader wrote it; what nobody else sees yet has not come to anything."""
    post = own_post(request, pk)
    if post.is_decision != is_decision or post.state != PostState.PUBLISHED:
        raise Http404
    return post


def _corrected(request: HttpRequest, latest: Outcome | None) -> Outcome | None:
    """What is to be changed, where the reader wants that."""
    asked = request.GET.get("correct", "") or request.POST.get("correct", "")
    if asked and (latest is None or asked != str(latest.pk)):
        raise SuspiciousOperation("only what was told last can be corrected")
    return latest if asked else None


def _revisit_form(
    request: HttpRequest, post: Post, before: list[Outcome], corrected: Outcome | None, today: date
) -> RevisitForm:
    """The form, which takes nothing for a day before the one told of last."""
    # Sent again, the form names the tool that it said was replaced the first time.
    gone = {outcome.tool_id for outcome in (before[:-1] if request.method == "POST" else before)}
    known: dict[str, Any] = {
        "chosen": [tool for tool in post.tools_in(Role.CHOSEN) if tool.pk not in gone],
        "earliest": before[-1].on if before else post.decided_on or post.created_at.date(),
        "today": today,
    }
    if request.method == "POST":
        return RevisitForm(request.POST, **known)
    return RevisitForm(initial=_as_told(corrected) if corrected else {"on": today}, **known)


def _may_be_told(
    form: RevisitForm, told: list[Outcome], latest: Outcome | None, corrected: Outcome | None, now: datetime
) -> bool:
    """Whether there is anything to tell; else the form says why not. What is told already may be sent again."""
    if latest is not None and latest.says(form.told()):
        return True
    if corrected and not corrected.can_be_corrected(now):
        form.add_error(None, "That was told more than a day ago and stays. Tell what came after it instead.")
    elif not corrected and _is_over(told):
        form.add_error(None, "You told that the project ended: there is nothing more to tell.")
    return not form.errors


def _as_told(outcome: Outcome) -> dict[str, Any]:
    by: list[Tool] = [outcome.replaced_by] if outcome.replaced_by else []
    return {
        "result": outcome.result,
        "tool": outcome.tool_id,
        "replaced_by": written(by),
        "why": outcome.why,
        "on": outcome.on,
    }


def _tell(
    request: HttpRequest, post: Post, corrected: Outcome | None, told: dict[str, Any], now: datetime
) -> HttpResponse:
    if corrected is None:
        telling.outcome_told(Outcome.revisit(post, told, now))
    elif not corrected.says(told):
        corrected.tell(**told, now=now)
    messages.success(request, "Thank you: others learn from how it went.")
    return redirect(post)


def _is_over(told: list[Outcome]) -> bool:
    return any(outcome.result == Result.ENDED for outcome in told)
