"""Old figures kept by the month."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tools.builders import make_tool
from tools.models import Observation
from tools.tasks import thin_history
from tools.thinning import thin

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def observe(slug: str, *days: date, **figures: int | bool | None) -> None:
    tool = make_tool(slug, stars=1)
    seen = {"stars": 7, "forks": 3} | figures
    Observation.objects.bulk_create(
        Observation(repository=tool.repository, date=day, source="a list", **seen) for day in days
    )


def left(slug: str) -> list[str]:
    days = Observation.objects.filter(repository__tool__slug=slug).order_by("date")
    return [day.isoformat() for day in days.values_list("date", flat=True)]


def each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def test_the_last_figure_of_an_old_month_stands_for_it_and_the_first_of_all_stays() -> None:
    observe("flask", *each_day(date(2024, 1, 10), date(2024, 3, 5)))
    assert thin(TODAY) == 52
    assert left("flask") == ["2024-01-10", "2024-01-31", "2024-02-29", "2024-03-05"]


def test_the_last_twelve_months_are_kept_to_the_day() -> None:
    observe("flask", *each_day(date(2025, 10, 29), date(2025, 11, 3)))
    thin(TODAY)
    assert left("flask") == ["2025-10-29", "2025-10-31", "2025-11-01", "2025-11-02", "2025-11-03"]


def test_each_tool_is_thinned_by_itself_in_one_statement_and_only_once() -> None:
    for slug in ("flask", "django", "bottle"):
        observe(slug, *each_day(date(2024, 1, 1), date(2024, 1, 4)))
    with CaptureQueriesContext(connection) as captured:
        assert thin(TODAY) == 6
    assert len(captured) == 1
    assert left("bottle") == ["2024-01-01", "2024-01-04"]
    assert thin(TODAY) == 0


def test_rounded_figures_are_left_alone() -> None:
    observe("flask", *each_day(date(2024, 1, 1), date(2024, 1, 4)), rounded=True)
    assert thin(TODAY) == 0


def test_a_figure_of_stars_is_not_thinned_for_one_of_forks() -> None:
    observe("flask", date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 3))
    Observation.objects.create(
        repository=Observation.objects.all()[0].repository, date=date(2024, 1, 9), forks=1, source="a list"
    )
    thin(TODAY)
    assert left("flask") == ["2024-01-01", "2024-01-03", "2024-01-09"]


def test_the_nightly_task_thins() -> None:
    observe("flask", date(2020, 1, 1), date(2020, 1, 2), date(2020, 1, 3))
    thin_history()
    assert left("flask") == ["2020-01-01", "2020-01-03"]
