from django.urls import URLPattern, path

from stacks.views import api, directory, domain, proposals, sbom, scanning, sharing, stack, watching, writing

app_name = "stacks"

# An owner is a member, and what a member may be called only members know: `username` is registered by
# config.member_urls, which config.urls includes before these. What is no owner's stands before what is.
gathered: list[URLPattern] = [
    path("stacks/", directory.directory, name="directory"),
    path("stacks/new/", writing.new, name="new"),
    path("stacks/mine/", writing.mine, name="mine"),
    path("stacks/lines/", writing.lines, name="lines"),
    path("stacks/scan/", scanning.scan, name="scan"),
    path("stacks/accept/", scanning.accept, name="accept"),
    path("stacks/proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("api/v1/stacks/proposals/", api.propose, name="propose"),
]
of_one: list[URLPattern] = [
    path("stacks/<username:owner>/<slug:slug>/", stack.stack, name="stack"),
    path("stacks/<username:owner>/<slug:slug>/history/", stack.history, name="history"),
    path("stacks/<username:owner>/<slug:slug>/edit/", writing.edit, name="edit"),
    path("stacks/<username:owner>/<slug:slug>/fork/", writing.fork, name="fork"),
    path("stacks/<username:owner>/<slug:slug>/domain/", domain.domain, name="domain"),
    path("stacks/<username:owner>/<slug:slug>/delete/", writing.delete, name="delete"),
    path("stacks/<username:owner>/<slug:slug>/watch/", watching.watch, name="watch"),
    path("stacks/<username:owner>/<slug:slug>/undo/", scanning.undo, name="undo"),
    path("stacks/<username:owner>/<slug:slug>/badge.svg", sharing.badge, name="badge"),
    path("stacks/<username:owner>/<slug:slug>/embed.html", sharing.embed, name="embed"),
    path("stacks/<username:owner>/<slug:slug>/card.png", sharing.card, name="card"),
    path("stacks/<username:owner>/<slug:slug>/sbom.json", sbom.sbom, name="sbom"),
]
urlpatterns = gathered + of_one
