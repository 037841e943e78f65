"""An account in a browser: passkeys, which need one, codes, and how its pages look."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.watching import BRIEFLY, Watched
from tests.members.accounts import code_from_mail, code_of

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

# A passkey that is always there and always unlocked.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def watched(live_server: LiveServer, browser: Browser) -> Iterator[Watched]:
    """A page whose browser holds passkeys, which browsers make for a host's name only."""
    assert live_server.url.startswith("http://localhost:")
    with browser.new_context() as context:
        page = context.new_page()
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        yield Watched(page, live_server.url)


def glance(watched: Watched, heading: str) -> None:
    """The page with this heading is there, and without fault."""
    expect(watched.page.get_by_role("heading", level=1)).to_have_text(heading)
    watched.glance(heading)
    if folder := os.environ.get("SCREENSHOTS"):
        for width, _ in BRIEFLY:
            watched.page.set_viewport_size({"width": width, "height": 800})
            watched.page.emulate_media(color_scheme="dark" if width < 1000 else "light")
            watched.page.screenshot(path=Path(folder) / f"{heading} {width}.png", full_page=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def expect_member(page: Page) -> None:
    expect(page.get_by_role("banner").get_by_role("link", name="ada")).to_be_visible()


def test_somebody_lives_with_a_passkey_an_app_and_codes(watched: Watched) -> None:
    page = watched.page
    page.goto(f"{watched.site}/accounts/signup/")
    glance(watched, "Sign up")
    follow(page, "Sign up with a passkey")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Username").fill("ada")
    glance(watched, "Sign up with a passkey")
    press(page, "Go on")
    glance(watched, "Enter the code")
    page.get_by_label("Code").fill(code_from_mail())
    press(page, "Confirm")
    glance(watched, "Make your passkey")
    press(page, "Make the passkey")
    expect_member(page)

    follow(page, "Your account, ada")
    glance(watched, "Email")
    follow(page, "Password")
    glance(watched, "Set a password")
    follow(page, "Sessions")
    glance(watched, "Sessions")
    follow(page, "Passkeys and codes")
    glance(watched, "Passkeys and codes")
    follow(page, "Make recovery codes")
    glance(watched, "Is it you?")
    press(page, "Use a passkey")
    glance(watched, "Make new recovery codes?")
    press(page, "Make new codes")
    glance(watched, "Recovery codes")

    follow(page, "Passkeys and codes")
    follow(page, "See your passkeys")
    glance(watched, "Your passkeys")
    follow(page, "Add a passkey")
    glance(watched, "Add a passkey")
    press(page, "Add a passkey")
    expect(page.get_by_role("alert")).to_have_text("This device holds a passkey of this account already.")
    watched.glance("a passkey that is there already")
    follow(page, "Cancel")
    follow(page, "Set up an app")
    glance(watched, "Set up an authenticator app")
    page.get_by_label("Code").fill(code_of(page.locator("code.secret").inner_text()))
    press(page, "Switch the app on")
    expect(page.get_by_role("status").filter(has_text="switched on")).to_be_visible()

    page.get_by_role("button", name="Log out").click()
    page.get_by_role("banner").get_by_role("link", name="Log in").click()
    glance(watched, "Log in")
    press(page, "Use a passkey")
    expect_member(page)

    page.get_by_role("button", name="Log out").click()
    page.get_by_role("banner").get_by_role("link", name="Log in").click()
    page.get_by_label("Email or username").fill("ada")
    page.get_by_label("Password", exact=True).fill("not this")
    press(page, "Log in")
    watched.glance("log in, refused")
    follow(page, "Have a code sent")
    page.get_by_label("Email").fill("ada@example.org")
    glance(watched, "Log in by a code")
    press(page, "Send the code")
    page.get_by_label("Code").fill(code_from_mail())
    press(page, "Confirm")
    glance(watched, "One more step")
    press(page, "Use a passkey")
    expect_member(page)
    assert watched.faults == []


def test_without_scripts_somebody_signs_up_and_is_offered_no_passkey(live_server: LiveServer, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/accounts/signup/")
        page.get_by_label("Email").fill("ada@example.org")
        page.get_by_label("Username").fill("ada")
        press(page, "Sign up")
        page.get_by_label("Code").fill(code_from_mail())
        press(page, "Confirm")
        expect_member(page)
        page.get_by_role("button", name="Log out").click()
        page.goto(f"{live_server.url}/accounts/login/")
        expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
