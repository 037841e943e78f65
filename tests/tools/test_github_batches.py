"""What becomes of many names asked together, and of several tokens: GraphQL over a real socket."""

import json
import logging
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.forge_server import ANYWHERE, drips, moved, says
from tests.tools.github_faults import GONE, GRAPHQL_FAULTS, ILL, LESS_OFTEN, Fault
from tests.tools.github_server import GRAPHQL, NOW, TOKEN, GitHubServer, description, release
from tools.forges.answers import (
    Answer,
    Asked,
    Gone,
    Nonsense,
    RateLimited,
    Released,
    Reply,
    Seen,
    Stop,
    Unauthorized,
    Unreachable,
)
from tools.forges.graphql import MOST, question
from tools.forges.halving import Halving
from tools.forges.tokens import OwnRests
from tools.github import GitHub

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
UNTELLABLE = Nonsense("GitHub cannot tell us of this repository.")


@pytest.fixture
def server() -> Iterator[GitHubServer]:
    with GitHubServer(clock=lambda: NOW) as server:
        yield server


def client(server: GitHubServer, *tokens: str, seconds: float = 20) -> GitHub:
    return GitHub(server.url, tokens or (TOKEN,), total_seconds=seconds, clock=lambda: NOW)


def ask(github: GitHub, *names: str) -> Reply:
    return github.ask([Asked(name) for name in names])


def flask(github: GitHub) -> Answer | Stop:
    reply = ask(github, "pallets/flask")
    return reply.stop or reply.answers["pallets/flask"]


def has_many(server: GitHubServer, count: int) -> list[str]:
    names = [f"owner/tool-{number}" for number in range(count)]
    for number, name in enumerate(names):
        server.has(name, stars=number)
    return names


def stars(reply: Reply) -> dict[str, int]:
    return {name: answer.stars for name, answer in reply.answers.items() if isinstance(answer, Seen)}


def seen(name: str) -> Seen:
    return Seen(
        name, 73_000, 17_000, archived=False, pushed_on=date(2026, 11, 20), licence="BSD-3-Clause", open_issues=5
    )


# Names together.


def test_all_figures_come_in_one_answer(server: GitHubServer) -> None:
    server.has(
        "pallets/flask",
        issues=7,
        archived=True,
        disabled=True,
        license={"spdx_id": "MIT"},
        releases=[
            release("4.0.0rc1", "2026-10-01", prerelease=True),
            release("4.0.0", "2026-09-01", draft=True),
            release("3.1.1", "2026-08-01"),
            release("x" * 101, "2026-07-01"),
            release("3.1.0", "2024-11-13"),
        ],
    )
    assert flask(client(server)) == Seen(
        name="pallets/flask",
        stars=73_000,
        forks=17_000,
        archived=True,
        pushed_on=date(2026, 11, 20),
        disabled=True,
        licence="MIT",
        open_issues=7,
        releases=(Released("3.1.1", date(2026, 8, 1)), Released("3.1.0", date(2024, 11, 13))),
    )


def test_a_hundred_names_cost_one_call(server: GitHubServer) -> None:
    names = has_many(server, 100)
    reply = ask(client(server), *names)
    assert stars(reply) == {name: number for number, name in enumerate(names)}
    assert (reply.stop, reply.calls, server.calls, server.names) == (None, 1, 1, [names])


def test_more_names_are_asked_a_hundred_at_a_time(server: GitHubServer) -> None:
    names = has_many(server, 250)
    assert len(ask(client(server), *names).answers) == 250
    assert [len(batch) for batch in server.names] == [100, 100, 50]


def test_nothing_is_asked_about_nothing(server: GitHubServer) -> None:
    assert (ask(client(server)), server.calls) == (Reply({}, calls=0), 0)


def test_names_travel_beside_the_question(server: GitHubServer) -> None:
    server.has("pallets/flask")
    flask(client(server))
    body = json.loads(server.questions[0].body)
    assert body["variables"] == {"o0": "pallets", "n0": "flask"}
    assert "pallets" not in body["query"]


def test_a_name_that_nothing_can_have_is_not_asked(server: GitHubServer) -> None:
    server.has("pallets/flask")
    evil = 'a/b") { id } } #'
    assert ask(client(server), evil, "pallets/flask").answers == {
        evil: Gone("No repository on GitHub can have this name."),
        "pallets/flask": seen("pallets/flask"),
    }
    assert server.names == [["pallets/flask"]]


def test_renamed_and_gone_ones_are_told_among_the_others(server: GitHubServer) -> None:
    for name in ("a/one", "a/two", "a/three"):
        server.has(name)
    server.rename("a/one", "b/one")
    server.remove("a/three")
    assert ask(client(server), "a/one", "A/Two", "a/three", "b/one", "b/one").answers == {
        "a/one": seen("b/one"),
        "A/Two": seen("a/two"),
        "a/three": GONE,
        "b/one": seen("b/one"),
    }
    assert (server.calls, len(server.names[0])) == (1, 4)


def test_what_is_left_is_told(server: GitHubServer) -> None:
    server.grants(TOKEN, 5)
    reply = ask(client(server), "a/b")
    assert (reply.left, reply.resets_at) == (4, NOW + HOUR)


# Questions that are too much.


@pytest.mark.parametrize("heaviest", [1, 25, 99])
def test_a_question_that_is_too_heavy_is_halved(server: GitHubServer, heaviest: int) -> None:
    names = has_many(server, 100)
    server.heaviest = heaviest
    reply = ask(client(server), *names)
    assert (reply.stop, stars(reply)) == (None, {name: number for number, name in enumerate(names)})


def test_one_name_that_is_too_much_does_not_hold_up_the_others(server: GitHubServer) -> None:
    names = has_many(server, 100)
    server.fails(names[42], "")
    reply = ask(client(server), *names)
    assert (len(stars(reply)), reply.answers[names[42]], reply.stop) == (99, UNTELLABLE, None)
    assert server.calls == 2


def test_a_few_names_that_are_too_much_are_no_illness(server: GitHubServer) -> None:
    names = has_many(server, 100)
    for name in names[20:24]:
        server.fails(name, "RESOURCE_LIMITS_EXCEEDED")
    reply = ask(client(server), *names)
    assert (len(stars(reply)), reply.stop) == (96, None)
    assert {reply.answers[name] for name in names[20:24]} == {UNTELLABLE}


def test_names_that_the_answer_leaves_out_are_asked_again(server: GitHubServer) -> None:
    names = has_many(server, 4)
    node = {"nameWithOwner": "a/b"}
    heavy = [{"type": "RESOURCE_LIMITS_EXCEEDED", "path": [f"r{number}", "releases"]} for number in range(4)]
    server.once(GRAPHQL, says(200, {"data": {f"r{number}": node for number in range(4)}, "errors": heavy}))
    assert stars(ask(client(server), *names)) == {name: number for number, name in enumerate(names)}
    assert server.names == [names[:2], names[2:]]


def test_a_host_that_is_ill_is_left_alone_soon(server: GitHubServer) -> None:
    server.replies(GRAPHQL, says(502, b"<html>Bad Gateway</html>"))
    reply = ask(client(server), *has_many(server, 100))
    assert (reply.stop, reply.answers) == (ILL, {})
    assert (reply.calls, server.calls) == (9, 9)


def test_a_host_that_falls_ill_has_told_something(server: GitHubServer) -> None:
    names = has_many(server, 150)
    server.once(GRAPHQL, server.reply_later(), *[says(504, b"")] * 20)
    reply = ask(client(server), *names)
    assert (len(stars(reply)), reply.stop, server.calls) == (100, ILL, 15)
    assert {reply.answers.get(name) for name in names[100:]} == {UNTELLABLE, None}


@given(
    st.lists(st.integers(0, 10_000), unique=True, max_size=250), st.sets(st.integers(0, 10_000)), st.integers(1, MOST)
)
def test_every_name_is_answered_once_or_the_host_is_ill(numbers: list[int], poison: set[int], heaviest: int) -> None:
    names, asked = [str(number) for number in numbers], 0
    halving = Halving(names, MOST, "GitHub")
    while batch := halving.next():
        asked += 1
        hurts = len(batch) > heaviest or any(int(name) in poison for name in batch)
        halving.take(batch, {} if hurts else dict.fromkeys(batch, GONE))
    assert asked <= 2 * len(names)
    assert set(halving.answers) <= set(names)
    assert halving.stop == ILL or {name for name in names if int(name) in poison} == {
        name for name, answer in halving.answers.items() if answer == UNTELLABLE
    } <= set(halving.answers) == set(names)


# Tokens.


def test_the_question_carries_the_token(server: GitHubServer) -> None:
    flask(client(server))
    (asked,) = server.questions
    assert (asked.method, asked.path, asked.headers["Authorization"]) == ("POST", GRAPHQL, f"Bearer {TOKEN}")
    assert asked.headers["User-Agent"] == "Whystack"


def test_a_token_that_is_used_up_gives_way_to_the_next(server: GitHubServer) -> None:
    server.has("pallets/flask")
    server.grants("first", 1)
    github = client(server, "first", "second")
    assert [flask(github) for _ in range(3)] == [seen("pallets/flask")] * 3
    assert server.tokens == ["first", "second", "second"]


def test_a_limited_token_gives_way_within_the_question(server: GitHubServer) -> None:
    server.has("pallets/flask")
    server.grants("first", 0)
    assert flask(client(server, "first", "second")) == seen("pallets/flask")
    assert server.tokens == ["first", "second"]


def test_a_refused_token_gives_way_and_is_not_sent_again_at_once(server: GitHubServer) -> None:
    server.has("pallets/flask")
    server.accepts("second")
    github = client(server, "first", "second")
    assert [flask(github) for _ in range(2)] == [seen("pallets/flask")] * 2
    assert server.tokens == ["first", "second", "second"]


def test_when_all_tokens_rest_nobody_asks_before_the_first_wakes(server: GitHubServer) -> None:
    server.has("pallets/flask")
    moments = [NOW]
    github = GitHub(server.url, ["first", "second"], clock=lambda: moments[-1])
    limited = [says(403, {}, {"Retry-After": seconds}) for seconds in ("600", "120")]
    server.once(GRAPHQL, *limited)
    stop = RateLimited(LESS_OFTEN, NOW + 2 * MINUTE)
    assert (flask(github), server.calls) == (stop, 2)
    moments.append(NOW + 119 * MINUTE / 60)
    assert (ask(github, "pallets/flask"), server.calls) == (Reply({}, stop, calls=0), 2)
    moments.append(NOW + 2 * MINUTE)
    assert (flask(github), server.tokens[2:]) == (seen("pallets/flask"), ["second"])


def test_when_all_tokens_are_refused_that_is_why(server: GitHubServer) -> None:
    server.accepts()
    assert flask(client(server, "first", "second")) == Unauthorized("GitHub does not accept the token.")


def test_one_refused_and_one_limited_token_are_a_limit(server: GitHubServer) -> None:
    server.accepts("second")
    server.grants("second", 0)
    assert flask(client(server, "first", "second")) == RateLimited(LESS_OFTEN, NOW + HOUR)


def test_a_token_rests_for_everybody_who_keeps_rests_in_one_place(server: GitHubServer) -> None:
    rests = OwnRests()
    first, second = (GitHub(server.url, [TOKEN], clock=lambda: NOW, rests=rests) for _ in range(2))
    server.grants(TOKEN, 0)
    assert flask(first) == flask(second) == RateLimited(LESS_OFTEN, NOW + HOUR)
    assert server.calls == 1


def test_without_a_token_the_last_call_granted_is_the_last_made(server: GitHubServer) -> None:
    server.has("pallets/flask")
    server.grants("", 1)
    github = GitHub(server.url, clock=lambda: NOW)
    assert isinstance(flask(github), Seen)
    assert (flask(github), server.calls) == (RateLimited(LESS_OFTEN, NOW + HOUR), 1)


def test_a_count_that_begins_anew_in_centuries_is_not_believed(server: GitHubServer) -> None:
    absurd = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9999999999"}
    server.once("/repos/pallets/flask", says(200, description("pallets/flask"), absurd))
    github = GitHub(server.url, clock=lambda: NOW)
    assert isinstance(flask(github), Seen)
    assert flask(github) == RateLimited(LESS_OFTEN, NOW + timedelta(days=1))


def test_a_token_that_is_none_gives_way_unsent(server: GitHubServer) -> None:
    server.has("pallets/flask")
    assert flask(client(server, "se\ncret", "second")) == seen("pallets/flask")
    assert server.tokens == ["second"]


def test_one_token_alone_is_not_taken_for_many() -> None:
    with pytest.raises(TypeError, match=r"^GitHub takes a sequence of tokens"):
        GitHub("https://api.github.com", TOKEN)


# Faults.


@pytest.mark.parametrize("fault", GRAPHQL_FAULTS, ids=lambda fault: fault.name)
def test_every_fault_has_its_answer_and_nobody_sees_the_token(
    server: GitHubServer, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.replies(GRAPHQL, fault.reply)
    github = client(server, seconds=fault.seconds)
    answer = flask(github)
    assert answer == fault.answer
    assert TOKEN not in repr(github) + repr(answer) + caplog.text


@pytest.mark.parametrize("status", [307, 308])
def test_the_question_follows_within_the_host(server: GitHubServer, status: int) -> None:
    server.has("pallets/flask")
    server.once(GRAPHQL, moved(f"{server.url}{GRAPHQL}", status))
    assert flask(client(server)) == seen("pallets/flask")
    assert server.tokens == [TOKEN, TOKEN]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_another_host_hears_nothing_of_us(server: GitHubServer, status: int) -> None:
    with GitHubServer() as stranger:
        server.replies(ANYWHERE, moved(f"{stranger.url}{GRAPHQL}", status))
        assert isinstance(flask(client(server)), Unreachable)
        assert isinstance(client(server).history("pallets/flask"), Unreachable)
        assert stranger.questions == []


def test_what_was_told_before_a_fault_is_kept(server: GitHubServer) -> None:
    names = has_many(server, 150)
    server.once(GRAPHQL, server.reply_later(), drips)
    reply = ask(client(server, seconds=2), *names)
    assert (len(reply.answers), reply.stop) == (100, Unreachable("GitHub did not answer in time."))


def test_a_question_is_small(server: GitHubServer) -> None:
    assert len(question([f"{'o' * 39}/{'n' * 100}"] * MOST)) < 40_000
