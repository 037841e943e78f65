"""Stacks, to be searched and read. They are changed by their owners, and judged at the moderators' desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from stacks.models import Change, Domain, Pairing, Proposal, Stack, Suggestion, Use, Watch
from stacks.models.suggestion import SuggestionQuerySet
from tools.reading_admin import ReadingAdmin


@admin.register(Stack)
class StackAdmin(ReadingAdmin[Stack]):
    list_display = ["name", "kind", "owner", "visibility", "hidden_at", "tools_count", "changed_at", "at_the_desk"]
    list_filter = ["kind", "visibility", "size"]
    list_select_related = ["owner"]
    search_fields = ["name", "slug", "owner__username"]

    @admin.display(description="Moderation")
    def at_the_desk(self, row: Stack) -> str:
        """A link to the stack at the desk."""
        return format_html('<a href="{}?about=stack-{}">At the desk</a>', reverse("advice:desk"), row.pk)


@admin.register(Use)
class UseAdmin(ReadingAdmin[Use]):
    list_display = ["stack", "tool", "why", "since", "used_version", "added_at"]
    list_select_related = ["stack", "tool"]
    search_fields = ["stack__name", "tool__name", "why"]


@admin.register(Change)
class ChangeAdmin(ReadingAdmin[Change]):
    list_display = ["stack", "what", "tool", "happened_on"]
    list_filter = ["what"]
    list_select_related = ["stack", "tool"]
    search_fields = ["stack__name", "tool__name"]


@admin.register(Domain)
class DomainAdmin(ReadingAdmin[Domain]):
    list_display = ["name", "stack", "verified_at", "method", "checked_at", "due_at", "attempts", "problem"]
    list_filter = ["method"]
    list_select_related = ["stack"]
    search_fields = ["name", "stack__name"]
    exclude = ["token"]


@admin.register(Watch)
class WatchAdmin(ReadingAdmin[Watch]):
    list_display = ["member", "stack", "created_at"]
    list_select_related = ["member", "stack"]
    search_fields = ["member__username", "stack__name"]


@admin.register(Pairing)
class PairingAdmin(ReadingAdmin[Pairing]):
    list_display = ["tool", "other", "stacks_count", "support", "lift", "counted_at"]
    list_select_related = ["tool", "other"]
    search_fields = ["tool__name", "other__name"]


@admin.register(Proposal)
class ProposalAdmin(ReadingAdmin[Proposal]):
    list_display = ["member", "stack", "number", "created_at"]
    list_select_related = ["member", "stack"]
    search_fields = ["member__username"]

    @admin.display(description="Tools")
    def number(self, row: Any) -> int:
        """How many tools the scan found."""
        return len(row.slugs)


@admin.register(Suggestion)
class SuggestionAdmin(ReadingAdmin[Suggestion]):
    list_display = ["identifier", "offered_at", "settled_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter)]
    search_fields = ["identifier"]
    actions = ["settle"]

    @admin.action(description="Settle: a tool knows them now, or none shall")
    def settle(self, request: HttpRequest, queryset: SuggestionQuerySet) -> None:
        settled = queryset.waiting().update(settled_at=timezone.now())
        self.message_user(request, f"Settled: {settled}.")
