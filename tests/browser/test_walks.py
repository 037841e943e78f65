"""Ways people go through the site."""

import re

import pytest
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

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
