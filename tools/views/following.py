"""Following a tool."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tools.models import Follow, Tool
from tools.writing import back, member_writes, wanted


@member_writes("vote")
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Have a member hear of a tool, or not."""
    assert request.user.is_authenticated
    tool = get_object_or_404(Tool, slug=slug)
    if wanted(request):
        Follow.objects.follow(request.user, tool)
        messages.success(request, f"You follow {tool.name} now.")
    else:
        Follow.objects.unfollow(request.user, tool)
        messages.success(request, f"You no longer follow {tool.name}.")
    return back(request, tool.get_absolute_url())
