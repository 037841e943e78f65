"""Addresses under the name of members: their own, and pages about them that compose several apps."""

from django.urls import path, register_converter

from config import devices, profiles, webhooks, your_data
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
    path("accounts/webhooks/", webhooks.webhooks, name="webhooks"),
    path("accounts/webhooks/new/", webhooks.new_webhook, name="new_webhook"),
    path("accounts/webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    path("accounts/webhooks/<int:pk>/secret/", webhooks.webhook_secret, name="webhook_secret"),
    path("accounts/webhooks/<int:pk>/renew/", webhooks.renew_secret, name="renew_secret"),
    path("accounts/webhooks/<int:pk>/test/", webhooks.send_test, name="send_test"),
    path("accounts/webhooks/<int:pk>/enable/", webhooks.enable_webhook, name="enable_webhook"),
    path("accounts/webhooks/<int:pk>/delete/", webhooks.delete_webhook, name="delete_webhook"),
    path("device/", devices.device, name="device"),
    path("accounts/devices/", devices.devices, name="devices"),
    path("accounts/devices/<int:pk>/revoke/", devices.revoke_device, name="revoke_device"),
    *urls.urlpatterns,
]
