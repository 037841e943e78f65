"""A post's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from advice.models import Post
from advice.tally import tally
from advice.threads import threads
from tools.pages import public_page


@public_page
def post(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """A decision or a question, at the address that its title gives."""
    post = get_object_or_404(Post.objects.published().with_rows(), pk=pk)
    if post.slug != slug:
        return redirect(post, permanent=True)
    said = threads(post, request.user, request.GET.get("page", "1"))
    return render(request, "advice/post.html", {"post": post, "threads": said, "tally": tally(post)})
