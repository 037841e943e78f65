"""A post's page: what it says of the decision or the question, to whom, and at what cost."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advice.models import Post, PostState, Result, Role
from members.models import Member
from tests.advice.builders import a_member, a_tool, make_comment, make_decision, make_question
from tests.advice.outcomes import tell
from tests.members.builders import logged_in, make_member, make_moderator
from tests.pages import page
from tools.models import Affiliation

pytestmark = pytest.mark.django_db


def shown(client: Client, post: Post) -> BeautifulSoup:
    return page(client, post.get_absolute_url())


def words(html: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(found.text.split()) for found in html.select(selector)]


def test_a_decision_names_what_was_chosen_and_what_was_weighed(client: Client) -> None:
    post = make_decision("Flask", chosen=["flask"], considered=["rails", "django"], about=["redis"])
    html = shown(client, post)
    assert words(html, ".post-tool-groups > div") == ["Chosen Flask", "Considered Rails Django", "About Redis"]
    (link,) = html.select(".post-compare a")
    assert link["href"] == "/compare/django-vs-flask-vs-rails/"
    assert link.text == "Compare Flask, Rails and Django by their facts"


def test_what_was_weighed_against_nothing_has_no_comparison(client: Client) -> None:
    assert not shown(client, make_decision(chosen=["flask"])).select(".post-compare")


def test_more_tools_than_a_comparison_takes_are_compared_as_far_as_it_goes(client: Client) -> None:
    others = [f"tool-{number}" for number in range(6)]
    (link,) = shown(client, make_decision(chosen=["flask"], considered=others)).select(".post-compare a")
    assert link["href"] == "/compare/flask-vs-tool-0-vs-tool-1-vs-tool-2-vs-tool-3/"


def test_its_parts_stand_under_their_headings(client: Client) -> None:
    post = make_decision(context="*Three* people.", why="Small.", consequences="")
    assert words(shown(client, post), ".post-body .said") == ["Context Three people.", "Why Small."]


def test_a_script_stays_text(client: Client) -> None:
    post = make_decision("<script>alert(1)</script>", context="<script>alert(2)</script>")
    html = shown(client, post)
    assert not html.select("script:not([src])")
    assert "<script>alert(1)</script>" in words(html, "h1")[0]


def test_ties_with_its_tools_are_declared_and_others_are_not(client: Client) -> None:
    ada = make_member("ada")
    Affiliation.objects.declare(ada, a_tool("flask"), "works for the company behind it")
    Affiliation.objects.declare(ada, a_tool("redis"), "maintainer")
    html = shown(client, make_decision(chosen=["flask"], author=ada))
    assert words(html, ".post-tie") == ["Declared tie with Flask: works for the company behind it"]


def test_its_outcome_stands_above_and_in_the_timeline(client: Client) -> None:
    with time_machine.travel(datetime(2026, 4, 2, tzinfo=UTC)):
        post = make_decision(decided_on=date(2026, 4, 1))
    tell(post, Result.KEPT, date(2026, 10, 1), "Still **small**.", months=6)
    html = shown(client, post)
    assert words(html, ".post-kind .outcome") == ["Kept after 6 months"]
    assert words(html, ".moment") == [
        "Decided 1 April 2026",
        "Kept after 6 months 1 October 2026 Still small.",
        "Will be asked again in April 2027 and April 2028",
    ]


def test_an_edit_is_marked(client: Client) -> None:
    post = make_decision()
    assert "edited" not in shown(client, post).text
    post.edit(1, {"why": "Smaller."}, {Role.CHOSEN: [a_tool("flask")]}, datetime(2026, 11, 20, tzinfo=UTC))
    assert "edited 20 November 2026" in " ".join(shown(client, post).text.split())


def test_figures_are_compact(client: Client) -> None:
    post = make_decision()
    make_comment(post)
    Post.objects.update(views_count=682_113, votes_count=1)
    assert words(shown(client, post), ".post-body > .post-figures > span") == ["1 comment", "682.1K views"]


def test_a_question_leads_to_what_was_chosen_and_to_the_decisions_that_came_of_it(client: Client) -> None:
    question = make_question("Which?", about=["flask", "django"])
    question.write({}, {Role.CHOSEN: [a_tool("flask")], Role.ABOUT: [a_tool("django")]})
    decision, draft = make_decision("So be it"), make_decision("Not yet", published=False)
    Post.objects.filter(pk__in=[decision.pk, draft.pk]).update(question=question)
    html = shown(client, question)
    assert words(html, ".post-tool-groups > div") == ["Chosen by the asker Flask", "About Django"]
    assert words(html, 'section[aria-labelledby="came-of-it"] h3') == ["So be it"]
    (back,) = shown(client, decision).select(".post-answers a")
    assert back["href"] == question.get_absolute_url()


def test_a_question_that_was_hidden_is_not_named(client: Client) -> None:
    question, decision = make_question("Which?"), make_decision()
    Post.objects.filter(pk=decision.pk).update(question=question)
    question.hide(timezone.now())
    assert "Which?" not in shown(client, decision).text


def test_related_are_published_posts_about_the_same_tools_alone(client: Client) -> None:
    post = make_decision("This", chosen=["flask"])
    make_decision("Same", chosen=["flask"])
    make_decision("Other", chosen=["redis"])
    make_decision("Draft", chosen=["flask"], published=False)
    assert words(shown(client, post), 'section[aria-labelledby="related"] h3') == ["Same"]
    assert not shown(client, Post.objects.get(title="Other")).select('section[aria-labelledby="related"]')


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (PostState.DRAFT, "This is a draft: only you see it."),
        (PostState.QUEUED, "Nobody else sees it until then; you can still change it."),
        (PostState.HIDDEN, "you and moderators alone see it."),
    ],
)
def test_its_author_is_told_why_others_do_not_see_it(client: Client, state: PostState, says: str) -> None:
    post = make_decision(author=a_member())
    Post.objects.update(state=state)
    response = logged_in(a_member()).get(post.get_absolute_url())
    assert says in response.text
    assert 'content="noindex"' in response.text
    assert "private" in response.headers["Cache-Control"]
    assert client.get(post.get_absolute_url()).status_code == 404


def test_a_moderator_is_told_what_it_waits_for(client: Client) -> None:
    post = make_decision()
    Post.objects.update(state=PostState.QUEUED)
    assert "Its author and moderators alone see it." in shown(logged_in(make_moderator()), post).text


def test_a_deleted_post_is_gone_for_its_author_too() -> None:
    post = make_decision(author=a_member())
    post.remove(timezone.now())
    assert logged_in(a_member()).get(post.get_absolute_url()).status_code == 404


def test_every_address_of_a_post_leads_to_its_own(client: Client) -> None:
    post = make_decision("Flask")
    for address in (f"/advice/{post.pk}/", f"/advice/{post.pk}/another-title/"):
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (301, f"/advice/{post.pk}/flask/")


@pytest.mark.parametrize("address", ["/advice/0/x/", "/advice/99999999999999999999999/x/", "/advice/1/%00/"])
def test_what_is_no_post_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_page_may_be_kept_and_is_the_same_for_everybody(client: Client) -> None:
    post = make_decision()
    response = client.get(post.get_absolute_url())
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert "csrfmiddlewaretoken" not in response.text
    assert not response.cookies
    assert Client().get(post.get_absolute_url()).content == response.content


def test_search_engines_and_those_who_share_it_are_told_what_it_says(client: Client) -> None:
    html = shown(client, make_decision("Flask", why="It **is** small."))
    told = {str(meta.get("name") or meta.get("property")): meta.get("content") for meta in html.select("meta[content]")}
    assert (told["description"], told["og:title"]) == ("It is small.", "Flask · Whystack")


def test_a_former_members_post_stays_without_a_name(client: Client) -> None:
    post = make_decision()
    Post.objects.update(author=None)
    assert "A former member" in shown(client, post).text


@pytest.fixture
def grace() -> Member:
    return make_member("grace")


def test_a_post_costs_the_same_queries_however_much_there_is(client: Client, grace: Member) -> None:
    costs = []
    question = make_question("Which?", about=["flask"])
    post = make_decision("This", chosen=["flask"], considered=["django"], author=grace)
    Post.objects.filter(pk=post.pk).update(question=question)
    for count in (1, 3):
        for number in range(count):
            other = make_decision(f"Other {count} {number}", chosen=["flask"])
            Post.objects.filter(pk=other.pk).update(question=question)
            tell(post, Result.KEPT, date(2026, 1, number + 1))
            for seen in (post, question):
                answer = make_comment(seen, f"So it was {count} {number}.", tools=["flask"])
                make_comment(seen, f"Not here {count} {number}.", parent=answer)
            Affiliation.objects.update_or_create(member=grace, tool=a_tool("flask"), defaults={"role": "maintainer"})
        measured = []
        for seen in (post, question):
            with CaptureQueriesContext(connection) as captured:
                shown(client, seen)
            measured.append(len(captured))
        costs.append(measured)
    # Of these the threads cost four, and what is recommended one.
    assert costs == [[10, 13], [10, 13]]
