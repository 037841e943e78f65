"""Every public address: what it answers, to whom, at what cost, and to nonsense."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from config import views
from members.models import Member
from tests.advice.builders import make_decision, make_question
from tests.pages import page
from tests.tools.builders import make_attribute, make_fact, make_tool
from tools.models import Alias, Edition, Integration, Observation, Reason, Repository, Rival, Tool
from tools.searching.index import current_index

pytestmark = pytest.mark.django_db

PUBLIC = (
    "/",
    "/search/?q=flask",
    "/tools/",
    "/tools/flask/",
    "/tools/flask/alternatives/",
    "/tools/flask/history/",
    "/categories/",
    "/categories/frameworks/",
    "/compare/",
    "/compare/bottle-vs-flask/",
    "/feed/",
    "/feed/ranking/",
    "/alerts/",
    "/about/",
    "/about/figures/",
    "/contact/",
    "/privacy/",
    "/terms/",
)
MACHINES = (
    "/search/suggest?q=fl",
    "/sitemap.xml",
    "/robots.txt",
    "/manifest.webmanifest",
    "/favicon.ico",
    "/feeds/tools.atom",
    "/feeds/advice.atom",
    "/healthz",
)
JUNK = (
    "?q=%00",
    "?page=0",
    "?page=-1",
    "?page=99999999999999999999",
    "?page=²",
    "?page=%00",
    "?layer=nope",
    "?kind=%00&sort=%00",
    "?sort=stars'--",
    "?as_of=%00",
    "?" + "tool=a&" * 999,
    "?tool=flask&tool=" + "vs " * 50,
    "?tool=%00&tool=%ff",
    "?q=" + "a" * 5_000,
    "?q=%F0%9F%92%A9%ED%A0%80",
    "?" + "&".join(f"a{number}=1" for number in range(999)),
    "?=&&&;;;==",
    "?weights=[]&tools[]=1",
    "?language=%00&licence=nope&function='--&state=x&sourced=no",
    "?shortlist=%00,%ff,flask," + "a" * 5_000,
    "?category=frameworks&category=nope&page=2&sort=growth",
    "?with=%00,flask,,nope&scale=%ff&axis=&year=99999",
    "?with=" + "flask," * 200,
)


def fill(count: int) -> None:
    """`count` more tools beside flask and bottle, each with everything a tool may have."""
    attribute = make_attribute(f"trait-{count}")
    for number in range(count):
        tool = make_tool(f"tool-{count}-{number}", stars=2_000 + number, forks=number)
        enrich(tool)
        Rival.objects.create(tool=tool, other=Tool.objects.get(slug="flask"))
        make_fact(tool, attribute, "a")


def enrich(tool: Tool) -> None:
    Alias.objects.create(tool=tool, name=f"{tool.slug} too")
    Reason.objects.create(tool=tool, side="pro", text="A pro")
    year_ago = timezone.now().date() - timedelta(days=370)
    Observation.objects.create(repository=tool.repository, date=year_ago, stars=1_000, source="a list")
    Repository.objects.filter(tool=tool).update(stars_on=timezone.now().date())


@pytest.fixture(autouse=True)
def an_address_to_write_to(settings: Settings) -> None:
    settings.CONTACT_EMAIL = "editors@example.org"


@pytest.fixture(autouse=True)
def two_tools() -> None:
    flask, bottle = make_tool("flask", stars=72_133, forks=16_944), make_tool("bottle", stars=8_000, forks=1_400)
    enrich(flask)
    enrich(bottle)
    Integration.objects.create(tool=flask, other=bottle)
    Rival.objects.create(tool=flask, other=bottle)
    make_fact(flask, make_attribute("typing"), "a", "pkg:pypi/flask")


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_is_the_same_for_everybody_and_may_be_kept(client: Client, url: str) -> None:
    response = client.get(url)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "public, max-age=60")
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content
    assert "Cookie" in response.headers["Vary"]
    assert client.get(url).content == response.content


@pytest.mark.parametrize("url", PUBLIC)
def test_a_members_page_is_private(client: Client, url: str) -> None:
    client.force_login(Member.objects.create_user("ada", "ada@example.org"))
    response = client.get(url)
    assert response.status_code == 200
    assert "private" in response.headers["Cache-Control"]
    assert b"ada" in response.content


@pytest.mark.parametrize("url", PUBLIC)
def test_every_page_has_one_title_one_heading_and_a_strict_policy(client: Client, url: str) -> None:
    response = client.get(url)
    html = page(client, url)
    assert len(html.select("h1")) == 1
    assert html.title is not None
    assert html.title.text.strip()
    assert html.select('link[rel="canonical"]')
    assert not html.select("script:not([src]), style, [style], [onclick]")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\bNone\b(?! of)", html.text)


@pytest.mark.parametrize("url", PUBLIC)
def test_a_junk_query_string_is_never_an_error_of_ours(client: Client, url: str) -> None:
    answers = {junk: client.get(url.partition("?")[0] + junk).status_code for junk in JUNK}
    assert {junk: status for junk, status in answers.items() if status not in (200, 302, 400, 404)} == {}


@pytest.mark.parametrize("url", [*PUBLIC, *MACHINES])
def test_a_post_to_a_page_is_refused(client: Client, url: str) -> None:
    assert client.post(url).status_code in (403, 405)


@pytest.mark.parametrize("path", ["tools", "categories", "compare", "tools/flask", "nothing"])
@pytest.mark.parametrize("rest", ["a" * 10_000, "%00", "a%00b", "..", "%2e%2e", "UPPER", "a--b", "-", "ü", "a%20b"])
def test_an_impossible_address_is_not_found(client: Client, path: str, rest: str) -> None:
    assert client.get(f"/{path}/{rest}/").status_code == 404


LIMITS = {
    "/": 13,
    "/feed/": 2,
    "/tools/": 11,
    "/tools/flask/": 12,
    "/tools/flask/alternatives/": 8,
    "/tools/flask/history/": 4,
    "/categories/": 2,
    "/categories/frameworks/": 10,
    "/compare/bottle-vs-flask/": 10,
    "/search/?q=tool": 4,
    "/search/?q=pro": 4,
    "/search/suggest?q=tool": 1,
    "/compare/": 2,
    "/compare/?tool=flask": 1,
}


@pytest.mark.parametrize(("url", "limit"), LIMITS.items())
def test_a_page_costs_the_same_queries_however_much_there_is(client: Client, url: str, limit: int) -> None:
    costs = []
    for more in (1, 3, 40):
        fill(more)
        # As after every change by a file or an editor: the next search reads the names once for all that follow.
        Edition.objects.advance()
        current_index()
        with CaptureQueriesContext(connection) as captured:
            page(client, url)
        costs.append(len(captured))
    assert costs == [limit, limit, limit]


def test_the_catalogue_is_paged_and_keeps_its_filters(client: Client) -> None:
    fill(40)
    first = page(client, "/tools/?kind=framework")
    (following,) = {str(link["href"]) for link in first.select('a[rel="next"]')}
    second = page(client, "/tools/" + following if following.startswith("?") else following)
    assert "kind=framework" in following
    assert "tool-40-0" in str(second)
    assert client.get("/tools/?page=3").status_code == 404


def test_a_filter_that_is_none_says_so_and_is_a_bad_request(client: Client) -> None:
    html = page(client, "/tools/?kind=nonsense", status=400)
    assert "“nonsense” is not among the values of Kind here." in html.text


def test_nothing_found_offers_help(client: Client) -> None:
    html = page(client, "/search/?q=zzzzzzzz")
    assert html.select('main a[href="/tools/"], main a[href="/categories/"]')


def test_a_search_too_long_is_told_and_kept(client: Client) -> None:
    html = page(client, "/search/?q=" + "a" * 101, status=400)
    assert "at most 100 characters" in html.text
    assert html.select(f'input[value="{"a" * 101}"]')


def test_rising_tools_say_their_window(client: Client) -> None:
    text = page(client, "/").text
    assert "7113" in text.replace(",", "") or "7,113" in text


def test_the_sitemap_lists_tools_categories_and_comparisons(client: Client) -> None:
    post = make_decision()
    make_decision("A draft", published=False)
    addresses = ("/tools/flask/", "/categories/frameworks/", "/compare/bottle-vs-flask/", "/about/", "/feed/")
    assert "a-draft" not in text_of_sitemap(client)
    for address in (*addresses, post.get_absolute_url()):
        assert f"{address}</loc>" in text_of_sitemap(client)


def test_the_sitemap_lists_histories_that_tell_something(client: Client) -> None:
    known = {make_tool(slug, stars=9): figures for slug, figures in (("some", 3), ("few", 2))}
    for tool, figures in known.items():
        for number in range(figures):
            day = date(2026, 1, 1 + number)
            Observation.objects.create(repository=tool.repository, date=day, stars=number, source="a list")
    assert "/tools/some/history/</loc>" in text_of_sitemap(client)
    assert "/tools/few/history/</loc>" not in text_of_sitemap(client)


def test_how_often_hosts_are_asked_is_told_as_it_is(client: Client) -> None:
    text = " ".join(page(client, "/about/figures/").text.split())
    assert "about every 12 hours where its tool is followed" in text
    assert "about every 3 days otherwise" in text
    assert "What is older than 7 days is marked." in text


def text_of_sitemap(client: Client) -> str:
    return client.get("/sitemap.xml").content.decode()


def test_the_first_page_shows_the_latest_decisions_at_one_more_query(client: Client) -> None:
    costs = []
    for count in (1, 3):
        for number in range(count):
            make_decision(f"Decision {count} {number}", chosen=["flask"], considered=["bottle"])
        make_question("No decision")
        with CaptureQueriesContext(connection) as captured:
            shown = [link.text for link in page(client, "/").select(".post-row-title")]
        costs.append((shown, len(captured)))
    latest = [f"Decision 3 {number}" for number in (2, 1, 0)]
    assert costs == [(["Decision 1 0"], LIMITS["/"] + 1), (latest, LIMITS["/"] + 1)]


def test_robots_are_told_where_the_sitemap_is(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_the_page_for_our_own_errors_needs_neither_database_nor_session(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    with CaptureQueriesContext(connection) as captured:
        response = views.server_error(request)
    assert response.status_code == 500
    assert len(captured) == 0
    assert b"<h1" in response.content


def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_the_age_of_a_figure_is_plain(client: Client) -> None:
    Repository.objects.filter(tool__slug="flask").update(stars_on=date(2026, 8, 22))
    assert "22 August 2026" in page(client, "/tools/flask/").text


def test_a_page_with_a_message_is_nobody_elses(client: Client) -> None:
    client.force_login(Member.objects.create_user("ada", "ada@example.org"))
    client.post("/accounts/logout/")
    response = client.get("/about/")
    assert "private" in response.headers["Cache-Control"]
    assert b"You are logged out." in response.content


def test_a_list_of_six_hundred_costs_what_a_list_of_thirty_does(client: Client) -> None:
    flask = Tool.objects.get(slug="flask")
    costs = []
    for count in (28, 570):
        Tool.objects.bulk_create(
            Tool(slug=f"t-{count}-{number}", name=f"T {number}", kind=flask.kind, function=flask.function)
            for number in range(count)
        )
        with CaptureQueriesContext(connection) as captured:
            page(client, "/tools/")
        costs.append((Tool.objects.count(), len(captured)))
    assert costs == [(30, 11), (600, 11)]


@pytest.mark.parametrize("cookie", ["csrftoken=zz", "sessionid=nonsense", "messages=x"])
def test_a_reader_with_a_cookie_of_ours_gets_a_page_of_their_own(client: Client, cookie: str) -> None:
    response = client.get("/about/", headers={"cookie": cookie})
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize("url", ["/tools/nope/", "/tools/?page=99999", "/nothing/"])
def test_a_members_missing_page_is_nobody_elses(client: Client, url: str) -> None:
    client.force_login(Member.objects.create_user("ada", "ada@example.org"))
    response = client.get(url)
    assert response.status_code == 404
    assert "private" in response.headers["Cache-Control"]


def test_the_sitemap_names_the_site_whatever_host_was_asked(client: Client) -> None:
    text = client.get("/sitemap.xml", headers={"host": "localhost:99"}).content.decode()
    assert "<loc>http://127.0.0.1:8000/tools/flask/</loc>" in text
    assert "localhost" not in text


def test_a_source_that_is_no_address_breaks_no_page(client: Client) -> None:
    make_fact(Tool.objects.get(slug="flask"), make_attribute("odd"), "a", "https://[bad")
    assert client.get("/tools/flask/").status_code == 200
    assert client.get("/compare/bottle-vs-flask/").status_code == 200


def test_the_first_page_says_how_much_there_is(client: Client) -> None:
    Rival.objects.create(tool=Tool.objects.get(slug="bottle"), other=Tool.objects.get(slug="flask"))
    assert "2 tools, 1 fact, 1 popular comparison." in page(client, "/").text


def test_an_example_says_the_answer_of_each_source(client: Client) -> None:
    typing = make_attribute("checking")
    for slug, value in (("flask", "a"), ("bottle", "b")):
        make_fact(Tool.objects.get(slug=slug), typing, value, f"pkg:pypi/{slug}")
    answers = [line.text for line in page(client, "/").select(".example-answer")]
    assert answers[:2] == ["Bottle · Checking: B", "Flask · Checking: A"]


def test_who_can_be_written_to_has_a_page(client: Client) -> None:
    assert page(client, "/contact/").select('a[href="mailto:editors@example.org"]')
    assert page(client, "/about/").select('footer a[href="/contact/"]')
    assert page(client, "/about/").select('section a[href="/contact/"]')
    assert "/contact/</loc>" in client.get("/sitemap.xml").content.decode()


def test_who_cannot_has_none(client: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL = ""
    page(client, "/contact/", status=404)
    for url in ("/about/", "/privacy/"):
        assert not page(client, url).select('a[href="/contact/"]')
    assert "load_catalogue" in page(client, "/about/").text
    assert "/contact/</loc>" not in client.get("/sitemap.xml").content.decode()


def test_changes_are_proposed_in_the_repository_where_one_is_named(client: Client, settings: Settings) -> None:
    settings.REPOSITORY_URL = "https://code.example/whystack"
    (link,) = page(client, "/about/").select('main a[href="https://code.example/whystack"]')
    assert link.text == "propose the change in the repository"


def test_a_tools_page_shows_its_key_facts_beside_its_figures(client: Client) -> None:
    flask, python = Tool.objects.get(slug="flask"), make_tool("python", kind="language", function="languages")
    make_fact(flask, make_attribute("website", type="text"), "https://www.flask.example/start")
    make_fact(flask, make_attribute("written-in", type="tools"), [python.slug])
    rows = page(client, "/tools/flask/").select(".key-facts div")
    shown = {row.dt.text: str(row.a["href"]) for row in rows if row.dt and row.a}
    assert shown["Written in"] == "/tools/python/"
    assert shown["Website"] == "https://www.flask.example/start"
    assert [row.dt.text for row in rows if row.dt] == ["Repository", "Written in", "Website"]


def test_a_tool_with_few_sources_says_so_once(client: Client) -> None:
    bottle = Tool.objects.get(slug="bottle")
    for number in range(3):
        make_fact(bottle, make_attribute(f"guess-{number}"), "a")
    assert len(page(client, "/tools/bottle/").select("main .notice")) == 1
    assert not page(client, "/tools/flask/").select("main .notice")
