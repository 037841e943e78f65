"""What becomes of posts once they are written: drafts, history, deletion."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from advice import limits
from advice.history import edits
from advice.models import Post, PostState, Revision
from advice.views.writing import own_post
from tools.pages import page_of, public_page
from tools.writing import back, member_writes

PAGE_SIZE = 10


@require_safe
@never_cache
@login_required
def drafts(request: HttpRequest) -> HttpResponse:
    """What the member has begun and not published."""
    assert request.user.is_authenticated
    mine = Post.objects.drafts_of(request.user)
    return render(request, "advice/drafts.html", {"drafts": mine, "most": limits.DRAFTS})


@public_page
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed in a post since others could read it, the latest first."""
    post = get_object_or_404(Post.objects.visible_to(request.user).with_rows(), pk=pk)
    page: Page[Revision] = page_of(post.revisions.all(), request.GET.get("page", "1"), PAGE_SIZE)
    return render(request, "advice/history.html", {"post": post, "page": page, "edits": edits(post, page)})


@member_writes("write", form=True)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a post from everybody, once its author has seen what goes and what stays."""
    gone = Post.objects.filter(pk=pk, author=request.user.pk, state=PostState.DELETED).first()
    post = gone if gone and request.method == "POST" else own_post(request, pk)
    if request.method == "POST":
        post.remove(timezone.now())
        messages.success(request, f"“{post.title}” is deleted.")
        return back(request, reverse("advice:drafts"))
    return render(request, "advice/delete.html", {"post": post, "is_draft": post.state == PostState.DRAFT})
