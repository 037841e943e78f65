from django.contrib import admin
from django.urls import path, register_converter

from tools.converters import SlugConverter
from tools.views import affiliations, alerts, browsing, following, history, operations, reasons, tool

register_converter(SlugConverter, "tool_slug")
app_name = "tools"
urlpatterns = [
    path("tools/", browsing.catalogue, name="catalogue"),
    path("tools/<tool_slug:slug>/", tool.tool, name="tool"),
    path("tools/<tool_slug:slug>/history/", history.history, name="history"),
    path("tools/<tool_slug:slug>/history.csv", history.history_csv, name="history_csv"),
    path("tools/<tool_slug:slug>/follow/", following.follow, name="follow"),
    path("tools/<tool_slug:slug>/reasons/new/", reasons.new_reason, name="new_reason"),
    path("reasons/<int:pk>/vote/", reasons.vote_reason, name="vote_reason"),
    path("reasons/<int:pk>/context/", reasons.vote_context, name="vote_context"),
    path("accounts/affiliations/", affiliations.affiliations, name="affiliations"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/following/", alerts.followed_alerts, name="followed_alerts"),
    path("admin/", admin.site.admin_view(operations.admin_index), name="admin_index"),
    path("admin/operations/", operations.operations, name="operations"),
    path("admin/operations/refresh/", operations.refresh_now, name="refresh_now"),
    path("categories/", browsing.categories, name="categories"),
    path("categories/<tool_slug:slug>/", browsing.category, name="category"),
]
