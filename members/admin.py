"""Members as moderators and editors see them."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from members.models import Member


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
