"""Addresses under the name of members: their own, and pages about them that compose several apps."""

from django.urls import path, register_converter

from config import profiles, your_data
from members import urls
from members.usernames import UsernameConverter

register_converter(UsernameConverter, "username")
app_name = urls.app_name
urlpatterns = [
    path("members/<username:username>/", profiles.profile, name="profile"),
    path("accounts/profile/", profiles.edit_profile, name="edit_profile"),
    path("accounts/data/", your_data.your_data, name="your_data"),
    path("accounts/data/archive/", your_data.download, name="download"),
    path("accounts/data/delete/", your_data.delete_account, name="delete_account"),
    *urls.urlpatterns,
]
