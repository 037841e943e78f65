"""A membership from its first day to its last, in a browser, with scripts and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from tests.advice.builders import make_question
from tests.browser.test_moderation import come_in, session_of
from tests.browser.watching import Watched
from tests.members.accounts import code_from_mail
from tests.members.builders import make_member, make_moderator
from tests.tools.builders import make_tool

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
type Look = Callable[[str], None]
TITLE = "Flask for our invoices"


@pytest.fixture
def moderator(site: str) -> str:
    """A moderator's session; there is a question of another member, and the tools that the walk names."""
    make_tool("bottle")
    make_question("Which framework for invoices?", author=make_member("grace"), about=["flask", "elixir"])
    return session_of(make_moderator())


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def let_through(browser: Browser, site: str, session: str) -> None:
    """What a moderator does meanwhile, elsewhere."""
    with browser.new_context() as context:
        come_in(context, site, session)
        page = context.new_page()
        page.goto(f"{site}/admin/desk/")
        page.get_by_role("region", name=f"Decision: {TITLE}").get_by_role("button", name="Let through").click()
        expect(page.locator(".messagelist")).to_contain_text("Let through.")


@pytest.mark.parametrize(
    "scripts", [pytest.param(True, id="with scripts"), pytest.param(False, id="without", marks=pytest.mark.once)]
)
def test_a_membership(site: str, moderator: str, browser: Browser, scripts: bool) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        watched = Watched(context.new_page(), site)
        page = watched.page

        def look(name: str) -> None:
            if scripts:
                watched.glance(name)

        _join(page, site)
        _follow_and_vote(page, site, look)
        _decide(page, site, look)
        let_through(browser, site, moderator)
        _talk(page, site, look)
        _take_out_and_in(page, site, look)
        _leave(page, site, look)
        assert watched.faults == []


def _join(page: Page, site: str) -> None:
    page.goto(f"{site}/accounts/signup/")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Username").fill("ada")
    press(page, "Sign up")
    page.get_by_label("Code").fill(code_from_mail())
    press(page, "Confirm")
    expect(page.get_by_role("banner").get_by_role("link", name="ada")).to_be_visible()


def _follow_and_vote(page: Page, site: str, look: Look) -> None:
    page.goto(f"{site}/tools/flask/")
    press(page, "Follow Flask")
    expect(page.get_by_role("button", name="Stop following Flask")).to_be_visible()
    expect(page.locator(".follow-count")).to_contain_text("1 follower")
    stale = page.context.new_page()
    stale.goto(f"{site}/tools/flask/")
    for tab in (page, stale):
        button = tab.locator(".reasons .vote").first.get_by_role("button")
        expect(button).to_contain_text("Vote 0")
        button.click()
        expect(tab.locator(".reasons .vote").first.get_by_role("button")).to_contain_text("Voted 1")
    stale.close()
    look("a tool's page for a member")


def _decide(page: Page, site: str, look: Look) -> None:
    page.goto(f"{site}/advice/new/decision/")
    page.locator("main [name=title]").fill(TITLE)
    page.locator("main [name=chosen]").fill("Flask")
    page.locator("main [name=considered]").fill("Elixir, Bottle")
    page.locator("main [name=why]").fill("It is small, and all of us **know** it.")
    press(page, "Preview")
    expect(page.locator(".preview strong").first).to_have_text("know")
    look("a decision being written")
    press(page, "Publish")
    told(page, "It waits for a moderator")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.get_by_role("link", name="Edit").click()
    page.locator("main [name=consequences]").fill("We write more glue.")
    press(page, "Keep changes")
    expect(page.locator(".post-body")).to_contain_text("We write more glue.")
    look("a decision of one's own")


def _talk(page: Page, site: str, look: Look) -> None:
    page.goto(f"{site}/feed/")
    page.get_by_role("link", name=TITLE).first.click()
    page.locator("main [name=body]").fill("A year later I would do it again.")
    press(page, "Send")
    told(page, "Your comment is here.")
    page.goto(f"{site}/feed/?kind=unanswered")
    look("feed")
    page.get_by_role("link", name="Which framework for invoices?").first.click()
    page.locator("main [name=tools]").fill("Flask")
    page.locator("main [name=body]").fill("Flask, if it stays small.")
    press(page, "Send")
    told(page, "Your answer is here.")
    expect(page.get_by_role("region", name="What is recommended")).to_contain_text("Flask")
    look("a question with an answer")
    page.get_by_role("link", name="Report", exact=True).first.click()
    page.get_by_label("Spam or advertising").check()
    press(page, "Send the report")
    told(page, "A moderator will look at it.")


def _take_out_and_in(page: Page, site: str, look: Look) -> None:
    page.goto(f"{site}/members/ada/")
    look("a profile")
    page.get_by_role("link", name=TITLE).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("Markdown")).click()
    record = _text(waiting.value)
    assert f"# {TITLE}" in record
    page.goto(f"{site}/advice/import/")
    page.locator("main [name=text]").fill(record)
    press(page, "Fill the form")
    expect(page.locator("main [name=title]")).to_have_value(TITLE)
    expect(page.locator("main [name=considered]")).to_have_value("Elixir, Bottle")
    expect(page.locator("main [name=consequences]")).to_have_value("We write more glue.")
    look("a form filled by a record")


def _text(download: Download) -> str:
    return download.path().read_text()


def _leave(page: Page, site: str, look: Look) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site}/accounts/data/")
    look("your data")
    page.get_by_role("link", name="Delete your account").click()
    page.get_by_label("They stay, without my name").check()
    page.get_by_label("Your username").fill("ada")
    look("the way out")
    press(page, "Delete my account for good")
    expect(page.get_by_role("banner").get_by_role("link", name="Sign up")).to_be_visible()
    page.goto(f"{site}/tools/flask/")
    expect(page.locator(".follow-count")).to_contain_text("0 followers")
    expect(page.locator(".reasons .vote").first).to_contain_text("Vote 0")
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".post-byline")).to_contain_text("A former member")
