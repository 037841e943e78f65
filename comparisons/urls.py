from django.urls import path

from comparisons import views

app_name = "comparisons"
urlpatterns = [
    path("compare/", views.picker, name="picker"),
    path("compare/<str:address>/", views.comparison, name="comparison"),
    path("compare/<str:address>/embed.html", views.embed, name="embed"),
    path("tools/<tool_slug:slug>/alternatives/", views.alternatives, name="alternatives"),
]
