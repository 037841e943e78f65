"""`manage.py backfill_stars` against a GitHub of our own."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.tools.builders import make_tool
from tests.tools.github_server import GitHubServer, week
from tools.models import Observation

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("backfill_stars", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_adds_what_github_tells_and_says_how_much(settings: Settings) -> None:
    make_tool("flask", stars=9)
    make_tool("django", stars=5)
    with GitHubServer() as server:
        server.has("flask/flask", weeks=[week("2026-11-01", 1, 0, 2), week("2023-01-01", 4, 5)])
        settings.GITHUB_API_URL, settings.GITHUB_TOKENS = server.url, ["a-token"]
        told = [run("--tool", "flask"), run("--limit", "1"), run("--tool", "flask")]
    assert [lines.splitlines()[-1] for lines in told] == [
        "GitHub told us the history of 1 repository: 3 figures added.",
        "GitHub told us the history of no repositories: no figures added.",
        "GitHub told us the history of 1 repository: no figures added.",
    ]
    assert told[1].startswith("django/django: ")
    days = [(date(2023, 1, 2), 9), (date(2026, 11, 1), 10), (date(2026, 11, 3), 12)]
    assert list(Observation.objects.values_list("date", "stars")) == days


def test_the_command_ends_with_an_error_where_github_wants_to_be_left_alone(settings: Settings) -> None:
    make_tool("flask", stars=9)
    with GitHubServer() as server:
        server.grants("a-token", 0)
        settings.GITHUB_API_URL, settings.GITHUB_TOKENS = server.url, ["a-token"]
        with pytest.raises(SystemExit):
            run()
    assert Observation.objects.count() == 0


@pytest.mark.parametrize("arguments", [["--limit", "0"], ["--tool", "nope"]])
def test_what_cannot_be_asked_for_is_told(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        run(*arguments)
