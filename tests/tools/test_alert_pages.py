"""What happened to tools: on a tool's page, in a list for everybody, in a member's own, and before editors."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import Member
from tests.members.builders import logged_in, make_member
from tests.pages import page
from tests.tools.alerts import HAPPENED, make_alert
from tests.tools.builders import make_tool
from tools.models import Alert, AlertKind, Follow, Tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def flask() -> Tool:
    return make_tool("flask")


def said(client: Client, url: str) -> list[str]:
    return [" ".join(row.text.split()) for row in page(client, url).select(".post-line")]


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, url)
    return len(captured)


def test_the_newest_three_stand_on_the_tools_page_with_day_and_source(client: Client, flask: Tool) -> None:
    for days in (3, 1, 2):
        make_alert(flask, f"{days} ago.", happened_on=timezone.now().date() - timedelta(days=days))
    today = timezone.now().date()
    make_alert(flask, "Flask moved.", AlertKind.RENAMED, happened_on=today, source="github:pallets/flask")
    make_alert(make_tool("bottle"), "Bottle moved.")
    html = page(client, "/tools/flask/")
    rows = [row.select_one(".post-line-title") for row in html.select(".post-line")]
    assert [row.text for row in rows if row] == ["Flask moved.", "1 ago.", "2 ago."]
    first = html.select(".post-line")[0]
    day = f"{today.day} {today:%B %Y}"
    assert " ".join(first.text.split()) == f"Flask moved. Repository renamed {day} Source: pallets/flask"
    assert [str(link["href"]) for link in first.select("a")] == ["https://github.com/pallets/flask"]
    assert html.select('main a[href="/alerts/?tool=flask"]')
    assert html.select('.jump a[href="#lately"]')


def test_what_happened_long_ago_or_was_withdrawn_is_not_told_as_lately(client: Client, flask: Tool) -> None:
    make_alert(flask, happened_on=timezone.now().date() - timedelta(days=366))
    make_alert(flask, happened_on=timezone.now().date(), withdrawn_at=timezone.now())
    assert not page(client, "/tools/flask/").select("#lately, .post-line")


def test_the_list_shows_the_newest_first_and_leads_to_the_tools(client: Client, flask: Tool) -> None:
    make_alert(flask, "Flask was archived.", happened_on=HAPPENED - timedelta(days=1))
    make_alert(make_tool("bottle"), "Bottle: Typing changed from A to B.", AlertKind.FACT)
    assert said(client, "/alerts/") == [
        "Bottle: Typing changed from A to B. An important fact changed 20 November 2026 unsourced About Bottle",
        "Flask was archived. Archived 19 November 2026 unsourced About Flask",
    ]


def test_the_list_is_narrowed_by_kind_and_tool(client: Client, flask: Tool) -> None:
    make_alert(flask, "One.")
    make_alert(flask, "Two.", AlertKind.MAJOR)
    make_alert(make_tool("bottle"), "Three.", AlertKind.MAJOR)
    kept = {
        "?kind=major": ["Three.", "Two."],
        "?tool=flask": ["Two.", "One."],
        "?tool=Flask&kind=major": ["Two."],
        "?kind=&tool=": ["Three.", "Two.", "One."],
        "?kind=gone": [],
    }
    shown = {query: [row.split(" ")[0] for row in said(client, f"/alerts/{query}")] for query in kept}
    assert shown == kept
    html = page(client, "/alerts/?kind=major&tool=flask")
    assert [h1.text for h1 in html.select("h1")] == ["What happened to Flask: major release"]
    assert [str(link["href"]) for link in html.select(".chip-remove")] == ["/alerts/?kind=major"]
    assert [chip.text for chip in html.select('.chip[aria-current="true"]')] == ["Major release"]
    assert html.select('.chip[href="/alerts/?kind=gone&tool=flask"]')


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("?kind=stars", "“stars” is not a kind of alert here."), ("?tool=nope", "No tool here is called “nope”.")],
)
def test_a_list_that_is_none_says_so_and_keeps_what_was_typed(client: Client, query: str, sentence: str) -> None:
    html = page(client, f"/alerts/{query}", status=400)
    assert sentence in html.text
    assert html.select('a[href="/alerts/"]')
    assert bool(html.select('input[value="nope"]')) == ("nope" in query)


def test_where_nothing_happened_the_list_says_so(client: Client) -> None:
    assert "Nothing of this kind is known to have happened." in page(client, "/alerts/").text


def test_the_list_is_paged_and_keeps_its_filters(client: Client, flask: Tool) -> None:
    for _ in range(31):
        make_alert(flask)
    first = page(client, "/alerts/?kind=archived&tool=flask")
    (following,) = {str(link["href"]) for link in first.select('a[rel="next"]')}
    assert following == "/alerts/?kind=archived&page=2&tool=flask"
    assert len(said(client, following)) == 1
    assert client.get("/alerts/?page=3").status_code == 404


def test_members_see_what_happened_to_the_tools_they_follow(flask: Tool) -> None:
    ada = make_member()
    Follow.objects.follow(ada, flask)
    make_alert(flask, "Flask was archived.")
    make_alert(make_tool("bottle"))
    assert [row.split(". ")[0] for row in said(logged_in(ada), "/alerts/following/")] == ["Flask was archived"]
    assert "or you follow none yet" in page(logged_in(make_member("grace")), "/alerts/following/").text
    assert Client().get("/alerts/following/").headers["Location"] == "/accounts/login/?next=/alerts/following/"


@pytest.mark.parametrize(("url", "cost"), [("/alerts/", 2), ("/alerts/following/", 5), ("/tools/flask/", 10)])
def test_one_alert_and_three_cost_the_same_queries(flask: Tool, url: str, cost: int) -> None:
    ada = make_member()
    Follow.objects.follow(ada, flask)
    reader = logged_in(ada) if "following" in url else Client()
    costs = []
    for count in (1, 3):
        for _ in range(count):
            make_alert(flask, happened_on=timezone.now().date())
        costs.append(queries(reader, url))
    assert costs == [cost, cost]


def test_an_editor_reads_alerts_and_takes_a_wrong_one_back_for_good(client: Client, flask: Tool) -> None:
    client.force_login(Member.objects.create_superuser("editor", "editor@example.org", "a long passphrase"))
    wrong, right = make_alert(flask, "Wrong."), make_alert(flask, "Right.")
    url = "/admin/tools/alert/"
    assert len(page(client, f"{url}?kind__exact=archived").select("#result_list tbody tr")) == 2
    assert not page(client, f"{url}{wrong.pk}/change/").select('input[name="_save"]')
    assert client.get(f"{url}add/").status_code == 403
    assert client.post(f"{url}{wrong.pk}/delete/", {"post": "yes"}).status_code == 302
    assert said(client, "/alerts/")[0].startswith("Right.")
    Alert.objects.note([Alert(tool=flask, kind=wrong.kind, key=wrong.key, text="Again.", happened_on=HAPPENED)])
    chosen = {"action": "delete_selected", "_selected_action": [right.pk], "post": "yes"}
    assert client.post(url, chosen).status_code == 302
    assert (said(client, "/alerts/"), Alert.objects.count()) == ([], 2)
