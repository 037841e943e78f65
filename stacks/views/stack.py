"""The page of one stack."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from stacks.models import Stack
from tools.pages import public_page


@public_page
def stack(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """What a company, project or person uses."""
    readable = Stack.objects.readable_by(request.user).with_owner().with_uses()
    row = get_object_or_404(readable, owner__username__iexact=owner, slug=slug.lower())
    if (row.owner.username, row.slug) != (owner, slug):
        return redirect(row, permanent=True)
    return render(request, "stacks/stack.html", {"stack": row})
