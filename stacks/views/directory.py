"""The directory of stacks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stacks.browsing import Browsing, rows
from tools.pages import public_page


@public_page
def directory(request: HttpRequest) -> HttpResponse:
    """Who uses what, filtered and paged."""
    browsing = Browsing(request.GET)
    if not browsing.is_valid:
        return render(request, "stacks/directory.html", {"browsing": browsing}, status=400)
    page = browsing.page(request.GET.get("page", "1"))
    return render(request, "stacks/directory.html", {"browsing": browsing, "page": page, "rows": rows(list(page))})
