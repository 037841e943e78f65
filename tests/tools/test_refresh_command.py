"""The task and the command that refresh, with a real HTTP server and all that goes wrong with it."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.tools.builders import VERIFIED
from tests.tools.forge_server import says
from tests.tools.github_faults import FAULTS, Fault
from tests.tools.github_server import NOW, TOKEN, GitHubServer
from tests.tools.refreshing import HOUR, MINUTE, TODAY, YESTERDAY, anew, observations, repositories, repository
from tools.forges.answers import Gone, Nonsense, RateLimited, Unreachable
from tools.github import GitHub
from tools.models import Repository
from tools.refresh import refresh
from tools.tasks import refresh_due

pytestmark = pytest.mark.django_db
GRAPHQL = "/graphql"


@pytest.fixture
def server(settings: Settings) -> Iterator[GitHubServer]:
    with GitHubServer() as server:
        settings.GITHUB_API_URL = server.url
        settings.GITHUB_TOKENS = [TOKEN]
        yield server


@pytest.fixture
def flask(server: GitHubServer) -> Repository:
    """Flask as seen in August, due since yesterday; the server has more stars to tell."""
    server.has("pallets/flask", stars=73_000, forks=17_000)
    return repository("flask", "pallets/flask", stars=72_000, forks=16_900)


# What goes wrong, asked without a token, one by one.


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_leaves_figures_with_their_date_and_says_when_they_are_asked_for_again(
    flask: Repository, server: GitHubServer, fault: Fault
) -> None:
    server.replies("/repos/pallets/flask", fault.reply)
    server.has("expressjs/express")
    express = repository("express", "expressjs/express", due_at=NOW)
    github = GitHub(server.url, total_seconds=fault.seconds, clock=lambda: NOW)
    outcome = refresh(NOW, [github])
    row, reason = anew(flask), fault.answer.reason
    assert (row.stars, row.stars_on, row.forks, row.forks_on) == (72_000, VERIFIED, 16_900, VERIFIED)
    assert (row.name, row.claimed_at, [about for *about, source in observations() if "flask" in source]) == (
        "pallets/flask",
        None,
        [],
    )
    is_aside, is_unreachable = isinstance(fault.answer, Gone | Nonsense), isinstance(fault.answer, Unreachable)
    if is_aside or is_unreachable:
        assert (row.failures, row.failure, outcome.failed) == (1, reason, [f"pallets/flask: {reason}"])
        assert NOW + 2 * HOUR <= row.due_at <= NOW + 2.2 * HOUR
    else:
        assert (row.failures, row.due_at, outcome.failed) == (0, YESTERDAY, [])
    assert row.gone_on is None
    assert anew(express).stars == (73_000 if is_aside else 1)
    assert [pause.reason for pause in outcome.pauses] == ([] if is_aside else [reason])
    if not is_aside:
        until = fault.answer.until if isinstance(fault.answer, RateLimited) else NOW
        assert outcome.pauses[0].until >= max(until, NOW + MINUTE)
    refresh(NOW + 3 * HOUR, [github])
    assert anew(flask).gone_on == (TODAY if isinstance(fault.answer, Gone) else None)


# The task.


def test_the_task_refreshes_what_is_due(flask: Repository) -> None:
    long_due()
    refresh_due()
    assert anew(flask).stars == 73_000


@pytest.mark.parametrize(("tokens", "told"), [([TOKEN], 3), ([], 1)])
def test_a_tick_asks_one_question_about_all_or_without_a_token_about_one(
    server: GitHubServer, settings: Settings, tokens: list[str], told: int
) -> None:
    settings.GITHUB_TOKENS = tokens
    for row in repositories(3):
        server.has(row.name)
    long_due()
    refresh_due()
    assert (len(server.asked), Repository.objects.filter(stars=73_000).count()) == (1, told)


@pytest.mark.usefixtures("flask")
def test_the_task_says_in_the_log_what_went_wrong_and_not_the_token(
    server: GitHubServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.replies(GRAPHQL, says(401, {}))
    long_due()
    refresh_due()
    assert "GitHub does not accept the token." in caplog.text
    assert TOKEN not in caplog.text


# The command.


@pytest.mark.usefixtures("flask")
def test_the_command_refreshes_what_is_due() -> None:
    long_due()
    assert command() == "1 repository asked about with 1 call: 1 changed, 0 as before, 0 not seen.\n"


def test_the_command_refreshes_the_tools_it_is_given_due_or_not(flask: Repository, server: GitHubServer) -> None:
    server.has("expressjs/express")
    express = repository("express", "expressjs/express")
    never_due()
    command("--tool", "flask")
    assert (anew(flask).stars, anew(express).stars) == (73_000, 1)


@pytest.mark.usefixtures("flask")
def test_the_command_refreshes_all_up_to_the_limit(server: GitHubServer) -> None:
    server.has("expressjs/express")
    repository("express", "expressjs/express")
    never_due()
    command("--all", "--limit", "1")
    assert Repository.objects.filter(stars=73_000).count() == 1
    command("--all")
    assert Repository.objects.filter(stars=73_000).count() == 2


@pytest.mark.usefixtures("flask")
def test_the_command_tells_of_what_is_gone_and_ends_well(server: GitHubServer) -> None:
    server.remove("pallets/flask")
    assert command("--all") == (
        "pallets/flask: GitHub has no repository of this name, or may not show it.\n"
        "1 repository asked about with 1 call: 0 changed, 0 as before, 1 not seen.\n"
    )


@pytest.mark.usefixtures("flask")
def test_a_dry_run_asks_and_writes_nothing(server: GitHubServer) -> None:
    assert command("--all", "--dry-run") == "flask: pallets/flask\n"
    assert server.asked == []
    assert Repository.objects.get().due_at == YESTERDAY


@pytest.mark.usefixtures("flask")
def test_the_command_ends_with_1_when_a_host_cannot_be_asked(server: GitHubServer) -> None:
    server.replies(GRAPHQL, says(401, {}))
    for _ in range(2):
        out = StringIO()
        with pytest.raises(SystemExit, match=r"^1$"):
            call_command("refresh_github", "--all", stdout=out)
        assert "GitHub does not accept the token. Nobody asks again before" in out.getvalue()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--tool", "flask", "nonesuch"], "No tool with a repository has the slug nonesuch."),
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
