"""Ways people go through the site."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.watching import Watched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery staple"


def test_a_reader_without_scripts_comes_from_a_search_to_a_source(site: str, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_label("Find a tool").fill("flask")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("main").get_by_role("link", name="Flask framework", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Flask")

        page.get_by_role("navigation", name="Main").get_by_role("link", name="Compare").click()
        page.get_by_label("First tool").fill("flask")
        page.get_by_label("First tool").press("Enter")
        expect(page.get_by_text("Flask is picked: one more tool is missing.")).to_be_visible()
        page.get_by_label("Add a tool").fill("elixr")
        page.get_by_label("Add a tool").press("Enter")
        expect(page).to_have_url(f"{site}/compare/elixir-vs-flask/")

        statement = page.locator("#difference-1")
        cited = str(statement.get_attribute("data-cites")).split()
        note = statement.get_by_role("link").first
        assert note.get_attribute("href") == f"#{cited[0]}"
        number = (note.text_content() or "").removeprefix("source ")
        note.click()
        expect(page).to_have_url(re.compile(f"#{cited[0]}$"))
        source = page.locator(f"#{cited[0]}")
        expect(source).to_be_in_viewport()
        assert source.get_attribute("value") == number
        assert source.get_attribute("data-verified")
        assert context.cookies() == []


def test_a_reader_without_scripts_filters_picks_two_tools_and_compares_them(site: str, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{site}/tools/")
        page.get_by_text("Filters", exact=True).click()
        language = page.get_by_role("group", name="Language").first
        language.locator("summary").first.click()
        language.get_by_label("Python").check()
        page.get_by_role("button", name="Show what is chosen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tools in Python")

        page.get_by_role("link", name="Add to comparison Flask").click()
        expect(page.get_by_role("region", name="To compare")).to_contain_text("Pick one more")
        page.get_by_role("link", name="Add to comparison Django").click()
        expect(page).to_have_url(f"{site}/tools/?language=python&shortlist=flask,django#django")
        page.get_by_role("link", name="Remove Language: Python").click()
        page.get_by_role("link", name="Compare 2 tools").click()
        expect(page).to_have_url(f"{site}/compare/django-vs-flask/")
        assert context.cookies() == []


def test_with_scripts_the_list_follows_a_choice_and_the_focus_stays(site: str, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{site}/tools/")
        page.get_by_role("group", name="Language").get_by_label("Python").check()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tools in Python")
        expect(page.get_by_role("group", name="Language").get_by_label("Python")).to_be_focused()
        expect(page.get_by_role("button", name="Show what is chosen")).to_be_hidden()


def test_a_footnotes_number_is_its_facts_place_in_the_list_of_sources(site: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/compare/django-vs-laravel-vs-nodejs/")
        shown = page.locator("ol.sources > li").evaluate_all("items => items.map(item => [item.id, item.value])")
        numbers = dict(shown)
        assert list(numbers.values()) == list(range(1, len(shown) + 1))
        notes = page.locator("a.note").evaluate_all(
            "links => links.map(link => [link.hash.slice(1), Number(link.lastChild.textContent)])"
        )
        assert {anchor: numbers[anchor] for anchor, _ in notes} == dict(notes)


def test_somebody_signs_up_with_a_code_logs_out_and_in_again(live_server: LiveServer, browser: Browser) -> None:
    with browser.new_context() as context:
        watched = Watched(context.new_page(), live_server.url)
        page = watched.page
        page.goto(f"{live_server.url}/accounts/signup/")
        page.get_by_label("Email").fill("ada@example.org")
        page.get_by_label("Username").fill("ada")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("Password (again)").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign up").click()

        page.get_by_label("Code").fill(code_from_mail())
        watched.look("code")
        page.get_by_role("button", name="Confirm").click()
        expect_member(page)
        watched.look("home of a member")

        page.get_by_role("link", name="ada").click()
        watched.look("email addresses")
        page.get_by_role("link", name="Password").click()
        watched.look("password")
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("status").filter(has_text="logged out")).to_be_visible()

        page.get_by_role("link", name="Log in").click()
        page.get_by_label("Email or username").fill("ada")
        page.get_by_label("Password").fill("not this")
        page.get_by_role("main").get_by_role("button", name="Log in").click()
        watched.look("log in, refused")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Log in").click()
        expect_member(page)
        assert watched.faults == []


def expect_member(page: Page) -> None:
    expect(page.get_by_role("banner").get_by_role("link", name="ada")).to_be_visible()


def code_from_mail() -> str:
    """The code in the newest letter: a line of its own."""
    body = str(mail.outbox[-1].body)
    found = re.search(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)$", body, re.MULTILINE)
    assert found, body
    return found[1]
