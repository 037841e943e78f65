"""A post's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from advice.models import Comment, Post
from tools.pages import public_page


@public_page
def post(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """A decision or a question, at the address that its title gives."""
    post = get_object_or_404(Post.objects.published().with_rows(), pk=pk)
    if post.slug != slug:
        return redirect(post, permanent=True)
    return render(request, "advice/post.html", {"post": post})


@public_page
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to where a comment stands on its post's page."""
    comment = get_object_or_404(Comment.objects.select_related("post"), pk=pk)
    return redirect(f"{comment.post.get_absolute_url()}#{comment.anchor}")
