"""Suggestions while one types, chosen without a mouse; and the same ways without scripts."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watching import Watched

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def test_two_tools_are_picked_and_compared_by_keyboard_alone(site: str, browser: Browser) -> None:
    with browser.new_context() as context:
        watched = Watched(context.new_page(), site)
        page = watched.page
        page.goto(f"{site}/compare/")
        page.get_by_role("combobox", name="First tool").focus()
        page.keyboard.type("fla")
        expect(page.get_by_role("option", name="Flask", exact=False).first).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("option", selected=True)).to_contain_text("Flask")
        page.keyboard.press("Enter")
        expect(page.get_by_role("combobox", name="First tool")).to_have_value("Flask")
        page.keyboard.press("Enter")
        expect(page.get_by_role("combobox", name="Add a tool")).to_be_focused()
        page.keyboard.type("elixr")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{site}/compare/elixir-vs-flask/")
        assert watched.faults == []


def test_a_comparison_is_chosen_from_the_header(site: str, browser: Browser) -> None:
    with browser.new_context() as context:
        watched = Watched(context.new_page(), site)
        page = watched.page
        page.goto(f"{site}/about/")
        page.keyboard.press("/")
        box = page.get_by_role("combobox", name="Search tools")
        expect(box).to_be_focused()
        page.keyboard.type("flask vs elix")
        option = page.get_by_role("option", name="Elixir vs Flask")
        expect(option).to_be_visible()
        expect(box).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("status").filter(has_text="suggestion")).to_have_count(1)
        watched.look("suggestions")
        page.keyboard.press("ArrowDown")
        expect(option).to_have_attribute("aria-selected", "true")
        assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{site}/compare/elixir-vs-flask/")
        assert watched.faults == []


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(site: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/about/")
        page.keyboard.press("Control+k")
        box = page.get_by_role("combobox", name="Search tools")
        page.keyboard.type("/fla")
        expect(box).to_have_value("/fla")
        expect(page.get_by_role("listbox")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(box).to_have_value("/fla")
        expect(box).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{site}/search/?q=%2Ffla")


def test_a_suggestion_is_chosen_with_the_mouse(site: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_role("combobox", name="Find a tool").press_sequentially("fla")
        page.get_by_role("option", name="Flask").first.click()
        expect(page).to_have_url(f"{site}/tools/flask/")


def test_tools_are_picked_without_scripts(site: str, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/compare/")
        page.get_by_role("textbox", name="First tool").fill("flask")
        page.keyboard.press("Enter")
        page.get_by_role("textbox", name="Add a tool").fill("elixr")
        page.get_by_role("button", name="Add another").click()
        expect(page.get_by_role("link", name="Remove Elixir")).to_be_visible()
        page.get_by_role("link", name="Remove Flask").click()
        expect(page.get_by_text("Elixir is picked: one more tool is missing.")).to_be_visible()
        page.get_by_role("textbox", name="Add a tool").fill("flask")
        page.get_by_role("button", name="Compare").click()
        expect(page).to_have_url(f"{site}/compare/elixir-vs-flask/")
