"""Programs that act for members: let in by a code, known by a token, kept out again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from members.models import AccessToken, DeviceLogin, Member
from members.models.access import CODE_LETTERS, INTERVAL, MOST_TOKENS, Begun, Refusal
from tests.members.builders import logged_in, make_member
from tests.pages import page, soup

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CODE, TOKEN, REVOKE = "/api/v1/device/code", "/api/v1/device/token", "/api/v1/device/revoke"
GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@pytest.fixture
def ada() -> Member:
    return make_member("ada")


def begin(name: str = "whystack on Linux") -> Begun:
    return DeviceLogin.objects.begin(name, NOW)


def later(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


def ask(begun: Begun, seconds: int = 0) -> str:
    return DeviceLogin.objects.redeem(begun.device_code, later(seconds))


def let_in(member: Member, begun: Begun) -> bool:
    login = DeviceLogin.objects.waiting(begun.user_code, member, NOW)
    return login is not None and login.approve(member, NOW)


def issue(member: Member, name: str = "whystack on Linux") -> str:
    return AccessToken.objects.issue(member, name, datetime.now(tz=UTC))


def post(url: str, **form: str) -> tuple[int, dict[str, Any]]:
    response = Client(enforce_csrf_checks=True).post(url, {"client_id": "whystack"} | form)
    assert response.headers["Cache-Control"] == "no-store"
    return response.status_code, response.json()


def test_a_program_waits_until_its_member_lets_it_in_and_gets_its_token_once(ada: Member) -> None:
    begun = begin()
    assert ask(begun) == Refusal.PENDING
    assert let_in(ada, begun)
    secret = ask(begun, INTERVAL)
    token = AccessToken.objects.of(secret, later(9))
    assert (token and (token.member, token.name, token.used_at)) == (ada, "whystack on Linux", None)
    assert ask(begun, 2 * INTERVAL) == Refusal.UNKNOWN


def test_no_code_and_no_token_is_stored(ada: Member) -> None:
    begun = begin()
    waiting = str(DeviceLogin.objects.values_list().get())
    let_in(ada, begun)
    secret = ask(begun)
    stored = waiting + str(AccessToken.objects.values_list().get())
    letters = begun.user_code.replace("-", "")
    assert [word for word in (begun.device_code, begun.user_code, letters, secret) if word in stored] == []


def test_a_code_for_people_is_short_and_no_word() -> None:
    codes = [begin().user_code for _ in range(20)]
    assert {len(code) for code in codes} == {9}
    assert set("".join(codes)) <= {*CODE_LETTERS, "-"}
    assert set(CODE_LETTERS) & set("AEIOUY0123456789") == set()


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "bare", "spaced"])
def test_a_code_may_be_typed_as_people_type(typed: str, ada: Member) -> None:
    code = begin().user_code
    ways = {"lower": code.lower(), "bare": code.replace("-", ""), "spaced": code.replace("-", " ")}
    assert DeviceLogin.objects.waiting(ways.get(typed, typed.format(code)), ada, NOW) is not None


def test_who_asks_too_often_has_to_wait_longer_each_time(ada: Member) -> None:
    begun = begin()
    assert [ask(begun, second) for second in (0, 4, 9, 20)] == [
        Refusal.PENDING,
        Refusal.SLOW_DOWN,
        Refusal.SLOW_DOWN,
        Refusal.SLOW_DOWN,
    ]
    assert DeviceLogin.objects.get().interval == 4 * INTERVAL
    assert ask(begun, 20 + 4 * INTERVAL) == Refusal.PENDING


def test_a_code_ends_after_ten_minutes(ada: Member) -> None:
    begun = begin()
    assert let_in(ada, begun)
    assert ask(begun, 600) == Refusal.EXPIRED
    assert DeviceLogin.objects.waiting(begun.user_code, ada, later(600)) is None


def test_what_is_long_over_is_dropped() -> None:
    begin()
    DeviceLogin.objects.begin("another", later(1201))
    assert [login.name for login in DeviceLogin.objects.all()] == ["another"]


def test_who_was_kept_out_stays_out(ada: Member) -> None:
    begun = begin()
    login = DeviceLogin.objects.get()
    assert (login.deny(ada, NOW), login.deny(ada, NOW), login.approve(ada, NOW)) == (True, True, False)
    assert ask(begun) == Refusal.DENIED


def test_who_decided_first_decided(ada: Member) -> None:
    begun, grace = begin(), make_member("grace")
    login = DeviceLogin.objects.get()
    assert (login.approve(ada, NOW), login.approve(ada, NOW), login.approve(grace, NOW)) == (True, True, False)
    assert AccessToken.objects.of(ask(begun), NOW) == AccessToken.objects.get(member=ada)


def test_a_token_lasts_a_year_and_notes_the_hour_of_its_use(ada: Member) -> None:
    secret = AccessToken.objects.issue(ada, "ci", NOW)
    day = timedelta(days=1)
    for when in (NOW, NOW + timedelta(minutes=59), NOW + 364 * day):
        assert AccessToken.objects.of(secret, when) is not None
    assert AccessToken.objects.get().used_at == NOW + 364 * day
    assert AccessToken.objects.of(secret, NOW + 365 * day) is None


def test_django_itself_knows_whose_a_token_is(ada: Member) -> None:
    secret = issue(ada)
    assert [authenticate(access_token=said) for said in (secret, f"{secret}x", "")] == [ada, None, None]
    ada.is_active = False
    ada.save()
    assert authenticate(access_token=secret) is None


def test_the_addresses_for_programs_speak_as_rfc_8628_says(ada: Member) -> None:
    status, begun = post(CODE, name="whystack\x1b[31m on Linux")
    assert (status, begun["verification_uri"]) == (200, "http://127.0.0.1:8000/device/")
    assert begun["verification_uri_complete"] == f"http://127.0.0.1:8000/device/?code={begun['user_code']}"
    assert (begun["expires_in"], begun["interval"]) == (600, 5)
    assert DeviceLogin.objects.get().name == "whystack[31m on Linux"
    form = {"grant_type": GRANT, "device_code": begun["device_code"]}
    assert post(TOKEN, **form)[1]["error"] == "authorization_pending"
    assert DeviceLogin.objects.get().approve(ada, NOW)
    assert post(TOKEN, **form)[1]["error"] == "slow_down"
    DeviceLogin.objects.update(asked_at=None)
    status, told = post(TOKEN, **form)
    assert (status, told["token_type"], told["scope"]) == (200, "Bearer", "stacks:propose")
    assert authenticate(access_token=told["access_token"]) == ada
    assert [post(REVOKE, token=told["access_token"])[0] for _ in range(2)] == [200, 200]
    assert authenticate(access_token=told["access_token"]) is None


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_id": "other"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": GRANT}, 400, "invalid_request"),
        ({"grant_type": GRANT, "device_code": "x"}, 400, "invalid_grant"),
        ({"grant_type": GRANT, "device_code": "x" * 20_000}, 413, "invalid_request"),
    ],
)
def test_wrong_questions_are_told_in_the_words_of_oauth(form: dict[str, str], status: int, error: str) -> None:
    said = post(TOKEN, **form)
    assert (said[0], said[1]["error"]) == (status, error)


@pytest.mark.parametrize(
    ("action", "url", "status"), [("device_begin", CODE, 200), ("device_ask", TOKEN, 400), ("device_ask", REVOKE, 200)]
)
def test_programs_that_ask_too_often_wait(action: str, url: str, status: int, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {action: "2/m/ip"}
    assert [post(url)[0] for _ in range(3)] == [status, status, 429]


def test_a_member_sees_what_a_program_may_do_and_then_lets_it_in(ada: Member) -> None:
    client = logged_in(ada)
    begun = DeviceLogin.objects.begin("Ada’s laptop", datetime.now(tz=UTC))
    form = page(client, f"/device/?code={begun.user_code}")
    assert form.select("#id_code")[0]["value"] == begun.user_code
    shown = soup(client.post("/device/", {"code": begun.user_code}).content)
    assert [shown.select("h1")[0].text, *(button.text for button in shown.select("main form.form button"))] == [
        "Let “Ada’s laptop” in?",
        "Let it in",
        "Keep it out",
    ]
    assert DeviceLogin.objects.get().approved_at is None
    response = client.post("/device/", {"code": begun.user_code, "do": "allow"}, follow=True)
    assert soup(response.content).select(".messages li, .message")[0].text.strip() == (
        "“Ada’s laptop” may share scans for you. It notices in a few seconds."
    )
    assert DeviceLogin.objects.get().member == ada


def test_a_member_keeps_a_program_out(ada: Member) -> None:
    begun = DeviceLogin.objects.begin("whystack", datetime.now(tz=UTC))
    logged_in(ada).post("/device/", {"code": begun.user_code, "do": "refuse"})
    assert post(TOKEN, grant_type=GRANT, device_code=begun.device_code)[1]["error"] == "access_denied"


def test_wrong_codes_are_told_kept_in_the_form_and_limited(ada: Member, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"device_code": "2/m/user"}
    client = logged_in(ada)
    answers = [client.post("/device/", {"code": "BCDF-GHJK"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [400, 400, 429]
    html = soup(answers[0].content)
    assert html.select("#id_code")[0]["value"] == "BCDF-GHJK"
    assert html.select(".errorlist li")[0].text == (
        "No program waits under this code. It may have expired: codes last ten minutes."
    )


def test_nobody_lets_in_more_than_twenty(ada: Member) -> None:
    for number in range(MOST_TOKENS):
        issue(ada, f"program {number}")
    begun = DeviceLogin.objects.begin("one more", datetime.now(tz=UTC))
    response = logged_in(ada).post("/device/", {"code": begun.user_code, "do": "allow"})
    assert soup(response.content).select(".errorlist li")[0].text == (
        "You have let in 20 programs, which is the most. Revoke one first."
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_lists_a_members_own_programs(
    count: int, ada: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        issue(ada, f"program {number}")
    issue(make_member("grace"), "not Ada’s")
    client = logged_in(ada)
    with django_assert_num_queries(4):
        html = page(client, "/accounts/devices/")
    assert [row.p.text for row in html.select(".account-list li") if row.p] == [
        f"program {number}" for number in reversed(range(count))
    ]


def test_a_program_is_revoked_by_its_member_alone_and_by_suspended_ones_too(ada: Member) -> None:
    secret = issue(ada)
    url = f"/accounts/devices/{AccessToken.objects.get().pk}/revoke/"
    logged_in(make_member("grace")).post(url)
    assert authenticate(access_token=secret) == ada
    ada.suspend(NOW + timedelta(days=999), "Rude")
    assert [logged_in(ada).post(url).status_code for _ in range(2)] == [302, 302]
    assert authenticate(access_token=secret) is None


def test_what_expired_is_not_listed_and_goes_with_the_next(ada: Member) -> None:
    with time_machine.travel(NOW - timedelta(days=400), tick=False):
        issue(ada, "old")
    assert page(logged_in(ada), "/accounts/devices/").select(".account-list") == []
    issue(ada, "new")
    assert [token.name for token in AccessToken.objects.all()] == ["new"]
