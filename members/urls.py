from django.urls import path

from members import notices

app_name = "members"
urlpatterns = [
    path("notifications/", notices.notifications, name="notifications"),
    path("notifications/read/", notices.mark_read, name="read"),
    path("accounts/mail/", notices.mail, name="mail"),
    path("unsubscribe/<str:token>/", notices.leave, name="unsubscribe"),
]
