"""A member leaves by the site's pages: asked once more who they are, and what becomes of their words."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from advice.models import Post, PostState
from members.models import Member
from tests.advice.builders import make_decision
from tests.members import accounts
from tests.members.builders import logged_in, make_reader
from tests.pages import page, soup

pytestmark = pytest.mark.django_db
DATA, DELETE = "/accounts/data/", "/accounts/data/delete/"
SENT = {"words": "stay", "username": "ada"}


@pytest.fixture
def ada() -> Member:
    """A member who comes in by codes, and need not show anew who they are."""
    return make_reader("ada")


def test_the_pages_are_ours(ada: Member) -> None:
    client = logged_in(ada)
    for url in (DATA, DELETE, "/accounts/profile/"):
        accounts.assert_is_a_page_of_ours(client.get(url))
        assert "no-store" in client.get(url)["Cache-Control"]


@pytest.mark.parametrize("url", [DATA, DELETE])
def test_strangers_log_in_first(client: Client, url: str) -> None:
    assert client.get(url)["Location"] == f"/accounts/login/?next={url}"
    assert client.post(url, SENT).status_code in (302, 405)


def test_a_member_leaves_and_their_words_stay(ada: Member) -> None:
    make_decision(author=ada)
    client = logged_in(ada)
    response = client.post(DELETE, SENT, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Your account is deleted." in response.text
    assert (Member.objects.count(), Post.objects.get().state) == (0, PostState.PUBLISHED)
    assert Session.objects.count() == 0
    html = page(Client(), Post.objects.get().get_absolute_url())
    assert "A former member" in html.text
    assert client.get(DATA).status_code == 302


def test_a_member_leaves_and_takes_their_words_along(ada: Member) -> None:
    post = make_decision(author=ada)
    logged_in(ada).post(DELETE, SENT | {"words": "go"})
    assert (Member.objects.count(), Client().get(post.get_absolute_url()).status_code) == (0, 404)


def test_leaving_ends_the_other_sessions(ada: Member) -> None:
    phone, laptop = logged_in(ada), logged_in(ada)
    for client in (phone, laptop):
        client.get("/accounts/sessions/")
    laptop.post(DELETE, SENT)
    assert phone.get(DATA)["Location"] == f"/accounts/login/?next={DATA}"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"words": "stay", "username": "grace"}, "That is not your username, which is ada."),
        ({"words": "stay"}, "This field is required."),
        ({"username": "ada"}, "This field is required."),
        ({"words": "burn", "username": "ada"}, "is not one of the available choices"),
    ],
)
def test_a_slip_deletes_nothing(ada: Member, sent: dict[str, str], told: str) -> None:
    response = logged_in(ada).post(DELETE, sent)
    assert response.status_code == 400
    assert told in response.text
    html = soup(response.content)
    box = html.select_one("[name=username]")
    assert box
    assert box.get("value", "") == sent.get("username", "")
    assert [choice["value"] for choice in html.select("[name=words][checked]")] == (
        ["stay"] if sent.get("words") == "stay" else []
    )
    assert Member.objects.get() == ada


def test_whoever_has_a_password_types_it_first(client: Client) -> None:
    ada = accounts.make_member("ada")
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    asked = client.get(DELETE)["Location"]
    assert asked == f"{reverse('account_reauthenticate')}?{urlencode({'next': DELETE})}"
    assert client.post(DELETE, SENT)["Location"] == asked
    assert Member.objects.count() == 1
    assert client.post(asked, {"password": "wrong"}).status_code == 200
    assert Member.objects.count() == 1
    # What was sent before is done once they have shown who they are.
    assert client.post(asked, {"password": accounts.PASSWORD})["Location"] == "/"
    assert Member.objects.count() == 0


def test_who_is_suspended_may_still_leave(ada: Member) -> None:
    ada.suspend(datetime(2100, 1, 1, tzinfo=UTC), "Spam")
    client = logged_in(ada)
    archive = client.post("/accounts/data/archive/")
    assert (archive.status_code, archive["Content-Type"]) == (200, "application/zip")
    assert archive.getvalue().startswith(b"PK")
    client.post(DELETE, SENT)
    assert Member.objects.count() == 0


def test_the_only_administrator_stays(ada: Member) -> None:
    Member.objects.filter(pk=ada.pk).update(is_superuser=True, is_staff=True)
    response = logged_in(ada).post(DELETE, SENT)
    assert response.status_code == 403
    assert "You are the only administrator" in response.text
    assert Member.objects.count() == 1
