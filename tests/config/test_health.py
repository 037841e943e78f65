"""/healthz: the database, figures as young as promised, and what keeps the site running whoever is away."""

from datetime import timedelta

import pytest
from django.conf import settings as ours
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from config.health import warnings
from tests.tools.builders import make_tool
from tools.models import RefreshRun, Repository, Tool

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=30)


def install(count: int, ago: timedelta = LONG_AGO) -> None:
    """Tools with figures of a file, loaded that long ago."""
    for number in range(count):
        make_tool(f"tool-{number}", stars=1)
    Tool.objects.update(created_at=timezone.now() - ago)
    Repository.objects.update(stars_on=timezone.now() - 2 * LONG_AGO)


def hear_of(count: int, days: int = 0) -> None:
    """Their hosts confirmed the first of them that many days ago."""
    chosen = Repository.objects.order_by("pk").values_list("pk", flat=True)[:count]
    Repository.objects.filter(pk__in=list(chosen)).update(seen_on=timezone.now() - timedelta(days=days))


def status(client: Client) -> tuple[int, str]:
    response = client.get("/healthz")
    return response.status_code, response.json()["status"]


OK, OLD = (200, "ok"), (503, "figures older than promised")


def test_everything_that_is_told(client: Client) -> None:
    install(4)
    hear_of(3)
    began = timezone.now()
    RefreshRun.objects.create(host="github", started_at=began - LONG_AGO)
    RefreshRun.objects.create(host="github", started_at=began)
    response = client.get("/healthz")
    assert response.headers["Cache-Control"] == "no-store"
    told = response.json()
    assert told.pop("newest_run")[:19] == began.isoformat()[:19]
    assert isinstance(told.pop("warnings"), list)
    assert told == {
        "status": "ok",
        "database": connection.vendor,
        "figures": {"refreshed": True, "promised_days": 7, "repositories": 4, "late": 1, "share_late": 0.25},
    }


@pytest.mark.parametrize(("heard", "answer"), [(0, OLD), (1, OLD), (2, OK), (4, OK)])
def test_it_fails_when_more_than_half_of_the_figures_are_older_than_promised(
    client: Client, heard: int, answer: tuple[int, str]
) -> None:
    install(4)
    hear_of(heard)
    assert status(client) == answer


@pytest.mark.parametrize(("days", "answer"), [(7, OK), (8, OLD)])
def test_the_promise_is_kept_to_the_day(client: Client, days: int, answer: tuple[int, str]) -> None:
    install(1)
    hear_of(1, days)
    assert status(client) == answer


def test_a_site_without_tools_or_just_installed_is_well(client: Client) -> None:
    assert status(client) == OK
    install(3, ago=timedelta(days=1))
    assert status(client) == OK
    assert client.get("/healthz").json()["newest_run"] is None


def test_what_is_gone_is_not_waited_for(client: Client) -> None:
    install(3)
    hear_of(1)
    assert status(client) == OLD
    Repository.objects.filter(seen_on=None).update(gone_on=timezone.now())
    assert status(client) == OK


def test_whoever_switched_the_refresh_off_promised_nothing(client: Client, settings: Settings) -> None:
    install(3)
    settings.REFRESH = False
    assert status(client) == OK


def test_what_keeps_the_site_running_asks_for_the_database_alone(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    install(3)
    with django_assert_num_queries(1):
        response = client.get("/healthz?live")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": connection.vendor})
    assert "/healthz?live'" in (ours.BASE_DIR / "Dockerfile").read_text()


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_whatever_there_is(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    install(count)
    with django_assert_num_queries(4):
        client.get("/healthz")


@pytest.mark.parametrize("form", ["", "?live"])
def test_without_a_database_it_says_so(client: Client, form: str) -> None:
    def unreachable(*_: object) -> None:
        raise DatabaseError

    with connection.execute_wrapper(unreachable):
        response = client.get(f"/healthz{form}")
    assert (response.status_code, response.json()["status"]) == (503, "database unreachable")


@pytest.mark.parametrize(
    ("vendor", "version", "count"),
    [("sqlite", (3, 51, 2), 1), ("sqlite", (3, 51, 3), 0), ("postgresql", (3, 40, 1), 0)],
)
def test_an_sqlite_with_a_known_fault_is_only_warned_of(vendor: str, version: tuple[int, ...], count: int) -> None:
    assert len(warnings(vendor, version)) == count


def test_the_warning_names_both_versions() -> None:
    assert warnings("sqlite", (3, 40, 1)) == [
        "SQLite 3.40.1 has a rare fault in write-ahead logs that 3.51.3 mends: keep backups, or use PostgreSQL."
    ]
