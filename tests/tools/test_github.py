"""What the client makes of GitHub's answers: a real HTTP server gives them over a real socket."""

import logging
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from tests.tools.forge_server import drips, moved, says
from tests.tools.github_faults import DOCUMENT, FAULTS, NO_FAULTS, Fault, Told, document
from tests.tools.github_server import NOW, TOKEN, GitHubServer, description
from tools.forges.answers import Answer, Asked, Gone, Seen, Stop, Unauthorized, Unchanged, Unreachable
from tools.forges.reading import is_repository_name
from tools.github import GitHub

FLASK = "/repos/pallets/flask"


@pytest.fixture
def server() -> Iterator[GitHubServer]:
    with GitHubServer() as server:
        yield server


def client(server: GitHubServer, *tokens: str, seconds: float = 20) -> GitHub:
    return GitHub(server.url, tokens, total_seconds=seconds, clock=lambda: NOW)


def ask(github: GitHub, name: str = "pallets/flask", etag: str = "") -> Answer | Stop:
    """What becomes of one name."""
    reply = github.ask([Asked(name, etag)])
    return reply.stop or reply.answers[name]


def seen(name: str = "pallets/flask", stars: int = 73_000) -> Seen:
    return Seen(name, stars, 17_000, archived=False, pushed_on=date(2026, 11, 20), licence="BSD-3-Clause")


def test_a_repository_is_seen_with_its_figures(server: GitHubServer) -> None:
    server.replies(FLASK, says(200, description("pallets/flask"), {"ETag": 'W/"abc"'}))
    assert ask(client(server)) == Seen(
        name="pallets/flask",
        stars=73_000,
        forks=17_000,
        archived=False,
        pushed_on=date(2026, 11, 20),
        licence="BSD-3-Clause",
        etag='W/"abc"',
    )


def test_the_question_is_the_one_github_documents(server: GitHubServer) -> None:
    ask(client(server))
    (question,) = server.questions
    assert question.path == FLASK
    assert "Authorization" not in question.headers
    assert question.headers["Accept"] == "application/vnd.github+json"
    assert question.headers["X-GitHub-Api-Version"] == "2022-11-28"
    assert question.headers["User-Agent"] == "Whystack"


def test_what_did_not_change_is_not_told_twice(server: GitHubServer) -> None:
    server.has("pallets/flask")
    first = ask(client(server))
    assert isinstance(first, Seen)
    assert ask(client(server), "pallets/flask", first.etag) == Unchanged()
    server.has("pallets/flask", stars=73_001)
    second = ask(client(server), "pallets/flask", first.etag)
    assert isinstance(second, Seen)
    assert second.stars == 73_001


@pytest.mark.parametrize("etag", ["abc", 'W/"ü"', f'"{"x" * 100}"', '"a b"'])
def test_an_etag_that_could_not_be_sent_back_is_forgotten(server: GitHubServer, etag: str) -> None:
    server.replies(FLASK, says(200, description("pallets/flask"), {"ETag": etag}))
    assert ask(client(server)) == seen()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_renamed_repository_is_followed_and_told_by_its_new_name(server: GitHubServer, status: int) -> None:
    server.replies("/repos/mitsuhiko/flask", moved(f"{server.url}/repositories/596892", status))
    server.replies("/repositories/596892", says(200, description("pallets/flask")))
    assert ask(client(server), "mitsuhiko/flask") == seen()
    assert server.asked == ["/repos/mitsuhiko/flask", "/repositories/596892"]


def test_three_redirects_are_followed_and_a_fourth_is_not(server: GitHubServer) -> None:
    for step in range(4):
        server.replies(f"/repos/step/{step}", moved(f"/repos/step/{step + 1}"))
    server.replies("/repos/step/4", says(200, description("pallets/flask")))
    assert ask(client(server), "step/1") == seen()
    assert isinstance(ask(client(server), "step/0"), Unreachable)


def test_another_host_hears_nothing_of_us_and_least_of_all_the_token(server: GitHubServer) -> None:
    with GitHubServer() as stranger:
        server.replies(FLASK, moved(f"{stranger.url}{FLASK}"))
        assert isinstance(ask(client(server)), Unreachable)
        assert stranger.questions == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_has_its_answer(server: GitHubServer, fault: Fault) -> None:
    server.replies(FLASK, fault.reply)
    assert ask(client(server, seconds=fault.seconds)) == fault.answer


@pytest.mark.parametrize("told", NO_FAULTS, ids=lambda told: told.name)
def test_what_is_no_fault_is_seen(server: GitHubServer, told: Told) -> None:
    server.replies(FLASK, told.reply)
    assert ask(client(server), etag='"known"') == told.answer


def test_the_documentation_has_every_fault() -> None:
    assert DOCUMENT.read_text() == document(), "python -m tests.tools.github_faults writes it anew"


def test_a_slow_redirect_and_a_slow_answer_share_one_deadline(server: GitHubServer) -> None:
    server.replies(FLASK, moved("/repositories/596892"))
    server.replies("/repositories/596892", drips)
    assert ask(client(server, seconds=0.5)) == Unreachable("GitHub did not answer in time.")


def test_nobody_listens() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as unused:
        port = unused.getsockname()[1]
    assert ask(GitHub(f"http://127.0.0.1:{port}")) == Unreachable("GitHub cannot be reached.")


@pytest.mark.parametrize(
    "name",
    ["", "flask", "a/b/c", "a/..", "a/.", "../b", "a//b", "a/b?c", "a/b#c", "a/b c", "a/%2e%2e", "a/b\n", "ä/b", "/b"],
)
def test_a_name_cannot_change_the_path(server: GitHubServer, name: str) -> None:
    assert ask(client(server), name) == Gone("No repository on GitHub can have this name.")
    assert server.asked == []


@pytest.mark.parametrize(
    "name", ["pallets/flask", "dotnet/.github", "a/_", "mui/material-ui", "nodejs/node.js", "a/..."]
)
def test_names_of_repositories_are_known_as_such(name: str) -> None:
    assert is_repository_name(name)


@pytest.mark.parametrize("token", ["se\ncret", "secret ", "sécret", "secret\r\nX-Evil: 1"])
def test_a_token_that_is_none_is_not_sent(server: GitHubServer, token: str) -> None:
    answer = ask(client(server, token))
    assert answer == Unauthorized("The GitHub token holds characters that no token has.")
    assert server.asked == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_nobody_sees_the_token(server: GitHubServer, fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.replies(FLASK, fault.reply)
    github = client(server, TOKEN, seconds=fault.seconds)
    assert TOKEN not in repr(github) + repr(ask(github)) + caplog.text


def test_a_server_that_repeats_the_token_is_not_quoted(server: GitHubServer) -> None:
    server.replies(FLASK, says(200, description("pallets/flask", full_name=TOKEN, archived=TOKEN)))
    assert TOKEN not in repr(ask(client(server)))
