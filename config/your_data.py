"""What is a member's own: all they gave as one file, and the way out.

Suspended members may have both: whoever may not write may still leave.
"""

from tempfile import SpooledTemporaryFile
from typing import IO, cast

from allauth.account.decorators import reauthentication_required
from allauth.core.ratelimit import consume, respond_429
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.archive import write_archive
from config.leaving import Words, is_needed, leave
from members.models import Member

# Bytes of an archive that needs no file.
IN_MEMORY = 1_000_000


class LeaveForm(forms.Form):
    """What becomes of the words, and the username once more so that nobody leaves by a slip."""

    words = forms.ChoiceField(label="What you wrote", choices=Words, widget=forms.RadioSelect)
    username = forms.CharField(
        label="Your username", max_length=40, help_text="Type it to say that you mean it.", widget=forms.TextInput
    )

    def __init__(self, data: object, *, member: Member) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # what a request sent, or None
        self.member = member
        self.fields["username"].widget.attrs.update(autocomplete="off", autocapitalize="none", spellcheck="false")

    def clean_username(self) -> str:
        """The member's own."""
        username: str = self.cleaned_data["username"]
        if username.casefold() != self.member.username.casefold():
            raise ValidationError(f"That is not your username, which is {self.member.username}.")
        return username


@require_safe
@never_cache
@login_required
def your_data(request: HttpRequest) -> HttpResponse:
    """What is stored, the file with all of it, and the way out."""
    return render(request, "members/your_data.html")


@require_POST
@never_cache
@login_required
def download(request: HttpRequest) -> HttpResponseBase:
    """Everything the member gave, as a zip."""
    if not consume(request, action="archive", user=request.user):
        return cast("HttpResponse", respond_429(request))
    # On disk where it is large, and gone when the response is sent.
    file = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  # the response closes it
    member = _member(request)
    write_archive(member, file)
    file.seek(0)
    name = f"{member.username}-{timezone.now():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def delete_account(request: HttpRequest) -> HttpResponse:
    """Delete the member's account, once they showed who they are and typed their name."""
    member = _member(request)
    form = LeaveForm(request.POST if request.method == "POST" else None, member=member)
    if is_needed(member):
        return render(request, "members/needed.html", status=403)
    if form.is_valid():
        leave(member, Words(form.cleaned_data["words"]))
        logout(request)
        messages.success(request, "Your account is deleted.")
        return redirect("home")
    return render(request, "members/delete_account.html", {"form": form}, status=400 if form.is_bound else 200)


def _member(request: HttpRequest) -> Member:
    assert request.user.is_authenticated
    return request.user
