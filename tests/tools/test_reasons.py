"""Pros and cons: said by members, voted on with what the vote rests on, shown with their votes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from members.models import Member
from tests.members.builders import logged_in, make_member, make_newcomer
from tests.pages import page
from tests.tools.builders import make_attribute, make_fact, make_tool
from tools.models import Affiliation, Edition, Reason, ReasonState, ReasonVote, Tool

pytestmark = pytest.mark.django_db
NEW = "/tools/flask/reasons/new/"
SAID = {"side": "pro", "text": "Sessions are signed cookies by default", "version": ""}


@pytest.fixture(autouse=True)
def flask() -> Tool:
    return make_tool("flask")


def a_reason(text: str = "Small", **fields: object) -> Reason:
    return Reason.objects.create(**{"tool": Tool.objects.get(slug="flask"), "side": "pro", "text": text} | fields)


def shown(html: BeautifulSoup) -> list[str]:
    return [text.contents[0].strip() for text in html.select(".reason-text")]  # type: ignore[attr-defined]  # a text


def part(html: BeautifulSoup, reason: Reason) -> Tag:
    found = html.select_one(f"#{reason.anchor}")
    assert found
    return found


def words(tag: Tag) -> str:
    return " ".join(tag.text.split())


def vote(member: Member, reason: Reason, **context: Any) -> None:
    reason.vote(member, **context)


def test_what_a_known_member_says_is_shown_at_once_with_their_name_and_its_age() -> None:
    ada = logged_in(make_member(display_name="Ada L"))
    answer = ada.post(NEW, SAID)
    (reason,) = Reason.objects.all()
    assert answer.headers["Location"] == f"/tools/flask/#{reason.anchor}"
    assert (reason.state, reason.of_member, Edition.objects.of_pages()) == ("shown", True, (0, 1))
    (about,) = part(page(Client(), "/tools/flask/"), reason).select(".reason-about")
    assert words(about) == f"Ada L, just now Report: {reason.text}"


def test_what_a_newcomer_says_waits_for_a_moderator_and_they_are_told() -> None:
    newcomer = logged_in(make_newcomer())
    html = BeautifulSoup(newcomer.post(NEW, SAID, follow=True).content, "html.parser")
    assert "A moderator reads the first contributions" in words(html.select_one(".messages"))  # type: ignore[arg-type]  # there
    assert (Reason.objects.get().state, shown(html), Edition.objects.of_pages()) == ("queued", [], (0, 0))


def test_the_same_sent_twice_is_one_reason() -> None:
    ada = logged_in(make_member())
    assert [ada.post(NEW, SAID).status_code for _ in range(2)] == [302, 302]
    assert Reason.objects.count() == 1


def test_what_is_there_already_is_offered_for_a_vote_and_the_typed_words_are_kept() -> None:
    there = a_reason("Sessions are signed cookies, by default.")
    answer = logged_in(make_member()).post(NEW, SAID)
    html = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 409
    assert html.select(f'[role="alert"] form[action="/reasons/{there.pk}/vote/"]')
    assert html.select_one("textarea").text.strip() == SAID["text"]  # type: ignore[union-attr]  # the form's
    assert Reason.objects.count() == 1


@pytest.mark.parametrize("state", [ReasonState.QUEUED, ReasonState.HIDDEN])
def test_what_readers_do_not_see_takes_no_vote_and_is_shown_nowhere(client: Client, state: ReasonState) -> None:
    hidden = a_reason(state=state)
    ada = logged_in(make_member())
    answer = ada.post(NEW, SAID | {"text": "small."})
    assert answer.status_code == 409
    assert b"/vote/" not in answer.content
    assert ada.post(f"/reasons/{hidden.pk}/vote/", {"wanted": "yes"}).status_code == 404
    make_tool("bottle")
    assert [shown(page(client, url)) for url in ("/tools/flask/", "/compare/bottle-vs-flask/")] == [[], []]
    assert page(client, "/search/?q=small").select('main a[href="/tools/flask/"]') == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": ""}, "Write the reason first."),
        ({"text": "x" * 161}, "at most 160 characters"),
        ({"text": "See https://example.org"}, "Leave addresses out"),
        ({"text": "?!"}, "Write the reason in words."),
        ({"side": "neither"}, "neither is not one of the available choices"),
        ({"version": "1" * 21}, "at most 20 characters"),
    ],
)
def test_what_cannot_be_taken_is_told_and_kept(wrong: dict[str, str], said: str) -> None:
    answer = logged_in(make_member()).post(NEW, SAID | wrong)
    html = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 400
    assert said in html.text
    assert html.select_one("textarea").text.strip() == (SAID | wrong)["text"]  # type: ignore[union-attr]  # the form's
    assert Reason.objects.count() == 0


def test_script_is_shown_as_the_text_it_is(client: Client) -> None:
    logged_in(make_member()).post(NEW, SAID | {"text": "<script>alert(1)</script> is escaped"})
    assert shown(page(client, "/tools/flask/")) == ["<script>alert(1)</script> is escaped"]


def test_a_vote_counts_once_and_can_be_taken_back_twice() -> None:
    ada, reason = logged_in(make_member()), a_reason()
    url = f"/reasons/{reason.pk}/vote/"
    answers = [ada.post(url, {"wanted": "yes"}) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"/tools/flask/#{reason.anchor}"] * 2
    reason.refresh_from_db()
    assert (reason.votes_count, ReasonVote.objects.count()) == (1, 1)
    for _ in range(2):
        ada.post(url, {"wanted": "no"})
    reason.refresh_from_db()
    assert (reason.votes_count, ReasonVote.objects.count()) == (0, 0)


def test_nobody_votes_for_what_they_wrote_without_a_login_or_for_what_is_not_there(client: Client) -> None:
    ada = make_member()
    own = a_reason(author=ada, of_member=True)
    answers = [
        logged_in(ada).post(f"/reasons/{own.pk}/vote/", {"wanted": "yes"}),
        logged_in(ada).post(f"/reasons/{own.pk}/context/", {"months": "3"}),
        logged_in(ada).post(f"/reasons/{10**30}/vote/", {"wanted": "yes"}),
        logged_in(ada).get(f"/reasons/{own.pk}/vote/"),
        logged_in(make_member("grace")).post(f"/reasons/{own.pk}/vote/", {"wanted": "both"}),
        client.post(f"/reasons/{own.pk}/vote/", {"wanted": "yes"}),
        client.get(NEW),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 404, 405, 400, 302, 302]
    assert ReasonVote.objects.count() == 0


def test_what_a_vote_rests_on_can_be_said_with_it_or_later_and_a_bare_vote_keeps_it() -> None:
    ada, reason = logged_in(make_member()), a_reason()
    vote_url, context_url = f"/reasons/{reason.pk}/vote/", f"/reasons/{reason.pk}/context/"
    ada.post(vote_url, {"wanted": "yes", "months": "30", "version": "3.1"})
    ada.post(vote_url, {"wanted": "yes"})
    assert ReasonVote.objects.values_list("version", "team_size", "months").get() == ("3.1", "", 30)
    form = page(ada, context_url)
    assert [field["value"] for field in form.select('[name="months"]')] == ["30"]
    ada.post(context_url, {"version": "", "team_size": "2-10", "scale": "small", "months": ""})
    assert ReasonVote.objects.values_list("version", "team_size", "scale", "months").get() == (
        "",
        "2-10",
        "small",
        None,
    )


def test_whoever_did_not_vote_is_led_to_where_they_can() -> None:
    ada, reason = logged_in(make_member()), a_reason()
    answer = ada.get(f"/reasons/{reason.pk}/context/", follow=True)
    assert answer.redirect_chain == [(f"/tools/flask/#{reason.anchor}", 302)]
    assert b"Vote first" in answer.content


@pytest.mark.parametrize("wrong", [{"months": "-1"}, {"months": "601"}, {"team_size": "9"}, {"scale": "vast"}])
def test_a_context_that_cannot_be_is_told_and_changes_nothing(wrong: dict[str, str]) -> None:
    ada, reason = make_member(), a_reason()
    vote(ada, reason, months=5)
    answers = [
        logged_in(ada).post(f"/reasons/{reason.pk}/{to}/", wrong | {"wanted": "yes"}) for to in ("context", "vote")
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert all(b"errorlist" in answer.content for answer in answers)
    assert ReasonVote.objects.get().months == 5


def test_reasons_stand_by_their_votes_then_editors_before_members(client: Client) -> None:
    ada = make_member()
    a_reason("Of a member", author=ada, of_member=True)
    a_reason("Second of the editors", position=2)
    a_reason("First of the editors", position=1)
    vote(ada, a_reason("Voted for", position=9))
    expected = ["Voted for", "First of the editors", "Second of the editors", "Of a member"]
    make_tool("bottle")
    assert [shown(page(client, url)) for url in ("/tools/flask/", "/compare/bottle-vs-flask/")] == [expected] * 2


def test_what_votes_rest_on_is_told_and_votes_of_the_vendors_people_apart(client: Client, flask: Tool) -> None:
    reason = a_reason()
    for number in range(3):
        vote(make_member(f"member-{number}"), reason, team_size="2-10", months=24 if number else 2)
    maker = make_member("maker")
    Affiliation.objects.declare(maker, flask, "maintainer")
    vote(maker, reason, team_size="1")
    (about,) = part(page(client, "/tools/flask/"), reason).select(".reason-about")
    assert words(about) == (
        "Of the votes, 3 in teams of 2 to 10, 2 after two years or longer; "
        "and 1 vote from people who work for its vendor, counted apart."
    )
    assert words(part(page(client, "/tools/flask/"), reason).select_one(".vote-count")) == "3"  # type: ignore[arg-type]  # there


def test_votes_of_teams_like_mine_alone_count_and_order_where_the_address_asks(client: Client) -> None:
    first, second, third = a_reason("First"), a_reason("Second"), a_reason("Third")
    for number in range(3):
        vote(make_member(f"large-{number}"), first, team_size="251+", months=40)
    for number in range(2):
        vote(make_member(f"small-{number}"), second, team_size="2-10", months=20)
    vote(make_member("other"), first, team_size="2-10", months=20)
    vote(make_member("silent"), third)
    html = page(client, "/tools/flask/?team=2-10&months=12")
    assert shown(html) == ["Second", "First"]
    assert words(part(html, second).select(".reason-about")[0]).startswith("2 votes of such teams: 2 in teams of 2")
    assert html.select('meta[name="robots"][content^="noindex"]')
    assert str(html.select('link[rel="canonical"]')[0]["href"]).endswith("/tools/flask/")
    assert "Nobody whose team is like this has voted yet." in page(client, "/tools/flask/?scale=large").text


@pytest.mark.parametrize("query", ["team=9", "scale=vast", "months=0", "months=x", "months=999"])
def test_a_team_that_cannot_be_is_told_and_all_reasons_are_shown(client: Client, query: str) -> None:
    a_reason()
    html = page(client, f"/tools/flask/?{query}", status=400)
    assert (shown(html), len(html.select(".teams[open] .errorlist"))) == (["Small"], 1)


def test_a_claim_about_an_old_major_version_is_marked_where_the_current_one_is_known(
    client: Client, flask: Tool
) -> None:
    old, new = a_reason("Old", version="1.2"), a_reason("New", version="3.0")
    url = "/tools/flask/"
    assert [words(tag) for tag in part(page(client, url), old).select(".tag")] == ["about version 1.2"]
    make_fact(flask, make_attribute("latest-version", "text", compare=False), "3.1.3")
    make_tool("bottle")
    for url in ("/tools/flask/", "/compare/bottle-vs-flask/"):
        marks = [words(tag) for reason in (old, new) for tag in part(page(client, url), reason).select(".tag")]
        assert marks == ["about version 1; 3 is current", "about version 3.0"]


def test_a_former_member_has_no_name(client: Client) -> None:
    reason = a_reason(of_member=True, created_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert words(part(page(client, "/tools/flask/"), reason).select(".reason-about")[0]).startswith("A former member, ")


def test_an_author_who_works_for_the_vendor_says_so(client: Client, flask: Tool) -> None:
    maker = make_member("maker")
    Affiliation.objects.declare(maker, flask, "maintainer")
    reason = a_reason(author=maker, of_member=True)
    assert "maker, who declared a tie with its vendor" in words(part(page(client, "/tools/flask/"), reason))


def test_a_voter_sees_their_vote_and_an_author_no_button() -> None:
    ada = make_member()
    voted, own, other = a_reason("Voted"), a_reason("Own", author=ada, of_member=True), a_reason("Other")
    vote(ada, voted)
    make_tool("bottle")
    for url in ("/tools/flask/", "/compare/bottle-vs-flask/"):
        html = page(logged_in(ada), url)
        asked = [[field["value"] for field in part(html, row).select('[name="wanted"]')] for row in (voted, own, other)]
        assert asked == [["no"], [], ["yes"]]
        assert part(html, voted).select(f'a[href="/reasons/{voted.pk}/context/"]')


def test_of_a_newcomer_only_some_reasons_wait_and_the_next_keeps_its_words() -> None:
    client = logged_in(make_newcomer())
    sent = [
        client.post("/tools/flask/reasons/new/", {"side": "pro", "text": f"Good for {number}"}) for number in range(4)
    ]
    assert [response.status_code for response in sent] == [302, 302, 302, 400]
    assert "wait for a moderator already" in sent[-1].content.decode()
    assert "Good for 3" in sent[-1].content.decode()
    assert Reason.objects.count() == 3
