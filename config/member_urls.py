"""Addresses under the name of members: their own, and pages about them that compose several apps."""

from django.urls import path

from config import profiles, your_data
from members import urls

app_name = urls.app_name
urlpatterns = [
    path("members/<str:username>/", profiles.profile, name="profile"),
    path("accounts/profile/", profiles.edit_profile, name="edit_profile"),
    path("accounts/data/", your_data.your_data, name="your_data"),
    path("accounts/data/archive/", your_data.download, name="download"),
    path("accounts/data/delete/", your_data.delete_account, name="delete_account"),
    *urls.urlpatterns,
]
