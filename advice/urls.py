from django.urls import URLPattern, path

from advice.views import comments, desk, feed, keeping, moderation, outcomes, posts, records, votes
from advice.views import writing as pen

app_name = "advice"

reading: list[URLPattern] = [
    path("feed/", feed.feed, name="feed"),
    path("feed/following/", feed.following, name="following"),
    path("feed/ranking/", feed.hot_order, name="ranking"),
    path("advice/moves/", feed.moves, name="moves"),
    path("advice/<int:pk>/", posts.post, name="post"),
    path("advice/<int:pk>/<slug:slug>/", posts.post, name="post"),
]
writing: list[URLPattern] = [
    path("advice/new/decision/", pen.new_decision, name="new_decision"),
    path("advice/new/question/", pen.new_question, name="new_question"),
    path("advice/preview/", pen.preview, name="preview"),
    path("advice/import/", records.import_record, name="import"),
    path("advice/drafts/", keeping.drafts, name="drafts"),
    path("advice/<int:pk>/edit/", pen.edit, name="edit"),
    path("advice/<int:pk>/delete/", keeping.delete, name="delete"),
    path("advice/<int:pk>/history/", keeping.history, name="history"),
    path("advice/<int:pk>/decision.md", records.madr, name="madr"),
    path("advice/<int:pk>/revisit/", outcomes.revisit, name="revisit"),
    path("advice/<int:pk>/choose/", outcomes.choose, name="choose"),
]
talking: list[URLPattern] = [
    path("comments/<int:pk>/", comments.comment, name="comment"),
    path("comments/<int:pk>/edit/", comments.edit_comment, name="edit_comment"),
    path("comments/<int:pk>/delete/", comments.delete_comment, name="delete_comment"),
    path("comments/<int:pk>/vote/", votes.vote_comment, name="vote_comment"),
    path("advice/<int:pk>/comment/", comments.new_comment, name="new_comment"),
    path("advice/<int:pk>/vote/", votes.vote_post, name="vote"),
    path("advice/<int:pk>/subscribe/", votes.subscribe, name="subscribe"),
]
moderating: list[URLPattern] = [
    path("report/<slug:kind>/<int:pk>/", moderation.report, name="report"),
    path("moderation/", moderation.moderation, name="moderation"),
    path("admin/desk/", desk.desk, name="desk"),
    path("admin/desk/act/", desk.act, name="act"),
]

# What can be done to a post stands where its title does, so it is looked for before the post's own page.
urlpatterns = writing + talking + moderating + reading
