"""Who may be a member, and how one becomes an editor."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client

from members.models import Member
from tests.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("EDITOR_PASSWORD", "a long passphrase")
    return "a long passphrase"


@pytest.mark.parametrize("username", ["ada", "a", "Ada-Lovelace_1", "a" * 40])
def test_a_username(username: str) -> None:
    Member(username=username, email="ada@example.org", password="x").full_clean()


@pytest.mark.parametrize("username", ["", "-a", "a-", "a b", "a/b", "a@b", "ä", "a" * 41, "a\x00b"])
def test_no_username(username: str) -> None:
    with pytest.raises(ValidationError):
        Member(username=username, email="ada@example.org", password="x").full_clean()


def test_usernames_differ_by_more_than_case() -> None:
    Member.objects.create_user("ada", "ada@example.org")
    with pytest.raises(IntegrityError):
        Member.objects.create_user("ADA", "other@example.org")


def test_addresses_differ_by_more_than_case() -> None:
    Member.objects.create_user("ada", "ada@example.org")
    with pytest.raises(IntegrityError):
        Member.objects.create_user("bob", "ADA@example.org")


def test_a_new_editor_can_log_in_and_enter_the_admin(client: Client, password: str) -> None:
    call_command("create_editor", "ada", email="ada@example.org")
    form = {"login": "ada", "password": password}
    response = client.post("/accounts/login/?next=/admin/", form)
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/tools/fact/add/").status_code == 200
    assert client.get("/admin/members/member/").status_code == 403
    assert EmailAddress.objects.get().verified


def test_a_new_moderator_has_the_desk_and_nothing_else(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODERATOR_PASSWORD", "a long passphrase")
    call_command("create_moderator", "ada", email="ada@example.org")
    form = {"login": "ada", "password": "a long passphrase"}
    response = client.post("/accounts/login/?next=/admin/desk/", form)
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/desk/")
    assert {client.get(f"/admin/{path}").status_code for path in ("", "desk/", "advice/post/", "advice/act/")} == {200}
    refused = ("tools/tool/", "members/member/", "advice/post/add/", "auth/group/")
    assert {client.get(f"/admin/{path}").status_code for path in refused} == {403}
    assert Member.objects.get().get_all_permissions() == {
        "advice.moderate",
        "advice.view_act",
        "advice.view_comment",
        "advice.view_outcome",
        "advice.view_post",
        "advice.view_posttool",
        "advice.view_report",
    }


def test_an_editor_may_become_a_moderator_too(password: str) -> None:
    for command in ("create_editor", "create_moderator", "create_moderator"):
        call_command(command, "ada", email="ada@example.org")
    assert sorted(group.name for group in Member.objects.get().groups.all()) == ["Editors", "Moderators"]


def test_a_member_becomes_an_editor(password: str) -> None:
    Member.objects.create_user("ada", "ada@example.org", password)
    call_command("create_editor", "Ada")
    member = Member.objects.get()
    assert (member.is_staff, member.is_superuser) == (True, False)
    assert [group.name for group in member.groups.all()] == ["Editors"]


@pytest.mark.parametrize(
    ("username", "email", "told"),
    [("ada", "", "give --email"), ("a b", "ada@example.org", "letters, digits"), ("ada", "nonsense", "valid email")],
)
def test_what_cannot_be_an_editor_is_told(password: str, username: str, email: str, told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("create_editor", username, email=email)
    assert not Member.objects.exists()


def test_a_poor_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR_PASSWORD", "12345")
    with pytest.raises(CommandError, match="too short"):
        call_command("create_editor", "ada", email="ada@example.org")


def test_failed_logins_are_limited(client: Client, password: str) -> None:
    call_command("create_editor", "ada", email="ada@example.org")
    wrong = {"login": "ada", "password": "wrong"}
    told = [client.post("/accounts/login/", wrong).status_code for _ in range(6)]
    assert told == [200, 200, 200, 200, 200, 429]


def test_a_login_that_failed_keeps_the_name(client: Client) -> None:
    html = client.post("/accounts/login/", {"login": "ada", "password": "wrong"}).content.decode()
    assert 'value="ada"' in html
    assert "wrong" not in html


def test_the_login_form_asks_for_an_email_or_a_username(client: Client) -> None:
    labels = [label.text.strip() for label in page(client, "/accounts/login/").select("main label")]
    assert labels == ["Email or username", "Password", "Keep me logged in"]
