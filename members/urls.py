from django.urls import path

from members import notices, views

app_name = "members"
urlpatterns = [
    path("members/<str:username>/", views.profile, name="profile"),
    path("notifications/", notices.notifications, name="notifications"),
    path("notifications/read/", notices.mark_read, name="read"),
    path("accounts/mail/", notices.mail, name="mail"),
    path("unsubscribe/<str:token>/", notices.leave, name="unsubscribe"),
]
