"""What the nightly look tells: each once, only what is news, and never what is merely unknown."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tools.builders import make_attribute, make_fact, make_tool
from tools.models import Alert, Attribute, Fact, Release, Tool
from tools.watching import watch

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 2, 40, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
YEAR = timedelta(days=365)


@pytest.fixture
def flask() -> Tool:
    with time_machine.travel(NOW - 3 * YEAR):
        return make_tool("flask", repository="pallets/flask")


def told() -> list[str]:
    """What is told after looking twice."""
    for _ in range(2):
        watch(NOW)
    return list(Alert.objects.order_by("pk").values_list("text", flat=True))


def make_release(tool: Tool, tag: str, on: date, **repository: Any) -> None:
    """A release of a tool whose host was asked yesterday, unless told otherwise."""
    tool.repository.releases.create(tag=tag, released_on=on, seen_on=TODAY)
    for column, value in ({"seen_on": TODAY - DAY} | repository).items():
        setattr(tool.repository, column, value)
    tool.repository.save()


def make_answer(tool: Tool, attribute: Attribute, value: Any, age: timedelta, source: str = "") -> Fact:
    with time_machine.travel(NOW - age, tick=False):
        return make_fact(tool, attribute, value, source, verified_on=(NOW - age).date())


def important(slug: str = "typing", **fields: Any) -> Attribute:
    return make_attribute(slug, choices=("static", "dynamic", "gradual"), **{"importance": 90} | fields)


def test_a_tool_without_a_release_for_a_year_is_told_once_for_each_last_release(flask: Tool) -> None:
    make_release(flask, "3.0.0", TODAY - 3 * YEAR)
    make_release(flask, "3.1.0", TODAY - YEAR - DAY)
    assert told() == ["Flask has had no release for a year: the last, 3.1.0, came on 20 November 2025."]
    alert = Alert.objects.get()
    assert (alert.kind, alert.happened_on, alert.source) == ("silent", TODAY - DAY, "github:pallets/flask")
    assert watch(NOW + 30 * DAY) == 0


@pytest.mark.parametrize(
    ("age", "repository"),
    [
        (YEAR - DAY, {}),
        (2 * YEAR, {}),
        (YEAR + DAY, {"archived": True}),
        (YEAR + DAY, {"gone_on": TODAY}),
        (YEAR + DAY, {"seen_on": TODAY - 31 * DAY}),
        (YEAR + DAY, {"seen_on": None}),
    ],
)
def test_silence_is_no_news_while_short_or_long_known_or_not_heard(
    flask: Tool, age: timedelta, repository: dict[str, Any]
) -> None:
    make_release(flask, "3.1.0", TODAY - age, **repository)
    assert told() == []


def test_a_release_that_only_the_catalogue_knows_ends_the_silence(flask: Tool) -> None:
    make_release(flask, "3.1.0", TODAY - YEAR - DAY)
    make_fact(flask, make_attribute("latest-release", "date"), "2026-05")
    assert told() == []


def test_a_tool_that_never_had_a_release_is_not_silent(flask: Tool) -> None:
    assert (told(), Release.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("end", "text"),
    [
        ("2026-11-21", "Support for Flask ends on 21 November 2026."),
        ("2027-02-19", "Support for Flask ends on 19 February 2027."),
        ("2027-02", "Support for Flask ends in February 2027."),
        ("2026-11-20", None),
        ("2022-01", None),
        ("2027-02-20", None),
        ("2027-03", None),
    ],
)
def test_an_end_of_support_is_told_three_months_ahead(flask: Tool, end: str, text: str | None) -> None:
    make_fact(flask, make_attribute("support-ended", "date"), end, "https://flask.example/eol")
    assert told() == ([text] if text else [])
    assert [alert.source for alert in Alert.objects.all()] == (["https://flask.example/eol"] if text else [])


def test_an_end_of_support_that_is_put_off_is_told_again(flask: Tool) -> None:
    ended = make_attribute("support-ended", "date")
    for end in ("2026-12-01", "2027-01-01"):
        make_fact(flask, ended, end)
        watch(NOW)
    assert Alert.objects.count() == 2


def test_an_important_fact_that_changed_is_told_once_it_stood_for_a_day(flask: Tool) -> None:
    typing = important()
    make_answer(flask, typing, "dynamic", YEAR)
    make_answer(flask, typing, "gradual", DAY / 2, "https://flask.example/typing")
    assert told() == []
    assert (watch(NOW + DAY), watch(NOW + 2 * DAY)) == (1, 0)
    alert = Alert.objects.get()
    assert alert.text == "Flask: Typing changed from Dynamic to Gradual."
    assert (alert.kind, alert.happened_on, alert.source) == (
        "fact",
        date(2026, 11, 20),
        "https://flask.example/typing",
    )


def test_an_answer_verified_anew_is_not_told_again(flask: Tool) -> None:
    typing = important()
    for value, age in (("dynamic", YEAR), ("static", 5 * DAY)):
        make_answer(flask, typing, value, age)
    assert len(told()) == 1
    make_answer(flask, typing, "static", 3 * DAY)
    assert len(told()) == 1


def test_a_slip_put_right_within_a_day_is_no_change(flask: Tool) -> None:
    typing = important()
    for value, age in (("dynamic", YEAR), ("static", 5 * DAY), ("dynamic", 5 * DAY - DAY / 4)):
        make_answer(flask, typing, value, age)
    assert told() == []


def test_after_a_slip_the_change_is_told_from_what_stood(flask: Tool) -> None:
    typing = important()
    for value, age in (("dynamic", YEAR), ("static", 5 * DAY), ("gradual", 5 * DAY - DAY / 4)):
        make_answer(flask, typing, value, age)
    assert told() == ["Flask: Typing changed from Dynamic to Gradual."]


@pytest.mark.parametrize(
    "fields", [{"importance": 69}, {"importance": 90, "measured": True}, {"slug": "support-ended"}]
)
def test_small_matters_and_counts_are_no_news(flask: Tool, fields: dict[str, Any]) -> None:
    typing = important(**fields)
    make_answer(flask, typing, "dynamic", YEAR)
    make_answer(flask, typing, "static", 5 * DAY)
    assert told() == []


def test_a_first_answer_and_an_answer_withdrawn_are_no_changes(flask: Tool) -> None:
    make_answer(flask, important(), "dynamic", 5 * DAY)
    make_answer(flask, important("speed"), "static", YEAR).supersede(NOW - 5 * DAY)
    assert told() == []


def test_a_change_of_long_ago_and_of_a_tool_that_just_came_are_no_news(flask: Tool) -> None:
    typing = important()
    make_answer(flask, typing, "dynamic", 2 * YEAR)
    make_answer(flask, typing, "static", YEAR)
    with time_machine.travel(NOW - 6 * DAY):
        quart = make_tool("quart")
    make_answer(quart, typing, "dynamic", 5 * DAY)
    make_answer(quart, typing, "static", 2 * DAY)
    assert told() == []


def test_a_licence_counts_whatever_its_importance_unless_its_host_told_it(flask: Tool) -> None:
    licence = important("licence", importance=44)
    make_answer(flask, licence, "dynamic", YEAR)
    make_answer(flask, licence, "static", 5 * DAY)
    by_host = Alert(tool=flask, kind="licence", key="MIT BUSL-1.1", text="By its host", happened_on=TODAY - 90 * DAY)
    Alert.objects.note([by_host])
    assert told() == ["By its host"]
    Alert.objects.all().delete()
    assert told() == ["Flask: Licence changed from Dynamic to Static."]
    assert Alert.objects.get().kind == "licence"


def test_what_an_editor_withdrew_is_not_noticed_again(flask: Tool) -> None:
    make_release(flask, "3.1.0", TODAY - YEAR - DAY)
    assert len(told()) == 1
    Alert.objects.withdraw(NOW)
    watch(NOW + DAY)
    assert (Alert.objects.count(), Alert.objects.standing().count()) == (1, 0)


def test_a_night_costs_the_same_queries_however_much_happened() -> None:
    costs = []
    typing, ended = important(), make_attribute("support-ended", "date")
    for count in (1, 3):
        for number in range(count):
            with time_machine.travel(NOW - 3 * YEAR):
                tool = make_tool(f"tool-{count}-{number}", repository="o/n")
            make_release(tool, "1.0", TODAY - YEAR - DAY)
            make_answer(tool, typing, "dynamic", YEAR)
            make_answer(tool, typing, "static", 5 * DAY)
            make_fact(tool, ended, "2026-12-24")
        with CaptureQueriesContext(connection) as captured:
            assert watch(NOW) == 3 * count
        costs.append(len(captured))
    assert costs == [costs[0]] * 2
