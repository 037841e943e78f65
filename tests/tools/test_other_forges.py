"""What the clients make of GitLab's and Codeberg's answers, over a real socket."""

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.tools.forge_server import ANYWHERE, Reply, drips, moved, says
from tests.tools.github_faults import STRANGER
from tests.tools.github_server import NOW, TOKEN
from tests.tools.other_forge_servers import CodebergServer, GitLabServer, OtherForgeServer
from tools.forges.answers import (
    Answer,
    Asked,
    Forge,
    Gone,
    Nonsense,
    RateLimited,
    Released,
    Seen,
    Stop,
    Unauthorized,
    Unreachable,
)
from tools.forges.codeberg import Codeberg
from tools.forges.gitlab import GitLab, is_project_path
from tools.models import Host

MINUTE = timedelta(minutes=1)
COMMON: dict[str, Any] = {"archived": False, "pushed_on": date(2026, 11, 20), "open_issues": 60}
RUNNER = Seen("gitlab-org/gitlab-runner", 5_400, 11_000, licence="MIT", **COMMON)
FORGEJO = Seen("forgejo/forgejo", 3_000, 400, licence="GPL-3.0-or-later", **COMMON)


@pytest.fixture
def gitlab() -> Iterator[GitLabServer]:
    with GitLabServer() as server:
        server.has("gitlab-org/gitlab-runner")
        yield server


@pytest.fixture
def codeberg() -> Iterator[CodebergServer]:
    with CodebergServer() as server:
        server.has("forgejo/forgejo")
        yield server


def ask(server: OtherForgeServer, name: str = "", *, token: str = "", seconds: float = 20) -> Answer | Stop:
    forge = client(server, token, seconds)
    name = name or ("gitlab-org/gitlab-runner" if isinstance(server, GitLabServer) else "forgejo/forgejo")
    reply = forge.ask([Asked(name)])
    return reply.stop or reply.answers[name]


def client(server: OtherForgeServer, token: str = "", seconds: float = 20) -> Forge:
    make = GitLab if isinstance(server, GitLabServer) else Codeberg
    return make(server.url, token, total_seconds=seconds, clock=lambda: NOW)


def test_they_are_hosts_that_are_asked_one_name_at_a_time() -> None:
    forges: list[Forge] = [GitLab("https://gitlab.com"), Codeberg("https://codeberg.org")]
    assert [(forge.host, forge.most) for forge in forges] == [(Host.GITLAB, 1), (Host.CODEBERG, 1)]


# GitLab.


def test_a_project_is_seen_with_its_releases(gitlab: GitLabServer) -> None:
    gitlab.has(
        "gitlab-org/gitlab-runner",
        releases=[
            {"tag_name": "v19.0.0", "released_at": "2026-12-18T00:00:00Z", "upcoming_release": True},
            {"tag_name": "v18.6.0", "released_at": "2026-11-19T15:48:56.000Z", "upcoming_release": False},
        ],
    )
    seen = ask(gitlab)
    assert isinstance(seen, Seen)
    assert seen.releases == (Released("v18.6.0", date(2026, 11, 19)),)
    assert gitlab.asked == [
        "/api/v4/projects/gitlab-org%2Fgitlab-runner?license=true",
        "/api/v4/projects/gitlab-org%2Fgitlab-runner/releases?per_page=6",
    ]


@pytest.mark.parametrize(
    ("fields", "licence"),
    [({"license": None}, ""), ({"license": {"key": "other"}}, ""), ({"license": {"key": "apache-2.0"}}, "Apache-2.0")],
)
def test_a_licence_is_told_where_spdx_knows_it(gitlab: GitLabServer, fields: dict[str, Any], licence: str) -> None:
    gitlab.has("a/b", **fields)
    seen = ask(gitlab, "a/b")
    assert isinstance(seen, Seen)
    assert seen.licence == licence


def test_a_project_in_groups_within_groups_is_seen(gitlab: GitLabServer) -> None:
    gitlab.has("a/b/c/d")
    assert isinstance(ask(gitlab, "a/b/c/d"), Seen)


@pytest.mark.parametrize(
    "name", ["a", "a/..", "../a", "a//b", "a/b?c", "a/b/", "/a/b", "a/-b", "a/b.", "ä/b", "a/" * 99]
)
def test_a_path_that_is_none_is_not_asked(gitlab: GitLabServer, name: str) -> None:
    assert not is_project_path(name)
    assert ask(gitlab, name) == Gone("No repository on GitLab can have this name.")
    assert gitlab.calls == 0


def test_gitlabs_token_travels_in_its_own_header(gitlab: GitLabServer) -> None:
    assert ask(gitlab, token=TOKEN) == RUNNER
    assert {question.headers.get("PRIVATE-TOKEN") for question in gitlab.questions} == {TOKEN}


def test_gitlab_says_when_its_count_begins_anew(gitlab: GitLabServer) -> None:
    reset = f"{int((NOW + 3 * MINUTE).timestamp())}"
    gitlab.replies(ANYWHERE, says(429, b"Retry later\n", {"RateLimit-Remaining": "0", "RateLimit-Reset": reset}))
    assert ask(gitlab) == RateLimited("GitLab wants to be asked less often.", NOW + 3 * MINUTE)


# Codeberg.


def test_a_repository_is_seen_with_its_releases(codeberg: CodebergServer) -> None:
    released = {"tag_name": "v13.0.1", "published_at": "2026-11-01T00:30:00+01:00", "draft": False, "prerelease": False}
    codeberg.has("forgejo/forgejo", releases=[released | {"tag_name": "v14.0.0-rc1", "prerelease": True}, released])
    seen = ask(codeberg)
    assert isinstance(seen, Seen)
    assert seen.releases == (Released("v13.0.1", date(2026, 10, 31)),)


@pytest.mark.parametrize("licences", [None, [], ["MIT", "Apache-2.0"], [None], "MIT"])
def test_several_licences_are_none_that_one_could_name(codeberg: CodebergServer, licences: Any) -> None:
    codeberg.has("a/b", licenses=licences)
    seen = ask(codeberg, "a/b")
    assert isinstance(seen, Seen)
    assert seen.licence == ""


def test_codebergs_token_travels_as_forgejo_wants(codeberg: CodebergServer) -> None:
    assert ask(codeberg, token=TOKEN) == FORGEJO
    assert {question.headers["Authorization"] for question in codeberg.questions} == {f"token {TOKEN}"}


# Both.


@pytest.fixture(params=["gitlab", "codeberg"])
def server(request: pytest.FixtureRequest) -> OtherForgeServer:
    server: OtherForgeServer = request.getfixturevalue(request.param)
    return server


def _label(server: OtherForgeServer) -> str:
    return "GitLab" if isinstance(server, GitLabServer) else "Codeberg"


def _expected(server: OtherForgeServer) -> Seen:
    return RUNNER if isinstance(server, GitLabServer) else FORGEJO


def test_figures_are_seen(server: OtherForgeServer) -> None:
    assert ask(server) == _expected(server)


def test_a_renamed_one_is_followed(server: OtherForgeServer) -> None:
    server.has("a/old")
    server.rename("a/old", "b/new")
    seen = ask(server, "a/old")
    assert isinstance(seen, Seen)
    assert seen.name == "b/new"


def test_a_removed_one_is_gone(server: OtherForgeServer) -> None:
    server.has("a/b")
    server.remove("a/b")
    assert ask(server, "a/b") == Gone(f"{_label(server)} has no repository of this name, or may not show it.")


def test_releases_that_are_not_told_hide_nothing_else(server: OtherForgeServer) -> None:
    server.once(ANYWHERE, server.reply_later(), says(502, b""))
    assert ask(server) == _expected(server)


def test_several_names_are_asked_until_the_host_wants_no_more(server: OtherForgeServer) -> None:
    server.has("a/b")
    server.once(ANYWHERE, *[server.reply_later()] * 2, says(429, {}, {"Retry-After": "120"}))
    reply = client(server).ask([Asked("a/b"), Asked("a/c"), Asked("a/d")])
    assert (list(reply.answers), reply.calls) == (["a/b"], 3)
    assert reply.stop == RateLimited(f"{_label(server)} wants to be asked less often.", NOW + 2 * MINUTE)


@pytest.mark.parametrize(
    ("reply", "failure", "reason"),
    [
        (says(401, {}), Unauthorized, "{} does not accept the token."),
        (says(502, b"<html>"), Unreachable, "{} answered 502."),
        (says(200, b"<html>"), Unreachable, "The answer is not JSON, so it is not {}'s."),
        (says(200, []), Nonsense, "The answer does not describe a repository."),
        (says(200, b" " * 1_000_001), Nonsense, "The answer is far too long."),
        (moved("https://stranger.invalid/"), Unreachable, STRANGER.reason),
        (drips, Unreachable, "{} did not answer in time."),
    ],
)
def test_faults_have_their_answers_and_nobody_sees_the_token(
    server: OtherForgeServer, reply: Reply, failure: Any, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.replies(ANYWHERE, reply)
    answer = ask(server, token=TOKEN, seconds=0.5 if reply is drips else 20)
    assert answer == failure(reason.format(_label(server)))
    assert TOKEN not in repr(client(server, TOKEN)) + repr(answer) + caplog.text


@pytest.mark.parametrize("value", [None, -1, 2**63, "5", True, 1.5, [5]])
def test_absurd_figures_are_refused(server: OtherForgeServer, value: Any) -> None:
    field = "star_count" if isinstance(server, GitLabServer) else "stars_count"
    server.has("a/b", **{field: value})
    assert ask(server, "a/b") == Nonsense(f"{field} is not a whole number from 0 to 10,000,000.")


@pytest.mark.parametrize("name", ["", None, "../x", "a", "a/b?c"])
def test_absurd_names_are_refused(server: OtherForgeServer, name: Any) -> None:
    field = server.name_field
    server.has("a/b", **{field: name})
    assert ask(server, "a/b") == Nonsense(f"{field} is not a repository's name.")
