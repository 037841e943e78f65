"""Members' pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from members.models import Member


@require_safe
def profile(request: HttpRequest, username: str) -> HttpResponse:
    """Who a member is, under the name as they write it."""
    member = get_object_or_404(Member.objects.filter(is_active=True), username__iexact=username)
    if member.username != username:
        return redirect(member, permanent=True)
    return render(request, "members/profile.html", {"member": member})
