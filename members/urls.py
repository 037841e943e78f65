from django.urls import path

from members import devices, notices

app_name = "members"
urlpatterns = [
    path("notifications/", notices.notifications, name="notifications"),
    path("notifications/read/", notices.mark_read, name="read"),
    path("accounts/mail/", notices.mail, name="mail"),
    path("api/v1/device/code", devices.begin, name="device_begin"),
    path("api/v1/device/token", devices.redeem, name="device_redeem"),
    path("api/v1/device/revoke", devices.revoke, name="device_revoke"),
    path("unsubscribe/<str:token>/", notices.leave, name="unsubscribe"),
]
