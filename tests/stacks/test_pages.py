"""The pages of stacks: what each reader sees, at one query count whatever there is."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stacks.models import Stack, Use, Visibility
from stacks.timeline import Count, bars
from tests.members.builders import logged_in, make_member, make_moderator
from tests.pages import page
from tests.stacks.builders import NOW, make_stack, verify
from tests.tools.builders import make_function, make_repository, make_tool
from tools.models import Tool

pytestmark = pytest.mark.django_db
PUBLIC = {"Cache-Control": "public, max-age=60", "Vary": "Cookie, Accept-Encoding"}


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def names(client: Client, url: str = "/stacks/") -> list[str]:
    return [link.text for link in page(client, url).select(".stack-row-name > a")]


def words(client: Client, url: str, selector: str) -> list[str]:
    return [" ".join(found.text.split()) for found in page(client, url).select(selector)]


def test_the_directory_lists_public_stacks_the_last_changed_first(client: Client) -> None:
    make_stack("One", "flask")
    make_stack("Hidden", "flask").hide(NOW)
    make_stack("Secret", "flask", visibility=Visibility.UNLISTED)
    make_stack("Two", "flask", "redis", size="2-10", description="Bread for all.")
    assert names(client) == ["Two", "One"]
    assert words(client, "/stacks/", ".count") == ["2 stacks"]
    (row, _) = words(client, "/stacks/", ".stack-row")
    for said in ("Company", "Bread for all.", "by ada", "2 to 10 people", "2 tools, among them Flask, Redis"):
        assert said in row


def test_a_row_shows_the_best_known_tools_first(client: Client) -> None:
    for number in range(12):
        make_repository(make_tool(f"tool-{number:02}"), f"a/{number}", stars=number)
    make_stack("Acme", *Tool.objects.values_list("slug", flat=True))
    (shown,) = page(client, "/stacks/").select(".stack-row-tools")
    assert [logo["title"] for logo in shown.select("[title]")] == [f"Tool {number:02}" for number in range(11, 4, -1)]
    assert shown.select("span")[-1].text == "+5"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("uses=flask", ["Shop", "Bakery"]),
        ("uses=Flask, Redis", ["Bakery"]),
        ("uses=flask&without=redis", ["Shop"]),
        ("without=flask,redis", ["Person"]),
        ("kind=person", ["Person"]),
        ("kind=person&kind=project", ["Person", "Shop"]),
        ("size=2-10", ["Shop"]),
        ("layer=business", ["Person"]),
        ("layer=business/talking", ["Person"]),
        ("verified=yes", ["Bakery"]),
        ("owner=GRACE", ["Person"]),
        ("q=BAK", ["Bakery"]),
        ("q=zzz", []),
        ("sort=tools", ["Bakery", "Person", "Shop"]),
        ("sort=noticed", ["Shop", "Person", "Bakery"]),
        ("q=&uses=&kind=", ["Person", "Shop", "Bakery"]),
    ],
)
def test_filters_narrow_the_directory(client: Client, query: str, found: list[str]) -> None:
    make_function("chat", category="talking", name="Chat").category.layer.__class__.objects.create(
        slug="business", name="Business", position=9
    )
    talking = make_function("chat").category
    talking.layer = talking.layer.__class__.objects.get(slug="business")
    talking.save()
    make_tool("slack", function="chat")
    bakery = make_stack("Bakery", "flask", "redis")
    verify(bakery)
    shop = make_stack("Shop", "flask", kind="project", size="2-10")
    make_stack("Person", "slack", kind="person", owner=make_member("grace"))
    shop.watches.create(member=bakery.owner)
    assert names(client, f"/stacks/?{query}") == found


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("uses=flaskk", "No tool here is called “flaskk”. Take it out here and name it in the text."),
        ("kind=club", "“club” is no kind of stack."),
        ("size=9", "“9” is no size."),
        ("layer=x", "“x” is no layer or category."),
        ("sort=x", "“x” is no order of stacks."),
        ("q=%00", "Null characters are not allowed."),
    ],
)
def test_what_is_no_filter_is_told(client: Client, query: str, sentence: str) -> None:
    html = page(client, f"/stacks/?{query}", 400)
    assert [error.text for error in html.select(".notice .errorlist li")] == [sentence]


def test_filters_that_are_set_can_be_let_go_one_by_one(client: Client) -> None:
    make_stack("Acme", "flask", "redis", "celery")
    html = page(client, "/stacks/?uses=flask,redis&without=&kind=company&sort=tools")
    chips = {chip.text.split(" ×")[0].removeprefix("Remove "): chip["href"] for chip in html.select(".chip-remove")}
    assert chips == {
        "Uses: Flask": "/stacks/?kind=company&sort=tools&uses=redis",
        "Uses: Redis": "/stacks/?kind=company&sort=tools&uses=flask",
        "Company": "/stacks/?sort=tools&uses=flask,redis",
    }
    assert html.select("h1")[0].text == "Stacks that use Flask and Redis"


def test_what_is_empty_says_what_to_do(client: Client) -> None:
    assert words(client, "/stacks/", ".empty h2") == ["Nobody has shared a stack yet"]
    assert words(client, "/stacks/?q=x", ".empty h2") == ["No stack fits all of this"]
    assert [client.get(f"/stacks/?page={number}").status_code for number in ("2", "x", "0")] == [404] * 3


@pytest.mark.parametrize("url", ["/stacks/", "/stacks/ada/acme/", "/stacks/ada/acme/history/"])
def test_anonymous_pages_are_the_same_for_all_and_may_be_kept(client: Client, url: str) -> None:
    make_stack("Acme", "flask")
    response = client.get(url)
    assert {name: response.headers[name] for name in PUBLIC} == PUBLIC
    assert (response.cookies, "csrf" in response.content.decode()) == ({}, False)
    assert client.post(url).status_code == 405


def test_the_directory_costs_as_much_with_one_row_as_with_many(client: Client) -> None:
    url = "/stacks/?sort=noticed"
    verify(make_stack("One", "flask", "redis"))
    assert queries(client, "/stacks/") == 5
    once = queries(client, url)
    for number in range(2):
        verify(make_stack(f"More {number}", "flask", "celery", owner=make_member(f"m{number}")), f"{number}.example")
    assert queries(client, url) == once == 5


def test_a_stack_costs_as_much_with_one_tool_as_with_three_hundred(client: Client) -> None:
    stack = make_stack("Acme", "flask")
    once = [queries(client, stack.get_absolute_url()), queries(client, f"{stack.get_absolute_url()}history/")]
    place = {"kind": stack.tools.get().kind, "function": make_function("databases")}
    stack.add(Tool.objects.bulk_create([Tool(slug=f"t{n}", name=f"T{n}", **place) for n in range(300)]), NOW)
    stack.drop(stack.tools.all()[:50], NOW + timedelta(days=40))
    stack.fork(make_member("grace"), NOW).show_to(Visibility.PUBLIC)
    again = [queries(client, stack.get_absolute_url()), queries(client, f"{stack.get_absolute_url()}history/")]
    assert again == once == [5, 4]


def test_a_stack_shows_its_tools_by_layer_with_their_notes(client: Client) -> None:
    make_tool("postgresql", "PostgreSQL", function=make_function("databases", category="data-stores").slug)
    stack = make_stack("Acme", "flask", "django", "postgresql", link="https://acme.example/", size="1")
    Use.objects.filter(tool__slug="flask").update(why="Small", since=2019, used_version="3.1")
    url = stack.get_absolute_url()
    assert words(client, url, "#flask") == ["Flask 3.1 Small Since 2019 · in 1 stack"]
    assert words(client, url, ".stack-part h3") == ["Data Stores", "Frameworks"]
    assert [link["href"] for link in page(client, url).select(".stack-compare a")] == ["/compare/django-vs-flask/"]
    (facts,) = words(client, url, ".stack-facts")
    assert facts.startswith("3 tools 1 person https://acme.example/ by ada changed")
    head = page(client, url).select("head")[0]
    assert str(head.select("link[rel=canonical]")[0]["href"]).endswith(url)
    assert not head.select("meta[name=robots]")


def test_an_address_in_another_case_leads_to_the_one(client: Client) -> None:
    make_stack("Acme", owner=make_member("Ada"))
    for there, to in (
        ("/stacks/ada/ACME/", "/stacks/Ada/acme/"),
        ("/stacks/ADA/acme/history/", "/stacks/Ada/acme/history/"),
    ):
        response = client.get(there)
        assert (response.status_code, response.headers["Location"]) == (301, to)
    assert client.get("/stacks/Ada/other/").status_code == 404


def test_an_unlisted_stack_is_read_by_its_address_and_kept_from_search_engines(client: Client) -> None:
    stack = make_stack("Acme", "flask", visibility=Visibility.UNLISTED)
    for url in (stack.get_absolute_url(), f"{stack.get_absolute_url()}history/"):
        (robots,) = page(client, url).select("meta[name=robots]")
        assert robots["content"] == "noindex"


def test_a_hidden_stack_is_gone_for_others_and_says_so_to_its_owner(client: Client) -> None:
    stack = make_stack("Acme", "flask")
    url = stack.get_absolute_url()
    stack.hide(NOW)
    for reader in (client, logged_in(make_member("bob"))):
        assert [reader.get(f"{url}{part}").status_code for part in ("", "history/")] == [404, 404]
    assert words(logged_in(stack.owner), url, ".notice p")[0].startswith(
        "A moderator hid this stack on 21 November 2026."
    )
    assert logged_in(make_moderator()).get(url).status_code == 200


def test_history_tells_days_and_draws_months(client: Client) -> None:
    stack = make_stack("Acme", "flask", "redis")
    stack.add([make_tool("celery")], NOW + timedelta(days=40))
    stack.drop(Tool.objects.filter(slug="redis"), NOW + timedelta(days=40))
    told = words(client, f"{stack.get_absolute_url()}history/", ".stack-happenings li")
    assert told == ["31 December 2026 Added: Celery Dropped: Redis", "21 November 2026 Added: Flask Redis"]


def test_months_are_drawn_from_the_first_change_to_today() -> None:
    drawn = bars([Count(date(2026, 9, 1), 4, 0), Count(date(2026, 11, 1), 1, 2)], date(2026, 11, 22))
    assert [(bar.label, bar.tick, bar.up, bar.down, bar.top) for bar in drawn] == [
        ("September 2026", "2026", 40, 0, 0),
        ("October 2026", "", 0, 0, 40),
        ("November 2026", "", 10, 20, 30),
    ]
    years = bars([Count(date(2020, 5, 1), 3, 0), Count(date(2020, 6, 1), 0, 1)], date(2026, 1, 1))
    assert [(bar.label, bar.added, bar.dropped) for bar in years][:2] == [("2020", 3, 1), ("2021", 0, 0)]
    assert bars([], date(2026, 1, 1)) == bars([Count(date(2026, 1, 1), 3, 0)], date(2026, 1, 31)) == []


def test_a_company_with_fifty_stacks_lists_them_all(client: Client) -> None:
    acme = make_member("acme")
    Stack.objects.bulk_create(
        Stack(owner=acme, name=f"Team {n}", slug=f"team-{n}", kind="company", visibility="public") for n in range(50)
    )
    assert len(names(client, "/stacks/?owner=acme")) == 30
    second = page(client, "/stacks/?owner=acme").select("a[rel=next]")[0]["href"]
    assert (second, len(names(client, str(second)))) == ("/stacks/?page=2&owner=acme", 20)
    more = page(client, "/members/acme/").select("#stacks ~ p a")
    assert [link["href"] for link in more] == ["/stacks/?owner=acme"]
