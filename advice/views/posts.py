"""A post's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from advice.page import post_page, readable
from advice.readership import note_reading
from advice.tally import tally
from advice.threads import threads
from tools.pages import public_page


@public_page
def post(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """A decision or a question, at the address that its title gives."""
    post = get_object_or_404(readable().visible_to(request.user), pk=pk)
    if post.slug != slug:
        return redirect(post, permanent=True)
    page = post_page(post, request.user, timezone.now().date())
    said = threads(post, request.user, request.GET.get("page", "1"))
    if page.is_public:
        note_reading(request, post)
    counted = [] if post.is_decision else tally(post)
    return render(request, "advice/post.html", {"page": page, "post": post, "threads": said, "tally": counted})
