from django.urls import URLPattern, path

from advice.views import comments, posts, votes

app_name = "advice"

reading: list[URLPattern] = [
    path("advice/<int:pk>/", posts.post, name="post"),
    path("advice/<int:pk>/<slug:slug>/", posts.post, name="post"),
]
writing: list[URLPattern] = []
talking: list[URLPattern] = [
    path("comments/<int:pk>/", comments.comment, name="comment"),
    path("comments/<int:pk>/edit/", comments.edit_comment, name="edit_comment"),
    path("comments/<int:pk>/delete/", comments.delete_comment, name="delete_comment"),
    path("comments/<int:pk>/vote/", votes.vote_comment, name="vote_comment"),
    path("advice/<int:pk>/comment/", comments.new_comment, name="new_comment"),
    path("advice/<int:pk>/vote/", votes.vote_post, name="vote"),
    path("advice/<int:pk>/subscribe/", votes.subscribe, name="subscribe"),
]
moderating: list[URLPattern] = []

# A post's own words come last: they would take the place of what is done with it.
urlpatterns = writing + talking + moderating + reading
