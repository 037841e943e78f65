"""What a refresh asks, keeps and asks again when: a real HTTP server, real rows, and the date as a value."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from tests.tools.builders import VERIFIED, make_tool
from tests.tools.forge_server import moved, says
from tests.tools.github_faults import FAULTS, Fault
from tests.tools.github_server import NOW, TOKEN, GitHubServer, has
from tools.forges.answers import Gone, Nonsense, RateLimited, Unauthorized, Unreachable
from tools.github import GitHub
from tools.models import Observation, Repository
from tools.models.repository import CLAIM_LASTS
from tools.refresh import LONGEST_WAIT, REFRESH_EVERY, SPREAD, Outcome, Pause, next_due, next_pause, refresh
from tools.tasks import refresh_due

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
YESTERDAY = NOW - timedelta(days=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ASIDE = (Gone, Nonsense)


@pytest.fixture(autouse=True)
def own_cache(settings: Settings) -> None:
    """A cache that no other test sees, whatever cache this is."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid4().hex}}


@pytest.fixture
def server(settings: Settings) -> Iterator[GitHubServer]:
    with GitHubServer() as server:
        settings.GITHUB_API_URL = server.url
        settings.GITHUB_TOKENS = []
        yield server


@pytest.fixture
def github(server: GitHubServer) -> GitHub:
    return GitHub(server.url, clock=lambda: NOW)


@pytest.fixture
def flask(server: GitHubServer) -> Repository:
    """Flask as seen in August, due since yesterday; the server has more stars to tell."""
    server.has("pallets/flask", stars=73_000, forks=17_000)
    return repository("flask", "pallets/flask", stars=72_000, forks=16_900)


def repository(slug: str, name: str, stars: int = 1, forks: int = 1, due_at: datetime = YESTERDAY) -> Repository:
    tool = make_tool(slug, repository=name, stars=stars, forks=forks)
    Repository.objects.filter(tool=tool).update(due_at=due_at)
    return Repository.objects.get(tool=tool)


def observations() -> list[tuple[date, int | None, int | None, str]]:
    return list(Observation.objects.values_list("date", "stars", "forks", "source"))


# What is kept of an answer.


def test_new_figures_stand_with_their_date_and_source(flask: Repository, github: GitHub) -> None:
    assert refresh(NOW, github) == Outcome(changed=1)
    flask.refresh_from_db()
    assert (flask.stars, flask.stars_on, flask.stars_source) == (73_000, TODAY, "github:pallets/flask")
    assert (flask.forks, flask.forks_on, flask.forks_source) == (17_000, TODAY, "github:pallets/flask")
    assert (flask.archived, flask.pushed_on) == (False, date(2026, 11, 20))
    assert (flask.failures, flask.failure, flask.claimed_at) == (0, "", None)
    assert flask.due_at == next_due(NOW, flask.pk, failures=0)
    assert observations() == [(TODAY, 73_000, 17_000, "github:pallets/flask")]


def test_figures_are_dated_by_the_day_in_greenwich(flask: Repository, github: GitHub) -> None:
    refresh(datetime.fromisoformat("2026-11-21T23:30:00-05:00"), github)
    flask.refresh_from_db()
    assert flask.stars_on == date(2026, 11, 22)


def test_figures_that_were_rounded_are_exact_now(flask: Repository, github: GitHub) -> None:
    Repository.objects.update(stars_rounded=True, forks_rounded=True)
    refresh(NOW, github)
    flask.refresh_from_db()
    assert (flask.stars_rounded, flask.forks_rounded) == (False, False)


def test_a_repository_without_figures_gets_them(server: GitHubServer, github: GitHub) -> None:
    server.has("pallets/flask")
    make_tool("flask", repository="pallets/flask")
    assert refresh(NOW + 365 * 24 * HOUR, github) == Outcome(changed=1)
    assert Repository.objects.get().stars == 73_000


def test_the_same_figures_are_confirmed_and_make_no_observation(server: GitHubServer, github: GitHub) -> None:
    server.has("pallets/flask", stars=72_000, forks=16_900)
    flask = repository("flask", "pallets/flask", stars=72_000, forks=16_900)
    assert refresh(NOW, github) == Outcome(same=1)
    flask.refresh_from_db()
    assert (flask.stars, flask.stars_on, observations()) == (72_000, TODAY, [])


def test_an_unchanged_repository_costs_no_answer_and_its_figures_are_of_today(
    flask: Repository, server: GitHubServer, github: GitHub
) -> None:
    refresh(NOW, github)
    tomorrow = NOW + 2 * REFRESH_EVERY
    assert refresh(tomorrow, github) == Outcome(same=1)
    flask.refresh_from_db()
    assert server.questions[1].headers["If-None-Match"] == flask.etag
    assert (flask.stars, flask.stars_on, flask.forks_on) == (73_000, date(2026, 11, 23), date(2026, 11, 23))
    assert flask.due_at == next_due(tomorrow, flask.pk, failures=0)
    assert len(observations()) == 1


def test_an_etag_does_not_vouch_for_figures_it_did_not_come_with(
    flask: Repository, server: GitHubServer, github: GitHub
) -> None:
    refresh(NOW, github)
    Repository.objects.update(stars=80_000, stars_source="github:somebody/ranking:data.csv", due_at=NOW)
    assert refresh(NOW, github) == Outcome(changed=1)
    flask.refresh_from_db()
    assert "If-None-Match" not in server.questions[1].headers
    assert flask.stars == 73_000


@pytest.mark.usefixtures("flask")
def test_a_day_has_one_observation_and_it_is_the_last(server: GitHubServer, github: GitHub) -> None:
    refresh(NOW, github)
    server.has("pallets/flask", stars=73_005, forks=17_000)
    Repository.objects.update(due_at=NOW)
    assert refresh(NOW + HOUR, github) == Outcome(changed=1)
    assert observations() == [(TODAY, 73_005, 17_000, "github:pallets/flask")]


def test_a_renamed_repository_goes_by_its_new_name(server: GitHubServer, github: GitHub) -> None:
    flask = repository("flask", "mitsuhiko/flask")
    server.replies("/repos/mitsuhiko/flask", moved("/repositories/596892"))
    server.replies("/repositories/596892", has("pallets/flask"))
    refresh(NOW, github)
    flask.refresh_from_db()
    assert (flask.name, flask.source, flask.verified_on) == ("pallets/flask", "github:pallets/flask", TODAY)
    assert (flask.stars, flask.stars_source) == (73_000, "github:pallets/flask")


def test_an_archived_repository_is_noted_as_such(flask: Repository, server: GitHubServer, github: GitHub) -> None:
    server.has("pallets/flask", archived=True, pushed_at="2026-11-01T00:00:00Z")
    refresh(NOW, github)
    flask.refresh_from_db()
    assert (flask.archived, flask.pushed_on) == (True, date(2026, 11, 1))


# What goes wrong.


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_yesterdays_figures_stay_with_their_date(flask: Repository, server: GitHubServer, fault: Fault) -> None:
    server.replies("/repos/pallets/flask", fault.reply)
    refresh(NOW, GitHub(server.url, total_seconds=fault.seconds, clock=lambda: NOW))
    flask.refresh_from_db()
    assert (flask.stars, flask.stars_on, flask.forks, flask.forks_on) == (72_000, VERIFIED, 16_900, VERIFIED)
    assert (flask.name, flask.claimed_at, observations()) == ("pallets/flask", None, [])


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_says_when_it_is_asked_again(flask: Repository, server: GitHubServer, fault: Fault) -> None:
    server.replies("/repos/pallets/flask", fault.reply)
    outcome = refresh(NOW, GitHub(server.url, total_seconds=fault.seconds, clock=lambda: NOW))
    flask.refresh_from_db()
    match fault.answer:
        case Unauthorized(reason):
            assert (flask.failures, flask.due_at) == (0, YESTERDAY)
            assert outcome == Outcome(pause=Pause(NOW + MINUTE, reason))
        case Gone(reason) | Nonsense(reason):
            assert (flask.failures, flask.failure, flask.due_at) == (1, reason, NOW + 2 * HOUR)
            assert outcome == Outcome(failed=[f"pallets/flask: {reason}"])
        case Unreachable(reason):
            assert (flask.failures, flask.failure, flask.due_at) == (1, reason, NOW + 2 * HOUR)
            assert outcome == Outcome(failed=[f"pallets/flask: {reason}"], pause=Pause(NOW + MINUTE, reason))
        case RateLimited(reason, until):
            assert (flask.failures, flask.failure, flask.due_at) == (1, reason, NOW + 2 * HOUR)
            pause = Pause(max(until, NOW + MINUTE), reason)
            assert outcome == Outcome(failed=[f"pallets/flask: {reason}"], pause=pause)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.usefixtures("flask")
def test_a_fault_of_one_repository_does_not_touch_the_others_and_one_of_github_spares_them(
    server: GitHubServer, fault: Fault
) -> None:
    server.replies("/repos/pallets/flask", fault.reply)
    server.has("expressjs/express")
    repository("express", "expressjs/express", due_at=NOW)
    refresh(NOW, GitHub(server.url, total_seconds=fault.seconds, clock=lambda: NOW))
    express = Repository.objects.get(name="expressjs/express")
    if isinstance(fault.answer, ASIDE):
        assert (express.stars, express.stars_on) == (73_000, TODAY)
    else:
        assert (express.stars, express.due_at, express.claimed_at) == (1, NOW, None)
        assert "/repos/expressjs/express" not in server.asked


def test_a_repository_that_comes_back_is_forgiven(flask: Repository, github: GitHub) -> None:
    Repository.objects.update(failures=7, failure="GitHub has no repository of this name, or may not show it.")
    refresh(NOW, github)
    flask.refresh_from_db()
    assert (flask.failures, flask.failure) == (0, "")
    assert flask.due_at == next_due(NOW, flask.pk, failures=0)


@pytest.mark.usefixtures("flask")
def test_no_single_repository_holds_up_the_others(server: GitHubServer, github: GitHub) -> None:
    server.replies("/repos/pallets/flask", says(502, b"<html>"))
    server.has("expressjs/express")
    repository("express", "expressjs/express", due_at=NOW)
    refresh(NOW, github)
    assert refresh(NOW + MINUTE, github) == Outcome(changed=1)


# Pauses.


@pytest.mark.usefixtures("flask")
def test_nobody_asks_before_the_pause_is_over(server: GitHubServer, github: GitHub) -> None:
    server.replies("/repos/pallets/flask", says(429, {}, {"Retry-After": "7200"}))
    first = refresh(NOW, github)
    asked = len(server.asked)
    server.has("pallets/flask")
    again = refresh(NOW + 2 * HOUR - timedelta(seconds=1), github)
    assert (again.pause, again.failed, len(server.asked)) == (first.pause, [], asked)
    assert refresh(NOW + 2 * HOUR, GitHub(server.url)) == Outcome(changed=1)


def test_each_pause_in_a_row_is_longer_until_an_answer_comes(server: GitHubServer, github: GitHub) -> None:
    for number in range(4):
        repository(f"tool-{number}", f"owner/tool-{number}", due_at=NOW - HOUR + number * MINUTE)
        server.replies(f"/repos/owner/tool-{number}", says(503, b""))
    server.has("owner/tool-2")
    pauses, now = [], NOW
    for _ in range(3):
        pause = refresh(now, github).pause
        assert pause is not None
        pauses.append((pause.until - now, pause.times))
        now = pause.until
    assert pauses == [(MINUTE, 1), (2 * MINUTE, 2), (MINUTE, 1)]


@pytest.mark.parametrize(("times_before", "minutes"), [(0, 1), (1, 2), (2, 4), (3, 8), (4, 15), (5, 15), (5_000, 15)])
def test_pauses_double_up_to_a_quarter_of_an_hour(times_before: int, minutes: int) -> None:
    before = Pause(NOW, "", times_before) if times_before else None
    assert next_pause(NOW, Unreachable("Why."), before) == Pause(NOW + minutes * MINUTE, "Why.", times_before + 1)


def test_a_pause_lasts_as_long_as_github_says_and_never_shorter_than_ours() -> None:
    assert next_pause(NOW, RateLimited("", NOW + HOUR), None).until == NOW + HOUR
    assert next_pause(NOW, RateLimited("", NOW), Pause(NOW, "", 2)).until == NOW + 4 * MINUTE


# When a row is due again.


@pytest.mark.parametrize(
    ("failures", "wait"),
    [
        (1, 2 * HOUR),
        (2, 4 * HOUR),
        (5, 32 * HOUR),
        (9, 512 * HOUR),
        (10, LONGEST_WAIT),
        (32_767, LONGEST_WAIT),
    ],
)
def test_after_failures_a_row_is_asked_ever_more_rarely(failures: int, wait: timedelta) -> None:
    assert next_due(NOW, 1, failures) == NOW + wait


@given(key=st.integers(min_value=1, max_value=2**63 - 1))
def test_a_row_is_due_a_day_later_and_never_much_later(key: int) -> None:
    assert REFRESH_EVERY <= next_due(NOW, key, 0) - NOW < REFRESH_EVERY + SPREAD
    assert next_due(NOW, key, 0) == next_due(NOW, key, 0)


def test_rows_refreshed_together_are_spread_over_two_hours() -> None:
    dues = {next_due(NOW, key, 0) for key in range(1, 601)}
    quarters = {(due - NOW - REFRESH_EVERY) // (15 * MINUTE) for due in dues}
    assert (len(dues), quarters) == (600, set(range(8)))


# Which rows are asked about, and by whom.


def test_the_longest_due_is_asked_first_and_what_is_not_due_is_not_asked(server: GitHubServer, github: GitHub) -> None:
    repository("later", "owner/later", due_at=NOW + MINUTE)
    repository("second", "owner/second", due_at=NOW)
    repository("first", "owner/first", due_at=NOW - MINUTE)
    refresh(NOW, github)
    assert server.asked == ["/repos/owner/first", "/repos/owner/second"]


def test_a_run_asks_no_more_than_its_limit(server: GitHubServer, github: GitHub) -> None:
    for number in range(3):
        repository(f"tool-{number}", f"owner/tool-{number}")
    refresh(NOW, github, 2)
    assert len(server.asked) == 2


@pytest.mark.usefixtures("flask")
def test_a_run_ends_when_its_time_is_up(server: GitHubServer, github: GitHub) -> None:
    assert refresh(NOW, github, seconds=0) == Outcome()
    assert server.asked == []


def test_a_row_is_claimed_by_one_worker_only(flask: Repository) -> None:
    rival = Repository.objects.get()
    assert flask.claim(NOW)
    assert not rival.claim(NOW)
    assert list(Repository.objects.due(NOW)) == []


def test_a_row_that_was_refreshed_since_it_was_read_cannot_be_claimed(flask: Repository, github: GitHub) -> None:
    refresh(NOW, github)
    assert not flask.claim(NOW)


def test_a_claim_left_behind_by_a_dead_worker_expires(flask: Repository, github: GitHub) -> None:
    assert flask.claim(NOW)
    assert refresh(NOW + CLAIM_LASTS, github) == Outcome()
    assert refresh(NOW + CLAIM_LASTS + MINUTE, github) == Outcome(changed=1)


def test_what_a_worker_brings_after_it_lost_its_claim_is_not_written(flask: Repository) -> None:
    assert flask.claim(NOW)
    rival = Repository.objects.get()
    assert rival.claim(NOW + HOUR)
    assert not flask.settle(stars=1)
    assert rival.settle(stars=2)
    flask.refresh_from_db()
    assert (flask.stars, flask.claimed_at) == (2, None)


def test_figures_of_a_repository_that_an_editor_replaced_meanwhile_are_not_written(flask: Repository) -> None:
    assert flask.claim(NOW)
    Repository.objects.update(name="pallets/quart")
    assert not flask.settle(stars=1)
    flask.refresh_from_db()
    assert flask.stars == 72_000


@pytest.mark.parametrize("number", [1, 3])
def test_each_repository_costs_the_same_few_queries(
    server: GitHubServer, github: GitHub, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for place in range(number):
        server.has(f"owner/tool-{place}")
        repository(f"tool-{place}", f"owner/tool-{place}")
    claim, transaction, figures, observation = 1, 2, 1, 1
    with django_assert_num_queries(1 + number * (claim + transaction + figures + observation)):
        assert refresh(NOW, github) == Outcome(changed=number)


# The task and the command: thin callers.


def test_the_task_refreshes_what_is_due(flask: Repository) -> None:
    long_due()
    refresh_due()
    flask.refresh_from_db()
    assert flask.stars == 73_000


@pytest.mark.parametrize(("token", "answered"), [(TOKEN, 3), ("", 1)])
def test_without_a_token_a_tick_asks_about_one_repository(
    server: GitHubServer, settings: Settings, token: str, answered: int
) -> None:
    settings.GITHUB_TOKENS = [token] if token else []
    for number in range(3):
        repository(f"tool-{number}", f"owner/tool-{number}")
    long_due()
    refresh_due()
    assert len(server.asked) == answered


@pytest.mark.usefixtures("flask")
def test_the_task_says_in_the_log_what_went_wrong_and_not_the_token(
    server: GitHubServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.replies("/repos/pallets/flask", says(401, {}))
    long_due()
    refresh_due()
    assert "GitHub does not accept the token." in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.usefixtures("flask")
def test_the_command_refreshes_what_is_due() -> None:
    long_due()
    assert command() == "GitHub told us of 1 repository, 1 with new figures.\n"


@pytest.mark.usefixtures("flask")
def test_the_command_refreshes_the_tools_it_is_given_due_or_not(server: GitHubServer) -> None:
    repository("express", "expressjs/express")
    never_due()
    command("--tool", "flask")
    assert server.asked == ["/repos/pallets/flask"]


@pytest.mark.usefixtures("flask")
def test_the_command_refreshes_all_up_to_the_limit(server: GitHubServer) -> None:
    repository("express", "expressjs/express")
    never_due()
    command("--all", "--limit", "1")
    assert len(server.asked) == 1
    command("--all")
    assert len(server.asked) == 3


@pytest.mark.usefixtures("flask")
def test_the_command_tells_of_what_is_gone_and_ends_well(server: GitHubServer) -> None:
    server.replies("/repos/pallets/flask", says(404, {}))
    assert command("--all") == (
        "pallets/flask: GitHub has no repository of this name, or may not show it.\n"
        "GitHub told us of no repositories, none with new figures, and nothing of 1.\n"
    )


@pytest.mark.usefixtures("flask")
def test_a_dry_run_asks_and_writes_nothing(server: GitHubServer) -> None:
    assert command("--all", "--dry-run") == "flask: pallets/flask\n"
    assert server.asked == []
    assert Repository.objects.get().due_at == YESTERDAY


@pytest.mark.usefixtures("flask")
def test_the_command_ends_with_1_when_github_cannot_be_asked(server: GitHubServer) -> None:
    server.replies("/repos/pallets/flask", says(401, {}))
    for _ in range(2):
        out = StringIO()
        with pytest.raises(SystemExit, match=r"^1$"):
            call_command("refresh_github", "--all", stdout=out)
        assert "GitHub does not accept the token. Nobody asks again before" in out.getvalue()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--tool", "flask", "nonesuch"], "No tool with a repository on GitHub has the slug nonesuch."),
        (["--limit", "0"], "--limit must be 1 or more, not 0."),
        (["--all", "--tool", "flask"], "not allowed with argument --all"),
    ],
)
@pytest.mark.usefixtures("flask")
def test_the_command_refuses_what_it_cannot_do(arguments: list[str], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        command(*arguments)


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("refresh_github", *arguments, stdout=out)
    return out.getvalue()


def long_due() -> None:
    Repository.objects.update(due_at=datetime(2020, 1, 1, tzinfo=UTC))


def never_due() -> None:
    Repository.objects.update(due_at=datetime(2100, 1, 1, tzinfo=UTC))
