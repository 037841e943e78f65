"""The public log: what moderators did, on which ground, and nobody's name."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from advice.models import Act, Deed
from tests.advice.builders import a_member, a_tool, make_comment, make_decision
from tests.members.builders import make_moderator
from tests.pages import page
from tools.models import Reason

pytestmark = pytest.mark.django_db
LOG = "/moderation/"


def lines(client: Client) -> list[str]:
    return [" ".join(line.select("span")[0].text.split()) for line in page(client, LOG).select(".acts > li")]


def test_acts_are_told_newest_first_without_names(client: Client) -> None:
    post = make_decision()
    reason = Reason.objects.create(tool=a_tool(), side="con", text="Big", author=a_member(), of_member=True)
    told = {"moderator": make_moderator(), "note": "Dear Ada"}
    Act.objects.create(deed=Deed.DISMISS, post=post, **told)
    Act.objects.create(deed=Deed.WARN, comment=make_comment(post), grounds="rude", **told)
    Act.objects.create(deed=Deed.RELEASE, reason=reason, **told)
    Act.objects.create(deed=Deed.SUSPEND, member=a_member(), grounds="spam", **told)
    assert lines(client) == [
        "Member suspended: a member. Spam or advertising",
        "Held votes released: a con of Flask",
        "Author warned: a comment. Rude or hateful",
        "Left as it is: a decision",
    ]
    text = page(client, LOG).text.casefold()
    assert [name for name in ("ada", "grace", "moderator:") if name in text.split()] == []


def test_a_thing_is_linked_where_everybody_may_see_it(client: Client) -> None:
    post = make_decision()
    comment = make_comment(post)
    reason = Reason.objects.create(tool=a_tool(), side="con", text="Big")
    for about in ({"post": post}, {"comment": comment}, {"reason": reason}, {"member": a_member()}):
        Act.objects.create(deed=Deed.DISMISS, **about)
    links = [link["href"] for link in page(client, LOG).select(".acts a")]
    assert links == [reason.get_absolute_url(), comment.get_absolute_url(), post.get_absolute_url()]
    post.hide(timezone.now())
    reason.hide()
    assert not page(client, LOG).select(".acts a")


def test_the_log_is_the_same_for_everybody(client: Client) -> None:
    response = client.get(LOG)
    assert (response.headers["Cache-Control"], response.cookies) == ("public, max-age=60", {})
    assert client.post(LOG).status_code == 405


def test_the_rules_are_told_with_their_numbers(client: Client) -> None:
    rules = " ".join(page(client, LOG).text.split())
    assert "When 3 accounts younger than 7 days vote for one thing" in rules
    assert "at most 2 posts may wait, and a text may have 2 links; later, 20." in rules


def test_the_log_asks_as_much_with_one_row_as_with_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        post = make_decision(f"Post {number}")
        Act.objects.create(deed=Deed.DISMISS, post=post)
        Act.objects.create(deed=Deed.DISMISS, comment=make_comment(post))
        with django_assert_num_queries(2):
            assert len(lines(client)) == 2 * (number + 1)


def test_the_log_has_pages(client: Client) -> None:
    post = make_decision()
    Act.objects.bulk_create([Act(deed=Deed.DISMISS, post=post) for _ in range(51)])
    assert len(page(client, f"{LOG}?page=2").select(".acts > li")) == 1
    assert client.get(f"{LOG}?page=3").status_code == 404
