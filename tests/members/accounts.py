"""What tests of accounts share: members with their ways in, codes out of mails, and what every page must have."""

import re
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from bs4 import BeautifulSoup
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from members.models import Member
from tests.members.builders import make_reader
from tests.pages import soup

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as TestResponse

PASSWORD = "a long passphrase"


def make_member(name: str = "ada", password: str | None = PASSWORD) -> Member:
    """A member with a verified address; without a password only codes and passkeys let them in."""
    return make_reader(name, password=password)


def give_app(member: Member) -> str:
    """Switch on an authenticator app; answers its secret."""
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(member, secret)
    return secret


def code_of(secret: str) -> str:
    """What the app shows now."""
    (counter, *_) = totp.yield_hotp_counters_from_time()
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def give_passkey(member: Member, name: str = "Laptop") -> Authenticator:
    """A passkey that was made for http://testserver."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    public = ES256.from_cryptography_key(key)  # type: ignore[no-untyped-call]  # fido2 types but a part of itself
    credential = AttestedCredentialData.create(bytes(16), b"credential-of-16", public)
    data = AuthenticatorData.create(bytes(32), AuthenticatorData.FLAG.AT, 0, credential)
    identifier = websafe_encode(credential.credential_id)
    answer = {
        "id": identifier,
        "rawId": identifier,
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(b'{"type":"webauthn.create","challenge":"","origin":"http://testserver"}'),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    passkey: Authenticator = Authenticator.objects.create(
        user=member, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": answer}
    )
    return passkey


def give_recovery_codes(member: Member) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(member).get_unused_codes()
    return codes


def code_from_mail() -> str:
    """The code in the newest letter: a line of its own."""
    body = str(mail.outbox[-1].body)
    found = re.search(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)$", body, re.MULTILINE)
    assert found, body
    return found[1]


def assert_is_a_page_of_ours(response: "TestResponse") -> BeautifulSoup:
    """One heading, hidden from search engines, fields with labels and errors, nothing inline, nothing remote."""
    html = soup(response.content)
    assert len(html.select("h1")) == 1
    assert html.select_one("title").text.endswith(" · Whystack")  # type: ignore[union-attr]  # a missing one fails too
    assert html.select_one('meta[name="robots"][content="noindex"]')
    assert html.select_one("header.site-header")
    assert not html.select("link[rel=canonical], [style], style, iframe")
    assert [script for script in html.select("script:not([src])") if script["type"] != "application/json"] == []
    assert not html.select("[src^=http], main a[href^=http], form[action^=http]")
    identifiers = [str(part["id"]) for part in html.select("[id]")]
    assert len(identifiers) == len(set(identifiers))
    labelled = {str(label["for"]) for label in html.select("label[for]") if label.text.strip()}
    for field in html.select("main input:not([type=hidden]), main select, main textarea"):
        assert field["id"] in labelled
        assert set(str(field.get("aria-describedby", "")).split()) <= set(identifiers)
    for form in html.select("main form[method=post]"):
        assert form.select_one("[name=csrfmiddlewaretoken]")
    for word in ("Sign In", "Sign Up", "Two-Factor", "third-party", "Security Key", "None"):
        assert word not in html.text
    return html
