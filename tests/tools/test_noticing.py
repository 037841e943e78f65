"""What a refresh notices: each happening as a sentence with its day and source, and nothing that is noise."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.tools.builders import make_tool
from tools.forges.answers import Gone, Released, Seen
from tools.models import Alert, AlertKind, Host, Repository, Tool
from tools.noticing import noticed

TODAY = date(2026, 11, 21)
NAME = "pallets/flask"
SEEN = Seen(name=NAME, stars=72_133, forks=16_944, archived=False, pushed_on=TODAY)
GONE = Gone("There is no such repository.")


def known(**fields: Any) -> Repository:
    """A repository whose host has answered before."""
    usual = {"name": NAME, "seen_on": date(2026, 11, 20), "stars": 70_000, "stars_on": date(2026, 11, 20)}
    return Repository(tool=Tool(slug="flask", name="Flask"), **usual | fields)


def told(repository: Repository, answer: Seen | Gone, *tags: str) -> list[tuple[str, str]]:
    return [(alert.kind, alert.text) for alert in noticed(repository, answer, TODAY, tags)]


def released(*releases: tuple[str, date], name: str = NAME) -> Seen:
    return replace(SEEN, name=name, releases=tuple(Released(tag, on) for tag, on in releases))


def test_stars_forks_and_pushes_are_no_news() -> None:
    assert told(known(stars=1, forks=1), replace(SEEN, stars=1_000_000, forks=0)) == []


def test_a_repository_that_is_archived_is_told() -> None:
    (alert,) = noticed(known(), replace(SEEN, archived=True), TODAY, ())
    assert alert.text == "Flask was archived on GitHub: its repository takes no more changes."
    assert (alert.kind, alert.happened_on, alert.source_url) == ("archived", TODAY, "https://github.com/pallets/flask")


def test_what_was_archived_before_anybody_asked_is_no_news() -> None:
    assert told(known(seen_on=None, stars_on=None), replace(SEEN, archived=True)) == []
    assert told(known(archived=True), replace(SEEN, archived=True)) == []


def test_a_repository_taken_out_of_the_archive_is_told() -> None:
    text = "Flask was taken out of the archive on GitHub: work on it can go on."
    assert told(known(archived=True), SEEN) == [("unarchived", text)]


def test_a_repository_that_moved_is_told_with_both_names() -> None:
    (alert,) = noticed(known(name="mitsuhiko/flask"), SEEN, TODAY, ())
    assert alert.text == "Flask has moved on GitHub, from mitsuhiko/flask to pallets/flask."
    assert (alert.kind, alert.source) == ("renamed", "github:pallets/flask")
    assert told(known(name="Pallets/Flask"), SEEN) == []


def test_what_moves_there_and_back_is_told_each_time() -> None:
    there, later = noticed(known(name="flask/flask"), SEEN, TODAY, ()), date(2026, 12, 1)
    again = noticed(known(name="flask/flask"), SEEN, later, ())
    assert [alert.key for alert in (*there, *again)] == ["2026-11-21 pallets/flask", "2026-12-01 pallets/flask"]


def test_a_repository_that_is_gone_is_told_when_it_goes_and_when_it_is_back() -> None:
    gone = "Flask is gone from GitHub: pallets/flask was deleted, closed or made private."
    assert told(known(), GONE) == [("gone", gone)]
    assert told(known(gone_on=date(2026, 11, 1)), GONE) == []
    back = "Flask is back on GitHub: pallets/flask can be seen again."
    assert told(known(gone_on=date(2026, 11, 1)), SEEN) == [("back", back)]


def test_a_name_that_never_answered_is_not_gone() -> None:
    assert told(known(seen_on=None, stars_on=None), GONE) == []


def test_another_licence_is_told() -> None:
    text = "The licence of Flask changed from BSD-3-Clause to Apache-2.0, as GitHub tells it."
    assert told(known(licence="BSD-3-Clause"), replace(SEEN, licence="Apache-2.0")) == [("licence", text)]


@pytest.mark.parametrize(
    ("before", "now"), [("", "MIT"), ("MIT", ""), ("MIT", "NOASSERTION"), ("Other", "MIT"), ("mit", "MIT")]
)
def test_a_licence_that_is_not_known_on_both_sides_or_only_written_otherwise_is_no_news(before: str, now: str) -> None:
    assert told(known(licence=before), replace(SEEN, licence=now)) == []


def test_a_major_release_is_told_with_the_day_and_page_of_its_first_release() -> None:
    answer = released(("4.0.1", date(2026, 11, 20)), ("v4.0.0", date(2026, 11, 18)), ("3.1.2", date(2026, 8, 1)))
    (alert,) = noticed(known(), answer, TODAY, ["3.1.2", "2.0.0"])
    assert alert.text == "Flask 4.0.0 is out: major version 4 follows 3."
    assert (alert.kind, alert.happened_on) == ("major", date(2026, 11, 18))
    assert alert.source == "https://github.com/pallets/flask/releases/tag/v4.0.0"


def test_each_of_several_major_versions_is_told() -> None:
    answer = released(("5.0", date(2026, 11, 20)), ("4.0", date(2026, 5, 1)))
    assert [text for _, text in told(known(), answer, "3.0")] == [
        "Flask 4.0 is out: major version 4 follows 3.",
        "Flask 5.0 is out: major version 5 follows 4.",
    ]


@pytest.mark.parametrize(
    ("tag", "tags"),
    [
        ("3.2.0", ["3.1.0"]),
        ("2.9.9", ["3.1.0"]),
        ("4.2.0", ["3.1.0"]),
        ("4.0.0", []),
        ("4.0.0", ["stable", "latest"]),
        ("edge", ["3.1.0"]),
        ("4.0.0-rc.1", ["3.1.0"]),
        ("4.0.0b2", ["3.1.0"]),
        ("v4.0-beta", ["3.1.0"]),
        ("4.0.0.dev3", ["3.1.0"]),
        ("v4.0.0-M1", ["3.1.0"]),
        ("nightly-20261121", ["3.1.0"]),
        ("2026.11", ["2026.10", "2025.1"]),
        ("2027.1.0", ["2026.3.0"]),
        ("20261121", ["20261001"]),
        ("202611", ["3.1.0"]),
        ("r4000", ["3.1.0"]),
    ],
)
def test_minor_early_dated_and_unreadable_tags_are_no_major_releases(tag: str, tags: list[str]) -> None:
    assert told(known(), released((tag, date(2026, 11, 20))), *tags) == []


def test_a_version_named_after_its_year_is_no_promise_that_something_broke() -> None:
    answer = released(
        ("26.1", date(2026, 2, 1)),
        ("25.3.1", date(2026, 1, 9)),
        ("25.3", date(2025, 10, 25)),
        ("24.2", date(2025, 1, 1)),
    )
    assert told(known(), answer, "25.3.1", "25.3", "24.2") == []


def test_a_version_that_meets_its_year_by_chance_is_a_major_release() -> None:
    answer = released(("v26.0.0", date(2026, 4, 22)), ("v25.9.0", date(2026, 4, 1)), ("v22.22.0", date(2026, 3, 1)))
    assert told(known(), answer, "v25.9.0", "v22.22.0") == [
        ("major", "Flask 26.0.0 is out: major version 26 follows 25.")
    ]


@pytest.mark.parametrize("tag", ["4", "4.0.3", "release-4.0.0", "flask-4_0_0", "V4.0.0", "rel_4_0", "4.0-final"])
def test_projects_may_write_their_tags_as_they_like(tag: str) -> None:
    assert [kind for kind, _ in told(known(), released((tag, TODAY)), "release-3.1.0")] == ["major"]


@pytest.mark.parametrize(
    ("host", "source"),
    [
        (Host.GITLAB, "https://gitlab.com/pallets/flask/-/releases/4.0%2Ffinal"),
        (Host.CODEBERG, "https://codeberg.org/pallets/flask/releases/tag/4.0%2Ffinal"),
    ],
)
def test_every_host_has_its_own_page_of_a_release(host: Host, source: str) -> None:
    (alert,) = noticed(known(host=host), released(("4.0/final", TODAY)), TODAY, ["3.0"])
    assert alert.source == source


def test_what_is_too_long_is_shortened() -> None:
    name = f"{'o' * 99}/{'n' * 99}"
    (alert,) = noticed(known(name=name), SEEN, TODAY, ())
    assert (len(alert.text), alert.text[-1]) == (200, "…")
    (major,) = noticed(known(), released((f"4.0-{'x' * 300}", TODAY)), TODAY, ["3.0"])
    assert (len(major.text), major.source) == (200, "")


@pytest.mark.django_db
def test_each_happening_is_kept_once_however_often_it_is_noticed() -> None:
    repository = make_tool("flask", repository="mitsuhiko/flask").repository
    repository.seen_on, repository.licence = date(2026, 11, 20), "MIT"
    new = released(("4.0.0", TODAY))
    answer = replace(new, archived=True, licence="Apache-2.0")
    repository.gone_on = date(2026, 11, 1)
    for _ in range(3):
        Alert.objects.note(noticed(repository, answer, TODAY, ["3.0"]))
    repository.archived, repository.gone_on = True, None
    for answer_now in (SEEN, GONE):
        for _ in range(3):
            Alert.objects.note(noticed(repository, answer_now, TODAY, ["3.0"]))
    kinds = ["archived", "back", "gone", "licence", "major", "renamed", "unarchived"]
    assert sorted(Alert.objects.values_list("kind", flat=True)) == kinds
    assert set(AlertKind) - {*kinds} == {AlertKind.SILENT, AlertKind.END_OF_LIFE, AlertKind.FACT}
