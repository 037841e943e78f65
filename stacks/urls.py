from django.urls import URLPattern, path

from stacks.views import directory, stack

app_name = "stacks"

# An owner is a member, and what a member may be called only members know: `username` is registered by
# config.member_urls, which config.urls includes before these. What is no owner's stands before what is.
gathered: list[URLPattern] = [
    path("stacks/", directory.directory, name="directory"),
]
of_one: list[URLPattern] = [
    path("stacks/<username:owner>/<slug:slug>/", stack.stack, name="stack"),
]
urlpatterns = gathered + of_one
