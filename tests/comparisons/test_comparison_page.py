"""The comparison's page: its address, its markup contract, its queries."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparisons.gather import subjects
from comparisons.page import excerpt
from tests.pages import page
from tests.tools.builders import make_attribute, make_fact, make_kind, make_tool
from tools.models import Attribute, Integration, Reason, Theme, Tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def typing() -> Attribute:
    return make_attribute("typing", "choices", ("static", "dynamic", "strong"), importance=90, passed_on=True)


@pytest.fixture
def written_in() -> Attribute:
    return make_attribute(
        "written-in", "tools", inherit=True, importance=70, one="is used from {value}", many="are used from {value}"
    )


@pytest.fixture
def elixir(typing: Attribute) -> Tool:
    tool = make_tool("elixir", kind="language", function="languages", stars=26604, forks=3672)
    make_fact(tool, typing, ["dynamic", "strong"], "github:elixir-lang/elixir:README.md", date(2026, 4, 8))
    return tool


@pytest.fixture
def flask(typing: Attribute, written_in: Attribute) -> Tool:
    make_kind("framework", inherits=True)
    python = make_tool("python", kind="language", function="languages")
    make_fact(python, typing, ["strong"])
    tool = make_tool("flask", stars=19_300, forks=666)
    make_fact(tool, written_in, ["python"], "pkg:pypi/flask")
    return tool


def test_a_statement_names_the_facts_it_cites_and_each_is_in_the_list_of_sources(
    client: Client, elixir: Tool, flask: Tool
) -> None:
    html = page(client, "/compare/elixir-vs-flask/")
    statements = html.select("li.statement")
    assert {str(statement["id"]) for statement in statements} == {
        "summary",
        "meaning",
        "introduction-flask-1",
        "difference-1",
        "difference-2",
        "difference-3",
        "only-flask-1",
    }
    for statement in statements:
        cites = str(statement["data-cites"]).split()
        assert cites
        for anchor in cites:
            (source,) = html.select(f"li#{anchor}")
            assert statement["id"] == "summary" or statement.select(f'a[href="#{anchor}"]')
            assert {"data-tool", "data-attribute", "data-value", "data-source", "data-verified"} <= source.attrs.keys()


def test_a_difference_has_its_number_and_its_sentence(client: Client, elixir: Tool, flask: Tool) -> None:
    html = page(client, "/compare/elixir-vs-flask/")
    first = html.select_one("#difference-1")
    assert first is not None
    assert "Elixir and Flask (Python) both have strong typing; Elixir also has dynamic typing." in first.text


def test_a_cited_fact_carries_its_value_source_and_day(client: Client, elixir: Tool, flask: Tool) -> None:
    fact = elixir.facts.get()
    source = page(client, "/compare/elixir-vs-flask/").select_one(f"#fact-{fact.pk}")
    assert source is not None
    assert {name: value for name, value in source.attrs.items() if name.startswith("data-")} == {
        "data-tool": "elixir",
        "data-attribute": "typing",
        "data-value": "dynamic strong",
        "data-source": "https://github.com/elixir-lang/elixir/blob/HEAD/README.md",
        "data-verified": "2026-04-08",
    }


def test_an_unsourced_fact_says_so(client: Client, elixir: Tool, flask: Tool) -> None:
    python = Tool.objects.get(slug="python")
    source = page(client, "/compare/elixir-vs-flask/").select_one(f"#fact-{python.facts.get().pk}")
    assert source is not None
    assert source["data-source"] == "unsourced"
    assert "nsourced" in source.text


def test_figures_are_compact_with_the_exact_one_and_its_day_at_hand(client: Client, elixir: Tool, flask: Tool) -> None:
    text = page(client, "/compare/elixir-vs-flask/").text
    for figure in ("19.3K", "19,300", "666", "26.6K", "26,604", "20 August 2026"):
        assert figure in text


def test_an_unknown_answer_prints_a_dash(client: Client, flask: Tool) -> None:
    make_tool("bottle")
    html = page(client, "/compare/bottle-vs-flask/")
    assert "-" in [cell.text.strip()[:1] for cell in html.select("table td")]
    assert "None" not in html.text
    assert " 0 " not in html.text


def test_a_page_without_facts_has_no_empty_headings(client: Client) -> None:
    make_tool("bottle")
    make_tool("cherry")
    html = page(client, "/compare/bottle-vs-cherry/")
    for heading in html.select("h1, h2, h3"):
        assert heading.text.strip()
        assert heading.find_next(["p", "ul", "ol", "table", "dl", "div"]) is not None
    assert html.select("li.statement") == []


def test_reasons_stand_under_pros_and_cons(client: Client, elixir: Tool, flask: Tool) -> None:
    Reason.objects.create(tool=flask, side="pro", text="Sessions are signed cookies")
    Reason.objects.create(tool=flask, side="con", text="Brings no ORM")
    text = page(client, "/compare/elixir-vs-flask/").text
    assert "Sessions are signed cookies" in text
    assert "Brings no ORM" in text


def test_other_tools_of_the_function_are_alternatives_and_related_comparisons(client: Client, flask: Tool) -> None:
    make_tool("django", function="frameworks-full")
    make_tool("bottle", stars=10)
    make_tool("express", stars=1000)
    html = page(client, "/compare/django-vs-flask/")
    links = [str(link["href"]) for link in html.select("main a[href]")]
    assert "/tools/express/" in links
    assert "/tools/bottle/" in links
    assert "/compare/express-vs-flask/" in links
    assert "/compare/bottle-vs-flask/" in links


@pytest.mark.parametrize(
    "address",
    ["flask-vs-elixir", "Elixir-vs-Flask", "FLASK-VS-ELIXIR", "elixir-vs-flask-vs-elixir", "flask-vs-flask-vs-elixir"],
)
def test_every_other_order_or_case_leads_to_the_one_address(
    client: Client, elixir: Tool, flask: Tool, address: str
) -> None:
    response = client.get(f"/compare/{address}/?as_of=2025-11-01")
    assert (response.status_code, response.headers["Location"]) == (301, "/compare/elixir-vs-flask/?as_of=2025-11-01")


@pytest.mark.parametrize(
    "address",
    [
        "elixir",
        "elixir-vs-elixir",
        "elixir-vs-nobody",
        "elixir-vs-",
        "-vs-elixir",
        "elixir-vs-a-vs-b-vs-c-vs-d-vs-e",
        "elixir--vs--flask",
        "elixir-vs-fl%00ask",
        "elixir-vs-" + "a" * 10_000,
        "-vs-".join(["elixir"] * 3_000),
        "elixir-vs-flask.html",
        "elixir-vs-flåsk",
    ],
)
def test_what_is_no_comparison_is_not_found(client: Client, elixir: Tool, address: str) -> None:
    assert client.get(f"/compare/{address}/").status_code == 404


@pytest.mark.parametrize("day", ["yesterday", "2025-13-01", "2025-02-30", "%00", "9" * 10_000, "2025-11-01T00:00"])
def test_a_wrong_day_is_a_bad_request(client: Client, elixir: Tool, flask: Tool, day: str) -> None:
    assert client.get(f"/compare/elixir-vs-flask/?as_of={day}").status_code == 400


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, url)
    return len(captured)


def test_two_tools_and_five_cost_the_same_ten_queries(client: Client, typing: Attribute, written_in: Attribute) -> None:
    make_kind("framework", inherits=True)
    for language in ("python", "ruby"):
        make_fact(make_tool(language, kind="language", function="languages"), typing, ["strong"])
    for place, slug in enumerate(("a", "b", "c", "d", "e")):
        tool = make_tool(slug, stars=place * 100)
        make_fact(tool, written_in, [("python", "ruby")[place % 2]])
        Reason.objects.create(tool=tool, side="pro", text="A pro")
    assert queries(client, "/compare/a-vs-b/") == 10
    assert queries(client, "/compare/a-vs-b-vs-c-vs-d-vs-e/") == 10


def test_alternatives_cost_the_same_eight_queries_whether_one_or_thirty(
    client: Client, flask: Tool, written_in: Attribute
) -> None:
    make_fact(make_tool("bottle"), written_in, ["python"])
    assert queries(client, "/tools/flask/alternatives/") == 8
    for number in range(30):
        make_fact(make_tool(f"tool-{number}"), written_in, ["python"])
    assert queries(client, "/tools/flask/alternatives/") == 8


def test_each_alternative_has_its_reason_with_sources_on_the_page(
    client: Client, flask: Tool, written_in: Attribute
) -> None:
    make_fact(make_tool("bottle"), written_in, ["python"])
    html = page(client, "/tools/flask/alternatives/")
    (reason,) = html.select("li.statement")
    assert "Like Flask, Bottle is used from Python." in reason.text
    for anchor in str(reason["data-cites"]).split():
        assert len(html.select(f"li#{anchor}")) == 1
    assert [str(link["href"]) for link in reason.select("a.alternative-compare")] == ["/compare/bottle-vs-flask/"]


def test_a_tool_of_a_neighbouring_function_is_an_alternative_and_one_of_another_is_not(
    client: Client, flask: Tool, written_in: Attribute
) -> None:
    django, react = make_tool("django", function="frameworks-full"), make_tool("react", function="user-interfaces")
    flask.function.neighbours.add(django.function)
    make_fact(react, written_in, ["python"])
    names = [link.text for link in page(client, "/tools/flask/alternatives/").select(".alternative-name a")]
    assert names == ["Django"]


def test_alternatives_are_paged(client: Client, flask: Tool) -> None:
    for number in range(21):
        make_tool(f"tool-{number}")
    assert len(page(client, "/tools/flask/alternatives/").select(".alternatives > li")) == 20
    assert len(page(client, "/tools/flask/alternatives/?page=2").select(".alternatives > li")) == 1
    assert client.get("/tools/flask/alternatives/?page=3").status_code == 404


def test_a_tool_that_does_not_exist_has_no_alternatives(client: Client) -> None:
    assert client.get("/tools/nobody/alternatives/").status_code == 404


def test_tools_that_work_with_each_other_and_serve_unlike_needs_are_told_to_be_used_together(
    client: Client, flask: Tool
) -> None:
    celery, bottle = make_tool("celery", function="background-jobs"), make_tool("bottle")
    Integration.objects.create(tool=celery, other=flask)
    Integration.objects.create(tool=bottle, other=flask)
    together = page(client, "/compare/celery-vs-flask/").select(".lead .editorial")
    assert [line.text for line in together] == [
        "Celery works with Flask: the two are often used together rather than one instead of the other."
    ]
    assert page(client, "/compare/bottle-vs-flask/").select(".lead .editorial") == []


def test_reasons_to_choose_come_from_facts_and_from_editors(
    client: Client, elixir: Tool, flask: Tool, typing: Attribute
) -> None:
    Attribute.objects.filter(pk=typing.pk).update(choose_if="you want {value} typing")
    Tool.objects.filter(pk=flask.pk).update(choose_if=["you want to pick every part yourself"])
    (section,) = page(client, "/compare/elixir-vs-flask/").select('section[aria-labelledby="choose"]')
    assert [heading.text for heading in section.select("h3")] == ["Choose Elixir if", "Choose Flask if"]
    assert "you want dynamic typing." in section.select("#choose-elixir-1")[0].text
    assert [line.text for line in section.select(".editorial")] == ["you want to pick every part yourself."]


def test_the_page_can_be_kept_by_anybody_and_sets_no_cookie(client: Client, elixir: Tool, flask: Tool) -> None:
    response = client.get("/compare/elixir-vs-flask/")
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert b"csrf" not in response.content.lower()


def test_a_post_is_not_allowed(client: Client, elixir: Tool, flask: Tool) -> None:
    assert client.post("/compare/elixir-vs-flask/").status_code == 405


def test_a_row_differs_where_two_tools_are_known_to_answer_unlike(client: Client) -> None:
    one, other = make_tool("one"), make_tool("other")
    website = make_attribute("website", compare=False)
    for attribute, answers in (
        (make_attribute("unlike"), "ab"),
        (make_attribute("alike"), "aa"),
        (make_attribute("half-known"), "a"),
        (website, "ab"),
    ):
        for tool, answer in zip((one, other), answers, strict=False):
            make_fact(tool, attribute, answer)
    rows = page(client, "/compare/one-vs-other/").select(".details tbody tr:not(.group):not(.same) th")
    assert [row.text.split(" What")[0] for row in rows] == ["Unlike"]


def test_rows_stand_under_the_heading_of_their_theme(client: Client, elixir: Tool, flask: Tool) -> None:
    Attribute.objects.filter(slug="typing").update(theme=Theme.objects.create(slug="types", heading="Types"))
    html = page(client, "/compare/elixir-vs-flask/")
    headings = [heading.text for heading in html.select(".details .group th")]
    assert headings == ["Types", "Ecosystem and community", "Versions and addresses"]


def test_a_tool_is_added_swapped_and_removed_in_place(client: Client, elixir: Tool, flask: Tool) -> None:
    html = page(client, "/compare/elixir-vs-flask-vs-python/")
    present = ["elixir", "flask", "python"]
    (add,), swaps = html.select("form.compare-with"), html.select(".swap form")
    assert [box["value"] for box in add.select("input[type=hidden]")] == present
    for slug, swap in zip(present, swaps, strict=True):
        assert [box["value"] for box in swap.select("input[type=hidden]")] == [s for s in present if s != slug]
    removals = [link["href"] for link in html.select(".card-actions > a")]
    assert removals == ["/compare/flask-vs-python/", "/compare/elixir-vs-python/", "/compare/elixir-vs-flask/"]


def test_nothing_can_be_removed_from_two_or_added_to_five(client: Client, elixir: Tool, flask: Tool) -> None:
    make_tool("bottle")
    make_tool("koa")
    assert page(client, "/compare/elixir-vs-flask/").select(".card-actions > a") == []
    assert page(client, "/compare/bottle-vs-elixir-vs-flask-vs-koa-vs-python/").select("form.compare-with") == []


def test_tools_are_told_apart_by_name_in_sentences(client: Client, elixir: Tool, flask: Tool) -> None:
    marked = page(client, "/compare/elixir-vs-flask/").select("#difference-1 b")
    assert {(name.text, *name["class"]) for name in marked} == {("Elixir", "tool-1"), ("Flask", "tool-2")}


def test_an_excerpt_rests_on_sourced_facts_alone(elixir: Tool, flask: Tool) -> None:
    stars = excerpt(subjects([elixir, flask]), 3, date(2026, 11, 21))
    assert stars.title == "Elixir vs Flask"
    assert all(source.fact.source for source in stars.sources)
    assert {note.number for said in stars.said for note in said.notes} == {s.number for s in stars.sources}
    assert len({said.statement.heading for said in stars.said}) == len(stars.said)
