"""What ties a member to vendors, as they declare it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tools.forms import AffiliationForm
from tools.models import Affiliation, Tool
from tools.writing import member_writes, wanted


@member_writes("write", form=True)
def affiliations(request: HttpRequest) -> HttpResponse:
    """The member's ties with tools' vendors: declare one, withdraw one."""
    assert request.user.is_authenticated
    form = AffiliationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not wanted(request):
        tool = get_object_or_404(Tool, slug=request.POST.get("tool", ""))
        Affiliation.objects.withdraw(request.user, tool)
        messages.success(request, f"Withdrawn: nothing ties you to the vendor of {tool.name}.")
        return redirect("tools:affiliations")
    if form.is_valid():
        Affiliation.objects.declare(request.user, form.cleaned_data["tool"], form.cleaned_data["role"])
        messages.success(request, f"Declared for {form.cleaned_data['tool'].name}. Your votes there are counted apart.")
        return redirect("tools:affiliations")
    declared = Affiliation.objects.filter(member=request.user).select_related("tool")
    context = {"form": form, "affiliations": declared}
    return render(request, "tools/affiliations.html", context, status=400 if form.errors else 200)
