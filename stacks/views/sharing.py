"""A stack shown elsewhere: a badge, a page for a frame, a picture for links."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import conditional_page

from stacks import sharing
from stacks.models import Use
from stacks.views.stack import readable
from tools.pages import FRAMED, public_page


@conditional_page
@public_page
def badge(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """How many tools the stack has, as a small drawing."""
    stack = readable(request, owner, slug)
    context = {"stack": stack, "badge": sharing.badge(stack)}
    return render(request, "stacks/badge.svg", context, content_type="image/svg+xml; charset=utf-8")


@csp_override(FRAMED)
@xframe_options_exempt
@conditional_page
@public_page
def embed(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """The stack as a page that others show in a frame of theirs."""
    stack = readable(request, owner, slug)
    context = {"stack": stack, "line": sharing.line(stack), "uses": Use.objects.filter(stack=stack).with_tools()}
    return render(request, "stacks/embed.html", context)


@public_page
def card(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """The picture that is shown beside a link to the stack."""
    said = sharing.card(readable(request, owner, slug))
    etag = f'"{sharing.digest(repr(said))}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    return HttpResponse(sharing.picture(said), content_type="image/png", headers={"ETag": etag})
