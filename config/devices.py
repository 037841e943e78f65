"""Pages about the programs that act for a member: letting one in by its code, and which there are."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members.entering import CodeForm
from members.models import AccessToken, Member
from members.models.access import MOST_TOKENS
from tools.writing import member_writes

OTHERWISE = "You had decided otherwise before, and that holds. Have the program ask again."


@member_writes("device_code", form=True)
def device(request: HttpRequest) -> HttpResponse:
    """Take the code that a program shows, say what the program may do, and let it in or keep it out."""
    member = cast("Member", request.user)
    if request.method != "POST":
        return _asking(request, CodeForm(initial={"code": request.GET.get("code", "")[:20]}, member=member))
    form = CodeForm(request.POST, member=member)
    if not form.is_valid():
        return _asking(request, form, status=400)
    match request.POST.get("do"):
        case "allow":
            done = form.login.approve(member, timezone.now())
            said = f"“{form.login}” may share scans for you. It notices in a few seconds."
        case "refuse":
            done = form.login.deny(member, timezone.now())
            said = f"“{form.login}” was kept out."
        case _:
            return render(request, "members/device_confirm.html", {"form": form, "login": form.login})
    messages.add_message(request, *((messages.SUCCESS, said) if done else (messages.ERROR, OTHERWISE)))
    return redirect("members:devices")


def _asking(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    return render(request, "members/device.html", {"form": form}, status=status)


@require_safe
@never_cache
@login_required
def devices(request: HttpRequest) -> HttpResponse:
    """The programs that may act for the member."""
    tokens = AccessToken.objects.valid(timezone.now()).filter(member=cast("Member", request.user))
    return render(request, "members/devices.html", {"tokens": tokens, "most": MOST_TOKENS})


@require_POST
@never_cache
@login_required
def revoke_device(request: HttpRequest, pk: int) -> HttpResponse:
    """End what a program may do; open to suspended members too, and repeated, it changes nothing."""
    AccessToken.objects.filter(pk=pk, member=cast("Member", request.user)).delete()
    messages.success(request, "The program can act for you no more.")
    return redirect("members:devices")
