from django.urls import path, register_converter

from tools import views
from tools.converters import SlugConverter

register_converter(SlugConverter, "tool_slug")
app_name = "tools"
urlpatterns = [
    path("tools/", views.catalogue, name="catalogue"),
    path("tools/<tool_slug:slug>/", views.tool, name="tool"),
    path("categories/", views.categories, name="categories"),
    path("categories/<tool_slug:slug>/", views.category, name="category"),
]
