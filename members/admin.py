"""Members as moderators and editors see them, and their webhooks without what is secret."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Model
from django.http import HttpRequest

from members.models import Delivery, Member, Webhook


@admin.register(Member)
class MemberAdmin(UserAdmin[Member]):
    list_display = ["username", "email", "is_staff", "is_active", "date_joined", "last_login"]
    search_fields = ["username", "email"]
    fieldsets = [
        (None, {"fields": ["username", "email", "password"]}),
        ("Rights", {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["username", "email", "password1", "password2"]})]


class ReadOnlyAdmin[Row: Model](admin.ModelAdmin[Row]):
    """Looked at, never written: members do that themselves."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin[Webhook]):
    """Their hosts alone: a whole address may be as secret as a secret."""

    list_display = ["member", "host", "failures", "disabled_at", "created_at"]
    fields = ["member", "host", "failures", "disabled_at", "created_at"]
    list_select_related = ["member"]
    list_filter = ["disabled_at"]
    search_fields = ["member__username"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin[Delivery]):
    list_display = ["key", "host", "attempts", "answer", "created_at", "due_at", "done_at", "given_up_at"]
    fields = ["key", "host", "uuid", "attempts", "answer", "created_at", "due_at", "done_at", "given_up_at"]
    list_select_related = ["webhook"]
    list_filter = ["done_at", "given_up_at"]

    @admin.display(description="host")
    def host(self, row: Delivery) -> str:
        return row.webhook.host
