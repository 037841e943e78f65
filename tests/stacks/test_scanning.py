"""Manifests pasted or uploaded become a diff; its chosen lines change the stack; nothing else is kept."""

import json
import logging
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from members.models import Member
from stacks import limits
from stacks.models import Proposal, Stack, Suggestion, Visibility
from stacks.uploads import MOST_BYTES
from tests.advice.builders import a_member, a_tool
from tests.members.builders import logged_in, make_member
from tests.pages import soup
from tests.stacks.builders import make_stack

pytestmark = pytest.mark.django_db
SCAN, ACCEPT = "/stacks/scan/", "/stacks/accept/"
TOKEN = str(UUID(int=7))
MANIFEST = json.dumps(
    {
        "dependencies": {"react": "19", "@acme/secret": "1", "express": "4"},
        "devDependencies": {"vitest": "2"},
    },
    indent=1,
)
NEW = {"name": "Shop", "kind": "project", "visibility": "public", "form_token": TOKEN}


@pytest.fixture(autouse=True)
def some_tools() -> None:
    for slug in ("react", "express", "vitest", "redis", "javascript", "nodejs"):
        a_tool(slug)


@pytest.fixture
def ada() -> Member:
    return a_member()


@pytest.fixture
def client(ada: Member) -> Client:
    return logged_in(ada)


def pasted(client: Client, status: int = 200, **said: Any) -> BeautifulSoup:
    response = client.post(SCAN, {"text": MANIFEST, "name": "package.json", "stack": "", **said})
    assert response.status_code == status
    return soup(response.content)


def offered(html: BeautifulSoup) -> dict[str, tuple[bool, str]]:
    """The tools to add, whether each is ticked, and what proves it."""
    lines = [line for line in html.select(".diff-line") if line.select("[name=take]")]
    return {
        str(line.select("[name=take]")[0]["value"]): (
            line.select("[name=take]")[0].has_attr("checked"),
            " ".join(proof.text for proof in line.select(".diff-proof")),
        )
        for line in lines
    }


def slugs(stack: Stack) -> set[str]:
    return set(stack.tools.values_list("slug", flat=True))


def test_what_is_pasted_is_shown_line_by_line_with_its_proof(client: Client) -> None:
    html = pasted(client)
    lines = offered(html)
    assert lines["react"] == (True, "package.json:3, declared")
    assert lines["vitest"] == (True, "package.json:8, declared, for development")
    assert [str(box["value"]) for box in html.select("[name=suggest]")] == ["pkg:npm/@acme/secret"]
    assert not html.select("[name=suggest][checked]")
    assert (Stack.objects.count(), Proposal.objects.count(), Suggestion.objects.count()) == (0, 0, 0)


def test_tools_the_scan_did_not_see_stay_unless_ticked(client: Client, ada: Member) -> None:
    stack = make_stack("Acme", "redis", "react", owner=ada)
    html = pasted(client, stack=str(stack.pk))
    assert "react" not in offered(html)
    assert [(str(box["value"]), box.has_attr("checked")) for box in html.select("[name=leave]")] == [("redis", False)]


def test_accepting_changes_what_was_ticked_and_can_be_taken_back(client: Client, ada: Member) -> None:
    stack = make_stack("Acme", "redis", "vitest", owner=ada)
    said = {"stack": stack.pk, "take": ["react", "express", "nope"], "leave": ["redis"]}
    first, again = (soup(client.post(ACCEPT, said, follow=True).content) for _ in range(2))
    assert [message.text.strip() for message in again.select(".message")] == ["Nothing changed."]
    (message,) = first.select(".message")
    assert message.text.strip() == "2 tools added, 1 tool dropped. Take it back"
    undo = str(message.select("a")[0]["href"])
    assert slugs(stack) == {"vitest", "react", "express"}
    assert (a_tool("react").stacks_count, a_tool("redis").stacks_count) == (1, 0)
    form = {str(box["name"]): str(box["value"]) for box in soup(client.get(undo).content).select("form.form input")}
    for _ in range(2):
        assert client.post(undo.partition("?")[0], form).status_code == 302
    assert slugs(stack) == {"redis", "vitest"}
    assert (a_tool("react").stacks_count, a_tool("redis").stacks_count) == (0, 1)


def test_a_new_stack_is_made_once_however_often_it_is_sent(client: Client, ada: Member) -> None:
    for _ in range(2):
        response = client.post(ACCEPT, NEW | {"stack": "", "take": ["react", "vitest"]})
        assert response.headers["Location"] == "/stacks/ada/shop/"
    stack = ada.stacks.get()
    assert (stack.name, stack.kind, stack.visibility) == ("Shop", "project", Visibility.PUBLIC)
    assert slugs(stack) == {"react", "vitest"}
    assert a_tool("react").stacks_count == 1


def test_a_stack_without_a_name_keeps_what_was_ticked_and_its_proof(client: Client) -> None:
    said = NEW | {
        "name": "",
        "stack": "",
        "take": ["react"],
        "offered": ["react package.json:3", "vitest somewhere <b>"],
    }
    response = client.post(ACCEPT, said)
    assert response.status_code == 400
    html = soup(response.content)
    assert offered(html) == {"react": (True, "package.json:3"), "vitest": (False, "somewhere <b>")}
    assert "Give it a name." in html.text
    assert Stack.objects.count() == 0


def test_names_are_offered_to_editors_only_where_they_are_ticked_and_alone(client: Client) -> None:
    said = NEW | {
        "stack": "",
        "take": ["react"],
        "suggest": ["pkg:npm/left-pad", "pkg:npm/left-pad", "not\nthis", "x" * 300],
    }
    for _ in range(2):
        client.post(ACCEPT, said)
    assert [row.identifier for row in Suggestion.objects.all()] == ["pkg:npm/left-pad"]
    columns = {field.name for field in Suggestion._meta.get_fields()}
    assert columns == {"id", "identifier", "offered_at", "settled_at"}


def test_a_stack_holds_no_more_than_it_may(client: Client, ada: Member, settings: Settings) -> None:
    stack = make_stack("Acme", owner=ada)
    many = [a_tool(f"tool-{number}") for number in range(limits.TOOLS + 1)]
    said = {"stack": stack.pk, "take": [tool.slug for tool in many], "offered": [f"{tool.slug} " for tool in many]}
    response = client.post(ACCEPT, said)
    assert response.status_code == 400
    assert f"A stack may hold {limits.TOOLS} tools" in soup(response.content).text
    assert slugs(stack) == set()


def test_several_files_are_read_together_and_what_cannot_be_read_is_told(client: Client) -> None:
    files = [
        SimpleUploadedFile("package.json", MANIFEST.encode()),
        SimpleUploadedFile("package-lock.json", b"\x00\x01\x02"),
        SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff"),
    ]
    html = pasted(client, text="", upload=files)
    assert "react" in offered(html)
    assert [row.code.text for row in html.select("#skipped ~ ul li") if row.code] == ["package-lock.json"]


def test_nothing_that_was_uploaded_is_written_or_logged(
    client: Client, tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Files larger than what Django keeps in memory go to a folder as a rule; here they do not."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    secret = json.dumps({"dependencies": {"react": "1", **{f"secret-{number}": "1" for number in range(20_000)}}})
    with caplog.at_level(logging.DEBUG):
        html = pasted(client, text="", upload=[SimpleUploadedFile("package.json", secret.encode())])
    assert "react" in offered(html)
    assert list(tmp_path.iterdir()) == []
    assert "secret-7" not in caplog.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"text": "", "upload": [SimpleUploadedFile("package.json", b"x" * (MOST_BYTES + 1))]}, "More than is read"),
        ({"text": "x" * 2_700_000}, "More than is read"),
    ],
)
def test_what_is_too_big_is_told_so(client: Client, said: dict[str, Any], told: str) -> None:
    assert told in pasted(client, 413, **said).text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"text": "  "}, "Paste a manifest, or give files."),
        ({"name": " "}, "Say what the file is called"),
        ({"stack": "999999"}, "You have no such stack."),
        ({"upload": [SimpleUploadedFile(f"{n}.json", b"{}") for n in range(limits.MANIFESTS + 1)]}, "Give at most 50"),
    ],
)
def test_what_cannot_be_asked_for_is_told_and_kept(client: Client, said: dict[str, Any], told: str) -> None:
    html = pasted(client, 400, **said)
    assert told in html.text
    assert html.select("textarea")[0].text.strip() == str(said.get("text", MANIFEST)).strip()


def test_an_upload_without_the_forms_token_is_refused(ada: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(SCAN, {"text": MANIFEST, "name": "package.json"}).status_code == 403


def test_others_stacks_are_not_changed(client: Client) -> None:
    stack = make_stack("Hers", "redis", owner=make_member("grace"))
    assert client.post(ACCEPT, {"stack": stack.pk, "take": ["react"]}).status_code == 404
    assert client.get(f"{stack.get_absolute_url()}undo/?after=0&until=99").status_code == 404
    assert client.post(f"{stack.get_absolute_url()}undo/", {"after": 0, "until": 99}).status_code == 404
    assert slugs(stack) == {"redis"}


def test_what_the_command_line_sent_is_accepted_on_the_same_page(client: Client, ada: Member) -> None:
    stack = make_stack("Acme", "redis", owner=ada)
    row = Proposal.objects.propose(ada, ["react", "vitest", "gone"], stack)
    html = soup(client.get(row.get_absolute_url()).content)
    assert offered(html) == {"react": (True, ""), "vitest": (True, "")}
    assert "redis" in [str(box["value"]) for box in html.select("[name=leave]")]
    fresh = soup(client.get(f"{row.get_absolute_url()}?stack=").content)
    assert fresh.select("[name=name]")
    said = {"stack": stack.pk, "take": ["react"], "do": "accept"}
    places = [client.post(row.get_absolute_url(), said).headers["Location"] for _ in range(2)]
    assert places == [stack.get_absolute_url(), "/stacks/mine/"]
    assert slugs(stack) == {"redis", "react"}
    assert Proposal.objects.count() == 0


def test_a_scan_can_be_thrown_away_and_is_nobody_elses(client: Client, ada: Member) -> None:
    row = Proposal.objects.propose(ada, ["react"])
    stranger = logged_in(make_member("grace"))
    for answer in (stranger.get(row.get_absolute_url()), stranger.post(row.get_absolute_url(), {"do": "discard"})):
        assert answer.status_code == 404
    client.post(row.get_absolute_url(), {"do": "discard"})
    assert (Proposal.objects.count(), Stack.objects.count()) == (0, 0)


def test_the_diff_costs_the_same_queries_however_long_it_is(client: Client, ada: Member) -> None:
    costs = []
    for count in (1, 60):
        stack = make_stack(f"Acme {count}", *(f"held-{count}-{number}" for number in range(count)), owner=ada)
        row = Proposal.objects.propose(ada, [a_tool(f"new-{count}-{number}").slug for number in range(count)], stack)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(row.get_absolute_url()).status_code == 200
        costs.append(len(captured))
    assert costs == [costs[0]] * 2
