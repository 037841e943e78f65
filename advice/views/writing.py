"""Where decisions and questions are written and changed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from advice import limits, screening, telling, versions
from advice.forms import DecisionForm, QuestionForm, WritingForm
from advice.models import Post, PostState, Revision, Role, StaleError, TooManyDraftsError
from advice.models.post import PARTS
from advice.rendering import rendered
from tools.fields import known, written
from tools.writing import member_writes

DRAFT, PUBLISH, SAVE = "draft", "publish", "save"
FORMS: dict[str, type[WritingForm]] = {form.kind: form for form in (DecisionForm, QuestionForm)}
MOST_NAMED = 5
TOO_MANY_DRAFTS = (
    f"You keep {limits.DRAFTS} drafts already, which is the most. Publish this one, or delete another first."
)


@member_writes("write", form=True)
def new_decision(request: HttpRequest) -> HttpResponse:
    """Write a decision; `?tool=` names what was chosen, `?question=` the own question that it answers."""
    return _new(request, DecisionForm)


@member_writes("write", form=True)
def new_question(request: HttpRequest) -> HttpResponse:
    """Ask for advice; `?tool=` names what it is about."""
    return _new(request, QuestionForm)


@member_writes("write", form=True)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft or a post; what others may have seen is kept in its history."""
    post = own_post(request, pk)
    form = form_for(request, FORMS[post.kind], post)
    if request.method != "POST":
        return writing_page(request, form, post)
    if not form.is_valid() or _is_objected_to(request, form, post):
        return writing_page(request, form, post, status=400)
    try:
        _change(post, form)
    except StaleError:
        return _stale(request, form, _read(post.pk))
    return _done(request, post)


@member_writes("preview")
def preview(request: HttpRequest) -> HttpResponse:
    """Show what the form says as readers will see it, above the form; with `fragment` alone, for the script."""
    kind, number = FORMS.get(request.POST.get("kind", "")), request.POST.get("post", "")
    if kind is None or not (number == "" or (number.isascii() and number.isdigit())):
        raise SuspiciousOperation("such a form is not shown anywhere")
    post = own_post(request, int(number)) if number else None
    if "fragment" in request.POST:
        return render(request, "advice/write.html#preview", {"preview": _preview(request)})
    return writing_page(request, form_for(request, kind, post), post, preview=_preview(request))


def own_post(request: HttpRequest, pk: int) -> Post:
    """The post, if this reader wrote it: of others' readers may know that it is there and not change it."""
    post = get_object_or_404(Post.objects.visible_to(request.user).with_rows(), pk=pk)
    if not post.is_of(request.user):
        raise PermissionDenied
    return post


def form_for(request: HttpRequest, kind: type[WritingForm], post: Post | None = None, **initial: Any) -> WritingForm:
    """The form as it was sent, else as the post fills it, else with what is known already."""
    assert request.user.is_authenticated
    known_already: dict[str, Any] = {"author": request.user, "today": timezone.now().date(), "post": post}
    if request.method == "POST" and not initial:
        return kind(request.POST, publishing=_wish(request) == PUBLISH, **known_already)
    return kind(initial=kind.filled(post) if post else kind.fresh() | initial, **known_already)


def writing_page(
    request: HttpRequest, form: WritingForm, post: Post | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The page with the form; what is typed and not kept yet is marked, so that the script can warn."""
    address = reverse("advice:edit", args=[post.pk]) if post else reverse(f"advice:new_{form.kind}")
    context = {"form": form, "post": post, "address": address, "is_draft": not post or post.state == PostState.DRAFT}
    return render(request, "advice/write.html", {**context, "unsaved": form.is_bound, **more}, status=status)


def _new(request: HttpRequest, kind: type[WritingForm]) -> HttpResponse:
    if request.method != "POST":
        return writing_page(request, form_for(request, kind, **_told_by_address(request, kind)))
    form = form_for(request, kind)
    if not form.is_valid():
        return writing_page(request, form, status=400)
    return _begin(request, form)


def _told_by_address(request: HttpRequest, kind: type[WritingForm]) -> dict[str, Any]:
    """What stands in the fields because of the address that led here."""
    tools, _ = known(request.GET.getlist("tool")[:MOST_NAMED])
    told: dict[str, Any] = {kind.ROLES[0]: written(tools)}
    number = request.GET.get("question", "")
    if kind is DecisionForm and number.isascii() and number.isdigit():
        told |= _told_by_question(own_post(request, int(number)))
    return told


def _told_by_question(question: Post) -> dict[str, Any]:
    chosen = question.tools_in(Role.CHOSEN)
    others = dict.fromkeys([*question.recommended_tools(), *question.tools_in(Role.ABOUT)])
    considered = [tool for tool in others if tool not in chosen][: limits.CONSIDERED]
    return {
        "question": question.pk,
        "title": question.title,
        "context": question.context,
        Role.CHOSEN: written(chosen),
        Role.CONSIDERED: written(considered),
    }


def _begin(request: HttpRequest, form: WritingForm) -> HttpResponse:
    """Keep what a new form says. Sent again, it leads to the same post, and with other words to a change of that."""
    made = {name: form.cleaned_data.get(name) for name in ("form_token", "question")}
    sent = Post.objects.filter(author=request.user.pk, form_token=made["form_token"]).first()
    if sent and sent.state == PostState.DELETED:
        form = _with(request, form, form_token=form.fresh()["form_token"])
        return _refused(request, form, "You deleted what this form was sent for. Send it again to write it anew.")
    if _is_objected_to(request, form, sent):
        return writing_page(request, form, status=400)
    now = timezone.now()
    post = Post(kind=form.kind, author=form.author, **made)
    try:
        post = Post.begin(post, form.texts(), form.roles(), publish_at=now if form.publishing else None)
    except TooManyDraftsError:
        return _refused(request, form, TOO_MANY_DRAFTS)
    if not post.says(form.texts(), form.roles()):
        return _stale(request, form, _read(post.pk))
    if form.publishing:
        post.publish(now)
    return _done(request, post)


def _is_objected_to(request: HttpRequest, form: WritingForm, post: Post | None) -> bool:
    """Put into the form what speaks against showing this to others; a draft may say anything."""
    if not form.publishing:
        return False
    told = screening.problems(form.author, screening.post_text(form.texts()), timezone.now(), besides=post)
    if post is None or post.state == PostState.DRAFT:
        told += screening.waiting_problems(form.author)
    for sentence in told:
        form.add_error(None, sentence)
    return bool(told)


def _change(post: Post, form: WritingForm) -> None:
    """Write what the form says, unless the post says it already; publish a draft where that is wished."""
    now, seen = timezone.now(), form.cleaned_data["version"] or 0
    with transaction.atomic():
        if not post.says(form.texts(), form.roles()):
            if post.state == PostState.DRAFT:
                post.rewrite(seen, form.texts(), form.roles())
            else:
                post.edit(seen, form.texts(), form.roles(), now)
        if form.publishing:
            post.publish(now)


def _stale(request: HttpRequest, form: WritingForm, post: Post) -> HttpResponse:
    """Show what was typed beside what was kept meanwhile; sent again, it goes on top of that."""
    seen = Revision.objects.filter(post=post, version=form.cleaned_data["version"] or 0).first()
    now_kept = versions.of_post(post)
    typed = versions.of_form(form.texts(), form.roles())
    changes = versions.changes(versions.of_revision(seen), now_kept) if seen else versions.changes(now_kept, typed)
    form = _with(request, form, version=str(post.version))
    form.post = post
    return writing_page(request, form, post, status=409, changes=changes, is_since=seen is not None, is_stale=True)


def _refused(request: HttpRequest, form: WritingForm, sentence: str) -> HttpResponse:
    form.add_error(None, sentence)
    return writing_page(request, form, status=400)


def _with(request: HttpRequest, form: WritingForm, **hidden: Any) -> WritingForm:
    """The form as it was sent, but for these fields."""
    data = request.POST.copy()
    for name, value in hidden.items():
        data[name] = str(value)
    return type(form)(data, author=form.author, today=form.today, post=form.post, publishing=form.publishing)


def _done(request: HttpRequest, post: Post) -> HttpResponse:
    telling.post_published(post)
    if post.state == PostState.DRAFT:
        messages.success(request, "The draft is kept. Nobody else sees it.")
        return redirect("advice:edit", post.pk)
    if post.state == PostState.QUEUED:
        messages.success(request, "It waits for a moderator, as first posts do. You will hear when it is let through.")
    else:
        messages.success(request, "Everybody can read it now." if post.version == 1 else "Your changes are kept.")
    return redirect(post)


def _read(pk: int) -> Post:
    return Post.objects.with_rows().get(pk=pk)


def _wish(request: HttpRequest) -> str:
    """What is to be done with the form; to press Enter in a field is to keep a draft, or changes."""
    wish = request.POST.get("do", DRAFT)
    if wish not in (DRAFT, PUBLISH, SAVE):
        raise SuspiciousOperation("no button of ours says so")
    return wish


def _preview(request: HttpRequest) -> dict[str, Any]:
    """Title and parts as they will be read, cut where they are too long to be kept."""
    texts = {part: request.POST.get(part, "")[: limits.BODY] for part in PARTS}
    html = dict(zip(texts, rendered(*texts.values()), strict=True))
    parts = [(versions.PARTS[part], html[part]) for part, text in texts.items() if text.strip()]
    return {"title": request.POST.get("title", "")[: limits.TITLE], "parts": parts}
