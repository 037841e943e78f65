"""Every page of an account: in our look, for whoever is logged in and whoever is not."""

from collections.abc import Iterator
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.members.accounts import (
    PASSWORD,
    assert_is_a_page_of_ours,
    code_from_mail,
    give_app,
    give_passkey,
    give_recovery_codes,
    make_member,
)
from tests.members.builders import logged_in

pytestmark = pytest.mark.django_db

# What each answers to a stranger and to a member without further ways in: a page, or where it leads.
LOGIN, HOME = "/accounts/login/", "/"
ANSWERS: dict[str, tuple[int | str, int | str]] = {
    "account_login": (200, HOME),
    "account_logout": (HOME, 200),
    "account_inactive": (200, 200),
    "account_signup": (200, HOME),
    "account_signup_by_passkey": (200, HOME),
    "account_reauthenticate": (LOGIN, 200),
    "account_email": (LOGIN, 200),
    "account_email_verification_sent": (LOGIN, "/accounts/email/"),
    "account_change_password": (LOGIN, 200),
    "account_set_password": (LOGIN, "/accounts/password/change/"),
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 200),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_from_key_done": (200, 200),
    "account_request_login_code": (200, HOME),
    "account_confirm_login_code": ("/accounts/login/code/", HOME),
    "mfa_index": (LOGIN, 200),
    "mfa_authenticate": (LOGIN, HOME),
    "mfa_reauthenticate": (LOGIN, "/accounts/reauthenticate/"),
    "mfa_activate_totp": (LOGIN, "/accounts/reauthenticate/"),
    "mfa_deactivate_totp": (LOGIN, 404),
    "mfa_view_recovery_codes": (LOGIN, 404),
    "mfa_generate_recovery_codes": (LOGIN, "/accounts/reauthenticate/"),
    "mfa_download_recovery_codes": (LOGIN, 404),
    "mfa_list_webauthn": (LOGIN, 200),
    "mfa_add_webauthn": (LOGIN, "/accounts/reauthenticate/"),
    "mfa_reauthenticate_webauthn": (LOGIN, "/accounts/reauthenticate/"),
    "mfa_remove_webauthn": (LOGIN, "/accounts/reauthenticate/"),
    "mfa_edit_webauthn": (LOGIN, "/accounts/reauthenticate/"),
    "mfa_login_webauthn": (LOGIN, HOME),
    "mfa_signup_webauthn": ("/accounts/signup/", HOME),
    "usersessions_list": (LOGIN, 200),
    "socialaccount_login_cancelled": (200, 200),
    "socialaccount_login_error": (401, 401),
    "socialaccount_signup": (LOGIN, LOGIN),
    "socialaccount_connections": (LOGIN, 200),
    "github_login": (200, 200),
    "github_callback": (401, 401),
    "gitlab_login": (200, 200),
    "gitlab_callback": (401, 401),
}
PARTS: dict[str, list[str | int]] = {
    "account_reset_password_from_key": ["1", "nonsense"],
    "mfa_remove_webauthn": [1],
    "mfa_edit_webauthn": [1],
}
FOLDERS = ("account", "mfa", "socialaccount", "usersessions")
# What no page or mail of ours comes from: telephones, links to verify an address, several addresses, trusted browsers.
UNUSED = {
    "account/base_entrance.html",
    "account/base_manage.html",
    "account/base_manage_email.html",
    "account/base_manage_password.html",
    "account/base_manage_phone.html",
    "account/confirm_password_reset_code.html",
    "account/confirm_phone_verification_code.html",
    "account/email.html",
    "account/email_confirm.html",
    "account/messages/phone_verification_sent.txt",
    "account/messages/phone_verified.txt",
    "account/phone_change.html",
    "account/snippets/already_logged_in.html",
    "account/snippets/warn_no_email.html",
    "account/verification_sent.html",
    "account/verified_email_required.html",
    "mfa/base_entrance.html",
    "mfa/base_manage.html",
    "mfa/recovery_codes/base.html",
    "mfa/totp/base.html",
    "mfa/trust.html",
    "mfa/webauthn/base.html",
    "mfa/webauthn/snippets/login_script.html",
    "mfa/webauthn/snippets/scripts.html",
    "socialaccount/base_entrance.html",
    "socialaccount/base_manage.html",
    "socialaccount/login_redirect.html",
    "socialaccount/snippets/login.html",
    "socialaccount/snippets/login_extra.html",
    "socialaccount/snippets/provider_list.html",
    "usersessions/base_manage.html",
}


def named(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from named(entry)
        elif isinstance(entry, URLPattern):
            assert entry.name, entry
            yield entry.name


def answer(client: Client, name: str) -> int | str:
    """The status, or the path that is led to; what is answered with a page is one of ours."""
    response = client.get(reverse(name, args=PARTS.get(name)))
    if response.status_code == 302:
        return response.headers["Location"].partition("?")[0]
    if response.status_code in (200, 401):
        assert_is_a_page_of_ours(response)
    return response.status_code


def test_every_address_below_accounts_is_in_the_table() -> None:
    """A new one joins it, or this fails."""
    (accounts,) = [entry for entry in get_resolver().url_patterns if str(entry.pattern) == "accounts/"]
    assert isinstance(accounts, URLResolver)
    assert sorted(named(accounts)) == sorted(ANSWERS)


def test_a_stranger_sees_pages_of_ours_or_is_asked_to_log_in() -> None:
    assert {name: answer(Client(), name) for name in ANSWERS} == {name: told for name, (told, _) in ANSWERS.items()}


def test_a_member_sees_pages_of_ours() -> None:
    client = logged_in(make_member())
    assert {name: answer(client, name) for name in ANSWERS} == {name: told for name, (_, told) in ANSWERS.items()}


def test_a_member_with_every_way_in_sees_pages_of_ours() -> None:
    """Nobody is asked to show who they are once more who just did."""
    member = make_member()
    give_app(member)
    codes = give_recovery_codes(member)
    passkey = give_passkey(member)
    client = logged_in(member)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for name in (
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_list_webauthn",
    ):
        assert answer(client, name) == 200
    for name in ("mfa_generate_recovery_codes", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"):
        assert answer(client, name) == 200
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert_is_a_page_of_ours(client.get(reverse(name, args=[passkey.pk])))
    assert client.get("/accounts/2fa/recovery-codes/download/").text.split() == codes


def test_a_member_without_a_password_may_set_one() -> None:
    client = logged_in(make_member(password=None))
    assert (answer(client, "account_set_password"), answer(client, "mfa_activate_totp")) == (200, 200)
    assert answer(client, "account_change_password") == "/accounts/password/set/"
    html = assert_is_a_page_of_ours(client.post("/accounts/password/set/", {"password1": "12345"}))
    assert "too short" in html.text


def test_pages_half_way_in_are_ours() -> None:
    member = make_member()
    give_app(member)
    client = Client()
    client.post("/accounts/signup/", {"email": "bob@example.org", "username": "bob"})
    html = assert_is_a_page_of_ours(client.get("/accounts/confirm-email/"))
    assert "bob@example.org" in html.text
    client = Client()
    client.post("/accounts/login/code/", {"email": member.email})
    assert member.email in assert_is_a_page_of_ours(client.get("/accounts/login/code/confirm/")).text
    client.post("/accounts/login/code/confirm/", {"code": code_from_mail()})
    assert answer(client, "mfa_authenticate") == 200


def test_what_was_typed_wrong_is_told_beside_its_field() -> None:
    form = {"email": "nonsense", "username": "a b", "password1": "12345"}
    html = assert_is_a_page_of_ours(Client().post("/accounts/signup/", form))
    told = {str(box["name"]): str(box["aria-describedby"]) for box in html.select("[aria-invalid=true]")}
    assert told == {
        "email": "id_email_helptext id_email_error",
        "username": "id_username_helptext id_username_error",
        "password1": "id_password1_helptext id_password1_error",
    }
    typed = {str(box["name"]): box.get("value") for box in html.select("[aria-invalid=true]")}
    assert typed == {"email": "nonsense", "username": "a b", "password1": None}


def test_the_account_leads_to_each_of_its_pages_and_says_where_one_is() -> None:
    client = logged_in(make_member())
    links = assert_is_a_page_of_ours(client.get("/accounts/sessions/")).select('nav[aria-label="Your account"] a')
    assert [link.text for link in links] == [
        *("Profile", "Email", "Password", "Passkeys and codes", "Sessions", "Other sites"),
        *("Mail from us", "Webhooks", "Programs", "Ties with vendors", "Your data"),
    ]
    assert [link.text for link in links if link.get("aria-current") == "page"] == ["Sessions"]
    assert [client.get(str(link["href"])).status_code for link in links] == [200] * 11


def test_no_page_or_message_is_left_in_anothers_words() -> None:
    theirs = Path(allauth.__file__).parent / "templates"
    names = {
        path.relative_to(theirs).as_posix()
        for folder in FOLDERS
        for path in (theirs / folder).rglob("*.*")
        if "email" not in path.parts
    }
    ours = {name for name in names if (settings.BASE_DIR / "templates" / name).exists()}
    assert names - ours == UNUSED
