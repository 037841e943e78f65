"""Manifests uploaded or pasted, and what they say of a stack accepted line by line."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_protect

from stacks import accepting, limits, proposing
from stacks.forms import StackForm
from stacks.models import Edit, Stack, StackKind, Suggestion, TooManyStacksError, TooManyToolsError, Visibility
from stacks.proposing import Diff
from stacks.scanner.knowledge import known
from stacks.scanner.scanning import scan_manifests
from stacks.uploads import TOO_BIG, ScanForm, in_memory
from tools.models import Tool
from tools.writing import member_writes

TOO_MANY_TOOLS = f"A stack may hold {limits.TOOLS} tools: leave some out."
TOO_MANY_STACKS = "You keep as many stacks as you may. Choose one of them, or delete one first."
# Of a form that nobody typed.
MOST_LINES = 2 * limits.TOOLS


@member_writes("write", form=True)
def _too_big(request: HttpRequest) -> HttpResponse:
    """Say so; nothing was read."""
    return _form_page(request, ScanForm(stacks=own_stacks(request)), status=413, too_big=TOO_BIG)


@in_memory(_too_big)
@csrf_protect
@member_writes("write", form=True)
def scan(request: HttpRequest) -> HttpResponse:
    """Read manifests and show what they say; neither they nor what they say is kept."""
    stacks = own_stacks(request)
    if request.method != "POST":
        return _form_page(request, ScanForm(stacks=stacks, initial={"stack": _asked(request, stacks)}))
    form = ScanForm(request.POST, request.FILES, stacks=stacks)
    if not form.is_valid():
        return _form_page(request, form, status=400)
    stack = form.cleaned_data["stack"]
    found = scan_manifests(form.cleaned_data["manifests"], known())
    return diff_page(request, stack, proposing.of_scan(found, stack), reverse("stacks:accept"))


@member_writes("write")
def accept(request: HttpRequest) -> HttpResponse:
    """Keep the lines that were chosen."""
    return accepted(request, _stack(request), reverse("stacks:accept"))


@member_writes("write", form=True)
def undo(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """Take back what was accepted, once its owner has seen what that is."""
    stack = get_object_or_404(_own(request), owner__username=owner, slug=slug)
    said = request.POST if request.method == "POST" else request.GET
    after, until = _number(said.get("after", "")), _number(said.get("until", ""))
    came, went = accepting.undone(stack, after, until)
    if request.method != "POST":
        context = {"stack": stack, "came": came, "went": went, "after": after, "until": until}
        return render(request, "stacks/undo.html", context)
    done = accepting.accept(stack, went, came, timezone.now())
    messages.success(request, f"Taken back. {done.told}.")
    return redirect(stack)


def accepted(request: HttpRequest, stack: Stack | None, action: str) -> HttpResponse:
    """Change the stack, or begin one, as the form says; lead to it, with a way to take it back."""
    assert request.user.is_authenticated
    form = None if stack else StackForm(request.POST)
    if form and not form.is_valid():
        return _again(request, stack, action, form)
    take, leave = _tools(request, "take"), _tools(request, "leave")
    try:
        kept = stack or _begun(request, form, take)
        done = accepting.accept(kept, take, leave, timezone.now())
    except TooManyToolsError:
        return _again(request, stack, action, form, TOO_MANY_TOOLS)
    except TooManyStacksError:
        return _again(request, stack, action, form, TOO_MANY_STACKS)
    offered = Suggestion.objects.offer(request.POST.getlist("suggest"))
    _tell(request, kept, done, offered)
    return redirect(kept)


def diff_page(
    request: HttpRequest, stack: Stack | None, diff: Diff, action: str, status: int = 200, **more: Any
) -> HttpResponse:
    """Everything that could change, to be chosen line by line."""
    usual = {"kind": StackKind.PROJECT, "visibility": Visibility.PUBLIC, "form_token": uuid4()}
    form = None if stack else more.pop("form", None) or StackForm(initial=usual)
    asked = [form[name] for name in ("name", "kind", "visibility")] if form else []
    context = {"stack": stack, "diff": diff, "action": action, "form": form, "asked": asked, "limits": limits}
    return render(request, "stacks/diff.html", context | more, status=status)


def own_stacks(request: HttpRequest) -> list[Stack]:
    """The member's own; one query."""
    return list(_own(request))


def _own(request: HttpRequest) -> Any:
    return Stack.objects.filter(owner=request.user.pk).with_owner()


def _form_page(request: HttpRequest, form: ScanForm, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "stacks/scan.html", {"form": form, "limits": limits, **more}, status=status)


def _asked(request: HttpRequest, stacks: Sequence[Stack]) -> str:
    """The stack that the address names, by its slug."""
    return next((str(stack.pk) for stack in stacks if stack.slug == request.GET.get("stack")), "")


def _stack(request: HttpRequest) -> Stack | None:
    """The member's stack that the form is about; None for a new one. Raise Http404 for what is not theirs."""
    key = request.POST.get("stack", "")
    return get_object_or_404(_own(request), pk=_number(key)) if key else None


def _begun(request: HttpRequest, form: StackForm | None, take: Sequence[Tool]) -> Stack:
    """The stack that this form makes, without tools: sent again, the one that it made before."""
    assert form is not None
    assert request.user.is_authenticated
    said = form.cleaned_data
    if len(take) > limits.TOOLS:
        raise TooManyToolsError
    edit = Edit({name: said[name] for name in ("name", "kind", "size", "link", "description")}, said["visibility"])
    return Stack.begin(request.user, said["form_token"], edit, timezone.now())


def _again(
    request: HttpRequest, stack: Stack | None, action: str, form: StackForm | None, problem: str = ""
) -> HttpResponse:
    """The page with what was ticked, and what speaks against it."""
    pairs = (line.partition(" ") for line in request.POST.getlist("offered")[:MOST_LINES])
    proofs = {slug: said[: proposing.LONGEST_PROOF] for slug, _, said in pairs if "\0" not in slug}
    taken, dropped = (frozenset(request.POST.getlist(name)) for name in ("take", "leave"))
    unknown = request.POST.getlist("suggest")[: proposing.UNKNOWN_SHOWN]
    diff = proposing.as_sent(proofs, taken, dropped, stack, unknown)
    return diff_page(request, stack, diff, action, status=400, form=form, problem=problem, suggested=unknown)


def _tools(request: HttpRequest, name: str) -> list[Tool]:
    slugs = tuple(slug for slug in request.POST.getlist(name)[:MOST_LINES] if "\0" not in slug)
    return list(Tool.objects.among(slugs))


def _number(text: str) -> int:
    """A primary key as an address says it; 0, which nothing has, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _tell(request: HttpRequest, stack: Stack, done: accepting.Accepted, offered: int) -> None:
    thanks = " Thank you for the names: an editor looks at them." if offered else ""
    if not done.added and not done.dropped:
        messages.success(request, f"{done.told}.{thanks}")
        return
    undo_url = reverse("stacks:undo", args=[stack.owner.username, stack.slug])
    address = f"{undo_url}?after={done.after}&until={done.until}"
    messages.success(request, format_html('{}.{} <a href="{}">Take it back</a>', done.told, thanks, address))
