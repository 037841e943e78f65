"""The catalogue, its categories and a category, as their pages show them."""

from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.pages import page
from tests.tools.builders import make_attribute, make_fact, make_function, make_tool
from tools.models import Alias, Attribute, Choice, Observation, Repository, Rival, Tool

pytestmark = pytest.mark.django_db

PLACES = ("layer", "category", "function")


@pytest.fixture(autouse=True)
def few_tools() -> None:
    """Six tools that differ in everything one can filter by."""
    language = make_attribute("written-in", "tools")
    licence = make_attribute("licence", "choices", ("mit", "bsd"))
    make_function("databases", "stores", position=2)
    for slug in ("python", "ruby"):
        make_tool(slug, kind="language", function="languages")
    flask, sinatra = make_tool("flask", stars=70_000), make_tool("sinatra", stars=12_000)
    make_tool("sqlite", kind="database", function="databases")
    redis = make_tool("redis", kind="database", function="databases")
    Repository.objects.create(tool=redis, name="redis/redis", archived=True)
    make_fact(flask, language, ["python"], "pkg:pypi/flask")
    make_fact(sinatra, language, ["ruby"])
    make_fact(redis, language, ["python", "ruby"])
    make_fact(flask, licence, ["bsd"])
    make_fact(sinatra, licence, ["mit"], "https://example.org/")
    make_fact(redis, licence, ["mit", "bsd"])
    grow(flask, 50_000)
    grow(sinatra, 4_000)


def grow(tool: Tool, stars: int) -> None:
    """Let the tool have had so many stars a year ago."""
    today = timezone.now().date()
    Observation.objects.create(
        repository=tool.repository, date=today - timedelta(days=370), stars=stars, source="a list"
    )
    Repository.objects.filter(tool=tool).update(stars_on=today)


def slugs(html: BeautifulSoup) -> list[str]:
    return [str(row["id"]) for row in html.select(".tool-row")]


def counts(html: BeautifulSoup) -> dict[tuple[str, str], int]:
    """The count beside each value of each facet."""
    return {
        (str(box["name"]), str(box["value"])): int(tally.text)
        for option in html.select(".facet-option")
        if (box := option.select_one("input")) and (tally := option.select_one(".tally"))
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"flask", "sinatra", "sqlite", "redis", "python", "ruby"}),
        ("?q=SQL", {"sqlite"}),
        ("?layer=application-and-data", {"flask", "sinatra", "sqlite", "redis", "python", "ruby"}),
        ("?category=stores", {"sqlite", "redis"}),
        ("?function=microframeworks", {"flask", "sinatra"}),
        ("?category=frameworks&function=microframeworks", {"flask", "sinatra"}),
        ("?layer=application-and-data&category=stores", {"sqlite", "redis"}),
        ("?category=stores&function=microframeworks", {"sqlite", "redis", "flask", "sinatra"}),
        ("?function=microframeworks&function=languages", {"flask", "sinatra", "python", "ruby"}),
        ("?kind=database&kind=language", {"sqlite", "redis", "python", "ruby"}),
        ("?kind=database&kind=&language=&sort=", {"sqlite", "redis"}),
        ("?language=python", {"flask", "redis"}),
        ("?language=python&language=ruby", {"flask", "redis", "sinatra"}),
        ("?licence=mit", {"sinatra", "redis"}),
        ("?state=active", {"flask", "sinatra"}),
        ("?state=archived", {"redis"}),
        ("?sourced=yes", {"flask", "sinatra"}),
        ("?language=python&licence=bsd&kind=framework", {"flask"}),
        ("?language=ruby&state=archived&sourced=yes", set()),
    ],
)
def test_any_value_of_a_facet_and_all_facets_together(client: Client, query: str, found: set[str]) -> None:
    assert set(slugs(page(client, f"/tools/{query}"))) == found


def test_a_tool_is_found_by_its_other_name(client: Client) -> None:
    Alias.objects.create(tool=Tool.objects.get(slug="redis"), name="remote dictionary")
    assert slugs(page(client, "/tools/?q=dictionary")) == ["redis"]


def test_a_superseded_fact_filters_nothing(client: Client) -> None:
    make_fact(Tool.objects.get(slug="flask"), Attribute.objects.get(slug="written-in"), ["ruby"])
    html = page(client, "/tools/?language=python")
    assert slugs(html) == ["redis"]
    assert counts(html)["language", "ruby"] == 3


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?language=python",
        "?kind=framework",
        "?language=python&kind=framework",
        "?q=s&licence=mit",
        "?state=active",
        "?category=stores&language=python",
        "?layer=application-and-data&function=microframeworks&sourced=yes",
    ],
)
def test_a_count_is_what_choosing_the_value_instead_would_leave(client: Client, query: str) -> None:
    asked = parse_qsl(query.removeprefix("?"))
    for (facet, value), count in counts(page(client, f"/tools/{query}")).items():
        alike = PLACES if facet in PLACES else (facet,)
        instead = [*((name, other) for name, other in asked if name not in alike), (facet, value)]
        address = "/tools/?" + "&".join(f"{name}={other}" for name, other in instead)
        assert len(slugs(page(client, address))) == count, address


def test_a_value_that_would_leave_nothing_is_not_offered(client: Client) -> None:
    assert ("kind", "language") not in counts(page(client, "/tools/?language=python"))


@pytest.mark.parametrize(
    ("sort", "first"),
    [("", "flask"), ("name", "flask"), ("growth", "sinatra"), ("newest", "redis")],
)
def test_the_list_has_four_orders(client: Client, sort: str, first: str) -> None:
    html = page(client, f"/tools/?sort={sort}")
    assert slugs(html)[0] == first
    assert len(html.select('.sorts [aria-current="true"]')) == 1


def test_tools_whose_growth_is_unknown_come_last(client: Client) -> None:
    assert slugs(page(client, "/tools/?sort=growth")) == ["sinatra", "flask", "python", "redis", "ruby", "sqlite"]


def test_a_row_tells_language_licence_growth_and_an_archive(client: Client) -> None:
    html = page(client, "/tools/")
    rows = {str(row["id"]): " ".join(row.text.split()) for row in html.select(".tool-row")}
    assert "Language: Python Licence: Bsd" in rows["flask"]
    since = timezone.now().date() - timedelta(days=370)
    assert f"+40 % since {since:%b %Y}" in rows["flask"]
    assert "archived" in rows["redis"]
    assert "since" not in rows["sqlite"]


def test_a_growth_that_came_in_a_burst_is_called_unusual(client: Client) -> None:
    today = timezone.now().date()
    repository = make_tool("bought", stars=9_000).repository
    stars = [*range(3_000, 3_300, 20), 8_900, 8_920, 8_940]
    for months, count in enumerate(reversed(stars)):
        day = today - timedelta(days=30 * months)
        Observation.objects.create(repository=repository, date=day, stars=count, source="a list")
    Repository.objects.filter(pk=repository.pk).update(stars=8_940, stars_on=today)
    rows = {str(row["id"]): row for row in page(client, "/tools/").select(".tool-row")}
    assert [link["href"] for link in rows["bought"].select(".growth a")] == ["/about/figures/#unusual"]
    assert rows["flask"].select(".growth a") == []


def test_the_day_of_most_stars_is_said_once_and_another_day_in_its_row(client: Client) -> None:
    Repository.objects.filter(tool__slug__in=["flask", "sinatra"]).update(stars_on=date(2026, 8, 22))
    same = page(client, "/tools/?kind=framework")
    assert "2 tools. Stars as of 22 August 2026." in " ".join(same.text.split())
    assert not same.select(".figure-day")
    make_tool("rails", stars=50_000)
    Repository.objects.filter(tool__slug="rails").update(stars_on=date(2026, 8, 1))
    mixed = page(client, "/categories/frameworks/")
    assert "Stars as of 22 August 2026 unless dated otherwise." in " ".join(mixed.text.split())
    assert [day.text.split() for day in mixed.select(".figure-day")] == [["1", "August", "2026", "stale"]]


def test_each_filter_is_a_chip_that_lets_it_go(client: Client) -> None:
    html = page(client, "/tools/?kind=framework&language=python&language=ruby&shortlist=flask")
    chips = {" ".join(chip.text.split()): chip["href"] for chip in html.select(".chip-remove")}
    assert chips == {
        "Remove Kind: Frameworks ×": "/tools/?language=python&language=ruby&shortlist=flask",
        "Remove Language: Python ×": "/tools/?kind=framework&language=ruby&shortlist=flask",
        "Remove Language: Ruby ×": "/tools/?kind=framework&language=python&shortlist=flask",
    }
    assert [link["href"] for link in html.select(".chip-clear")] == ["/tools/?shortlist=flask"]


def test_nothing_found_says_what_to_let_go_and_what_that_would_give(client: Client) -> None:
    html = page(client, "/tools/?kind=language&state=archived&licence=mit")
    ways = {str(link["href"]): " ".join(link.parent.text.split()) for link in html.select(".empty li a") if link.parent}
    assert ways == {"/tools/?licence=mit&state=archived": "without Kind: Languages, 1 tool"}
    assert slugs(page(client, "/tools/?licence=mit&state=archived")) == ["redis"]


def test_nothing_found_by_name_offers_the_filters_without_it(client: Client) -> None:
    html = page(client, "/tools/?q=zzz&kind=database")
    assert [link["href"] for link in html.select(".empty li a")] == ["/tools/?kind=database"]


def test_a_name_nothing_has_offers_names_that_come_close_and_the_whole_list(client: Client) -> None:
    html = page(client, "/tools/?q=flsk")
    assert html.select(".empty h2")[0].text == "No tool has “flsk” in its name"
    assert [link["href"] for link in html.select(".empty a")] == ["/tools/flask/", "/tools/", "/about/#contribute"]


def test_places_are_one_tree_that_stands_open_where_something_is_chosen(client: Client) -> None:
    make_tool("rails", function="full-stack")
    folded, unfolded = page(client, "/tools/"), page(client, "/tools/?category=frameworks")
    assert [str(fold["id"]) for fold in folded.select("details[open]")] == []
    assert not folded.select('input[name="function"]')
    assert [str(fold["id"]) for fold in unfolded.select(".browse-fields details[open]")] == [
        "fold-category",
        "fold-application-and-data",
    ]
    assert {str(box["value"]) for box in unfolded.select('input[name="function"]')} == {
        "full-stack",
        "languages",
        "microframeworks",
    }
    assert len(unfolded.select('form#filters [type="submit"]')) == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?kind=nonsense&language=python", "“nonsense” is not among the values of Kind here."),
        ("?language=cobol", "“cobol” is not among the values of Language here."),
        ("?sort=luck", "“luck” is no order of tools."),
        ("?q=" + "a" * 101, "at most 100 characters"),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_is_kept(client: Client, query: str, words: str) -> None:
    html = page(client, f"/tools/{query}", status=400)
    assert words in html.text
    assert html.select("form#filters")
    if "python" in query:
        assert html.select('input[name="language"][value="python"][checked]')


def test_the_shortlist_grows_and_shrinks_by_links_that_keep_the_page_as_it_is(client: Client) -> None:
    empty = page(client, "/tools/?kind=framework")
    assert not empty.select(".shortlist")
    one = page(client, link(empty, "flask"))
    assert "Pick one more" in one.text
    two = page(client, link(one, "sinatra"))
    assert [button["href"] for button in two.select(".shortlist .button")] == ["/compare/flask-vs-sinatra/"]
    assert link(two, "flask") == "/tools/?kind=framework&shortlist=sinatra#flask"
    assert two.select('input[type="hidden"][name="shortlist"][value="flask,sinatra"]')
    assert [away["href"] for away in two.select(".shortlist li a")] == [
        "/tools/?kind=framework&shortlist=sinatra",
        "/tools/?kind=framework&shortlist=flask",
    ]


def link(html: BeautifulSoup, slug: str) -> str:
    """The address to which a tool's row leads for the shortlist."""
    return str(html.select(f".tool-row#{slug} .tool-row-pick")[0]["href"])


def test_a_full_shortlist_takes_no_more(client: Client) -> None:
    html = page(client, "/tools/?shortlist=flask,sinatra,sqlite,redis,python")
    assert not html.select("#ruby .tool-row-pick")
    assert "Compare 5 tools" in html.text


@pytest.mark.parametrize(
    "shortlist", ["nope,flask", "flask,flask", "FLASK", "flask,%00,x-vs-y,,", "flask," + "a," * 3000]
)
def test_what_is_no_tool_on_the_shortlist_is_left_out(client: Client, shortlist: str) -> None:
    html = page(client, f"/tools/?shortlist={shortlist}")
    assert [hidden["value"] for hidden in html.select('input[name="shortlist"]')] == ["flask"]


@pytest.mark.parametrize(
    ("query", "canonical", "indexed"),
    [
        ("", "/tools/", True),
        ("?language=python", "/tools/?language=python", True),
        ("?language=python&shortlist=flask", "/tools/?language=python", False),
        ("?sort=name", "/tools/", False),
        ("?language=python&kind=framework", "/tools/?kind=framework&language=python", False),
        ("?q=flask", "/tools/?q=flask", False),
    ],
)
def test_search_engines_are_told_what_to_keep(client: Client, query: str, canonical: str, indexed: bool) -> None:
    html = page(client, f"/tools/{query}")
    (found,) = html.select('link[rel="canonical"]')
    address = urlsplit(str(found["href"]))
    assert (f"{address.path}?{address.query}".rstrip("?"), not html.select('meta[content*="noindex"]')) == (
        canonical,
        indexed,
    )


def test_pages_are_numbered_and_keep_everything_else(client: Client) -> None:
    for number in range(240):
        make_tool(f"more-{number}")
    html = page(client, "/tools/?shortlist=flask&q=&kind=framework&page=4")
    links = {" ".join(link.text.split()): str(link["href"]) for link in html.select(".pagination a")}
    assert list(links) == [
        "Previous",
        "Page 1",
        "Page 2",
        "Page 3",
        "Page 5",
        "Page 9",
        "Next",
    ]
    assert links["Page 1"] == "/tools/?kind=framework&shortlist=flask"
    assert links["Next"] == "/tools/?kind=framework&page=5&shortlist=flask"
    assert (html.select('a[rel="prev"]')[0]["href"], html.select('a[rel="next"]')[0]["href"]) == (
        links["Previous"],
        links["Next"],
    )
    assert "242 tools, 91 to 120" in html.text
    assert client.get("/tools/?page=99").status_code == 404


@pytest.mark.parametrize(
    ("url", "limit"),
    [
        ("/tools/?language=python&kind=framework", 12),
        ("/tools/?sort=growth&shortlist=flask,sinatra", 12),
        ("/categories/", 2),
        ("/categories/frameworks/?function=microframeworks", 10),
    ],
)
def test_a_page_costs_the_same_whatever_it_lists(client: Client, url: str, limit: int) -> None:
    costs = []
    for more in (0, 3, 30):
        for number in range(more):
            tool = make_tool(f"t-{more}-{number}", stars=2_000)
            make_fact(tool, Attribute.objects.get(slug="written-in"), ["python"])
            grow(tool, 1_500)
        with CaptureQueriesContext(connection) as captured:
            page(client, url)
        costs.append(len(captured))
    assert costs == [limit] * 3


def test_the_map_has_a_link_for_each_category_with_tools(client: Client) -> None:
    make_function("empty", "nothing-here")
    html = page(client, "/categories/")
    fields = {str(field["href"]): str(field["aria-label"]) for field in html.select("svg[role=group] a")}
    assert fields == {
        "/categories/frameworks/": "Frameworks, 4 tools",
        "/categories/stores/": "Stores, 2 tools",
    }
    assert html.select('.category-card a[href="/categories/nothing-here/"]')
    assert html.select('a[href="/tools/?function=microframeworks"]')


def test_a_category_shows_its_functions_comparisons_languages_and_neighbours(client: Client) -> None:
    make_tool("rails", function="full-stack", stars=50_000)
    make_tool("elsewhere", function="databases")
    Rival.objects.create(tool=Tool.objects.get(slug="sinatra"), other=Tool.objects.get(slug="flask"))
    html = page(client, "/categories/frameworks/")
    assert html.select('a[href="/categories/frameworks/?function=microframeworks"]')
    assert html.select('#microframeworks, [id="full-stack"]')
    assert html.select('a[href="/compare/flask-vs-sinatra/"]')
    assert html.select('a[href="/tools/?category=frameworks&language=python"]')
    assert html.select('a[href="/categories/stores/"]')


def test_a_tool_of_a_category_can_be_picked_in_the_catalogue(client: Client) -> None:
    html = page(client, "/categories/frameworks/?function=microframeworks")
    address = link(html, "sinatra")
    assert address == "/tools/?category=frameworks&function=microframeworks&shortlist=sinatra#sinatra"
    assert slugs(page(client, address)) == slugs(html)
    assert not html.select(".tool-row-place a")
    assert len(page(client, "/categories/frameworks/").select(".tool-row-place a")) == 4


def test_a_category_with_one_function_of_its_name_is_said_once_in_the_list(client: Client) -> None:
    make_tool("jest", function=make_function("testing", "testing").slug)
    html = page(client, "/categories/")
    cards = [" ".join(card.text.split()) for card in html.select(".category-card")]
    assert "Testing 1 tool" in cards


def test_a_category_can_be_narrowed_to_one_function(client: Client) -> None:
    make_tool("rails", function="full-stack", stars=50_000)
    html = page(client, "/categories/frameworks/?function=full-stack")
    assert slugs(html) == ["rails"]
    assert html.select('link[rel="canonical"][href$="/categories/frameworks/?function=full-stack"]')
    assert client.get("/categories/frameworks/?function=databases").status_code == 404


def test_a_licence_is_named_without_its_article(client: Client) -> None:
    Choice.objects.filter(key="mit").update(label="the MIT licence")
    options = [" ".join(option.text.split()) for option in page(client, "/tools/").select(".facet-option")]
    assert "MIT licence 2" in options
