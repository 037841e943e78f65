"""What the command line sends to the site, and what it is answered."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from members.models import AccessToken, Member
from stacks import limits
from stacks.models import Proposal, Stack
from tests.members.builders import make_member
from tests.tools.builders import make_tool

pytestmark = pytest.mark.django_db
URL = "/api/v1/stacks/proposals/"
FOREVER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def ada() -> Member:
    for slug in ("django", "redis"):
        make_tool(slug)
    return make_member("ada")


def token(member: Member) -> str:
    return AccessToken.objects.issue(member, "whystack", datetime.now(tz=UTC))


def send(data: Any, secret: str, **headers: str) -> HttpResponse:
    body = data if isinstance(data, bytes | str) else json.dumps(data)
    client = Client(enforce_csrf_checks=True)
    sent = {"Authorization": f"Bearer {secret}"} | headers
    response = client.post(URL, body, content_type="application/json", headers=sent)
    assert response.headers["Cache-Control"] == "no-store"
    return response  # type: ignore[return-value]  # Django's test client answers so


def problem(response: HttpResponse) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    said = json.loads(response.content)
    assert (said["type"], said["status"]) == ("about:blank", response.status_code)
    return response.status_code, said["detail"]


def test_a_scan_becomes_a_proposal_of_its_member(ada: Member) -> None:
    response = send({"tools": ["redis", "django", "redis"]}, token(ada))
    proposal = Proposal.objects.get()
    assert (proposal.member, proposal.stack, proposal.slugs) == (ada, None, ["django", "redis"])
    url = f"http://127.0.0.1:8000/stacks/proposals/{proposal.pk}/"
    assert (response.status_code, json.loads(response.content)) == (201, {"url": url, "tools": 2, "unknown": []})
    assert response.headers["Location"] == url
    assert response.cookies == {}


def test_a_scan_may_be_of_a_stack_of_ones_own(ada: Member) -> None:
    shop = Stack.objects.create(owner=ada, slug="shop", name="Shop", kind="project")
    assert send({"tools": ["django"], "stack": "Ada/shop"}, token(ada)).status_code == 201
    assert Proposal.objects.get().stack == shop
    assert problem(send({"tools": ["django"], "stack": "ada/shop"}, token(make_member("grace")))) == (
        404,
        "You have no stack at ada/shop.",
    )


def test_sent_twice_it_is_one_proposal(ada: Member) -> None:
    secret = token(ada)
    first, second = (send({"tools": ["django"]}, secret).content for _ in range(2))
    assert (first, Proposal.objects.count()) == (second, 1)


def test_unknown_tools_are_named_and_the_others_kept(ada: Member) -> None:
    response = send({"tools": ["django", "zope", "cobol"]}, token(ada))
    assert (response.status_code, json.loads(response.content)["unknown"]) == (201, ["cobol", "zope"])
    assert Proposal.objects.get().slugs == ["django"]


def test_where_no_tool_is_known_nothing_is_kept(ada: Member) -> None:
    response = send({"tools": ["zope"]}, token(ada))
    assert problem(response) == (422, "None of these tools is in this site's catalogue.")
    assert (json.loads(response.content)["unknown"], Proposal.objects.count()) == (["zope"], 0)


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"\xff",
        b"[" * 50_000,
        [],
        {},
        {"tools": []},
        {"tools": "django"},
        {"tools": [1]},
        {"tools": ["a\x00b"]},
        {"tools": ["x" * 61]},
        {"tools": ["django"], "stack": 7},
        {"tools": ["django"], "files": ["package.json"]},
    ],
)
def test_what_is_of_another_shape_is_refused(body: Any, ada: Member) -> None:
    status, detail = problem(send(body, token(ada)))
    assert (status, detail.partition(" {")[0]) == (400, "Send an object such as")


def test_a_scan_has_an_end(ada: Member) -> None:
    many = [f"tool-{number}" for number in range(limits.TOOLS + 1)]
    assert problem(send({"tools": many}, token(ada))) == (422, "A stack holds at most 400 tools.")
    assert problem(send(b" " * 100_001, token(ada))) == (413, "Send at most 100,000 bytes.")


@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer nonsense", "Basic YWRhOmFkYQ==", "Bearer \x00"])
def test_without_a_valid_token_nobody_is_let_in(said: str, ada: Member) -> None:
    response = send({"tools": ["django"]}, "", Authorization=said)
    assert problem(response)[0] == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_session_is_no_token(ada: Member) -> None:
    client = Client()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(URL, {"tools": ["django"]}, content_type="application/json").status_code == 401


def test_who_is_suspended_shares_nothing(ada: Member) -> None:
    ada.suspend(FOREVER, "Rude")
    assert problem(send({"tools": ["django"]}, token(ada))) == (403, "Your account may read only until 1 January 2100.")


def test_only_json_is_taken_and_only_by_post(ada: Member) -> None:
    form = Client().post(URL, {"tools": "django"}, headers={"Authorization": f"Bearer {token(ada)}"})
    assert problem(form)[0] == 415  # type: ignore[arg-type]  # Django's test client answers so
    got = Client().get(URL)
    assert (problem(got)[0], got.headers["Allow"]) == (405, "POST")  # type: ignore[arg-type]  # as above


def test_who_shares_too_often_waits_and_others_do_not(ada: Member, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"propose": "2/m/user"}
    secret, other = token(ada), token(make_member("grace"))
    answers = [send({"tools": ["django"]}, said) for said in (secret, secret, secret, other)]
    assert [answer.status_code for answer in answers] == [201, 201, 429, 201]
    assert answers[2].headers["Retry-After"] == "60"


def test_tokens_cannot_be_tried_without_end(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"token": "2/m/ip"}
    assert [send({}, f"guess-{n}").status_code for n in range(3)] == [401, 401, 429]
