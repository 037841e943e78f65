"""Votes for posts and comments, and the wish to hear of a post's comments."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from advice.models import Comment, Post, PostState, Subscription
from tools.writing import address_digest, back, member_writes, wanted


@member_writes("vote")
def vote_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a member's vote for a post, or take it back."""
    return _vote(request, get_object_or_404(Post.objects.published(), pk=pk))


@member_writes("vote")
def vote_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a member's vote for a comment, or take it back."""
    shown = Comment.objects.shown().filter(post__state=PostState.PUBLISHED)
    return _vote(request, get_object_or_404(shown, pk=pk))


def _vote(request: HttpRequest, row: Post | Comment) -> HttpResponse:
    assert request.user.is_authenticated
    if row.is_of(request.user):
        raise PermissionDenied("nobody votes for what they wrote")
    if wanted(request):
        row.vote(request.user, address_digest(request))
        messages.success(request, "Your vote is noted.")
    else:
        row.withdraw_vote(request.user)
        messages.success(request, "Your vote is taken back.")
    return back(request, row.get_absolute_url())


@member_writes("vote")
def subscribe(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a member hear of new comments on a post, or not."""
    assert request.user.is_authenticated
    post = get_object_or_404(Post.objects.published(), pk=pk)
    hears = wanted(request)
    Subscription.objects.state(request.user, post, wanted=hears)
    messages.success(request, "You will hear of new comments here." if hears else "You will hear no more from here.")
    return back(request, post.get_absolute_url())
