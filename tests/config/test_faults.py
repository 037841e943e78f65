"""Pages that nobody asks for: each says what happened and what to do now, with its status set small."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from config import views
from tests.pages import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def faults(rf: RequestFactory) -> dict[int, HttpResponse]:
    request = rf.get("/")
    request.user = AnonymousUser()
    return {
        400: views.bad_request(request, SuspiciousOperation()),
        403: views.permission_denied(request, PermissionDenied()),
        429: views.too_many_requests(request),
        500: views.server_error(request),
    }


def test_a_fault_has_its_status_in_the_answer_and_on_the_page(faults: dict[int, HttpResponse]) -> None:
    said = {code: soup(response.content).select(".error-code")[0].text for code, response in faults.items()}
    assert {code: response.status_code for code, response in faults.items()} == {code: code for code in faults}
    assert said == {code: f"Status {code}" for code in faults}


def test_a_fault_is_told_in_one_heading_and_says_where_to_go(faults: dict[int, HttpResponse]) -> None:
    for response in faults.values():
        html = soup(response.content)
        assert len(html.select("h1")) == 1
        assert html.select('main a[href="/"]')
        assert html.select('meta[name="robots"][content="noindex"]')
        assert not html.select("meta[property], link[rel=canonical], [style], script:not([src])")
        assert [svg["aria-hidden"] for svg in html.select("main svg")] == ["true"]


def test_an_old_form_is_told_that_nothing_was_changed() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "ada"})
    assert response.status_code == 403
    assert "Nothing was changed" in soup(response.content).text


def test_too_many_attempts_say_when_to_come_back(client: Client) -> None:
    answers = [client.post("/accounts/signup/", {}) for _ in range(21)]
    last = answers[-1]
    assert last.status_code == 429
    assert last.headers["Retry-After"] == "60"
    assert "Wait a minute" in soup(last.content).text


@pytest.mark.parametrize("path", ["/", "/tools/", "/accounts/login/", "/admin/", "/nothing/"])
def test_a_closed_site_answers_everything_alike_without_a_query(client: Client, settings: object, path: str) -> None:
    settings.MAINTENANCE = True  # type: ignore[attr-defined]  # pytest-django's settings take any name
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path, headers={"cookie": "sessionid=abc"})
    assert (response.status_code, len(captured)) == (503, 0)
    assert (response.headers["Retry-After"], response.headers["Cache-Control"]) == ("300", "no-store")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "closed for maintenance" in soup(response.content).text


def test_a_closed_site_is_still_healthy(client: Client, settings: object) -> None:
    settings.MAINTENANCE = True  # type: ignore[attr-defined]  # as above
    assert client.get("/healthz").status_code == 200


def test_a_post_to_a_closed_site_changes_nothing(client: Client, settings: object) -> None:
    settings.MAINTENANCE = True  # type: ignore[attr-defined]  # as above
    assert client.post("/accounts/signup/", {"email": "ada@example.org"}).status_code == 503
