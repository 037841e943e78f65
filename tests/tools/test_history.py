"""A tool through time: its page and its file."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from tests.pages import page
from tests.tools.builders import make_attribute, make_fact, make_tool
from tools.models import Alias, Edition, Observation, Release, Tool
from tools.searching.index import current_index

pytestmark = pytest.mark.django_db
SOURCE = "github:EvanLi/Github-Ranking:Data"
JANUARY = date(2024, 1, 1)


def observe(tool: Tool, *stars: int, first: date = JANUARY, apart: int = 30, **fields: object) -> None:
    Observation.objects.bulk_create(
        Observation(
            repository=tool.repository,
            date=first + timedelta(days=apart * place),
            **{"stars": count, "forks": count // 10, "source": SOURCE} | fields,
        )
        for place, count in enumerate(stars)
    )


@pytest.fixture
def flask() -> Tool:
    """A tool with some figures."""
    tool = make_tool("flask", stars=1)
    observe(tool, 1_000, 1_100, 1_050)
    return tool


def known(*slugs: str) -> None:
    """More tools with figures, which the search knows of."""
    for slug in slugs:
        observe(make_tool(slug, stars=1), 10, 20, 30)
    Edition.objects.advance()
    current_index()


def cells(html: BeautifulSoup) -> Sequence[Sequence[str]]:
    """The rows of the table of figures."""
    rows = html.select('section[aria-labelledby="figures"] tbody tr')
    return [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in rows]


def test_all_figures_of_a_year_stand_in_a_table_with_day_gain_and_source(client: Client, flask: Tool) -> None:
    observe(flask, 900, first=date(2023, 12, 2))
    html = page(client, "/tools/flask/history/")
    label = "EvanLi/Github-Ranking, Data"
    assert cells(html) == [
        ["1 March 2024", "1,050", "−50", "105", label],
        ["31 January 2024", "1,100", "+100", "110", label],
        ["1 January 2024", "1,000", "+100", "100", label],
    ]
    assert [chip.text for chip in html.select('ul[aria-label="Years"] a')] == ["2024", "2023"]
    assert cells(page(client, "/tools/flask/history/?year=2023")) == [["2 December 2023", "900", "", "90", label]]


@pytest.mark.parametrize("query", ["?year=1999", "?year=x", "?page=0", "?page=9"])
def test_what_there_is_not_is_not_found(client: Client, flask: Tool, query: str) -> None:
    page(client, f"/tools/flask/history/{query}", status=404)


def test_a_gap_is_told_as_a_gap(client: Client, flask: Tool) -> None:
    observe(flask, 2_000, first=date(2024, 12, 1))
    assert cells(page(client, "/tools/flask/history/"))[1] == [
        "Nothing is known of the time between 1 March 2024 and 1 December 2024."
    ]


def test_rounded_figures_are_shown_by_the_month_and_not_counted_with(client: Client, flask: Tool) -> None:
    observe(flask, 990, first=date(2024, 2, 1), rounded=True)
    row = cells(page(client, "/tools/flask/history/"))[1]
    assert row[:4] == ["February 2024 rounded", "990", "", "99"]


def test_a_tool_without_figures_says_so(client: Client) -> None:
    make_tool("flask")
    html = page(client, "/tools/flask/history/")
    assert "Too few figures of Flask are known for a drawing." in html.text
    assert html.select("#figures") == []


def test_an_unusual_rise_is_marked_in_drawing_list_and_table(client: Client) -> None:
    steady = [10_000 + 100 * month for month in range(8)]
    observe(make_tool("flask", stars=1), *steady, *(one + 5_000 for one in steady))
    html = page(client, "/tools/flask/history/?year=2024")
    marked = [row[0] for row in cells(html) if "unusual" in row[0]]
    assert marked == ["28 August 2024 unusual rise"]
    assert "Flask: 4,300 stars from 29 July 2024 to 28 August 2024, where about 100 were usual." in html.text
    assert len(html.select('.chart-drawing circle[fill="none"]')) == 1
    assert html.select('a[href="/about/figures/#unusual"]')


def test_others_are_drawn_beside_it_by_name_or_slug_each_once(client: Client, flask: Tool) -> None:
    known("django", "bottle")
    Alias.objects.create(tool=Tool.objects.get(slug="django"), name="Django framework")
    html = page(client, "/tools/flask/history/?with=Django,django,bottle,flask")
    assert [line.text for line in html.select(".chart-label")] == ["Flask", "Django", "Bottle"]
    ways_out = {link.text.strip(): link["href"] for link in html.select('ul[aria-label="Drawn beside it"] a')}
    assert ways_out == {"Without Django ×": "?with=bottle#stars", "Without Bottle ×": "?with=django#stars"}


def test_a_tool_that_is_none_is_told_and_what_was_typed_is_kept(client: Client, flask: Tool) -> None:
    known("django")
    html = page(client, "/tools/flask/history/?with=django,zzzzz", status=400)
    assert "No tool here is called “zzzzz”." in html.text
    assert html.select('input[name="with"][value="django,zzzzz"]')


def test_more_than_five_tools_are_refused(client: Client, flask: Tool) -> None:
    assert "No more than five tools" in page(client, "/tools/flask/history/?with=a,b,c,d,e", status=400).text


def test_scale_and_axis_are_links_that_keep_the_rest(client: Client, flask: Tool) -> None:
    known("django")
    html = page(client, "/tools/flask/history/?with=django&scale=log")
    ways = {chip.text: (chip["href"], chip.get("aria-current")) for chip in html.select("#stars ~ ul.chips a.chip")}
    del ways["Without Django ×"]
    assert ways == {
        "Linear": ("?with=django#stars", None),
        "Logarithmic": ("?with=django&scale=log#stars", "true"),
        "By date": ("?with=django&scale=log#stars", "true"),
        "By age": ("?with=django&scale=log&axis=start#stars", None),
    }
    assert html.select('form input[name="scale"][value="log"]')


def test_ages_are_counted_from_what_is_known_of_the_beginning(client: Client, flask: Tool) -> None:
    known("django")
    make_fact(flask, make_attribute("first-released", type="date"), "2010")
    text = page(client, "/tools/flask/history/?with=django&axis=start").text
    assert "Flask counts from 2010, when it was first released; " in text
    assert "Django counts from 1 January 2024, the day of its first known figure." in text


def test_facts_that_changed_are_told_newest_first(
    client: Client, flask: Tool, time_machine: TimeMachineFixture
) -> None:
    licence, typing = make_attribute("licence"), make_attribute("typing")
    changes = [(licence, "a"), (typing, "a"), (licence, "b"), (typing, "b")]
    for day, (attribute, value) in enumerate(changes, start=1):
        time_machine.move_to(datetime(2026, 9, day, tzinfo=UTC), tick=False)
        make_fact(flask, attribute, value, "https://flask.example/")
    make_fact(flask, typing, "b", "https://other.example/")
    facts = page(client, "/tools/flask/history/").select(".fact")
    told = [" ".join(part.text.split()) for fact in facts for part in fact.select(".fact-heading, .fact-answer")]
    assert told == [
        *("Typing", "Still B 4 September 2026"),
        *("Typing", "Was A; now B 4 September 2026"),
        *("Licence", "Was A; now B 3 September 2026"),
    ]
    sources = " ".join(facts[0].select(".fact-source")[0].text.split())
    assert sources == ("Before: flask.example, verified 20 August 2026After: other.example, verified 20 August 2026")


def test_a_fact_that_is_stated_no_more_is_told(client: Client, flask: Tool) -> None:
    make_fact(flask, make_attribute("licence"), "a").supersede(datetime.now(UTC))
    assert "Was A; nothing is stated now" in page(client, "/tools/flask/history/").text


def test_changes_are_paged_and_keep_what_is_drawn(client: Client, flask: Tool) -> None:
    licence = make_attribute("licence")
    for number in range(23):
        make_fact(flask, licence, "ab"[number % 2])
    html = page(client, "/tools/flask/history/?scale=log")
    assert len(html.select(".fact")) == 20
    (following,) = html.select('a[rel="next"]')
    assert following["href"] == "/tools/flask/history/?page=2&scale=log"
    assert len(page(client, str(following["href"])).select(".fact")) == 2


def test_releases_are_listed_newest_first(client: Client, flask: Tool) -> None:
    for number in (1, 2):
        day = date(2026, number, 1)
        Release.objects.create(repository=flask.repository, tag=f"v{number}", released_on=day, seen_on=day)
    rows = page(client, "/tools/flask/history/").select('section[aria-labelledby="releases"] tbody tr')
    assert [row.text for row in rows] == ["v21 February 2026", "v11 January 2026"]


def test_one_of_each_and_three_cost_the_same_queries(client: Client, flask: Tool) -> None:
    known("django", "bottle", "cherry")
    licence = make_attribute("licence")
    make_fact(flask, licence, "a")
    costs = []
    for others, more in (("django", 1), ("django,bottle,cherry", 3)):
        observe(flask, *range(more), first=date(2025, more, 1))
        for number in range(more):
            make_fact(flask, licence, "ab"[(number + more) % 2], f"source {more} {number}")
            Release.objects.create(
                repository=flask.repository, tag=f"v{more}.{number}", released_on=JANUARY, seen_on=JANUARY
            )
        with CaptureQueriesContext(connection) as captured:
            page(client, f"/tools/flask/history/?with={others}&axis=start")
        costs.append(len(captured))
    assert costs == [11, 11]


def test_the_file_has_every_figure_and_no_formula(client: Client, flask: Tool) -> None:
    observe(flask, 990, first=date(2023, 2, 1), rounded=True, forks=None, source='=HYPERLINK("x")')
    response = client.get("/tools/flask/history.csv")
    assert response.content.decode().split("\r\n") == [
        "date,stars,forks,rounded,source",
        '2023-02-01,990,,yes,"\'=HYPERLINK(""x"")"',
        f"2024-01-01,1000,100,no,{SOURCE}",
        f"2024-01-31,1100,110,no,{SOURCE}",
        f"2024-03-01,1050,105,no,{SOURCE}",
        "",
    ]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="flask-history.csv"'
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_the_file_of_no_tool_is_not_found(client: Client) -> None:
    assert client.get("/tools/nope/history.csv").status_code == 404
    assert client.get("/tools/nope/history/").status_code == 404


def test_tool_and_comparison_lead_to_it(client: Client, flask: Tool) -> None:
    observe(make_tool("django", stars=1), 10, 20, 30)
    assert page(client, "/tools/flask/").select('#growth ~ p a[href="/tools/flask/history/"]')
    assert page(client, "/compare/django-vs-flask/").select('a[href="/tools/django/history/?with=flask"]')
