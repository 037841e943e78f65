"""How the admin shows what is written on the site itself."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest


class ReadingAdmin[Row: Model](admin.ModelAdmin[Row]):
    """Rows that the admin shows and does not change: what counts them would not hear of it."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        """Nobody changes one here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        """Nobody deletes one here."""
        return False
