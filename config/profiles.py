"""A member's profile: who they say they are, and what they wrote."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from advice.models import Comment, PostState
from advice.rows import listed, post_rows
from members.models import Member
from members.profiles import ProfileForm
from stacks.browsing import rows as stack_rows
from stacks.models import Stack
from tools import markdown
from tools.pages import page_of, public_page
from tools.writing import member_writes

PAGE_SIZE = 20
EXCERPT = 220
STACKS = 5
POSTS, COMMENTS = "posts", "comments"


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as the profile lists it."""

    comment: Comment
    excerpt: str


@public_page
def profile(request: HttpRequest, username: str) -> HttpResponse:
    """Who a member is, under the name as they write it, and what they wrote and use: seven queries."""
    member = get_object_or_404(Member.objects.filter(is_active=True), username__iexact=username)
    if member.username != username:
        return redirect(member, permanent=True)
    part = request.GET.get("show", POSTS)
    if part not in (POSTS, COMMENTS):
        raise Http404
    rows = _posts(member) if part == POSTS else _comments(member)
    page: Page[Any] = page_of(rows, request.GET.get("page", "1"), PAGE_SIZE)
    stacks = list(Stack.objects.listed().filter(owner=member).with_owner()[: STACKS + 1])
    context = {
        "stacks": stack_rows(stacks[:STACKS]),
        "has_more_stacks": len(stacks) > STACKS,
        "member": member,
        "part": part,
        "page": page,
        "rows": post_rows(list(page), timezone.now().date()) if part == POSTS else _said(page),
        "ties": member.affiliations.select_related("tool"),
        "is_own": request.user == member,
        "is_found": part == POSTS and page.paginator.count > 0,
    }
    return render(request, "members/profile.html", context)


def _posts(member: Member) -> QuerySet[Any]:
    return listed(member.posts.published().newest())


def _comments(member: Member) -> QuerySet[Comment]:
    shown = member.comments.shown().filter(post__state=PostState.PUBLISHED)
    return shown.select_related("post").order_by("-created_at", "-pk")


def _said(comments: Page[Comment]) -> list[Said]:
    return [Said(comment, markdown.plain(comment.body, EXCERPT)) for comment in comments]


@member_writes("write", form=True)
def edit_profile(request: HttpRequest) -> HttpResponse:
    """Let a member say who they are."""
    assert request.user.is_authenticated
    # Of the form, which changes the row it is given: the page's header goes on naming the member as they are.
    member = Member.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=member)
    if form.is_valid():
        form.save()
        messages.success(request, "Your profile is saved.")
        return redirect(member)
    return render(request, "members/profile_form.html", {"form": form}, status=400 if form.is_bound else 200)
