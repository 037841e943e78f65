"""Whoever watches a stack hears what happens to its tools: once, and only as long as they may read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.alerts import READERS, tell_followers
from config.digest.gathering import followed
from members.models import Member, Webhook
from stacks.models import Visibility, Watch
from tests.advice.builders import a_tool
from tests.members.builders import logged_in, make_member
from tests.pages import soup
from tests.stacks.builders import NOW, make_stack
from tests.tools.alerts import make_alert
from tools.models import Follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace() -> Member:
    return make_member("grace")


def told(member: Member) -> list[str]:
    return [row.text for row in member.notifications.order_by("pk")]


def test_a_watcher_is_told_once_also_who_follows_and_watches_twice(grace: Member) -> None:
    flask = a_tool("flask")
    for name in ("Acme", "Umbrella"):
        Watch.objects.watch(grace, make_stack(name, "flask", "redis"))
    Follow.objects.follow(grace, flask)
    webhook = Webhook.objects.create(member=grace, url="https://grace.example/hook", secret="s")
    make_alert(flask, "Flask was archived.")
    make_alert(a_tool("rails"), "Rails was archived.")
    assert (tell_followers(NOW), tell_followers(NOW)) == (2, 0)
    assert told(grace) == ["Flask was archived."]
    assert webhook.deliveries.count() == 1


def test_who_stops_watching_or_whose_stack_drops_the_tool_hears_no_more(grace: Member) -> None:
    alan = make_member("alan")
    acme, umbrella = make_stack("Acme", "flask"), make_stack("Umbrella", "flask")
    Watch.objects.watch(grace, acme)
    Watch.objects.watch(alan, umbrella)
    assert (Watch.objects.unwatch(grace, acme), Watch.objects.unwatch(grace, acme)) == (True, False)
    umbrella.drop([a_tool("flask")], NOW)
    make_alert(a_tool("flask"), "Flask was archived.")
    tell_followers(NOW)
    assert (told(grace), told(alan)) == ([], [])


def test_an_unlisted_stack_is_heard_of_and_a_hidden_one_by_its_owner_alone(grace: Member) -> None:
    unlisted = make_stack("Unlisted", "flask", visibility=Visibility.UNLISTED)
    hidden = make_stack("Hidden", "rails")
    for stack in (unlisted, hidden):
        Watch.objects.watch(grace, stack)
    Watch.objects.watch(hidden.owner, hidden)
    hidden.hide(NOW)
    make_alert(a_tool("flask"), "Flask was archived.")
    make_alert(a_tool("rails"), "Rails was archived.")
    tell_followers(NOW)
    assert (told(grace), told(hidden.owner)) == (["Flask was archived."], ["Rails was archived."])
    flask, rails = a_tool("flask").pk, a_tool("rails").pk
    assert followed([grace.pk, hidden.owner.pk]) == {grace.pk: {flask}, hidden.owner.pk: {rails}}


def test_the_list_of_alerts_has_those_of_watched_stacks(grace: Member) -> None:
    Watch.objects.watch(grace, make_stack("Acme", "flask"))
    for slug in ("flask", "rails"):
        make_alert(a_tool(slug), f"{slug} was archived.")
    html = soup(logged_in(grace).get("/alerts/following/").content)
    assert "flask was archived." in html.text
    assert "rails was archived." not in html.text


def test_telling_costs_the_same_queries_however_many_watch() -> None:
    costs = []
    stack = make_stack("Acme", "flask", "redis")
    for count in (1, 20):
        for number in range(count):
            Watch.objects.watch(make_member(f"reader-{count}-{number}"), stack)
        make_alert(a_tool("flask"), f"{count}", happened_on=(NOW - timedelta(days=count)).date())
        with CaptureQueriesContext(connection) as captured:
            tell_followers(NOW)
        costs.append(len(captured))
    assert costs == [costs[0]] * 2


def test_watchers_count_among_the_readers_of_a_run(grace: Member) -> None:
    Watch.objects.watch(grace, make_stack("Acme", "flask"))
    tool = a_tool("flask")
    type(tool).objects.filter(pk=tool.pk).update(followers_count=READERS)
    for slug in ("rails", "flask"):
        make_alert(a_tool(slug))
    assert [tell_followers(NOW) for _ in range(3)] == [1, 1, 0]


def test_the_button_says_what_it_does(grace: Member) -> None:
    stack = make_stack("Acme", "flask")
    client, url = logged_in(grace), f"{stack.get_absolute_url()}watch/"
    for wanted, button in (("yes", "Stop watching Acme"), ("no", "Watch Acme")):
        html = soup(client.post(url, {"wanted": wanted}, follow=True).content)
        assert [found.text for found in html.select("#watch button")] == [button]
