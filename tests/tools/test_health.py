"""The lines of a tool's health: every state's sentence, what it means, and where it stands on pages."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages import page
from tests.tools.builders import make_attribute, make_fact, make_repository, make_tool
from tools import health
from tools.forges.answers import Released
from tools.health import Answer, AtHost, Line, Sign, Source
from tools.models import Release, Repository

SEEN = date(2026, 11, 20)
HOST = Source("pallets/flask", "https://github.com/pallets/flask", SEEN)
RECORD = Source("PyPI package flask", "https://deps.dev/pypi/flask", date(2026, 8, 20))
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def at_host(source: Source = HOST, **told: Any) -> AtHost:
    return AtHost("GitHub", source, **told)


def fact(words: str, *keys: str, lacks: bool = False) -> Answer:
    return Answer(words, keys or (words,), RECORD, lacks)


def releases(*days_before: int) -> tuple[Released, ...]:
    return tuple(Released(f"v{days}", SEEN - timedelta(days=days)) for days in days_before)


def line(heading: str, kept: AtHost | None, **facts: Answer) -> Line:
    found = health.lines(kept, {slug.replace("_", "-"): answer for slug, answer in facts.items()})
    return next(line for line in found if line.heading == heading)


STATES = {
    "open": (at_host(), "The repository is there, and neither archived nor closed.", Sign.GOOD),
    "archived": (
        at_host(archived=True),
        "The repository is archived: nothing is developed there any more.",
        Sign.WORRYING,
    ),
    "disabled": (at_host(disabled=True, archived=True), "GitHub has closed the repository.", Sign.WORRYING),
    "gone": (
        at_host(gone_on=date(2026, 5, 3), archived=True),
        "GitHub has known no such repository since 3 May 2026: deleted, moved or made private.",
        Sign.WORRYING,
    ),
    "never seen": (
        at_host(Source("pallets/flask", "https://github.com/pallets/flask", None)),
        "GitHub has not told us of it yet, which says nothing about the tool.",
        Sign.UNKNOWN,
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_whether_the_repository_is_there(state: str) -> None:
    kept, sentence, sign = STATES[state]
    assert line("Repository", kept) == Line("Repository", sentence, sign, kept.source)


@pytest.mark.parametrize(
    ("days", "sentence", "sign"),
    [
        (0, "Something was last pushed on 20 November 2026.", Sign.GOOD),
        (91, "Something was last pushed on 21 August 2026.", Sign.NEUTRAL),
        (
            366,
            "Something was last pushed on 19 November 2025, more than a year before this was looked up.",
            Sign.WORRYING,
        ),
        (None, "GitHub does not tell when something was last pushed.", Sign.UNKNOWN),
    ],
)
def test_the_last_push(days: int | None, sentence: str, sign: Sign) -> None:
    pushed = None if days is None else SEEN - timedelta(days=days)
    assert line("Last push", at_host(pushed_on=pushed)) == Line("Last push", sentence, sign, HOST)


def test_old_knowledge_makes_no_tool_look_abandoned() -> None:
    long_ago = Source("pallets/flask", "https://github.com/pallets/flask", date(2020, 1, 1))
    seen = line("Last push", at_host(long_ago, pushed_on=date(2019, 12, 31)))
    assert (seen.sentence, seen.sign) == ("Something was last pushed on 31 December 2019.", Sign.GOOD)


def test_the_newest_release_is_the_newer_of_both() -> None:
    known = {"latest_release": fact("5 August 2026", "2026-08-05"), "latest_version": fact("3.14.7")}
    assert line("Last release", at_host(releases=releases(400, 300)), **known) == Line(
        "Last release", "The newest release, 3.14.7, is of 5 August 2026.", Sign.GOOD, RECORD
    )
    assert line("Last release", at_host(releases=releases(400, 30)), **known) == Line(
        "Last release", "The newest release, v30, is of 21 October 2026.", Sign.GOOD, HOST
    )


def test_a_release_long_ago_or_none() -> None:
    assert line("Last release", at_host(releases=releases(366))) == Line(
        "Last release",
        "The newest release, v366, is of 19 November 2025, more than a year before this was looked up.",
        Sign.WORRYING,
        HOST,
    )
    assert line("Last release", at_host()) == Line(
        "Last release", "No release is on record; not every project makes any.", Sign.UNKNOWN, HOST
    )
    assert line("Last release", None, latest_release=fact("2026", "2026")).sentence == (
        "The newest release is of 2026."
    )


RHYTHMS = {
    "days": ((9, 6, 3), "A release about every 3 days: the middle one of 2 waits since 11 November 2026."),
    "every day": ((2, 1, 0), "A release about every day: the middle one of 2 waits since 18 November 2026."),
    "weeks": ((90, 60, 31, 0), "A release about every 4 weeks: the middle one of 3 waits since 22 August 2026."),
    "months": ((400, 215, 30), "A release about every 6 months: the middle one of 2 waits since 16 October 2025."),
    "several a day": (
        (9, 9, 6, 3, 3),
        "A release about every 3 days: the middle one of 2 waits since 11 November 2026.",
    ),
}


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_how_far_releases_lie_apart(rhythm: str) -> None:
    days, sentence = RHYTHMS[rhythm]
    kept = at_host(releases=releases(*days))
    assert line("Release rhythm", kept) == Line("Release rhythm", sentence, Sign.NEUTRAL, HOST)


def test_a_rhythm_that_broke() -> None:
    broken = line("Release rhythm", at_host(releases=releases(270, 240, 210)))
    assert broken.sign == Sign.WORRYING
    assert broken.sentence.endswith("The last wait is more than 3 times as long already.")


def test_too_few_releases_for_a_rhythm_of_their_own() -> None:
    two = at_host(releases=releases(60, 30))
    assert line("Release rhythm", two) == Line(
        "Release rhythm", "Fewer than 3 releases are on record, too few for a rhythm.", Sign.UNKNOWN, HOST
    )
    assert line("Release rhythm", two, release_rhythm=fact("Every year")) == Line(
        "Release rhythm", "Feature releases: every year.", Sign.NEUTRAL, RECORD
    )


CYCLES = fact("5.2, 6.0, 6.1")
SUPPORT: dict[str, tuple[dict[str, Answer], str, Sign]] = {
    "several": ({"supported_cycles": CYCLES}, "5.2, 6.0 and 6.1 still get fixes.", Sign.GOOD),
    "one": ({"supported_cycles": fact("3.1")}, "3.1 still gets fixes.", Sign.GOOD),
    "long": (
        {"supported_cycles": CYCLES, "lts_cycle": fact("5.2")},
        "5.2, 6.0 and 6.1 still get fixes; long-term support: 5.2.",
        Sign.GOOD,
    ),
    "ended": (
        {"supported_cycles": CYCLES, "support_ended": fact("2022")},
        "Its makers have given no fixes since 2022.",
        Sign.WORRYING,
    ),
    "ending": (
        {"support_ended": fact("March 2027", "2027-03")},
        "Its makers announced fixes until March 2027.",
        Sign.WORRYING,
    ),
    "active": ({"upkeep": fact("Under active development")}, "Under active development.", Sign.GOOD),
    "deprecated": ({"upkeep": fact("Deprecated", lacks=True)}, "Deprecated.", Sign.WORRYING),
}


@pytest.mark.parametrize("state", SUPPORT)
def test_which_releases_get_fixes(state: str) -> None:
    facts, sentence, sign = SUPPORT[state]
    assert line("Support", at_host(), **facts) == Line("Support", sentence, sign, RECORD)


def test_support_that_nobody_recorded_is_unknown() -> None:
    assert line("Support", at_host()) == Line(
        "Support", "Which releases still get fixes is not on record.", Sign.UNKNOWN
    )


MIT = fact("MIT", "mit")
LICENCES: dict[str, tuple[str, dict[str, Answer], str, Sign, Source]] = {
    "both": (
        "MIT",
        {"licence": MIT},
        "GitHub reads MIT from the repository, and the catalogue agrees.",
        Sign.GOOD,
        HOST,
    ),
    "different": (
        "Apache-2.0",
        {"licence": MIT},
        "GitHub reads Apache-2.0 from the repository; the catalogue says MIT. Ask which of them holds for your use.",
        Sign.WORRYING,
        HOST,
    ),
    "host alone": ("MIT", {}, "GitHub reads MIT from the repository; the catalogue names none.", Sign.NEUTRAL, HOST),
    "catalogue alone": ("NOASSERTION", {"licence": MIT}, "MIT, by the catalogue alone.", Sign.NEUTRAL, RECORD),
    "neither": ("", {}, "No licence is on record.", Sign.UNKNOWN, HOST),
}


@pytest.mark.parametrize("state", LICENCES)
def test_the_licence_of_both(state: str) -> None:
    spdx, facts, sentence, sign, source = LICENCES[state]
    assert line("Licence", at_host(licence=spdx), **facts) == Line("Licence", sentence, sign, source)


@pytest.mark.parametrize(
    ("spdx", "keys", "same"),
    [
        ("BSD-3-Clause", ("bsd-3-clause",), True),
        ("GPL-3.0", ("gpl-3-0-or-later",), True),
        ("GPL-2.0+", ("gpl-2-0-or-later",), True),
        ("AGPL-3.0", ("agpl-3-0-only",), True),
        ("GPL-2.0", ("gpl-2-0-only-with-classpath-exception-2-0",), False),
        ("MIT", ("apache-2-0", "mit"), True),
        ("MIT", ("mit-0",), False),
    ],
)
def test_whether_two_names_of_licences_agree(
    spdx: str, keys: tuple[str, ...], same: bool
) -> None:  # a column of the table
    assert health.agree(spdx, keys) is same


@pytest.mark.parametrize(
    ("count", "sentence", "sign"),
    [
        (None, "GitHub does not tell how many are open.", Sign.UNKNOWN),
        (0, "None is open. What is used much is reported on much, so the number alone says little.", Sign.NEUTRAL),
        (1, "1 is open. What is used much is reported on much, so the number alone says little.", Sign.NEUTRAL),
        (1412, "1,412 are open. What is used much is reported on much, so the number alone says little.", Sign.NEUTRAL),
    ],
)
def test_open_issues_are_never_a_score(count: int | None, sentence: str, sign: Sign) -> None:
    assert line("Open issues", at_host(open_issues=count)) == Line("Open issues", sentence, sign, HOST)


def test_without_a_repository_only_what_is_known_is_said() -> None:
    assert health.lines(None, {}) == []
    assert [found.heading for found in health.lines(None, {"licence": MIT})] == ["Repository", "Licence"]


def test_before_its_host_answered_there_is_no_list_of_unknowns() -> None:
    never = Source("pallets/flask", "https://github.com/pallets/flask", None)
    assert [found.heading for found in health.lines(at_host(never), {"licence": MIT})] == ["Repository", "Licence"]


@pytest.mark.parametrize(
    ("day", "said"),
    [(None, ""), (date(2026, 11, 14), ""), (date(2026, 11, 13), "older than the 7 days promised")],
)
def test_what_is_older_than_promised_is_stale(day: date | None, said: str) -> None:
    assert health.stale(day, date(2026, 11, 21), 7) == said


def a_flask(**told: Any) -> Repository:
    """Flask as GitHub showed it on that day."""
    seen: dict[str, Any] = {"stars": 72_133, "stars_on": SEEN, "stars_source": "github:pallets/flask", "seen_on": SEEN}
    return make_repository(make_tool("flask"), "pallets/flask", **seen | told)


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_the_page_cites_each_line_with_its_day(client: Client) -> None:
    repository = a_flask(pushed_on=SEEN, licence="MIT")
    make_fact(repository.tool, make_attribute("licence", "choices", ("mit", "isc")), ["mit"], "pkg:pypi/flask")
    html = page(client, "/tools/flask/")
    shown = {item.select(".fact-heading")[0].text: item for item in html.select('[aria-labelledby="health"] li')}
    assert list(shown) == [
        *("Repository", "Last push", "Last release", "Release rhythm", "Support", "Licence", "Open issues"),
    ]
    licence = shown["Licence"]
    assert " ".join(licence.select(".fact-answer")[0].text.split()) == (
        "GitHub reads MIT from the repository, and the catalogue agrees. good sign"
    )
    assert licence.select(".fact-source a")[0]["href"] == "https://github.com/pallets/flask"
    assert licence.select(".source-day")[0].text == "as of 20 November 2026"
    assert not html.select(".tag[title]")


@pytest.mark.django_db
def test_the_page_costs_the_same_with_one_release_and_with_three(client: Client) -> None:
    repository, costs = a_flask(), []
    for number in (0, 1, 2):
        day = date(2026, 1 + number, 1)
        Release.objects.create(repository=repository, tag=f"v{number}", released_on=day, seen_on=day)
        if number == 1:
            continue
        with CaptureQueriesContext(connection) as captured:
            rhythm = page(client, "/tools/flask/").select('[aria-labelledby="health"] .fact-answer')[3].text
        costs.append((rhythm.split()[0], len(captured)))
    assert costs == [("Fewer", 11), ("A", 11)]


NOTICES: dict[str, dict[str, Any]] = {
    "gone": {"gone_on": date(2026, 5, 3)},
    "disabled": {"disabled": True},
    "archived": {"archived": True},
}
SAID = {
    "gone": "GitHub has known its repository no more since 3 May 2026: the figures here are the last ones known.",
    "disabled": "GitHub has closed its repository: the figures here are the last ones known.",
    "archived": "Its repository is archived: the project is no longer developed there.",
}
TAGS = {"gone": "repository gone", "disabled": "repository closed", "archived": "archived"}


@pytest.mark.django_db
@pytest.mark.parametrize("state", NOTICES)
def test_a_repository_that_ended_is_said_wherever_the_tool_stands(client: Client, state: str) -> None:
    a_flask(**NOTICES[state])
    make_tool("bottle", stars=8_000)
    assert page(client, "/tools/flask/").select(".notice-warning")[0].text == SAID[state]
    for url, place in {
        "/tools/": "#flask .tool-row-name",
        "/compare/bottle-vs-flask/": ".card .kind",
        "/tools/bottle/alternatives/": ".alternative-name",
    }.items():
        assert [tag.text for tag in page(client, url).select(f"{place} .tag")] == [TAGS[state]]


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(("seen_on", "marks"), [(date(2026, 11, 14), []), (date(2026, 11, 13), ["stale"])])
def test_old_figures_are_marked_where_they_stand(client: Client, seen_on: date, marks: list[str]) -> None:
    a_flask(stars_on=seen_on, seen_on=seen_on)
    make_tool("bottle", stars=1).repository.delete()
    for url, place in {
        "/tools/flask/": ".figures",
        "/tools/": ".count",
        "/compare/bottle-vs-flask/": ".card .figures",
    }.items():
        found = page(client, url).select(f"{place} .tag-stale")
        assert [(tag.text, tag["title"]) for tag in found] == [
            (mark, "older than the 7 days promised") for mark in marks
        ], url


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_a_row_with_a_day_of_its_own_is_marked_itself(client: Client) -> None:
    a_flask()
    make_tool("bottle", stars=1)
    make_tool("cherrypy", stars=2)
    html = page(client, "/tools/")
    assert [tag.text for tag in html.select(".count .tag")] == ["stale"]
    assert not html.select(".tool-row .tag")
    Repository.objects.exclude(tool__slug="bottle").update(stars_on=SEEN)
    html = page(client, "/tools/")
    assert [tag.text for tag in html.select("#bottle .figure-day .tag")] == ["stale"]
    assert not html.select(".count .tag, #flask .tag, #cherrypy .tag")


@pytest.mark.django_db
def test_a_figure_that_its_host_said_again_is_as_of_then(client: Client) -> None:
    a_flask(stars_on=date(2026, 9, 1))
    assert "as of 20 November 2026" in page(client, "/tools/flask/").select(".figures")[0].text
    Repository.objects.update(stars_source="https://elsewhere.example/")
    assert "as of 1 September 2026" in page(client, "/tools/flask/").select(".figures")[0].text
