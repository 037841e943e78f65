"""The ways into an account, and what its member can change."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as ours
from django.core import mail
from django.test import Client
from fido2.utils import websafe_encode
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from members.models import Member
from tests.members.accounts import (
    PASSWORD,
    code_from_mail,
    code_of,
    give_app,
    give_passkey,
    give_recovery_codes,
    make_member,
)
from tests.members.builders import logged_in
from tests.pages import page, soup

pytestmark = pytest.mark.django_db


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def log_in(client: Client, name: str = "ada", then: str = "/") -> str:
    """Log in with the password; answers where that leads."""
    response = client.post(f"/accounts/login/?next={then}", {"login": name, "password": PASSWORD})
    assert response.status_code == 302
    return response.headers["Location"]


def code_typed(client: Client, url: str) -> str:
    response = client.post(url, {"code": code_from_mail()})
    assert response.status_code == 302
    return response.headers["Location"]


def subjects() -> list[str]:
    return [letter.subject.removeprefix("[Whystack] ") for letter in mail.outbox]


def test_somebody_signs_up_by_a_code_without_a_password(client: Client) -> None:
    client.post("/accounts/signup/", {"email": "ada@example.org", "username": "ada"})
    assert not is_logged_in(client)
    assert code_typed(client, "/accounts/confirm-email/") == "/"
    assert is_logged_in(client)
    member = Member.objects.get()
    assert (member.username, member.has_usable_password()) == ("ada", False)
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("ada@example.org", True)]


def test_somebody_signs_up_with_a_password(client: Client) -> None:
    form = {"email": "ada@example.org", "username": "ada", "password1": PASSWORD}
    client.post("/accounts/signup/", form)
    code_typed(client, "/accounts/confirm-email/")
    assert log_in(Client()) == "/"


def test_another_code_is_sent_and_only_it_is_good(client: Client) -> None:
    client.post("/accounts/login/code/", {"email": make_member().email})
    first = code_from_mail()
    client.post("/accounts/login/code/confirm/", {"action": "resend"})
    assert client.post("/accounts/login/code/confirm/", {"code": first}).status_code == 200
    assert code_typed(client, "/accounts/login/code/confirm/") == "/"


def test_a_member_logs_in_by_a_code(client: Client) -> None:
    client.post("/accounts/login/code/", {"email": make_member(password=None).email})
    assert code_typed(client, "/accounts/login/code/confirm/?next=/tools/") == "/tools/"
    assert is_logged_in(client)


def test_a_code_works_once(client: Client) -> None:
    client.post("/accounts/login/code/", {"email": make_member().email})
    code_typed(client, "/accounts/login/code/confirm/")
    client.post("/accounts/logout/")
    assert code_typed(client, "/accounts/login/code/confirm/") == "/accounts/login/code/"
    assert not is_logged_in(client)


def test_an_app_is_asked_for_after_the_password_and_after_a_code(client: Client) -> None:
    member = make_member()
    secret = give_app(member)
    assert log_in(client) == "/accounts/2fa/authenticate/"
    assert not is_logged_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).headers["Location"] == "/"
    assert is_logged_in(client)
    other = Client()
    other.post("/accounts/login/code/", {"email": member.email})
    assert code_typed(other, "/accounts/login/code/confirm/") == "/accounts/2fa/authenticate/"
    assert not is_logged_in(other)


def test_a_recovery_code_works_once() -> None:
    member = make_member()
    give_app(member)
    code = give_recovery_codes(member)[0]
    tried = []
    for _ in range(2):
        client = Client()
        log_in(client)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        tried.append(is_logged_in(client))
    assert tried == [True, False]


def test_an_editor_enters_the_admin_through_the_same_door(client: Client) -> None:
    editor = make_member()
    Member.objects.update(is_staff=True, is_superuser=True)
    secret = give_app(editor)
    assert client.get("/admin/").headers["Location"] == "/admin/login/?next=/admin/"
    door = client.get("/admin/login/?next=/admin/").headers["Location"]
    assert door == "/accounts/login/?next=%2Fadmin%2F"
    assert (
        client.post("/admin/login/", {"username": "ada", "password": PASSWORD})
        .headers["Location"]
        .startswith("/accounts/login/")
    )
    assert not is_logged_in(client)
    step = client.post(door, {"login": "ada", "password": PASSWORD}).headers["Location"]
    assert step.startswith("/accounts/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302
    assert client.post(step, {"code": code_of(secret)}).headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_member_is_no_editor(client: Client) -> None:
    make_member()
    log_in(client)
    assert client.get("/admin/login/?next=/admin/").status_code == 403


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "nonsense",
        "[]",
        "null",
        '"x"',
        '{"id": 1}',
        '{"id": "a", "rawId": "a", "response": {}, "type": "public-key"}',
    ],
)
def test_what_is_no_passkey_lets_nobody_in_and_breaks_nothing(client: Client, sent: str) -> None:
    client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    response = client.post("/accounts/2fa/webauthn/login/", {"credential": sent})
    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/login/")
    member = logged_in(make_member(password=None))
    member.get("/accounts/2fa/webauthn/add/")
    response = member.post("/accounts/2fa/webauthn/add/", {"name": "Laptop", "credential": sent})
    assert response.status_code == 200
    assert soup(response.content).select(".errorlist li")
    assert not Authenticator.objects.exists()


def test_a_copied_passkey_does_not_let_anybody_in(client: Client) -> None:
    """The public half, which the site knows, sent back as if it were an answer."""
    passkey = give_passkey(make_member())
    asked = client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"}).json()
    challenge = asked["request_options"]["publicKey"]["challenge"]
    told = {"type": "webauthn.get", "challenge": challenge, "origin": "http://testserver"}
    answer = passkey.data["credential"] | {
        "response": {
            "clientDataJSON": websafe_encode(json.dumps(told).encode()),
            "authenticatorData": websafe_encode(bytes(32) + b"\x05" + bytes(4)),
            "signature": websafe_encode(b"none"),
            "userHandle": websafe_encode(str(passkey.user_id).encode()),
        }
    }
    client.post("/accounts/2fa/webauthn/login/", {"credential": json.dumps(answer)})
    assert not is_logged_in(client)


def test_a_passkey_is_renamed_and_removed_by_its_member_alone() -> None:
    ada, bob = make_member("ada", None), make_member("bob", None)
    passkey = give_passkey(ada)
    url = f"/accounts/2fa/webauthn/keys/{passkey.pk}"
    assert [logged_in(bob).post(f"{url}/{verb}/", {"name": "Mine"}).status_code for verb in ("edit", "remove")] == [
        404,
        404,
    ]
    passkey.refresh_from_db()
    assert str(passkey) == "Laptop"


def test_what_matters_asks_once_more_who_it_is(client: Client) -> None:
    make_member()
    log_in(client)
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked.headers["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"
    assert client.post(asked.headers["Location"], {"password": "wrong"}).status_code == 200
    shown = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert shown.headers["Location"] == "/accounts/2fa/totp/activate/"
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_an_app_is_switched_on_and_off(client: Client) -> None:
    client.force_login(make_member(password=None))
    form = page(client, "/accounts/2fa/totp/activate/")
    secret = form.select_one("code.secret").text  # type: ignore[union-attr]  # a missing one fails too
    assert str(form.select_one("img.qr")["src"]).startswith("data:image/svg+xml")  # type: ignore[index]  # as above
    assert client.post("/accounts/2fa/totp/activate/", {"code": "12"}).status_code == 200
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "totp"]
    client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret)})
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert subjects() == ["An authenticator app was switched on", "The authenticator app was switched off"]


def test_an_address_changes_when_the_new_one_is_verified(client: Client) -> None:
    client.force_login(make_member(password=None))
    client.post("/accounts/email/", {"email": "countess@example.org", "action_add": ""})
    assert Member.objects.get().email == "ada@example.org"
    code_typed(client, "/accounts/confirm-email/")
    assert Member.objects.get().email == "countess@example.org"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["countess@example.org"]
    told = {letter.subject.removeprefix("[Whystack] "): letter.to for letter in mail.outbox}
    assert told["Your address was changed"] == ["ada@example.org"]


def test_a_taken_address_cannot_be_taken_twice(client: Client) -> None:
    make_member("bob")
    client.force_login(make_member("ada", None))
    client.post("/accounts/email/", {"email": "bob@example.org", "action_add": ""})
    response = client.post("/accounts/confirm-email/", {"code": code_from_mail()})
    assert "Another account has this email address." in response.text
    assert sorted(EmailAddress.objects.values_list("email", flat=True)) == ["ada@example.org", "bob@example.org"]


def test_a_new_password_logs_out_elsewhere() -> None:
    make_member()
    here, elsewhere = Client(), Client()
    log_in(here)
    log_in(elsewhere)
    form = {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"}
    assert here.post("/accounts/password/change/", form).status_code == 302
    assert [client.get("/accounts/sessions/").status_code for client in (here, elsewhere)] == [200, 302]
    assert subjects() == ["Your password was changed"]


def test_a_forgotten_password_is_set_anew_by_mail(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": make_member().email})
    (link,) = [line for line in str(mail.outbox[0].body).splitlines() if "/password/reset/key/" in line]
    asked = client.get(link.removeprefix("http://testserver")).headers["Location"]
    form = {"password1": "another long one", "password2": "another long one"}
    assert client.post(asked, form).headers["Location"] == "/accounts/password/reset/key/done/"
    assert Member.objects.get().check_password("another long one")
    assert "had its day" in client.get(link.removeprefix("http://testserver")).text


def test_sessions_are_listed_and_ended_elsewhere() -> None:
    make_member()
    here, elsewhere = Client(HTTP_USER_AGENT="Here"), Client(HTTP_USER_AGENT="Elsewhere")
    log_in(here)
    assert [hint.text for hint in page(here, "/accounts/sessions/").select(".account-list .hint")] == ["Here"]
    log_in(elsewhere)
    assert len(page(here, "/accounts/sessions/").select(".account-list li")) == 2
    assert here.post("/accounts/sessions/").status_code == 302
    assert (here.get("/accounts/email/").status_code, elsewhere.get("/accounts/email/").status_code) == (200, 302)
    assert len(page(here, "/accounts/sessions/").select(".account-list li")) == 1


def test_who_comes_from_gitlab_chooses_a_name_and_is_known_next_time(
    httpserver: HTTPServer, settings: Settings
) -> None:
    gitlab = httpserver.url_for("").rstrip("/")
    app = ours.SOCIALACCOUNT_PROVIDERS["gitlab"]["APPS"][0] | {"settings": {"gitlab_url": gitlab}}
    settings.SOCIALACCOUNT_PROVIDERS = {"gitlab": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    httpserver.expect_request("/oauth/token", method="POST").respond_with_json(
        {"access_token": "t", "token_type": "bearer"}
    )
    person = {"id": 7, "username": "ada_at_gitlab", "email": "ada@example.org", "bio": "of no use to us"}
    httpserver.expect_request("/api/v4/user").respond_with_json(person)

    def come_back(client: Client) -> str:
        away = client.post("/accounts/gitlab/login/").headers["Location"]
        assert away.startswith(f"{gitlab}/oauth/authorize?client_id=whystack-at-gitlab&")
        state = dict(part.split("=") for part in away.partition("?")[2].split("&"))["state"]
        return client.get("/accounts/gitlab/login/callback/", {"code": "c", "state": state}).headers["Location"]

    client = Client()
    assert come_back(client) == "/accounts/3rdparty/signup/"
    fields = page(client, "/accounts/3rdparty/signup/").select("main input:not([type=hidden])")
    assert {field["name"]: field["value"] for field in fields} == {
        "email": "ada@example.org",
        "username": "ada_at_gitlab",
    }
    client.post("/accounts/3rdparty/signup/", {"email": "ada@example.org", "username": "ada"})
    assert code_typed(client, "/accounts/confirm-email/") == "/"
    assert SocialAccount.objects.get().extra_data == {"username": "ada_at_gitlab"}
    again = Client()
    assert come_back(again) == "/"
    assert is_logged_in(again)
    assert page(again, "/accounts/3rdparty/").select("main input[type=radio]")
    again.post("/accounts/3rdparty/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()
    assert subjects()[-1] == "Another site was disconnected"


def test_other_sites_are_offered_and_the_policy_lets_forms_lead_there(client: Client) -> None:
    response = client.get("/accounts/login/")
    offered = [button.text for button in soup(response.content).select(".ways form:not([hidden]) button")]
    assert offered == ["Go on with GitHub", "Go on with GitLab"]
    assert "form-action 'self' https://github.com https://gitlab.com;" in response.headers["Content-Security-Policy"]


WITHOUT_KEYS = """
import django
django.setup()
from django.test import Client
client = Client(SERVER_NAME="127.0.0.1")
for path in ("3rdparty/", "3rdparty/signup/", "github/login/", "github/login/callback/", "gitlab/login/"):
    print(client.get(f"/accounts/{path}").status_code)
page = client.get("/accounts/login/")
print("GitHub" in page.text, "GitLab" in page.text, "github" in page.headers["Content-Security-Policy"])
"""


def test_without_keys_nothing_of_other_sites_is_there(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT_KEYS],
        env={
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEBUG": "true",
        },
        cwd=ours.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert told.stdout.split() == ["404"] * 5 + ["False"] * 3, told.stderr


def test_nobody_is_called_what_addresses_of_the_site_are() -> None:
    response = Client().post("/accounts/signup/", {"email": "ada@example.org", "username": "Proposals"})
    assert "The site itself goes by this name: choose another." in response.content.decode()
    assert not Member.objects.exists()
