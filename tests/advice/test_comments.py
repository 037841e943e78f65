"""Saying something to a post, changing it for a while, and taking it back."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advice import limits
from advice.models import Comment, CommentState, Post
from tests.advice.builders import a_member, a_tool, make_comment, make_decision, make_question
from tests.members.builders import logged_in, make_member, make_newcomer
from tests.pages import page, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace() -> Client:
    return logged_in(make_member("grace"))


def say(client: Client, post: Post, body: str, *, parent: object = None, status: int = 302, **fields: Any) -> Any:
    asked = {} if parent is None else {"parent": parent}
    url = reverse("advice:new_comment", args=[post.pk], query=asked)
    response = client.post(url, {"body": body, "form_token": str(uuid4()), **fields})
    assert response.status_code == status, response.status_code
    return response


def change(client: Client, comment: Comment, body: str, *, version: int = 1, status: int = 302) -> BeautifulSoup:
    response = client.post(reverse("advice:edit_comment", args=[comment.pk]), {"body": body, "version": version})
    assert response.status_code == status, response.status_code
    return soup(response.content)


def errors(html: BeautifulSoup) -> list[str]:
    return [line.text for line in html.select(".errorlist li")]


def typed(html: BeautifulSoup) -> str:
    area = html.select_one("main textarea")
    assert area
    return area.text.removeprefix("\n")


def test_a_comment_leads_to_its_place(grace: Client) -> None:
    post = make_decision()
    response = say(grace, post, "We did **the same**, @ada.")
    comment = Comment.objects.get()
    assert response["Location"] == comment.get_absolute_url()
    html = page(grace, f"{post.get_absolute_url()}")
    said = html.select_one(f"#comment-{comment.pk} .said")
    assert said
    assert said.text.strip() == "We did the same, @ada."
    assert [link["href"] for link in said.select("a")] == ["/members/ada/"]
    post.refresh_from_db()
    assert post.comments_count == 1


def test_the_same_form_sent_twice_is_one_comment_and_other_words_are_another(grace: Client) -> None:
    post, token = make_decision(), str(uuid4())
    words = "We have used it for four years, and this is long enough to be screened."
    first = say(grace, post, words, form_token=token)
    again = say(grace, post, words, form_token=token)
    assert first["Location"] == again["Location"]
    say(grace, post, "Something else that came to my mind.", form_token=token)
    post.refresh_from_db()
    assert (Comment.objects.count(), post.comments_count) == (2, 2)


def test_the_same_words_in_another_form_are_refused(grace: Client) -> None:
    words = "We have used it for four years, and this is long enough to be screened."
    say(grace, make_decision(), words)
    html = soup(say(grace, make_decision("Another"), words, status=400).content)
    assert errors(html) == [
        "The same text was sent within the last 30 days. Link to it, or say what is new in your own words."
    ]
    assert typed(html) == words


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "Say something first."),
        (" \n\t ", "Say something first."),
        ("---\n\n#\n\n>", "There is nothing to read in this: say something in words."),
        ("a" * 5_001, "This has 5,001 characters, and up to 5,000 fit: shorten it."),
        ("word " * 4_000, "This has 19,999 characters, and up to 5,000 fit: shorten it."),
        ("a\0b", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_said_is_told_in_a_sentence_and_kept(grace: Client, body: str, sentence: str) -> None:
    html = soup(say(grace, make_decision(), body, status=400).content)
    assert errors(html) == [sentence]
    assert typed(html).replace("\0", "") == body.replace("\0", "")
    assert Comment.objects.count() == 0


def test_a_script_is_words(grace: Client) -> None:
    post = make_decision()
    say(grace, post, "<script>alert(1)</script> [a](javascript:alert(1))")
    (said,) = page(grace, post.get_absolute_url()).select(".comment .said")
    assert not said.select("script, a")
    assert "<script>alert(1)</script>" in said.text


def test_a_newcomer_s_links_are_limited_and_what_was_typed_stays() -> None:
    body = " ".join(f"https://a.example/{number}" for number in range(3))
    html = soup(say(logged_in(make_newcomer()), make_decision(), body, status=400).content)
    assert [error.partition(".")[0] for error in errors(html)] == ["This has 3 links"]
    assert typed(html) == body


def test_a_reply_stands_beneath_its_comment(grace: Client) -> None:
    post = make_decision()
    comment = make_comment(post, "We did not.", author=a_member())
    html = page(grace, reverse("advice:new_comment", args=[post.pk], query={"parent": comment.pk}))
    assert "We did not." in html.text
    say(grace, post, "Why not?", parent=comment.pk)
    reply = Comment.objects.get(parent=comment)
    assert (reply.root, reply.depth) == (comment, 1)


def test_a_reply_to_what_nobody_sees_is_not_taken(grace: Client) -> None:
    post = make_decision()
    hidden, elsewhere = make_comment(post), make_comment(make_decision("Another"))
    hidden.hide()
    for parent in (hidden.pk, elsewhere.pk, 999, "x", "", "-1", "٣", "9" * 30):
        say(grace, post, "Hello", parent=parent, status=404)
    assert Comment.objects.count() == 2


def test_an_answer_recommends_tools_in_order_each_once(grace: Client) -> None:
    question = make_question(about=["flask", "django"])
    say(grace, question, "Take either.", tools="Django, flask; django")
    answer = Comment.objects.get()
    assert answer.is_answer
    assert [row.tool.slug for row in answer.recommendations.all()] == ["django", "flask"]
    question.refresh_from_db()
    assert question.answers_count == 1
    html = page(grace, question.get_absolute_url())
    assert [chip.text.strip() for chip in html.select(".recommends a")] == ["Django", "Flask"]


def test_without_tools_it_is_no_answer(grace: Client) -> None:
    question = make_question()
    say(grace, question, "What is your budget?", tools=" , ")
    assert not Comment.objects.get().is_answer


def test_an_unknown_tool_is_told_with_its_nearest_and_what_was_typed_stays(grace: Client) -> None:
    a_tool("flask")
    html = soup(say(grace, make_question(), "Take it.", tools="Flaskk", status=400).content)
    assert [error.partition("Did")[0] for error in errors(html)] == ["No tool here is called “Flaskk”. "]
    field = html.select_one("[name=tools]")
    assert field
    assert (field["value"], typed(html)) == ("Flaskk", "Take it.")


def test_more_tools_than_five_are_too_many(grace: Client) -> None:
    question = make_question()
    names = [a_tool(f"tool-{number}").slug for number in range(6)]
    html = soup(say(grace, question, "All of them.", tools=",".join(names), status=400).content)
    assert errors(html) == ["Name at most 5 here: these are 6."]


def test_a_decision_takes_no_recommendation(grace: Client) -> None:
    post = make_decision()
    say(grace, post, "Take Flask.", tools="flask")
    assert not Comment.objects.get().recommendations.exists()


@pytest.mark.parametrize("state", ["draft", "hidden", "deleted"])
def test_a_post_that_is_not_seen_takes_no_comment(grace: Client, state: str) -> None:
    post = make_decision(published=state != "draft")
    if state == "hidden":
        post.hide(timezone.now())
    elif state == "deleted":
        post.remove(timezone.now())
    say(grace, post, "Hello", status=404)


def test_a_comment_is_changed_and_says_so(grace: Client) -> None:
    post = make_decision()
    comment = make_comment(post, "We chose Flsk.")
    html = page(grace, reverse("advice:edit_comment", args=[comment.pk]))
    assert typed(html) == "We chose Flsk."
    change(grace, comment, "We chose Flask.")
    comment.refresh_from_db()
    assert (comment.body, comment.version) == ("We chose Flask.", 2)
    assert page(grace, post.get_absolute_url()).select(".comment-edited")


def test_half_an_hour_later_the_words_can_only_be_copied(grace: Client) -> None:
    comment = make_comment(make_decision(), "As it was.")
    later = timezone.now() + timedelta(minutes=limits.EDIT_MINUTES)
    with time_machine.travel(later, tick=False):
        client = logged_in(a_member("grace"))
        html = page(client, reverse("advice:edit_comment", args=[comment.pk]), status=403)
        assert typed(html) == "As it was."
        assert typed(change(client, comment, "As I would have it.", status=403)) == "As I would have it."
        assert not page(client, comment.post.get_absolute_url()).select(f"a[href$='/comments/{comment.pk}/edit/']")
    comment.refresh_from_db()
    assert comment.body == "As it was."


def test_a_change_of_an_older_version_is_refused_and_can_be_sent_again(grace: Client) -> None:
    comment = make_comment(make_decision(), "First.")
    change(grace, comment, "Second.")
    html = change(grace, comment, "Third.", status=409)
    assert (typed(html), "Second." in html.text) == ("Third.", True)
    version = html.select_one("[name=version]")
    assert version
    change(grace, comment, "Third.", version=int(str(version["value"])))
    comment.refresh_from_db()
    assert (comment.body, comment.version) == ("Third.", 3)


def test_a_change_sent_twice_is_one(grace: Client) -> None:
    comment = make_comment(make_decision(), "First.")
    change(grace, comment, "Second.")
    change(grace, comment, "Second.")
    comment.refresh_from_db()
    assert comment.version == 2


def test_a_comment_is_deleted_after_a_question_and_stays_so(grace: Client) -> None:
    comment = make_comment(make_decision(), "I was wrong.")
    url = reverse("advice:delete_comment", args=[comment.pk])
    assert "cannot be brought back" in page(grace, url).text
    comment.refresh_from_db()
    assert comment.state == CommentState.SHOWN
    for _ in range(2):
        assert grace.post(url)["Location"] == comment.get_absolute_url()
    comment.refresh_from_db()
    comment.post.refresh_from_db()
    assert (comment.state, comment.post.comments_count) == (CommentState.DELETED, 0)
    assert grace.get(url).status_code == 404
    change(grace, comment, "I was right.", status=404)


@pytest.mark.parametrize("name", ["advice:edit_comment", "advice:delete_comment"])
def test_a_comment_of_somebody_else_is_not_changed(name: str) -> None:
    comment = make_comment(make_decision())
    stranger, url = logged_in(make_member("stranger")), reverse(name, args=[comment.pk])
    said = {"body": "Mine now.", "version": 1}
    assert [stranger.get(url).status_code, stranger.post(url, said).status_code] == [403, 403]
    comment.hide()
    assert stranger.post(url, said).status_code == 404
    comment.refresh_from_db()
    assert comment.body == "It went well for us."


@pytest.mark.parametrize("name", ["advice:new_comment", "advice:edit_comment", "advice:delete_comment"])
def test_who_has_not_logged_in_is_led_to_it_and_back_with_their_words(name: str, client: Client) -> None:
    comment = make_comment(make_decision())
    url = reverse(name, args=[comment.post_id if name.endswith("new_comment") else comment.pk])
    assert client.get(url)["Location"] == f"{reverse('account_login')}?next={url}"
    html = soup(client.post(url, {"body": "Hello"}).content)
    assert [link["href"] for link in html.select("main a")] == [
        f"{reverse('account_login')}?next={quote(url, safe='')}"
    ]
    assert [box.text.strip() for box in html.select("main textarea")] == ["Hello"]
    assert Comment.objects.count() == 1
