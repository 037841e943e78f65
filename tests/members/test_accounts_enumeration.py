"""Nobody learns from the forms who has an account: a known address is answered as an unknown one is."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from tests.members.accounts import make_member
from tests.members.builders import logged_in

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "ada@example.org", "eve@example.org"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
WAYS = {
    "sign up": ("/accounts/signup/", {"username": "newcomer"}),
    "sign up with a password": ("/accounts/signup/", {"username": "newcomer", "password1": "a long passphrase"}),
    "sign up with a passkey": ("/accounts/signup/passkey/", {"username": "newcomer"}),
    "a new password": ("/accounts/password/reset/", {}),
    "a code to log in": ("/accounts/login/code/", {}),
}
# Where the code is asked for, so that wrong codes and further ones can be tried.
ASKED_AT = {"sign up": "/accounts/confirm-email/", "a code to log in": "/accounts/login/code/confirm/"}


def answers(way: str, email: str) -> list[tuple[int, str, list[str], str]]:
    """All that comes back, on every page of the way: status, headers, cookies and body without what is random."""
    client = Client()
    url, typed = WAYS[way]
    told = [client.post(url, typed | {"email": email})]
    assert told[0].status_code == 302
    told.append(client.get(told[0].headers["Location"]))
    if way in ASKED_AT:
        told += [
            client.post(ASKED_AT[way], form) for form in ({"code": "WRONG"}, {"action": "resend"}, {"code": "WRONG"})
        ]
        told.append(client.get("/accounts/login/", follow=True))
    return [
        (
            response.status_code,
            str({key: value for key, value in response.headers.items() if key not in ("Content-Length", "Expires")}),
            sorted(response.cookies),
            TOKEN.sub("", response.text).replace(email, "…"),
        )
        for response in told
    ]


@pytest.mark.parametrize("way", WAYS)
def test_a_known_address_is_answered_as_an_unknown_one(settings: Settings, way: str) -> None:
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(settings.ACCOUNT_RATE_LIMITS, "")
    make_member("ada")
    known, unknown = answers(way, KNOWN), answers(way, UNKNOWN)
    assert known == unknown
    assert {recipient for letter in mail.outbox for recipient in letter.to} == {KNOWN, UNKNOWN}


def test_a_wrong_password_is_answered_alike() -> None:
    make_member("ada")
    told = [Client().post("/accounts/login/", {"login": email, "password": "wrong"}) for email in (KNOWN, UNKNOWN)]
    known, unknown = (
        TOKEN.sub("", response.text).replace(email, "…") for response, email in zip(told, (KNOWN, UNKNOWN), strict=True)
    )
    assert known == unknown
    assert "do not belong together" in known


def test_a_member_does_not_learn_whether_another_has_an_address() -> None:
    bob = logged_in(make_member("bob", password=None))
    make_member("ada")
    told = []
    for email in (KNOWN, UNKNOWN):
        response = bob.post("/accounts/email/", {"email": email, "action_add": ""}, follow=True)
        told.append((response.redirect_chain, TOKEN.sub("", response.text).replace(email, "…")))
    assert told[0] == told[1]
