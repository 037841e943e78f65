"""Stacks as browsers show them: sound at every width and in both schemes, written by keyboard."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from stacks.command import entering
from stacks.command.main import main
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


@pytest.mark.once
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


@pytest.mark.once
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


@pytest.fixture
def newcomer(site: str) -> str:
    """The cookie of somebody who has no stack yet."""
    return logged_in(make_member("alan")).cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def command(site: str, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command of a user who has logged in nowhere."""
    settings.SITE_URL = site
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("WHYSTACK_TOKEN", raising=False)


def let_in(page: Page, site: str, shown: str) -> None:
    """Let the program in that shows this."""
    page.goto(f"{site}/device/")
    page.get_by_label("Code").fill(next(line.strip() for line in shown.splitlines() if line.startswith("    ")))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Let it in").click()
    expect(page.locator(".messages")).to_contain_text("may share scans")


@pytest.mark.usefixtures("command")
def test_a_pasted_manifest_becomes_a_stack_that_the_command_line_adds_to(
    site: str, newcomer: str, browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with browser.new_context() as context:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": newcomer, "url": site}])
        page = context.new_page()
        page.goto(f"{site}/stacks/scan/")
        page.locator("textarea").fill('{"dependencies": {"bootstrap": "^5", "left-pad": "1"}}')
        page.get_by_role("button", name="Show what they say").click()
        page.get_by_label("Bootstrap").check()
        page.get_by_label("JavaScript").uncheck()
        page.get_by_label("Name").fill("Sample shop")
        page.get_by_label("Public").check()
        page.get_by_role("button", name="Make the stack").click()
        expect(page.get_by_role("heading", name="Sample shop")).to_be_visible()
        address = page.url
        picture = page.request.get(f"{address}card.png")
        assert (picture.status, picture.headers["content-type"]) == (200, "image/png")
        page.goto(f"{site}/tools/bootstrap/")
        count = page.locator("dt", has_text="Stacks").locator("xpath=following-sibling::dd//data")
        expect(count).to_have_attribute("value", "1")
        expect(page.get_by_role("link", name="Sample shop")).to_be_visible()

        (tmp_path / "shop").mkdir()
        (tmp_path / "shop" / "requirements.txt").write_text("flask==3.1\n")
        entering.log_in(site, "laptop", pause=lambda _: let_in(page, site, capsys.readouterr().err))
        assert main(["scan", str(tmp_path / "shop"), "--share", address, "--yes"]) == 0
        page.goto(re.findall(r"http\S+/stacks/proposals/\d+/", "".join(capsys.readouterr()))[-1])
        page.get_by_role("button", name="Change the stack").click()
        expect(page.locator("#flask")).to_be_visible()
        assert Stack.objects.get().tools_count >= len(("bootstrap", "flask"))
