"""What is said to a post: where a comment stands, and saying, changing and deleting one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from advice import limits, telling
from advice.forms.comments import CommentForm, EditForm
from advice.models import Comment, CommentState, Post, PostState, StaleError
from advice.threads import label, page_holding
from tools.pages import public_page
from tools.writing import member_writes

STALE = (
    "You changed this comment elsewhere since you opened the form. Below is what it says now; send again to replace it."
)


@public_page
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to where a comment stands on its post's page."""
    posts = Post.objects.visible_to(request.user)
    comment = get_object_or_404(Comment.objects.filter(post__in=posts).select_related("post", "root"), pk=pk)
    number = page_holding(comment)
    page = f"?page={number}" if number > 1 else ""
    return redirect(f"{comment.post.get_absolute_url()}{page}#{comment.anchor}")


@member_writes("write", form=True)
def new_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on a post, answer a question, or reply to a comment."""
    assert request.user.is_authenticated
    post = get_object_or_404(Post.objects.published(), pk=pk)
    parent = _parent(request, post)
    form = CommentForm(_sent(request), post=post, author=request.user, now=timezone.now(), parent=parent)
    if form.is_valid():
        said = form.say()
        telling.comment_said(said)
        messages.success(request, "Your answer is here." if said.is_answer else "Your comment is here.")
        return redirect(said)
    context = {"post": post, "parent": parent, "parent_label": label(parent) if parent else "", "form": form}
    return render(request, "advice/comment_form.html", context, status=400 if form.is_bound else 200)


@member_writes("write", form=True)
def edit_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own comment, for a while."""
    comment, now = _own(request, pk), timezone.now()
    form = EditForm(_sent(request), comment=comment, now=now)
    if not comment.can_be_edited(now):
        return _too_late(request, comment)
    if form.is_valid():
        try:
            comment.edit(form.cleaned_data["version"], form.cleaned_data["body"], now)
        except StaleError:
            return _stale(request, comment, form)
        telling.comment_said(comment)
        messages.success(request, "Your comment is changed.")
        return redirect(comment)
    return render(
        request, "advice/comment_edit.html", {"comment": comment, "form": form}, status=400 if form.is_bound else 200
    )


@member_writes("write", form=True)
def delete_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own comment away for good, once that was confirmed."""
    comment = _own(request, pk, gone=request.method == "POST")
    if request.method != "POST":
        return render(request, "advice/comment_delete.html", {"comment": comment})
    comment.remove()
    messages.success(request, "Your comment is deleted.")
    return redirect(comment)


def _sent(request: HttpRequest) -> dict[str, str] | None:
    """What was sent, where something was."""
    return request.POST.dict() if request.method == "POST" else None


def _parent(request: HttpRequest, post: Post) -> Comment | None:
    """The comment that `?parent=` names, where it names one; raise Http404 where nobody sees such a comment."""
    asked = request.GET.get("parent")
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    shown = Comment.objects.shown().filter(post=post).select_related("author", "root")
    return get_object_or_404(shown, pk=int(asked))


def _own(request: HttpRequest, pk: int, *, gone: bool = False) -> Comment:
    """A comment of the reader on a post that is seen; one that is deleted too, where `gone`.

    Raises Http404 for what nobody sees and PermissionDenied for what is somebody else's.
    """
    states = [CommentState.SHOWN, CommentState.DELETED] if gone else [CommentState.SHOWN]
    seen = Comment.objects.filter(state__in=states, post__state=PostState.PUBLISHED)
    comment = get_object_or_404(seen.select_related("post", "author"), pk=pk)
    if not comment.is_of(request.user):
        raise PermissionDenied("this is somebody else's comment")
    return comment


def _too_late(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Say that the time for changes is over, and hand the words back."""
    context = {"comment": comment, "text": request.POST.get("body", comment.body), "minutes": limits.EDIT_MINUTES}
    return render(request, "advice/comment_closed.html", context, status=403)


def _stale(request: HttpRequest, comment: Comment, form: EditForm) -> HttpResponse:
    """Keep what was typed beside what the comment says now; the same text sent twice is no conflict."""
    typed = form.cleaned_data["body"]
    comment.refresh_from_db()
    if not comment.can_be_edited(form.now):
        return _too_late(request, comment)
    if comment.body == typed:
        return redirect(comment)
    again = EditForm({"body": typed, "version": comment.version}, comment=comment, now=form.now)
    again.add_error(None, STALE)
    return render(request, "advice/comment_edit.html", {"comment": comment, "form": again, "stale": True}, status=409)
