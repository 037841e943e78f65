"""Stacks as browsers show them: sound at every width and in both schemes, written by keyboard."""

from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

from stacks.models import Domain, Stack, Use
from tests.advice.builders import a_tool
from tests.browser.watching import Watched
from tests.members.builders import logged_in, make_member
from tests.stacks.builders import NOW, make_stack, verify

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stack(site: str) -> Stack:
    """A stack in which every part of a page occurs, and its fork."""
    ada = make_member("ada", display_name="Ada Sample")
    told = {
        "description": "Bread for three towns.\n\nA sample.",
        "size": "2-10",
        "link": "https://acme.example/" + "x" * 80,
    }
    made = make_stack("Acme of the long and winding names", "flask", "django", "elixir", owner=ada, **told)
    made.add([a_tool("foundation")], NOW + timedelta(days=40))
    made.drop([a_tool("elixir")], NOW + timedelta(days=70))
    Use.objects.filter(stack=made).update(why="Small, and all of us know it. " * 5, since=2019, used_version="3.1")
    verify(made)
    made.fork(make_member("grace"), NOW).show_to("public")  # type: ignore[arg-type]  # the column's value
    return made


@pytest.fixture
def session(stack: Stack) -> str:
    """The cookie of the stack's owner; made before the browser, which keeps the database to itself."""
    return logged_in(stack.owner).cookies[settings.SESSION_COOKIE_NAME].value


def test_public_pages_are_sound_and_leave_no_trace(site: str, stack: Stack, browser: Browser) -> None:
    url = stack.get_absolute_url()
    with browser.new_context() as context:
        watched = Watched(context.new_page(), site)
        for page in ("/stacks/?uses=flask&kind=company", url):
            watched.look(page, page)
        watched.glance("history", f"{url}history/")
        for page in ("/stacks/?uses=nope", "/stacks/?q=zzz", "/stacks/"):
            watched.measure(page)
        assert watched.faults == []
        assert context.cookies() == []


def test_a_stack_is_changed_by_keyboard_and_its_pages_are_sound(
    site: str, stack: Stack, session: str, browser: Browser
) -> None:
    url = stack.get_absolute_url()
    with browser.new_context() as context:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        page = context.new_page()
        watched = Watched(page, site)
        watched.look("edit", f"{url}edit/")
        Domain.objects.update(verified_at=None, method="", problem="There is no TXT record.", checked_at=NOW)
        for part in ("domain/", "delete/"):
            watched.glance(part, f"{url}{part}")
        watched.glance("mine", "/stacks/mine/")
        page.goto(f"{site}{url}edit/")
        names = page.get_by_label("Add tools", exact=True)
        names.press_sequentially("elix")
        expect(page.get_by_role("option", name="Elixir")).to_be_visible()
        names.press("ArrowDown")
        names.press("Enter")
        names.press("Enter")
        page.get_by_label("Why Elixir").fill("It never sleeps")
        page.get_by_role("button", name="Keep it").click()
        expect(page.locator("#elixir")).to_contain_text("It never sleeps")
        assert watched.faults == []
