"""The directory of stacks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stacks.models import Stack
from tools.pages import page_of, public_page

PAGE_SIZE = 30


@public_page
def directory(request: HttpRequest) -> HttpResponse:
    """Who uses what."""
    page = page_of(Stack.objects.listed().with_owner(), request.GET.get("page", "1"), PAGE_SIZE)
    return render(request, "stacks/directory.html", {"page": page})
