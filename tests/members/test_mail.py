"""Mail to members: in our words, in two parts that say the same."""

import re
from datetime import UTC, datetime
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from members.adapters import AccountAdapter
from members.models import Member
from tests.pages import soup

pytestmark = pytest.mark.django_db
SIGN_UP = {
    "email": "ada@example.org",
    "username": "ada",
    "password1": "a long passphrase",
}


@pytest.fixture
def ada() -> Member:
    member = Member.objects.create_user("ada", "ada@example.org", "a long passphrase")
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def sent() -> tuple[str, str, str]:
    """Subject, text and HTML of the one mail that was sent."""
    (message,) = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    return str(message.subject), str(message.body), str(html)


def test_signing_up_sends_a_code(client: Client) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    subject, text, html = sent()
    assert subject == "[Whystack] Show that this address is yours"
    code = soup(html.encode()).select_one(".code")
    assert code is not None
    assert f"\n\n{code.text}\n\n" in text
    assert "“ada”" in text
    assert "“ada”" in html


def test_a_code_to_log_in_stands_alone(client: Client, ada: Member) -> None:
    client.post("/accounts/login/code/", {"email": ada.email})
    subject, text, html = sent()
    page = soup(html.encode())
    (code,) = page.select(".code")
    assert subject == "[Whystack] Your code to log in"
    assert text.endswith("\n-- \nWhystack\nhttp://127.0.0.1:8000/\n")
    assert [line for line in text.splitlines() if line == code.text] == [code.text]
    assert page.select_one("h1") is not None
    assert not page.select("table, img, script, link")


def test_both_parts_say_the_same(client: Client, ada: Member) -> None:
    client.post("/accounts/password/reset/", {"email": ada.email})
    subject, text, html = sent()
    said = [" ".join(paragraph.text.split()) for paragraph in soup(html.encode()).select("p:not([class])")]
    written = text.partition("\n-- \n")[0].split("\n\n")
    assert subject == "[Whystack] Set a new password"
    assert said == [" ".join(paragraph.split()) for paragraph in written if paragraph.strip()]


def test_a_link_in_a_mail_can_be_followed(client: Client, ada: Member) -> None:
    client.post("/accounts/password/reset/", {"email": ada.email})
    (link,) = [str(a["href"]) for a in soup(sent()[2].encode()).select('a[href*="/password/"]')]
    assert client.get(link, follow=True).status_code == 200


def test_an_address_without_account_is_told_so(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "bob@example.org"})
    subject, text, _ = sent()
    assert subject == "[Whystack] No account has this address"
    assert "/accounts/signup/" in text


def test_whoever_has_an_account_is_told_so(client: Client, ada: Member) -> None:
    client.post("/accounts/signup/", SIGN_UP | {"username": "other"})
    subject, text, _ = sent()
    assert subject == "[Whystack] You have an account already"
    assert "/accounts/password/reset/" in text


THEIRS = Path(allauth.__file__).parent / "templates"
MAILS = sorted(
    path.relative_to(THEIRS).as_posix().removesuffix("_message.txt")
    for folder in ("account", "mfa", "socialaccount")
    for path in (THEIRS / folder / "email").glob("*_message.txt")
    if path.name != "base_message.txt"
)
# What a mail may be told; the words of each are taken from it.
TOLD = {
    "email": "ada@example.org",
    "code": "ABC-123",
    "user": {"username": "ada"},
    "username": "ada",
    "provider": {"name": "GitHub"},
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "deleted_email": "old@example.org",
    "signup_url": "http://127.0.0.1:8000/accounts/signup/",
    "password_reset_url": "http://127.0.0.1:8000/accounts/password/reset/",
    "timestamp": datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    "ip": "192.0.2.1",
    "user_agent": "A browser",
}


@pytest.mark.parametrize("name", MAILS)
def test_every_mail_of_allauth_is_in_our_words_and_in_two_parts(name: str) -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    assert (folder / f"{name}_message.txt").exists()
    assert re.fullmatch(r"[A-Z][^\n]{5,50}\n", (folder / f"{name}_subject.txt").read_text())
    message = AccountAdapter().render_mail(name, "ada@example.org", dict(TOLD))
    assert isinstance(message, EmailMultiAlternatives)
    ((html, _),) = message.alternatives
    shown = [" ".join(part.text.split()) for part in soup(str(html).encode()).select("p:not(.site, .end)")]
    written = str(message.body).partition("\n-- \n")[0].split("\n\n")
    assert shown == [" ".join(part.split()) for part in written if part.strip()]
    assert not re.search(r"&#|&quot;|<|\{|None|\n{3}", str(message.body))
