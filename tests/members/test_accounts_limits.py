"""Whoever tries too often is asked to wait: per address, per name tried, and per member."""

from typing import TYPE_CHECKING

import pytest
from allauth.account import app_settings as theirs
from allauth.mfa import app_settings as theirs_for_passkeys
from django.conf import settings as ours
from django.test import Client
from pytest_django import Settings

from tests.members.accounts import PASSWORD, give_app, make_member
from tests.members.builders import logged_in
from tests.pages import soup

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as TestResponse

pytestmark = pytest.mark.django_db

# There are no telephones here.
TELEPHONES = {"change_phone", "verify_phone"}
HERE, THERE = "192.0.2.1", "198.51.100.7"
# Where each is tried, and the field whose value is the key.
BY_STRANGERS = {
    "login": ("/accounts/login/", None),
    "login_failed": ("/accounts/login/", "login"),
    "signup": ("/accounts/signup/", None),
    "reset_password": ("/accounts/password/reset/", "email"),
    "reset_password_from_key": ("/accounts/password/reset/key/1-set-password/", None),
    "request_login_code": ("/accounts/login/code/", "email"),
    "webauthn_login": ("/accounts/2fa/webauthn/login/", None),
}
BY_MEMBERS = {
    "manage_email": "/accounts/email/",
    "change_password": "/accounts/password/change/",
    "reauthenticate": "/accounts/reauthenticate/",
}


def limit(settings: Settings, action: str, rate: str) -> None:
    """This limit, and none for any other action."""
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(ours.ACCOUNT_RATE_LIMITS, "") | {action: rate}
    settings.MFA_RATE_LIMITS = {"webauthn_login": ""} | {action: rate}


def attempt(action: str, key: str = "ada@example.org", address: str = HERE) -> "TestResponse":
    """One try by a stranger who has not tried before in this browser."""
    url, field = BY_STRANGERS[action]
    typed = {field: key} if field else {}
    return Client(REMOTE_ADDR=address).post(url, typed | {"password": "wrong"})


# Tried in the table of all writes.
WHAT_MEMBERS_DO = {"vote", "write", "report", "preview", "moderate", "archive"}
# Tried where the tests of programs are.
WHAT_PROGRAMS_DO = {"device_begin", "device_ask", "device_code", "propose", "token"}


def is_asked_to_wait(response: "TestResponse") -> bool:
    if response.status_code != 429:
        return False
    assert [heading.text for heading in soup(response.content).select("h1")] == ["Too many attempts"]
    assert response.headers["Retry-After"] == "60"
    return True


def test_every_action_that_can_be_limited_is() -> None:
    assert set(ours.ACCOUNT_RATE_LIMITS) == set(theirs.RATE_LIMITS) - TELEPHONES
    assert set(ours.MFA_RATE_LIMITS) == set(theirs_for_passkeys.RATE_LIMITS)
    limited = {action for action, rate in (ours.ACCOUNT_RATE_LIMITS | ours.MFA_RATE_LIMITS).items() if rate}
    assert limited == {*BY_STRANGERS, *BY_MEMBERS, "confirm_email", *WHAT_MEMBERS_DO, *WHAT_PROGRAMS_DO}


@pytest.mark.parametrize("action", BY_STRANGERS)
def test_the_third_try_from_one_address_waits_and_another_address_does_not(settings: Settings, action: str) -> None:
    limit(settings, action, "2/m/ip")
    tried = [is_asked_to_wait(attempt(action, f"{name}@example.org")) for name in ("ada", "bob", "eve")]
    assert tried == [False, False, True]
    assert not is_asked_to_wait(attempt(action, address=THERE))


@pytest.mark.parametrize("action", [action for action, (_, field) in BY_STRANGERS.items() if field])
def test_the_third_try_of_one_name_waits_wherever_it_comes_from(settings: Settings, action: str) -> None:
    limit(settings, action, "2/m/key")
    tried = [is_asked_to_wait(attempt(action, address=address)) for address in (HERE, THERE, "203.0.113.9")]
    assert tried == [False, False, True]
    assert not is_asked_to_wait(attempt(action, "bob@example.org"))


@pytest.mark.parametrize("action", BY_MEMBERS)
def test_the_third_try_of_one_member_waits_in_every_browser(settings: Settings, action: str) -> None:
    limit(settings, action, "2/m/user")
    ada, bob = make_member("ada"), make_member("bob")
    wrong = {"password": "wrong", "oldpassword": "wrong", "action_add": "", "email": "nonsense"}
    tried = [is_asked_to_wait(logged_in(ada).post(BY_MEMBERS[action], wrong)) for _ in range(3)]
    assert tried == [False, False, True]
    assert not is_asked_to_wait(logged_in(bob).post(BY_MEMBERS[action], wrong))


def test_an_address_is_sent_one_code_to_verify_it_at_a_time(settings: Settings) -> None:
    limit(settings, "confirm_email", "1/10s/key")
    tried = [
        is_asked_to_wait(Client().post("/accounts/signup/", {"email": email, "username": name}))
        for email, name in (("x@example.org", "ada"), ("x@example.org", "bob"), ("y@example.org", "eve"))
    ]
    assert tried == [False, True, False]


def test_codes_of_an_app_cannot_be_guessed(settings: Settings) -> None:
    member = make_member()
    give_app(member)
    limit(settings, "login_failed", "2/m/key")
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    tried = [is_asked_to_wait(client.post("/accounts/2fa/authenticate/", {"code": "000000x"})) for _ in range(3)]
    assert tried == [False, False, True]


def test_a_code_from_a_mail_is_asked_for_anew_after_three_wrong_ones() -> None:
    client = Client()
    client.post("/accounts/login/code/", {"email": make_member().email})
    wrong = [client.post("/accounts/login/code/confirm/", {"code": "WRONG"}) for _ in range(3)]
    assert [response.status_code for response in wrong] == [200, 200, 302]
    html = soup(client.get(wrong[-1].headers["Location"]).content)
    assert "That was tried too often. Ask for a new code." in html.text
    assert html.select_one("h1").text == "Log in by a code"  # type: ignore[union-attr]  # a missing one fails too
