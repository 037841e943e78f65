"""Stacks are written, changed, copied and deleted; nothing typed is lost, and nothing is counted twice."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member
from stacks import limits
from stacks.models import Change, Stack, StackKind, Use, Visibility
from stacks.models.edit import free_slug
from tests.members.builders import logged_in, make_member, make_newcomer
from tests.pages import soup
from tests.stacks.builders import NOW, make_stack
from tests.tools.builders import make_tool
from tools.models import Tool

pytestmark = pytest.mark.django_db
NEW, LINES = "/stacks/new/", "/stacks/lines/"
TOKEN = str(UUID(int=7))
ACME = {"name": "Acme", "kind": "company", "visibility": "public", "form_token": TOKEN}


@pytest.fixture
def ada() -> Member:
    return make_member("ada")


@pytest.fixture
def client(ada: Member) -> Client:
    return logged_in(ada)


@pytest.fixture(autouse=True)
def tools() -> list[Tool]:
    return [make_tool(slug) for slug in ("flask", "redis", "celery")]


def counts() -> dict[str, int]:
    return dict(Tool.objects.order_by("slug").values_list("slug", "stacks_count"))


def line(slug: str, **said: Any) -> dict[str, Any]:
    return {f"line-{slug}-{name}": value for name, value in said.items()}


def sentences(content: bytes) -> list[str]:
    return [error.text for error in soup(content).select(".errorlist li")]


def in_fields(content: bytes) -> dict[str, str]:
    """What stands in the form's fields that are not empty."""
    form = soup(content).select_one("form.stack-form")
    assert form
    found = {str(field["name"]): str(field.get("value", "")) for field in form.select("input:not([type=radio])")}
    found |= {str(area["name"]): area.text.strip() for area in form.select("textarea")}
    return {name: value for name, value in found.items() if value and name != "csrfmiddlewaretoken"}


def test_a_stack_is_written_with_its_tools_and_notes(client: Client, ada: Member) -> None:
    noted = line("flask", why=" Small,  and known ", since="2019", used_version="3.1")
    sent = {**ACME, "size": "2-10", "link": "example.org", "description": "Bread.", "add": "redis", "tool": ["flask"]}
    response = client.post(NEW, sent | noted)
    assert (response.status_code, response.headers["Location"]) == (302, "/stacks/ada/acme/")
    stack = Stack.objects.get()
    assert (stack.owner, stack.kind, stack.size, stack.link) == (ada, "company", "2-10", "https://example.org")
    uses = list(stack.uses.order_by("tool__slug").values_list("tool__slug", "why", "since", "used_version"))
    assert uses == [("flask", "Small, and known", 2019, "3.1"), ("redis", "", None, "")]
    assert (stack.tools_count, counts()) == (2, {"celery": 0, "flask": 1, "redis": 1})


def test_a_form_sent_twice_is_one_stack(client: Client) -> None:
    answers = [client.post(NEW, {**ACME, "add": "flask"}).headers["Location"] for _ in range(2)]
    assert (answers, Stack.objects.count(), counts()["flask"]) == (["/stacks/ada/acme/"] * 2, 1, 1)


def test_a_form_sent_again_with_other_words_shows_both(client: Client) -> None:
    client.post(NEW, ACME)
    response = client.post(NEW, {**ACME, "name": "Acme Rockets"})
    assert response.status_code == 409
    told = [line.text for line in soup(response.content).select(".notice-warning li")]
    assert told == ["Name: Acme"]
    sent = in_fields(response.content)
    assert sent["name"] == "Acme Rockets"
    assert client.post("/stacks/ada/acme/edit/", {**ACME, **sent}).status_code == 302
    assert Stack.objects.get().name == "Acme Rockets"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Give it a name."),
        ({"name": "x" * 81}, "This has 81 characters, and up to 80 fit: shorten it."),
        ({"kind": "club"}, "Select a valid choice. club is not one of the available choices."),
        ({"link": "javascript:alert(1)"}, "Write it as https://example.org."),
        ({"link": "ftp://example.org/"}, "Write it as https://example.org."),
        ({"description": "x" * 1_001}, "This has 1,001 characters, and up to 1,000 fit: shorten it."),
        ({"add": "Flaskk"}, "No tool here is called “Flaskk”. Did you mean Flask?"),
        (line("flask", since="19"), "Write the year, from 1950 to 2026."),
        (line("flask", since="next"), "Write the year, from 1950 to 2026."),
        (line("flask", why="x" * 201), "This has 201 characters, and up to 200 fit: shorten it."),
        (line("flask", used_version="x" * 41), "This has 41 characters, and up to 40 fit: shorten it."),
    ],
)
def test_what_cannot_be_kept_is_told_and_stays_in_the_form(
    client: Client, wrong: dict[str, str], sentence: str, time_machine: Any
) -> None:
    time_machine.move_to(NOW)
    typed = {**ACME, "description": "Bread.", **line("flask", why="Small"), **line("redis", since="2020")} | wrong
    response = client.post(NEW, {**typed, "tool": ["flask", "redis"]})
    assert response.status_code == 400
    assert sentences(response.content) == [sentence]
    kept = in_fields(response.content)
    wanted = {name: value for name, value in typed.items() if value.strip() and name not in ("kind", "visibility")}
    assert {name: kept[name] for name in wanted} == wanted
    assert not Stack.objects.exists()


def test_names_become_lines_before_anything_is_kept(client: Client) -> None:
    typed = {**ACME, "add": "Redis, Flaskk, flask", "tool": ["flask"], **line("flask", why="Small")}
    response = client.post(LINES, typed)
    assert response.status_code == 200
    shown = soup(response.content)
    assert [tool["value"] for tool in shown.select("input[name=tool]")] == ["redis", "flask"]
    assert [text.text.strip() for text in shown.select("[role=alert] p")] == [
        "No tool here is called “Flaskk”. Did you mean Flask?"
    ]
    kept = in_fields(response.content)
    assert (kept["add"], kept["line-flask-why"], kept["name"], kept["form_token"]) == ("Flaskk", "Small", "Acme", TOKEN)
    assert not Stack.objects.exists()


def test_a_change_adds_drops_and_notes_and_history_tells_it(client: Client, ada: Member) -> None:
    stack = make_stack("Acme", "flask", "redis", owner=ada)
    url = f"{stack.get_absolute_url()}edit/"
    opened = in_fields(client.get(url).content)
    sent = {**ACME, **opened, "tool": ["flask", "redis"], "add": "celery", **line("redis", drop="on")}
    assert client.post(url, sent | line("flask", since="2020")).status_code == 302
    assert counts() == {"celery": 1, "flask": 1, "redis": 0}
    assert list(stack.uses.order_by("tool__slug").values_list("tool__slug", "since")) == [
        ("celery", None),
        ("flask", 2020),
    ]
    told = Change.objects.filter(happened_on__gt=NOW).values_list("what", "tool__slug")
    assert set(told) == {("dropped", "redis"), ("added", "celery")}
    stack.refresh_from_db()
    assert (stack.tools_count, stack.slug) == (2, "acme")


def test_a_tool_that_the_form_does_not_name_stays(client: Client, ada: Member) -> None:
    stack = make_stack("Acme", "flask", "redis", owner=ada)
    sent = {**ACME, "version": stack.version, "tool": ["flask"], **line("flask", why="Small")}
    assert client.post(f"{stack.get_absolute_url()}edit/", sent).status_code == 302
    assert set(stack.uses.values_list("tool__slug", "why")) == {("flask", "Small"), ("redis", "")}


def test_a_stale_form_is_told_so_and_loses_nothing(client: Client, ada: Member) -> None:
    stack = make_stack("Acme", "flask", owner=ada)
    url = f"{stack.get_absolute_url()}edit/"
    opened = in_fields(client.get(url).content)
    stack.add(Tool.objects.filter(slug="redis"), NOW)
    sent = {**ACME, **opened, "name": "Acme Rockets", "tool": ["flask"], **line("flask", why="Small")}
    response = client.post(url, sent)
    assert response.status_code == 409
    assert [told.text for told in soup(response.content).select(".notice-warning li")] == [
        "Name: Acme",
        "Flask",
        "Redis",
    ]
    again = in_fields(response.content)
    assert (again["name"], again["line-flask-why"], Stack.objects.get().name) == ("Acme Rockets", "Small", "Acme")
    assert client.post(url, {**ACME, **again}).status_code == 302
    assert set(Use.objects.values_list("stack__name", "tool__slug", "why")) == {
        ("Acme Rockets", "flask", "Small"),
        ("Acme Rockets", "redis", ""),
    }


def test_visibility_moves_the_counts(client: Client, ada: Member) -> None:
    stack = make_stack("Acme", "flask", owner=ada)
    url = f"{stack.get_absolute_url()}edit/"
    for visibility, count in (("unlisted", 0), ("public", 1)):
        opened = in_fields(client.get(url).content)
        assert client.post(url, {**ACME, **opened, "visibility": visibility}).status_code == 302
        assert counts()["flask"] == count


def test_a_stack_may_hold_so_many_tools_and_a_member_keep_so_many_stacks(
    client: Client, ada: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TOOLS", 2)
    response = client.post(NEW, {**ACME, "tool": ["flask", "redis"], "add": "celery"})
    assert (response.status_code, sentences(response.content)) == (400, ["A stack may hold 2 tools: leave some out."])
    stack = make_stack("Full", "flask", "redis", owner=ada)
    sent = {**ACME, "version": stack.version, "add": "celery"}
    response = client.post(f"{stack.get_absolute_url()}edit/", sent)
    assert (response.status_code, sentences(response.content)) == (400, ["A stack may hold 2 tools: leave some out."])
    monkeypatch.setattr(limits, "STACKS", 1)
    response = client.post(NEW, ACME)
    told = ["You keep 1 stacks, which is the most. Delete one first."]
    assert (response.status_code, sentences(response.content), Stack.objects.count()) == (400, told, 1)


def test_newcomers_keep_a_few_and_their_links_cannot_be_clicked() -> None:
    newcomer = make_newcomer("new")
    client = logged_in(newcomer)
    for number in range(limits.STACKS_OF_NEWCOMERS):
        sent = {**ACME, "form_token": str(UUID(int=number)), "link": "https://spam.example/"}
        assert client.post(NEW, sent).status_code == 302
    assert client.post(NEW, {**ACME, "form_token": str(UUID(int=99))}).status_code == 400
    links = "a[href^='https://spam']"
    assert not soup(Client().get("/stacks/new/acme/").content).select(links)
    newcomer.trust(timezone.now())
    (link,) = soup(Client().get("/stacks/new/acme/").content).select(links)
    assert link["rel"] == ["nofollow", "ugc", "noopener"]


@pytest.mark.parametrize(
    ("name", "taken", "slug"),
    [
        ("Acme Rockets Ltd.", (), "acme-rockets-ltd"),
        ("Acme", ("acme",), "acme-2"),
        ("Acme", ("acme", "acme-2"), "acme-3"),
        ("日本", (), "company"),
        ("new", (), "new-2"),
        ("a_b--c", (), "a-b-c"),
        ("x" * 80, ("x" * 60,), "x" * 58 + "-2"),
    ],
)
def test_a_slug_is_made_of_the_name(name: str, taken: tuple[str, ...], slug: str) -> None:
    assert free_slug(name, "company", taken) == slug


def test_a_fork_is_an_unlisted_copy_and_one_alone(client: Client, ada: Member) -> None:
    stack = make_stack("Acme", "flask", "redis", owner=make_member("grace"))
    stack.uses.update(why="Theirs to say")
    url = f"{stack.get_absolute_url()}fork/"
    places = [client.post(url).headers["Location"] for _ in range(2)]
    assert places == ["/stacks/ada/acme/edit/"] * 2
    copy = Stack.objects.get(owner=ada)
    assert (copy.forked_from, copy.kind, copy.visibility) == (stack, StackKind.PROJECT, Visibility.UNLISTED)
    assert set(copy.uses.values_list("tool__slug", "why")) == {("flask", ""), ("redis", "")}
    assert counts()["flask"] == 1
    copy.show_to(Visibility.PUBLIC)
    shown = soup(client.get(stack.get_absolute_url()).content)
    assert [link["href"] for link in shown.select("#forks ~ ul a")] == ["/stacks/ada/acme/"]
    assert "forked from Acme" in re.sub(r"\s+", " ", soup(client.get(copy.get_absolute_url()).content).text)


def test_a_deleted_stack_counts_no_more_and_asks_before(client: Client, ada: Member) -> None:
    stack = make_stack("Acme", "flask", owner=ada)
    url = f"{stack.get_absolute_url()}delete/"
    assert "It cannot be brought back." in soup(client.get(url).content).text
    assert [client.post(url).headers["Location"] for _ in range(2)] == ["/stacks/mine/"] * 2
    assert (Stack.objects.count(), counts()["flask"]) == (0, 0)


def test_own_stacks_are_listed_for_their_owner_alone(client: Client, ada: Member) -> None:
    make_stack("Open", owner=ada)
    make_stack("Closed", owner=ada, visibility=Visibility.UNLISTED)
    names = [link.text for link in soup(client.get("/stacks/mine/").content).select(".post-lines li > a:first-child")]
    assert sorted(names) == ["Closed", "Open"]
    profile = soup(client.get("/members/ada/").content)
    assert [link.text for link in profile.select(".stack-row-name > a")] == ["Open"]
    assert Client().get("/stacks/mine/").status_code == 302
