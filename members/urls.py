from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    path("members/<str:username>/", views.profile, name="profile"),
]
