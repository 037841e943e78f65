"""Where the owner of a stack proves whose it is, by a domain."""

from django import forms
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from stacks.domain_names import domain_name
from stacks.models import Domain, Stack
from stacks.views.writing import own_stack
from tools.writing import member_writes

CLAIM, CHECK, REMOVE = "claim", "check", "remove"


class DomainForm(forms.Form):
    """Which domain."""

    use_required_attribute = False

    name = forms.CharField(
        label="Domain",
        max_length=300,
        help_text="Such as example.org. What is verified is shown beside the stack’s name.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Name a domain."},
    )

    def clean_name(self) -> str:
        """The domain's name as the name service knows it."""
        name = domain_name(self.cleaned_data["name"])
        if name is None:
            raise ValidationError("This is no domain’s name. Write it as example.org, without https:// and paths.")
        return name


@member_writes("write", form=True)
def domain(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """Claim a domain, ask that it be looked at now, or give it up; the worker looks, no request does."""
    stack = own_stack(request, owner, slug)
    if request.method != "POST":
        return _page(request, stack, DomainForm())
    wish = request.POST.get("do", CLAIM)
    if wish not in (CLAIM, CHECK, REMOVE):
        raise SuspiciousOperation("no button of ours says so")
    form = DomainForm(request.POST)
    if wish == CLAIM and not form.is_valid():
        return _page(request, stack, form, status=400)
    _do(request, stack, wish, form)
    return redirect("stacks:domain", stack.owner.username, stack.slug)


def _do(request: HttpRequest, stack: Stack, wish: str, form: DomainForm) -> None:
    now = timezone.now()
    if wish == CLAIM:
        claimed = Domain.objects.claim(stack, form.cleaned_data["name"], now)
        said = "You verified this domain already: it counts here too." if claimed.is_verified else "Now prove it."
        messages.success(request, said)
    elif wish == CHECK:
        Domain.objects.filter(stack=stack).look_now(now)
        messages.info(request, "We look within the next two minutes. Then open this page again.")
    else:
        Domain.objects.filter(stack=stack).delete()
        messages.success(request, "The stack names no domain any more.")


def _page(request: HttpRequest, stack: Stack, form: DomainForm, status: int = 200) -> HttpResponse:
    row = Domain.objects.filter(stack=stack).first()
    return render(request, "stacks/domain.html", {"stack": stack, "domain": row, "form": form}, status=status)
