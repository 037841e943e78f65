"""What the command line sent: accepted line by line, or thrown away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from stacks import proposing
from stacks.models import Proposal, Stack
from stacks.views.scanning import accepted, diff_page, own_stacks
from tools.writing import member_writes


@member_writes("write", form=True)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a scan found to the member who sent it; then keep the chosen lines, or throw it away."""
    row = Proposal.objects.filter(pk=pk).first()
    if row is None and request.method == "POST":
        messages.info(request, "This scan was dealt with before.")
        return redirect("stacks:mine")
    row = get_object_or_404(Proposal, pk=pk, member=request.user.pk)
    stacks = own_stacks(request)
    asked = request.POST.get("stack") if request.method == "POST" else request.GET.get("stack")
    stack = _meant(stacks, row, asked)
    if request.method != "POST":
        diff = proposing.of_slugs(row.slugs, stack)
        address = reverse("stacks:proposal", args=[pk])
        return diff_page(request, stack, diff, address, proposal=row, stacks=stacks)
    if request.POST.get("do") == "discard":
        row.delete()
        messages.success(request, "The scan is thrown away. Nothing changed.")
        return redirect("stacks:mine")
    response = accepted(request, stack, request.path)
    if response.status_code == 302:
        row.delete()
    return response


def _meant(stacks: list[Stack], row: Proposal, asked: str | None) -> Stack | None:
    """The stack that was asked for, or that the scan was sent for; None for a new one."""
    key = str(row.stack_id or "") if asked is None else asked
    return next((stack for stack in stacks if str(stack.pk) == key), None)
