"""What members decided and asked, on the pages of the tools it is about."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advice.models import Outcome, Post, Result
from tests.advice.builders import a_member, a_tool, make_decision, make_question
from tests.members.builders import logged_in
from tests.pages import page
from tools.models import Reason

pytestmark = pytest.mark.django_db
FLASK, BOTH = "/tools/flask/", "/compare/django-vs-flask/"


def titles(html: BeautifulSoup) -> list[str]:
    return [title.text for title in html.select(".post-line-title")]


def words(html: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(tag.text.split()) for tag in html.select(selector)]


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, url)
    return len(captured)


def revisited(count: int, replaced: int = 0, months: int = 14) -> None:
    """`count` decisions for Flask, each revisited after so many months; `replaced` of them moved to Django."""
    now = timezone.now()
    for number in range(count):
        decided = (now - timedelta(days=30.5 * months)).date()
        post = make_decision(f"Flask for service {number}", decided_on=decided)
        gone = {"tool": a_tool(), "by": a_tool("django")} if number < replaced else {}
        result = Result.REPLACED if gone else Result.KEPT
        Outcome(post=post).tell(result, "It was so.", now.date(), now, **gone)


def test_a_tools_page_shows_the_three_most_useful_posts_about_it_and_no_others(client: Client) -> None:
    posts = [make_decision(f"Flask for service {number}") for number in range(4)]
    posts[0].vote(a_member("grace"))
    make_question("Bottle or what?", about=("bottle",))
    make_decision("A draft", published=False)
    make_decision("Gone").hide(timezone.now())
    assert titles(page(client, FLASK)) == ["Flask for service 0", "Flask for service 3", "Flask for service 2"]


def test_a_post_is_told_with_what_the_tool_is_to_it_its_author_and_its_plain_age(client: Client) -> None:
    make_decision("Django after all", chosen=("django",), considered=("flask",))
    make_question(about=("flask",))
    assert words(page(client, FLASK), ".post-line-about") == [
        "Needs advice about Flask by ada just now 0 votes 0 comments",
        "Decided weighed Flask by ada just now 0 votes 0 comments",
    ]


def test_a_comparison_shows_posts_about_two_of_its_tools_only(client: Client) -> None:
    make_decision("Flask alone")
    make_decision("Flask, not Django", considered=("django",))
    html = page(client, BOTH)
    assert titles(html) == ["Flask, not Django"]
    assert words(html, ".post-line-about")[0].startswith("Decided Flask chosen, Django considered by ada")


def test_a_tool_nobody_wrote_about_says_so(client: Client) -> None:
    a_tool()
    html = page(client, FLASK)
    assert "Nobody has written about Flask yet." in words(html, ".empty")[-1]
    assert html.select("#decisions") == []


def test_under_five_revisited_decisions_no_share_is_shown(client: Client) -> None:
    revisited(4, replaced=1)
    (section,) = page(client, FLASK).select('[aria-labelledby="decisions"]')
    assert " ".join(section.p.text.split()) == (  # type: ignore[union-attr]  # its first paragraph
        "4 decisions for Flask are published here, of which 4 were revisited later. "
        "The share still standing is shown from five revisited ones on: fewer would mislead."
    )
    assert section.select(".standing, .standing-said") == []


def test_the_share_still_standing_is_told_and_drawn_with_its_table(client: Client) -> None:
    revisited(3)
    revisited(5, replaced=2, months=6)
    html = page(client, FLASK)
    # Of eight, two are gone after half a year, when three more were last seen.
    assert words(html, ".standing-said") == ["Still standing: 75 % after one year."]
    assert words(html, ".standing tbody tr") == ["7 75 % 8"]
    assert len(html.select(".standing path")) == 1


def test_where_all_stand_it_is_said_plainly(client: Client) -> None:
    revisited(5, months=14)
    html = page(client, FLASK)
    assert words(html, ".standing-said") == ["All that were revisited still stand, the longest after 14 months."]
    assert html.select(".standing table") == []


def test_moves_are_told_on_both_sides(client: Client) -> None:
    revisited(2, replaced=2)
    moved = {url: page(client, url) for url in (FLASK, "/tools/django/")}
    hrefs = [[str(link["href"]) for link in html.select(".flow-side li a")] for html in moved.values()]
    assert hrefs == [["/advice/moves/?from=flask&to=django"]] * 2
    assert [words(html, ".flow-side li .figure-count") for html in moved.values()] == [["2"], ["2"]]


@pytest.mark.parametrize(("url", "readers", "members"), [(FLASK, 10, 15), (BOTH, 9, 13)])
def test_one_row_and_three_cost_the_same_queries(client: Client, url: str, readers: int, members: int) -> None:
    ada = logged_in(a_member())
    costs = []
    for count in (1, 3):
        fill(count)
        costs.append((queries(client, url), queries(ada, url)))
    assert costs == [(readers, members)] * 2


def fill(count: int) -> Sequence[Post]:
    posts = [make_decision(f"Of {count}: {number}", considered=("django",)) for number in range(count)]
    for number in range(count):
        author = a_member(f"author-{number}")
        reason = Reason.objects.create(
            tool=a_tool(), side="pro", text=f"{count}: {number}", author=author, of_member=True
        )
        reason.vote(a_member("grace"), months=number + 1)
    revisited(count)
    return posts
