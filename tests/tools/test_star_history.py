"""GitHub's aggregate star history: weeks in pages, the newest first, over a real socket."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.tools.forge_server import ANYWHERE, Reply, drips, says
from tests.tools.github_faults import GONE, LESS_OFTEN, NOT_JSON, TOO_LATE
from tests.tools.github_server import NOW, TOKEN, GitHubServer, week
from tools.forges.answers import Failure, Gone, Nonsense, RateLimited, StarsOn, Unauthorized
from tools.github import GitHub

MINUTE = timedelta(minutes=1)
PATH = "/repos/pallets/flask/stargazers/history?per_page=30&page=1"
NO_WEEKS = Nonsense("The star history is not a list of weeks.")
NO_BEGINNING = Nonsense("A week of the star history has no beginning.")
DISORDER = Nonsense("The weeks of the star history are not in order.")
NO_SUM = Nonsense("The days of a week in the star history do not make its total.")
NOT_SEVEN = Nonsense("A week of the star history does not have seven days.")
NO_COUNT = Nonsense("days is not a whole number from 0 to 10,000,000.")
NO_TOTAL = Nonsense("total is not a whole number from 0 to 10,000,000.")


@pytest.fixture
def server() -> Iterator[GitHubServer]:
    with GitHubServer(clock=lambda: NOW) as server:
        yield server


def client(server: GitHubServer, *tokens: str, seconds: float = 20) -> GitHub:
    return GitHub(server.url, tokens, total_seconds=seconds, clock=lambda: NOW)


def weeks(count: int) -> list[dict[str, Any]]:
    """So many weeks until November 2026, with a star on each Monday."""
    return [week(f"{date(2026, 11, 15) - timedelta(weeks=number)}", 0, 1) for number in range(count)]


def test_stars_add_up_from_the_first_day(server: GitHubServer) -> None:
    server.has("pallets/flask", weeks=[week("2024-01-14", 0, 0, 4), week("2024-01-07"), week("2023-12-31", 0, 2, 1)])
    assert client(server).history("pallets/flask") == (
        StarsOn(date(2024, 1, 1), 2),
        StarsOn(date(2024, 1, 2), 3),
        StarsOn(date(2024, 1, 16), 7),
    )


def test_today_is_not_over(server: GitHubServer) -> None:
    assert f"{NOW:%A %Y-%m-%d}" == "Saturday 2026-11-21"
    server.has("pallets/flask", weeks=[week("2026-11-15", 0, 0, 0, 0, 0, 3, 5)])
    assert client(server).history("pallets/flask") == (StarsOn(date(2026, 11, 20), 3),)


def test_a_repository_without_stars_has_an_empty_history(server: GitHubServer) -> None:
    server.has("pallets/flask")
    assert client(server).history("pallets/flask") == ()


@pytest.mark.parametrize(("count", "calls"), [(29, 1), (30, 1), (31, 2), (75, 3)])
def test_pages_are_read_to_their_end(server: GitHubServer, count: int, calls: int) -> None:
    server.has("pallets/flask", weeks=weeks(count))
    history = client(server).history("pallets/flask")
    assert not isinstance(history, Failure)
    assert history[-1] == StarsOn(date(2026, 11, 16), count)
    assert server.calls == calls


def test_a_renamed_repository_has_its_history(server: GitHubServer) -> None:
    server.has("mitsuhiko/flask", weeks=weeks(31))
    server.rename("mitsuhiko/flask", "pallets/flask")
    assert client(server, TOKEN).history("mitsuhiko/flask") == client(server, TOKEN).history("pallets/flask")
    assert set(server.tokens) == {TOKEN}


def test_a_history_without_an_end_is_none(server: GitHubServer) -> None:
    server.has("pallets/flask", weeks=[week("2026-11-15", 1)])
    server.replies(ANYWHERE, says(200, [], {"Link": f'<{server.url}/x?page=2>; rel="next"'}))
    assert client(server).history("pallets/flask") == Nonsense("The star history has no end.")
    assert server.calls == 42


def test_a_name_that_nothing_can_have_is_not_asked(server: GitHubServer) -> None:
    assert client(server).history("../flask") == Gone("No repository on GitHub can have this name.")
    assert server.calls == 0


def test_a_used_up_token_gives_way_between_pages(server: GitHubServer) -> None:
    server.has("pallets/flask", weeks=weeks(75))
    server.grants("first", 2)
    history = client(server, "first", "second").history("pallets/flask")
    assert not isinstance(history, Failure)
    assert server.tokens == ["first", "first", "second"]


def _week(**fields: Any) -> Reply:
    return says(200, [week("2026-11-15", 1) | fields])


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (says(404, {"message": "Not Found"}), GONE),
        (says(451, {}), GONE),
        (says(401, {}), Unauthorized("GitHub does not accept the token.")),
        (says(429, {}, {"Retry-After": "120"}), RateLimited(LESS_OFTEN, NOW + 2 * MINUTE)),
        (says(200, b"<html>"), NOT_JSON),
        (drips, TOO_LATE),
        (says(200, {}), NO_WEEKS),
        (says(200, [1]), NO_WEEKS),
        (says(200, [week("2026-11-15")] * 31), NO_WEEKS),
        (says(200, [week("2026-11-08"), week("2026-11-15")]), DISORDER),
        (says(200, [week("2026-11-15")] * 2), DISORDER),
        (says(200, [week("2027-11-14")]), DISORDER),
        (_week(week="2026-11-15"), NO_BEGINNING),
        (_week(week=None), NO_BEGINNING),
        (_week(week=True), NO_BEGINNING),
        (_week(week=10**12), NO_BEGINNING),
        (_week(week=1), DISORDER),
        (_week(days=[1]), NOT_SEVEN),
        (_week(days=None), NOT_SEVEN),
        (_week(days=[-1, 2, 0, 0, 0, 0, 0]), NO_COUNT),
        (_week(days=["1", 0, 0, 0, 0, 0, 0]), NO_COUNT),
        (_week(days=[True, 0, 0, 0, 0, 0, 0]), NO_COUNT),
        (_week(total=2), NO_SUM),
        (_week(total=None), NO_TOTAL),
    ],
)
def test_a_wrong_history_is_refused(server: GitHubServer, reply: Reply, answer: Failure) -> None:
    server.replies(PATH, reply)
    assert client(server, seconds=0.5 if reply is drips else 20).history("pallets/flask") == answer
