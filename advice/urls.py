from django.urls import URLPattern, path

from advice.views import posts

app_name = "advice"

reading: list[URLPattern] = [
    path("advice/<int:pk>/", posts.post, name="post"),
    path("advice/<int:pk>/<slug:slug>/", posts.post, name="post"),
]
writing: list[URLPattern] = []
talking: list[URLPattern] = [
    path("comments/<int:pk>/", posts.comment, name="comment"),
]
moderating: list[URLPattern] = []

urlpatterns = reading + writing + talking + moderating
