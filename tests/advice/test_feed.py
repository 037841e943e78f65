"""The feed: what it lists, in which order, at what cost, and what it says when it lists nothing."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advice.models import Post, PostState, Result
from members.models import Member
from tests.advice.builders import a_member, a_tool, make_comment, make_decision, make_question
from tests.advice.outcomes import tell
from tests.members.builders import logged_in, make_member
from tests.pages import page
from tests.tools.builders import make_category, make_function, make_tool
from tools.models import Follow

pytestmark = pytest.mark.django_db


def titles(client: Client, url: str) -> list[str]:
    return [link.text for link in page(client, url).select("main .post-row-title a")]


def published(post: Post, days_ago: int) -> Post:
    """The post, published so many days ago."""
    post.published_at = timezone.now() - timedelta(days=days_ago)
    post.save()
    post.warm()
    return post


@pytest.fixture
def four_posts() -> None:
    """The newest first: two questions, of which one has an answer, and two decisions, of which one has an outcome."""
    published(make_question("Unanswered", about=["redis"]), 1)
    answered = published(make_question("Answered", about=["flask"]), 2)
    make_comment(answered, tools=["flask"])
    revisited = published(make_decision("Revisited", chosen=["flask"], decided_on=date(2025, 1, 1)), 3)
    tell(revisited, Result.KEPT, date(2026, 1, 1))
    published(make_decision("Fresh", chosen=["django"]), 4)


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("?sort=new", ["Unanswered", "Answered", "Revisited", "Fresh"]),
        ("?kind=all&sort=new", ["Unanswered", "Answered", "Revisited", "Fresh"]),
        ("?kind=decisions&sort=new", ["Revisited", "Fresh"]),
        ("?kind=questions&sort=new", ["Unanswered", "Answered"]),
        ("?kind=unanswered", ["Unanswered"]),
        ("?kind=outcomes", ["Revisited"]),
        ("?tool=flask&sort=new", ["Answered", "Revisited"]),
        ("?tool=FLASK&kind=decisions", ["Revisited"]),
        ("?sort=discussed", ["Answered", "Unanswered", "Revisited", "Fresh"]),
        ("?kind=&sort=&tool=&category=", ["Answered", "Unanswered", "Revisited", "Fresh"]),
    ],
)
def test_the_address_says_what_is_listed(client: Client, four_posts: None, query: str, listed: list[str]) -> None:
    assert titles(client, f"/feed/{query}") == listed


def test_a_category_has_the_posts_about_its_tools(client: Client) -> None:
    make_tool("redis", function=make_function("caches", make_category("databases").slug).slug)
    make_decision("Redis", chosen=["redis"])
    make_decision("Flask", chosen=["flask"])
    assert titles(client, "/feed/?category=databases") == ["Redis"]


def test_hot_weighs_usefulness_against_age(client: Client) -> None:
    useful = published(make_decision("Useful"), 3)
    published(make_decision("New"), 1)
    assert titles(client, "/feed/") == ["New", "Useful"]
    for number in range(3):
        useful.vote(make_member(f"voter-{number}"))
    assert titles(client, "/feed/") == ["Useful", "New"]


def test_of_outcomes_the_latest_told_comes_first(client: Client) -> None:
    first, second = make_decision("Told first"), make_decision("Told last")
    for post in (first, second):
        tell(post, Result.KEPT, date(2026, 1, 1))
    assert titles(client, "/feed/?kind=outcomes") == ["Told last", "Told first"]


@pytest.mark.parametrize("state", [state for state in PostState if state != PostState.PUBLISHED])
def test_only_what_is_published_is_listed(client: Client, state: PostState) -> None:
    make_decision("Kept back")
    Post.objects.update(state=state)
    assert titles(client, "/feed/") == []
    assert titles(logged_in(a_member()), "/feed/") == []


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?kind=nope", "“nope” is not a kind of post here."),
        ("?sort=nope", "“nope” is not an order of posts here."),
        ("?category=nope", "There is no category “nope” here."),
        ("?tool=nope", "No tool here is called “nope”."),
        ("?tool=" + "a" * 61, "at most 60 characters"),
        ("?tool=%00", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_understood_is_told_with_a_way_out(client: Client, query: str, says: str) -> None:
    html = page(client, f"/feed/{query}", status=400)
    assert says in html.text
    assert html.select('main a[href="/feed/"]')


def test_a_misspelt_tool_is_guessed_and_kept(client: Client) -> None:
    make_tool("flask")
    html = page(client, "/feed/?tool=flsk", status=400)
    assert html.select('main a[href="/feed/?tool=flask"]')
    assert html.select('input[value="flsk"]')


def test_a_row_tells_who_chose_what_over_what_and_how_it_went(client: Client) -> None:
    ada = make_member("ada", display_name="Ada Sample", headline="Engineer")
    post = make_decision(
        "Flask",
        chosen=["flask"],
        considered=["django"],
        author=ada,
        decided_on=date(2025, 1, 1),
        why="It **is** small.",
    )
    tell(post, Result.REPLACED, date(2026, 3, 1), tool=a_tool("flask"), by=a_tool("rails"))
    Post.objects.update(views_count=682_113, votes_count=12)
    row = page(client, "/feed/").select_one(".post-row")
    assert row
    words = " ".join(row.text.split())
    assert words == (
        "Decided Ada Sample, Engineer today Flask chose Flask over Django It is small. "
        "Replaced by Rails after 14 months 12 votes 682.1K views"
    )
    assert [str(link["href"]) for link in row.select(".post-tool")] == ["/tools/flask/", "/tools/django/"]


def test_a_post_without_its_author_stays(client: Client) -> None:
    make_decision()
    Post.objects.update(author=None)
    assert "A former member" in page(client, "/feed/").text


@pytest.mark.parametrize("query", ["", "?kind=outcomes", "?tool=flask&category=frameworks&sort=discussed"])
def test_the_feed_costs_at_most_five_queries_however_much_there_is(client: Client, query: str) -> None:
    costs = []
    for count in (1, 3):
        for number in range(count):
            post = make_decision(f"Post {count} {number}", chosen=["flask"], considered=["django"])
            tell(post, Result.KEPT, date(2026, 1, 1))
            make_comment(post)
        with CaptureQueriesContext(connection) as captured:
            shown = len(titles(client, f"/feed/{query}"))
        costs.append((shown, len(captured)))
    limit = 5 if "tool" in query else 4
    assert costs == [(1, limit), (4, limit)]


def test_the_feed_is_paged_and_keeps_what_was_asked(client: Client) -> None:
    for number in range(21):
        make_decision(f"Post {number}", chosen=["flask"])
    (following,) = page(client, "/feed/?kind=decisions&tool=flask").select('a[rel="next"]')
    assert following["href"] == "/feed/?kind=decisions&page=2&tool=flask"
    assert titles(client, str(following["href"])) == ["Post 0"]
    assert client.get("/feed/?page=3").status_code == 404
    assert client.get("/feed/?page=x").status_code == 404


def test_an_empty_feed_says_what_to_do(client: Client) -> None:
    make_tool("flask")
    assert "Yours would be the first" in page(client, "/feed/").text
    assert page(client, "/feed/?tool=flask").select('.empty a[href="/feed/"]')


def test_each_feed_names_its_atom(client: Client) -> None:
    make_tool("flask")
    (link,) = page(client, "/feed/?kind=questions&tool=flask").select('link[href^="/feeds/advice.atom"]')
    assert link["href"] == "/feeds/advice.atom?kind=questions&tool=flask"


def test_search_engines_know_one_address_for_all_orders(client: Client) -> None:
    html = page(client, "/feed/?kind=questions&sort=new")
    (canonical,) = html.select('link[rel="canonical"]')
    assert canonical["href"] == "http://127.0.0.1:8000/feed/?kind=questions"
    assert html.select('meta[name="robots"][content^="noindex"]')


@pytest.fixture
def ada() -> Member:
    return make_member("ada")


def test_following_lists_posts_about_followed_tools(ada: Member) -> None:
    make_decision("Flask", chosen=["flask"])
    make_decision("Django", chosen=["django"])
    Follow.objects.follow(ada, a_tool("flask"))
    assert titles(logged_in(ada), "/feed/following/") == ["Flask"]
    assert titles(logged_in(ada), "/feed/following/?kind=questions") == []


def test_following_is_the_members_own(client: Client, ada: Member) -> None:
    response = client.get("/feed/following/")
    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/login/?next=/feed/following/")
    assert "private" in logged_in(ada).get("/feed/following/").headers["Cache-Control"]
    assert client.post("/feed/following/").status_code == 405


def test_who_follows_nothing_is_told_how(ada: Member) -> None:
    assert page(logged_in(ada), "/feed/following/").select('.empty a[href="/tools/"]')


def test_following_costs_the_same_queries_however_much_there_is(ada: Member) -> None:
    costs = []
    client = logged_in(ada)
    Follow.objects.follow(ada, a_tool("flask"))
    for count in (1, 3):
        for number in range(count):
            make_decision(f"Post {count} {number}", chosen=["flask"], author=ada)
        with CaptureQueriesContext(connection) as captured:
            titles(client, "/feed/following/")
        costs.append(len(captured))
    # The session, the member and the count of notifications come beside the feed's four.
    assert costs == [7, 7]


def test_the_hot_order_is_explained_with_its_constants_and_examples(client: Client) -> None:
    html = page(client, "/feed/ranking/")
    text = " ".join(html.text.split())
    assert "log₁₀(1 + votes + comments ÷ 2) + days since 1 January 2026 ÷ 7" in text
    assert "A vote counts 1, a comment 0.5:" in text
    assert "as being 7 days younger does" in text
    rows = [[cell.text for cell in row.select("th, td")] for row in html.select(".examples tbody tr")]
    assert ["Sample A, new and unnoticed", "0", "0", "20 November 2026", "46.21"] in rows
    assert [row[4] for row in rows] == sorted((row[4] for row in rows), reverse=True)


def test_a_move_opens_its_decisions(client: Client) -> None:
    for name, by in (("Away to Django", "django"), ("Away to Rails", "rails")):
        post = make_decision(name, chosen=["flask"])
        tell(post, Result.REPLACED, date(2026, 1, 1), tool=a_tool("flask"), by=a_tool(by))
    tell(make_decision("Kept", chosen=["flask"]), Result.KEPT, date(2026, 1, 1))
    assert titles(client, "/advice/moves/?from=flask&to=django") == ["Away to Django"]
    assert titles(client, "/advice/moves/?from=flask") == ["Away to Rails", "Away to Django"]
    assert titles(client, "/advice/moves/?to=rails") == ["Away to Rails"]
    assert "Nobody has told of such a move yet." in page(client, "/advice/moves/?from=rails&to=flask").text


def test_moves_cost_the_same_queries_however_many_there_are(client: Client) -> None:
    costs = []
    for count in (1, 3):
        for number in range(count):
            post = make_decision(f"Move {count} {number}", chosen=["flask"])
            tell(post, Result.REPLACED, date(2026, 1, 1), tool=a_tool("flask"), by=a_tool("django"))
        with CaptureQueriesContext(connection) as captured:
            titles(client, "/advice/moves/?from=flask&to=django")
        costs.append(len(captured))
    assert costs == [5, 5]


@pytest.mark.parametrize("query", ["", "?from=nope", "?from=flask&to=nope", "?from=%00", "?from=flask&page=2"])
def test_moves_of_no_tool_are_not_found(client: Client, query: str) -> None:
    make_tool("flask")
    assert client.get(f"/advice/moves/{query}").status_code == 404
