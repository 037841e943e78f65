"""Every address of the site, a public promise: others link to them."""

from allauth.account.decorators import secure_admin_login
from allauth.urls import build_provider_urlpatterns
from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from config import feeds, health, icons, searching, views
from config.sitemaps import SITEMAPS
from config.styleguide import styleguide
from tools.pages import public_page

# Editors log in where members do, under the same rate limits.
admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents it
admin.site.site_header = admin.site.site_title = "Whystack"

accounts = [
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
if settings.SOCIALACCOUNT_PROVIDERS:
    accounts += [path("3rdparty/", include("allauth.socialaccount.urls")), *build_provider_urlpatterns()]

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", searching.search, name="search"),
    path("search/suggest", searching.suggest, name="suggest"),
    path("", include("tools.urls")),
    path("", include("comparisons.urls")),
    path("", include("advice.urls")),
    path("", include("config.member_urls")),
    path("", include("stacks.urls")),
    path("about/", views.about, name="about"),
    path("about/figures/", views.figures, name="figures"),
    path("contact/", views.contact, name="contact"),
    path("privacy/", views.privacy, name="privacy"),
    path("terms/", views.terms, name="terms"),
    path("api/docs", views.api, name="api"),
    path("sitemap.xml", public_page(sitemap), {"sitemaps": SITEMAPS}, name="django.contrib.sitemaps.views.sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("feeds/tools.atom", feeds.tools, name="feed-tools"),
    path("feeds/changes.atom", feeds.changes, name="feed-changes"),
    path("feeds/advice.atom", feeds.advice, name="feed-advice"),
    path("feeds/stacks.atom", feeds.stacks, name="feed-stacks"),
    path("feeds/alerts.atom", feeds.alerts, name="feed-alerts"),
    path("tools/<tool_slug:slug>/alerts.atom", feeds.tool_alerts, name="feed-tool-alerts"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("manifest.webmanifest", icons.manifest, name="manifest"),
    path("healthz", health.healthz, name="healthz"),
    path("styleguide/", styleguide, name="styleguide"),
    path("accounts/", include(accounts)),
    path("admin/", admin.site.urls),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = searching.not_found
handler500 = views.server_error
# Not Django's but allauth's to look for.
handler429 = views.too_many_requests
