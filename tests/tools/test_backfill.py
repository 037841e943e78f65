"""Star history of the time before anybody watched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.tools.builders import make_repository, make_tool
from tools.backfill import awaiting, backfill, missing
from tools.forges.answers import Failure, Gone, RateLimited, StarsOn
from tools.models import Host, Observation, Repository
from tools.thinning import thin

TODAY = date(2026, 11, 22)
LIMITED = RateLimited("GitHub wants to be left alone.", datetime(2026, 11, 22, 2, tzinfo=UTC))


@dataclass
class Archive:
    """A host that tells what it was given, and remembers what it was asked."""

    told: Mapping[str, Sequence[StarsOn] | Failure] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def history(self, name: str) -> Sequence[StarsOn] | Failure:
        self.asked.append(name)
        return self.told.get(name, [])


def days(first: date, *stars: int, apart: int = 1) -> list[StarsOn]:
    return [StarsOn(first + timedelta(days=apart * place), count) for place, count in enumerate(stars)]


def seen(day: date, stars: int | None = None, *, rounded: bool = False) -> Observation:
    return Observation(date=day, stars=stars, forks=1, rounded=rounded)


def added(known: Sequence[Observation], told: Sequence[StarsOn]) -> list[tuple[str, int]]:
    return [(count.date.isoformat(), count.stars) for count in missing(known, told, TODAY)]


def test_old_history_comes_by_the_month_and_the_last_twelve_by_the_day() -> None:
    told = [*days(date(2024, 1, 30), 1, 2, 3, 4), *days(date(2025, 11, 1), 5, 6)]
    assert added([], told) == [("2024-01-31", 2), ("2024-02-02", 4), ("2025-11-01", 5), ("2025-11-02", 6)]


def test_what_is_known_of_a_day_or_of_an_old_month_stands() -> None:
    told = [*days(date(2024, 1, 30), 1, 2), *days(date(2026, 11, 1), 5, 6)]
    assert added([seen(date(2024, 1, 2), 1), seen(date(2026, 11, 2), 6)], told) == [("2026-11-01", 5)]


def test_a_rounded_figure_takes_its_day_and_not_its_month() -> None:
    told = days(date(2024, 1, 30), 1, 2)
    assert added([seen(date(2024, 1, 1), 990, rounded=True)], told) == [("2024-01-31", 2)]
    assert added([seen(date(2024, 1, 31), 990, rounded=True)], told) == []


def test_what_contradicts_what_was_seen_is_left_out() -> None:
    known = [seen(date(2026, 11, 1), 100), seen(date(2026, 11, 10), 110)]
    told = days(date(2026, 10, 31), 101, 99, 99, 105, 111)
    assert added(known, told) == [("2026-11-03", 105)]


def test_a_day_to_come_is_no_history() -> None:
    assert added([], days(TODAY, 1, 2)) == [("2026-11-22", 1)]
    assert missing([], [], TODAY) == []


@pytest.mark.django_db
def test_history_is_added_with_its_source_and_asked_for_again_changes_nothing() -> None:
    flask = make_tool("flask", stars=9)
    archive = Archive({"flask/flask": days(date(2026, 11, 1), 5, 6)})
    first, second = (backfill(TODAY, archive, awaiting()) for _ in range(2))
    assert (first.repositories, first.added, second.added) == (1, 2, 0)
    rows = Observation.objects.order_by("date").values_list("date", "stars", "forks", "source")
    assert list(rows) == [
        (date(2026, 11, 1), 5, None, "github:flask/flask"),
        (date(2026, 11, 2), 6, None, "github:flask/flask"),
    ]
    assert str(first) == "GitHub told us the history of 1 repository: 2 figures added."
    assert Repository.objects.get(tool=flask).stars == 9


@pytest.mark.django_db
def test_what_was_thinned_is_not_added_again() -> None:
    make_tool("flask", stars=9)
    archive = Archive({"flask/flask": days(date(2020, 1, 1), *range(60))})
    backfill(TODAY, archive, awaiting())
    assert thin(TODAY) == 0
    assert backfill(TODAY, archive, awaiting()).added == 0


@pytest.mark.django_db
def test_a_limit_stops_the_run_and_the_next_one_goes_on_where_it_was() -> None:
    for place, slug in enumerate(("bottle", "flask", "django")):
        make_tool(slug, stars=10 * place)
    first = Archive({"flask/flask": LIMITED})
    outcome = backfill(TODAY, first, awaiting())
    assert (first.asked, outcome.stopped) == (["django/django", "flask/flask"], LIMITED.reason)
    second = Archive()
    backfill(TODAY, second, awaiting()[:2])
    assert second.asked == ["flask/flask", "bottle/bottle"]


@pytest.mark.django_db
def test_a_repository_that_cannot_be_told_of_stops_nobody() -> None:
    make_tool("flask", stars=2)
    make_tool("django", stars=1)
    archive = Archive({"flask/flask": Gone("There is none."), "django/django": days(TODAY, 1)})
    outcome = backfill(TODAY, archive, awaiting())
    assert (outcome.failed, outcome.added) == (["flask/flask: There is none."], 1)


@pytest.mark.django_db
def test_only_repositories_at_github_that_are_still_there_are_asked_about() -> None:
    make_tool("flask", stars=2)
    make_repository(make_tool("gone"), "gone/gone", gone_on=TODAY)
    make_repository(make_tool("inkscape"), "inkscape/inkscape", host=Host.GITLAB)
    assert [repository.name for repository in awaiting()] == ["flask/flask"]
