"""The page about the refresh: what editors read there, who may see it, and asking about some tools now."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from members.models import Member
from tests.members.builders import logged_in, make_member, make_moderator
from tests.pages import page, soup
from tests.tools.builders import make_tool
from tools.models import Edition, RefreshRun, Repository, Tool
from tools.operations import host_states

pytestmark = pytest.mark.django_db
PAGE, REFRESH, INDEX = "/admin/operations/", "/admin/operations/refresh/", "/admin/"
REPOSITORIES = "/admin/tools/repository/"
FOREVER = timedelta(days=36_500)
LONG_AGO = timedelta(days=30)


def make_editor(username: str = "editor", **fields: Any) -> Member:
    """A member of staff who may do everything with the catalogue."""
    member = make_member(username, is_staff=True, **fields)
    member.user_permissions.set(Permission.objects.filter(content_type__app_label="tools"))
    return member


def make_reading_editor() -> Member:
    """One who may look at repositories only."""
    member = make_member("reader", is_staff=True)
    member.user_permissions.set(Permission.objects.filter(codename="view_repository"))
    return member


@pytest.fixture
def editor() -> Client:
    return logged_in(make_editor())


def a_run(host: str = "github", ago: timedelta = timedelta(hours=1), **told: Any) -> RefreshRun:
    began = timezone.now() - ago
    return RefreshRun.objects.create(host=host, started_at=began, **{"ended_at": began} | told)


def waiting(*slugs: str) -> None:
    """Tools whose repositories are due tomorrow."""
    for slug in slugs:
        make_tool(slug, stars=1)
    Repository.objects.update(due_at=timezone.now() + timedelta(days=1))


def due() -> list[str]:
    return sorted(Repository.objects.due(timezone.now()).values_list("tool__slug", flat=True))


def words(client: Client, url: str, selector: str) -> list[str]:
    return [" ".join(found.text.split()) for found in page(client, url).select(selector)]


def github(client: Client) -> list[str]:
    return words(client, PAGE, '[aria-labelledby="github"] .desk-body > *')


MAY_READ = {"anonymous": 302, "member": 403, "moderator": 403, "suspended": 200, "reader": 200, "editor": 200}
MAY_REFRESH = {"anonymous": 302, "member": 403, "moderator": 403, "suspended": 403, "reader": 403, "editor": 302}


def client_of(actor: str) -> Client:
    make: dict[str, Callable[[], Client]] = {
        "anonymous": Client,
        "member": lambda: logged_in(make_member()),
        "moderator": lambda: logged_in(make_moderator()),
        "suspended": lambda: logged_in(make_editor(suspended_until=timezone.now() + FOREVER)),
        "reader": lambda: logged_in(make_reading_editor()),
        "editor": lambda: logged_in(make_editor()),
    }
    return make[actor]()


@pytest.mark.parametrize("actor", MAY_READ)
def test_who_may_see_it(actor: str) -> None:
    response = client_of(actor).get(PAGE)
    assert response.status_code == MAY_READ[actor]
    if actor == "anonymous":
        assert response.headers["Location"] == f"/accounts/login/?next={PAGE}"


@pytest.mark.parametrize("actor", MAY_REFRESH)
def test_who_may_have_hosts_asked_now_and_nobody_else(actor: str) -> None:
    waiting("flask", "django")
    assert client_of(actor).post(REFRESH, {"tools": "flask"}).status_code == MAY_REFRESH[actor]
    assert due() == (["flask"] if actor == "editor" else [])


def test_asking_twice_is_asking_once_and_getting_is_not_asking(editor: Client) -> None:
    waiting("flask", "django")
    edition = Edition.objects.of_pages()
    editor.post(REFRESH, {"tools": "flask"})
    once = list(Repository.objects.order_by("pk").values())
    editor.post(REFRESH, {"tools": "flask"})
    assert list(Repository.objects.order_by("pk").values()) == once
    assert editor.get(REFRESH).status_code == 405
    assert editor.post(PAGE).status_code == 405
    assert Edition.objects.of_pages() == edition


def test_a_form_of_somebody_else_asks_nothing() -> None:
    waiting("flask")
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_editor(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(REFRESH, {"tools": "flask"}).status_code == 403
    assert due() == []


def test_several_tools_are_named_in_any_spelling(editor: Client) -> None:
    waiting("flask", "django", "rails")
    response = editor.post(REFRESH, {"tools": " Flask,  django flask"}, follow=True)
    assert due() == ["django", "flask"]
    said = [message.text for message in soup(response.content).select(".messagelist .success")]
    assert said == ["2 repositories are asked about next, unless their host is left alone."]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Name at least one tool, such as flask."),
        ("flask, nonsense, nothing", "No tool with a repository has the slug nonsense or nothing."),
        ("bare", "No tool with a repository has the slug bare."),
        (" ".join(f"t{number}" for number in range(51)), "Name at most 50 tools at a time, not 51."),
    ],
)
def test_what_cannot_be_asked_about_is_said_and_kept(editor: Client, typed: str, said: str) -> None:
    waiting("flask")
    make_tool("bare")
    response = editor.post(REFRESH, {"tools": typed})
    html = soup(response.content)
    assert (response.status_code, [error.text for error in html.select(".errorlist li")]) == (422, [said])
    assert html.select('input[name="tools"]')[0].get("value", "") == typed
    assert due() == []


def test_the_list_of_repositories_has_the_same_as_an_action(editor: Client) -> None:
    waiting("flask", "django")
    chosen = Repository.objects.get(tool__slug="flask").pk
    form = {"action": "refresh_now", "_selected_action": [chosen]}
    response = editor.post(REPOSITORIES, form, follow=True)
    said = [message.text for message in soup(response.content).select(".messagelist .success, .messagelist .info")]
    assert (due(), said) == (["flask"], ["1 repository is asked about next, unless their host is left alone."])
    assert "refresh_now" not in str(page(logged_in(make_reading_editor()), REPOSITORIES))


def test_what_was_asked_and_what_comes_next(editor: Client) -> None:
    waiting("flask", "django", "rails")
    Repository.objects.filter(tool__slug="flask").update(due_at=timezone.now() - timedelta(days=2))
    Repository.objects.filter(tool__slug="django").update(failure="There is no such repository.", gone_on="2026-05-03")
    run = a_run(calls=3, changed=1_200, same=40, failed=1, calls_left=4_812, resets_at=timezone.now())
    began, resets = (f"{at.day} {at:%B %Y, %H:%M} UTC" for at in (run.started_at, timezone.now()))
    last = f"The last run began {began}: 3 calls, 1,200 changed, 40 as they were, 1 failed."
    without = "No token is set, so GitHub answers 60 calls an hour, one repository each: 3 repositories take 1 hour."
    counts = "3 repositories: 1 due, 1 of them for more than a day"
    assert github(editor) == [
        f"{last} The next run takes what is due now.",
        f"It grants 4,812 more calls until {resets}, as of the last run.",
        f"{without} With a token in GITHUB_TOKEN it answers 5,000 calls, a hundred repositories each.",
        f"{counts}; 1 with a failure; 1 gone; 0 with figures older than promised.",
    ]


def test_a_host_that_was_never_asked(editor: Client) -> None:
    waiting("flask")
    tomorrow = timezone.now() + timedelta(days=1)
    assert github(editor)[:2] == [
        f"It was never asked. The next repository is due {tomorrow.day} {tomorrow:%B %Y, %H:%M} UTC.",
        "It has not said how many calls are left.",
    ]


def test_a_host_that_is_left_alone_and_why(editor: Client) -> None:
    waiting("flask")
    until = timezone.now() + timedelta(minutes=15)
    a_run(stopped_by="GitHub cannot be reached.", paused_until=until)
    assert f"Left alone until {until.day} {until:%B %Y, %H:%M} UTC. GitHub cannot be reached." in github(editor)[0]


REFUSED = (
    "GitHub refuses the token. Make a new one, which needs no rights, set GITHUB_TOKEN to it and start the site anew. "
    "Until then all figures stay as they are, with their days."
)


def test_a_token_is_never_shown_and_its_state_always(editor: Client, settings: Settings) -> None:
    waiting("flask")
    settings.GITHUB_TOKENS = ["ghp_secret", "ghp_other"]
    settings.GITLAB_TOKEN = "glpat-secret"
    assert "2 tokens are set." in github(editor)
    settings.GITHUB_TOKENS = ["ghp_secret"]
    assert "A token is set." in github(editor)
    a_run(token_refused=True, stopped_by="GitHub does not accept the token.")
    assert github(editor)[0] == REFUSED
    assert "secret" not in editor.get(PAGE).text


def test_other_hosts_do_without_a_token(editor: Client) -> None:
    make_tool("gitlab", repository="gitlab-org/gitlab")
    Repository.objects.update(host="gitlab")
    said = words(editor, PAGE, '[aria-labelledby="gitlab"] p')
    assert "No token is set; GitLab answers without one. GITLAB_TOKEN may hold one." in said
    assert not page(editor, PAGE).select("#github")


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_whatever_there_is(editor: Client, count: int) -> None:
    for number in range(count):
        make_tool(f"tool-{number}", stars=1)
        a_run(failures={f"Reason {number}.": 2}, failed=2)
        Repository.objects.filter(tool__slug=f"tool-{number}").update(failure=f"Reason {number}.")
    editor.get(PAGE)
    costs = []
    for url in (PAGE, INDEX):
        with CaptureQueriesContext(connection) as captured:
            editor.get(url)
        costs.append(len(captured))
    assert costs == [8, 7]
    assert len(words(editor, PAGE, "tbody tr")) == len(words(editor, PAGE, '[aria-labelledby="failures"] li')) == count


def test_failures_stand_together_with_what_the_host_said(editor: Client) -> None:
    waiting("flask", "django", "rails")
    Repository.objects.exclude(tool__slug="rails").update(failure="There is no such repository.")
    Repository.objects.filter(tool__slug="rails").update(failure="GitHub answered 502 & no more.")
    html = page(editor, PAGE)
    links = html.select('[aria-labelledby="failures"] a')
    assert [" ".join(link.parent.text.split()) for link in links if link.parent] == [
        "GitHub: There is no such repository. 2 repositories of which GitHub said so",
        "GitHub: GitHub answered 502 & no more. 1 repository of which GitHub said so",
    ]
    assert [words(editor, str(link["href"]), "#result_list tbody .field-tool") for link in links] == [
        ["Django", "Flask"],
        ["Rails"],
    ]


def test_the_newest_runs_and_no_more(editor: Client) -> None:
    for number in range(21):
        a_run(ago=timedelta(hours=number + 2), calls=number)
    a_run("codeberg", failed=3, failures={"Gone.": 2, "Odd.": 1}, stopped_by="Codeberg asks to wait.")
    a_run(ago=timedelta(0), ended_at=None)
    rows = words(editor, PAGE, "tbody tr")
    assert len(rows) == 20
    assert rows[0].endswith("GitHub 0 0 0 0 not ended, or cut short")
    assert rows[1].endswith("Codeberg 0 0 0 3Gone. ×2Odd. Codeberg asks to wait.")
    assert rows[2].endswith("GitHub 0 0 0 0 complete")


def test_a_site_without_repositories(editor: Client) -> None:
    assert "No tool has a repository yet." in words(editor, PAGE, "#content-main > p")
    assert words(editor, PAGE, "section.module > p") == ["None.", "None yet."]


def test_a_refresh_that_is_switched_off_says_so_and_is_no_trouble(editor: Client, settings: Settings) -> None:
    waiting("flask")
    Tool.objects.update(created_at=timezone.now() - LONG_AGO)
    settings.REFRESH = False
    assert words(editor, PAGE, ".help")[0].startswith("Refreshing is switched off (REFRESH=false)")
    assert words(editor, INDEX, ".messagelist li") == []


def test_the_first_page_leads_there_and_warns_of_a_refused_token(editor: Client) -> None:
    waiting("flask")
    assert page(editor, INDEX).select(f'a[href="{PAGE}"]')
    assert words(editor, INDEX, ".messagelist li") == []
    a_run(token_refused=True)
    assert words(editor, INDEX, ".messagelist li") == [f"{REFUSED} See the refresh"]
    a_run(ago=timedelta(0), changed=1)
    assert words(editor, INDEX, ".messagelist li") == []


def test_the_first_page_warns_of_a_host_that_is_silent_for_longer_than_promised(editor: Client) -> None:
    waiting("flask", "django")
    Repository.objects.update(stars_on=timezone.now() - LONG_AGO)
    assert words(editor, INDEX, ".messagelist li") == []
    Tool.objects.update(created_at=timezone.now() - LONG_AGO)
    a_run(stopped_by="GitHub cannot be reached.")
    said = "Nothing was heard from GitHub for longer than the 7 days promised. The last run ended so: "
    assert words(editor, INDEX, ".messagelist li") == [f"{said}GitHub cannot be reached. See the refresh"]
    Repository.objects.filter(tool__slug="flask").update(seen_on=timezone.now())
    assert words(editor, INDEX, ".messagelist li") == []


def test_whoever_may_not_see_repositories_hears_nothing_of_them() -> None:
    waiting("flask")
    a_run(token_refused=True)
    moderator = logged_in(make_moderator())
    assert words(moderator, INDEX, ".messagelist li") == []
    assert not page(moderator, INDEX).select(f'a[href="{PAGE}"]')


@pytest.mark.parametrize(("actor", "status"), [("anonymous", 302), ("member", 302), ("moderator", 200)])
def test_the_first_page_is_for_staff(actor: str, status: int) -> None:
    client = client_of(actor)
    assert client.get(INDEX).status_code == status
    assert client.post(INDEX).status_code in (302, 405)


def test_a_site_serves_whatever_its_hosts_say(editor: Client) -> None:
    """Wrong token, no network: figures stay with their days, editors are told, and the next good run ends it."""
    waiting("flask", "django")
    a_run(token_refused=True, stopped_by="GitHub does not accept the token.")
    for url in ("/", "/tools/", "/tools/flask/", "/compare/django-vs-flask/", "/healthz"):
        assert Client().get(url).status_code == 200
    assert [state.is_refused for state in host_states(timezone.now())] == [True]
    a_run(ago=timedelta(0), same=2)
    assert [state.troubles for state in host_states(timezone.now())] == [[]]
