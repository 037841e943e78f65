"""Decisions out and in as Markdown Any Decision Records."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response

from advice.forms import DecisionForm, ImportForm
from advice.models import Post
from advice.records import exported, imported
from advice.views.writing import form_for, writing_page
from tools.pages import public_page
from tools.writing import member_writes


@public_page
def madr(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision as a Markdown file, to be kept beside the code it is about."""
    post = get_object_or_404(Post.objects.visible_to(request.user).with_rows(), pk=pk)
    if not post.is_decision:
        raise Http404
    text = exported(post).encode()
    etag = f'"{sha256(text).hexdigest()[:32]}"'
    headers = {"Content-Disposition": f'attachment; filename="{post.pk:04}-{post.slug}.md"', "ETag": etag}
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response


@member_writes("preview", form=True)
def import_record(request: HttpRequest) -> HttpResponse:
    """Fill the form for a decision from a record that is pasted or uploaded; nothing is kept yet."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        found = imported(form.cleaned_data["record"])
        filled = form_for(request, DecisionForm, **found.initial)
        return writing_page(request, filled, warnings=found.warnings, is_imported=True, unsaved=True)
    return render(request, "advice/import.html", {"form": form}, status=400 if form.is_bound else 200)
