"""Every kind of page, in light and dark, on a phone and on a desk: nothing is wrong with it."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from members.models import Member
from tests.browser.watching import Watched

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/",
    "/tools/",
    "/tools/?language=python&kind=framework&shortlist=flask,django",
    "/tools/flask/",
    "/tools/foundation/",
    "/tools/flask/alternatives/",
    "/tools/flask/history/?with=django&scale=log&axis=start",
    "/about/figures/",
    "/categories/",
    "/categories/front-end/",
    "/search/?q=flask",
    "/compare/",
    "/compare/?tool=flask&tool=elixir&add=1",
    "/about/",
    "/nothing/",
)
# Pages of a kind that is looked at closely already, in another state.
ALIKE = (
    "/tools/?q=zzzz",
    "/tools/?layer=nope",
    "/categories/microframeworks/?function=microframeworks",
    "/search/?q=routing+decorators",
    "/search/?q=zzzzzzzz",
    "/search/?q=" + "a" * 101,
    "/compare/?tool=flask",
    "/compare/?tool=zzzz&tool=flask",
    "/contact/",
    "/privacy/",
    "/terms/",
    "/tools/flaskk/",
)
COMPARISON = "/compare/elixir-vs-flask/"
WIDER = ("/compare/django-vs-laravel-vs-nodejs/", "/compare/actix-vs-bootstrap-vs-elixir-vs-flyway-vs-python/")
FORMS = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/login/code/")
FAULTS = ("400.html", "403.html", "403_csrf.html", "429.html", "500.html", "503.html")


def test_a_public_page_is_sound_and_leaves_no_trace(site: str, browser: Browser) -> None:
    with browser.new_context() as context:
        watched = Watched(context.new_page(), site)
        for url in PAGES:
            watched.look(url, url)
        for url in ALIKE:
            watched.glance(url, url)
        assert watched.faults == []
        assert context.cookies() == []


def test_a_comparison_is_sound_and_leaves_no_trace(site: str, browser: Browser) -> None:
    with browser.new_context() as context:
        watched = Watched(context.new_page(), site)
        watched.look(COMPARISON, COMPARISON)
        for url in WIDER:
            watched.measure(url)
        assert watched.faults == []
        assert context.cookies() == []


def test_an_account_form_is_sound(live_server: LiveServer, browser: Browser) -> None:
    with browser.new_context() as context:
        watched = Watched(context.new_page(), live_server.url)
        for url in FORMS:
            watched.look(url, url)
        assert watched.faults == []


def test_a_page_for_a_fault_is_sound(live_server: LiveServer, browser: Browser, rf: RequestFactory) -> None:
    with browser.new_context() as context:
        watched = Watched(context.new_page(), live_server.url)
        for name in FAULTS:
            request = rf.get(f"/{name}") if name not in ("500.html", "503.html") else None
            serve(context, name, render_to_string(name, {"site_name": "Whystack"}, request))
            watched.look(name, f"/{name}")
        assert watched.faults == []


@pytest.fixture
def editors_session(site: str, client: Client) -> str:
    """The cookie of an editor who is logged in; made before the browser, which keeps the database to itself."""
    client.force_login(Member.objects.create_user("ada", "ada@example.org", is_staff=True))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_the_style_guide_is_sound(site: str, editors_session: str, browser: Browser) -> None:
    with browser.new_context() as context:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": editors_session, "url": site}])
        watched = Watched(context.new_page(), site)
        watched.look("style guide", "/styleguide/")
        assert watched.faults == []


def serve(context: BrowserContext, name: str, body: str) -> None:
    """Answer a request for `name` with this page, which no address of the site leads to."""
    context.route(f"**/{name}", lambda route: route.fulfill(body=body, content_type="text/html"))
