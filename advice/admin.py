"""What members write, to be searched and read. It is changed by its authors, and judged at the moderators' desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from advice.models import AboutOne, Act, Comment, Outcome, Post, PostTool, Report, kind_of
from tools.reading_admin import ReadingAdmin

SUBJECT = ["post", "comment__post", "reason__tool", "stack__owner", "member"]


class PostsAdmin[Row: Model](ReadingAdmin[Row]):
    """Rows of what members wrote, with the way to their moderation."""

    @admin.display(description="Moderation")
    def at_the_desk(self, row: Any) -> str:
        """A link to the thing at the desk."""
        key = row.key if isinstance(row, AboutOne) else f"{kind_of(row)}-{row.pk}"
        return format_html('<a href="{}?about={}">At the desk</a>', reverse("advice:desk"), key)


class PostToolInline(admin.TabularInline[PostTool, Post]):
    model = PostTool
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[PostTool]:
        return super().get_queryset(request).select_related("post", "tool")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Post)
class PostAdmin(PostsAdmin[Post]):
    list_display = ["title", "kind", "state", "author", "published_at", "votes_count", "comments_count", "at_the_desk"]
    list_filter = ["state", "kind"]
    list_select_related = ["author"]
    search_fields = ["title", "author__username"]
    date_hierarchy = "published_at"
    inlines = [PostToolInline]
    exclude = ["context_html", "why_html", "consequences_html"]


@admin.register(Comment)
class CommentAdmin(PostsAdmin[Comment]):
    list_display = ["__str__", "state", "author", "post", "created_at", "votes_count", "at_the_desk"]
    list_filter = ["state", "is_answer"]
    list_select_related = ["author", "post"]
    search_fields = ["body", "author__username", "post__title"]
    date_hierarchy = "created_at"
    exclude = ["html"]


@admin.register(Outcome)
class OutcomeAdmin(PostsAdmin[Outcome]):
    list_display = ["post", "months", "result", "on"]
    list_filter = ["result"]
    list_select_related = ["post"]
    search_fields = ["post__title", "post__author__username"]


class AboutAdmin[Row: AboutOne](PostsAdmin[Row]):
    """Reports and acts, each with what it is about."""

    @admin.display(description="About")
    def about(self, row: Row) -> str:
        """The thing's kind, and how it begins."""
        return f"{row.subject_kind}: {row.subject}"


@admin.register(Report)
class ReportAdmin(AboutAdmin[Report]):
    list_display = ["about", "grounds", "text", "reporter", "created_at", "closed_at", "at_the_desk"]
    list_filter = ["grounds"]
    list_select_related = [*SUBJECT, "reporter"]
    search_fields = ["text", "reporter__username", "post__title", "comment__body", "reason__text", "member__username"]
    date_hierarchy = "created_at"


@admin.register(Act)
class ActAdmin(AboutAdmin[Act]):
    list_display = ["about", "deed", "grounds", "note", "moderator", "done_at", "at_the_desk"]
    list_filter = ["deed", "grounds"]
    list_select_related = [*SUBJECT, "moderator"]
    search_fields = ["note", "moderator__username", "post__title", "comment__body", "reason__text", "member__username"]
    date_hierarchy = "done_at"
