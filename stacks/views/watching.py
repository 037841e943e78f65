"""Watching a stack."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from stacks.models import Watch
from stacks.views.stack import readable
from tools.writing import back, member_writes, wanted


@member_writes("vote")
def watch(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """Have a member hear of what happens to the tools of a stack, or not."""
    assert request.user.is_authenticated
    stack = readable(request, owner, slug)
    if wanted(request):
        Watch.objects.watch(request.user, stack)
        messages.success(request, f"You watch {stack.name} now: you hear what happens to its tools.")
    else:
        Watch.objects.unwatch(request.user, stack)
        messages.success(request, f"You no longer watch {stack.name}.")
    return back(request, stack.get_absolute_url())
