"""Where stacks are written, copied and deleted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stacks import limits
from stacks.forms import Desk
from stacks.models import Stack, StaleError, TooManyStacksError, TooManyToolsError
from tools.fields import known
from tools.writing import member_writes

MOST_NAMED = 50


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The member's own stacks, unlisted and hidden ones too; two queries."""
    stacks = Stack.objects.filter(owner=request.user.pk).with_owner()
    return render(request, "stacks/mine.html", {"stacks": stacks, "most": limits.STACKS})


@member_writes("write", form=True)
def new(request: HttpRequest) -> HttpResponse:
    """Write a stack; `?tool=` names what it holds."""
    if request.method != "POST":
        tools, _ = known(request.GET.getlist("tool")[:MOST_NAMED])
        return _page(request, Desk.with_tools(tools))
    desk = Desk.sent(request.POST, _year())
    if not desk.is_valid():
        return _page(request, desk, status=400)
    return _begin(request, desk)


@member_writes("write", form=True)
def edit(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """Change a stack; a tool that the form does not name stays as it is."""
    stack = own_stack(request, owner, slug)
    if request.method != "POST":
        return _page(request, Desk.of(stack))
    desk = Desk.sent(request.POST, _year(), stack)
    if not desk.is_valid():
        return _page(request, desk, status=400)
    return _change(request, desk, stack)


@member_writes("preview")
def lines(request: HttpRequest) -> HttpResponse:
    """Show the form as it was filled in, with a line for each tool that is to be added; nothing is kept."""
    number = request.POST.get("stack", "")
    if number and not (number.isascii() and number.isdigit() and len(number) < 10):
        raise SuspiciousOperation("no form of ours says so")
    stack = get_object_or_404(_own(request), pk=int(number)) if number else None
    return _page(request, Desk.with_more(request.POST, _year(), stack), unsaved=True)


@member_writes("write")
def fork(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """Give the member a copy of their own; once they have one, lead to it."""
    assert request.user.is_authenticated
    readable = Stack.objects.readable_by(request.user)
    stack = get_object_or_404(readable, owner__username__iexact=owner, slug=slug)
    try:
        copy = stack.fork(request.user, timezone.now())
    except TooManyStacksError:
        messages.error(request, _too_many(request))
        return redirect("stacks:mine")
    messages.success(request, f"This copy of “{stack.name}” is yours. Nobody finds it until you make it public.")
    return redirect("stacks:edit", request.user.username, copy.slug)


@member_writes("write", form=True)
def delete(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """Delete a stack, once its owner has seen what goes and what stays."""
    assert request.user.is_authenticated
    is_own = request.user.username.lower() == owner.lower()
    if request.method == "POST" and is_own and not _own(request).filter(slug=slug).exists():
        return redirect("stacks:mine")
    stack = own_stack(request, owner, slug)
    if request.method == "POST":
        stack.remove()
        messages.success(request, f"“{stack.name}” is deleted.")
        return redirect("stacks:mine")
    return render(request, "stacks/delete.html", {"stack": stack, "forks": stack.forks.count()})


def own_stack(request: HttpRequest, owner: str, slug: str) -> Stack:
    """The stack with its uses, if it is this member's; of others' they may know that it is there and not change it."""
    readable = Stack.objects.readable_by(request.user).with_owner().with_uses()
    stack = get_object_or_404(readable, owner__username__iexact=owner, slug=slug)
    if stack.owner_id != request.user.pk:
        raise PermissionDenied
    return stack


def _own(request: HttpRequest) -> Any:
    return Stack.objects.filter(owner=request.user.pk).with_owner().with_uses()


def _begin(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep what a new form says. Sent again, it leads to the same stack, and with other words to a change of that."""
    assert request.user.is_authenticated
    try:
        stack = Stack.begin(request.user, desk.form.cleaned_data["form_token"], desk.edit(), timezone.now())
    except TooManyStacksError:
        desk.form.add_error(None, _too_many(request))
        return _page(request, desk, status=400)
    stack = _own(request).get(pk=stack.pk)
    if not stack.says(desk.edit()):
        return _stale(request, desk, stack)
    return _done(request, stack)


def _change(request: HttpRequest, desk: Desk, stack: Stack) -> HttpResponse:
    if stack.says(desk.edit()):
        return _done(request, stack)
    try:
        stack.rewrite(desk.form.cleaned_data["version"] or 0, desk.edit(), timezone.now())
    except StaleError:
        return _stale(request, desk, stack)
    except TooManyToolsError:
        desk.form.add_error("add", f"A stack may hold {limits.TOOLS} tools: leave some out.")
        return _page(request, desk, status=400)
    return _done(request, stack)


def _stale(request: HttpRequest, desk: Desk, stack: Stack) -> HttpResponse:
    """Show what was typed beside what was kept meanwhile; sent again, it goes on top of that."""
    data = request.POST.copy()
    data["version"] = str(stack.version)
    again = Desk.sent(data, _year(), stack)
    again.is_valid()
    return _page(request, again, status=409, kept=Desk.of(stack).unlike(desk.edit()), is_stale=True)


def _page(request: HttpRequest, desk: Desk, status: int = 200, **more: Any) -> HttpResponse:
    context = {"desk": desk, "form": desk.form, "stack": desk.stack, "unsaved": desk.form.is_bound, "limits": limits}
    return render(request, "stacks/write.html", context | more, status=status)


def _done(request: HttpRequest, stack: Stack) -> HttpResponse:
    messages.success(request, "Everybody finds it now." if stack.is_listed else "It is kept, unlisted.")
    return redirect(stack)


def _too_many(request: HttpRequest) -> str:
    assert request.user.is_authenticated
    if request.user.is_newcomer:
        return (
            f"You keep {limits.STACKS_OF_NEWCOMERS} stacks, which is the most until a moderator has let something "
            "of yours through. Change one of them, or delete it first."
        )
    return f"You keep {limits.STACKS} stacks, which is the most. Delete one first."


def _year() -> int:
    return timezone.now().year
