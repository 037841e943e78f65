"""Profiles: what everybody may see of a member, and how members say who they are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import Member
from tests.advice.builders import a_member, a_tool, make_comment, make_decision, make_question
from tests.members.builders import LONG_AGO, logged_in, make_member, make_newcomer
from tests.pages import page, soup
from tests.stacks.builders import make_stack

pytestmark = pytest.mark.django_db
EDIT = "/accounts/profile/"
SAID = {
    "display_name": "Ada Lovelace",
    "headline": "Senior engineer",
    "company": "Engines Ltd",
    "bio": "I like engines.\n\n<b>Big</b> ones.",
    "links": "https://ada.example.org/\nhttps://code.example.org/ada",
}


@pytest.fixture
def ada() -> Member:
    links = SAID["links"].split()
    return make_member("ada", **SAID | {"links": links})


def titles(client: Client, url: str) -> list[str]:
    """The headings of what is listed."""
    return [title.text for title in page(client, url).select(".post-row-title")]


def test_a_profile_says_who_a_member_is(client: Client, ada: Member) -> None:
    ada.affiliations.declare(ada, a_tool("django"), "maintainer")
    html = page(client, "/members/ada/")
    main = html.select_one("main")
    assert main
    assert main.select("h1")[0].text == "Ada Lovelace"
    words = " ".join(main.text.split())
    for said in (
        "ada",
        "Senior engineer",
        "Engines Ltd",
        "<b>Big</b> ones.",
        "maintainer",
        "Member since January 2024",
    ):
        assert said in words
    assert "ada@example.org" not in str(html)
    links = {link["href"]: link["rel"] for link in main.select(".profile-links a")}
    assert links == {link: ["nofollow", "ugc", "noopener", "me"] for link in ada.links}


def test_a_profile_lists_what_was_published_and_no_more(client: Client, ada: Member) -> None:
    make_decision("Seen", author=ada)
    make_decision("A draft", author=ada, published=False)
    make_decision("Hidden", author=ada).hide(timezone.now())
    make_decision("Deleted", author=ada).remove(timezone.now())
    make_decision("Of grace", author=a_member("grace"))
    for reader in (client, logged_in(ada), logged_in(a_member("lin"))):
        assert titles(reader, "/members/ada/") == ["Seen"]


def test_a_profile_lists_answers_and_comments_that_are_seen(client: Client, ada: Member) -> None:
    question = make_question("Which one?", author=a_member("grace"))
    make_comment(question, "Take *Flask*.", author=ada, tools=["flask"])
    make_comment(question, "Rude words", author=ada).hide()
    hidden = make_decision("Gone", author=a_member("grace"))
    make_comment(hidden, "Beneath", author=ada)
    hidden.hide(timezone.now())
    html = page(client, "/members/ada/?show=comments")
    rows = [" ".join(row.text.split()) for row in html.select(".post-row")]
    assert len(rows) == 1
    assert rows[0].startswith("Answer")
    assert "On “Which one?” Take Flask. 0 votes" in rows[0]


@pytest.mark.parametrize("show", ["posts", "comments"])
def test_a_profile_costs_seven_queries_at_most(client: Client, show: str) -> None:
    needed = []
    for name, number in (("ada", 1), ("lin", 3)):
        member = make_member(name)
        for n in range(number):
            post = make_decision(f"Decision {n} of {name}", author=member, considered=["django"])
            make_comment(post, author=member)
            member.affiliations.declare(member, a_tool(f"tool-{n}"), "maintainer")
            make_stack(f"Stack {n}", "django", owner=member)
        with CaptureQueriesContext(connection) as queries:
            assert len(titles(client, f"/members/{name}/?show={show}")) == number
        needed.append(len(queries))
    assert needed == ([7, 7] if show == "posts" else [6, 6])


def test_long_lists_are_paged(client: Client, ada: Member) -> None:
    for n in range(21):
        make_decision(f"Decision {n}", author=ada)
    assert titles(client, "/members/ada/?page=2") == ["Decision 0"]
    assert client.get("/members/ada/?page=3").status_code == 404


@pytest.mark.parametrize(
    "url", ["/members/nobody/", "/members/ada/?show=votes", "/members/ada/?page=x", "/members/a%00/"]
)
def test_there_is_no_such_profile(client: Client, ada: Member, url: str) -> None:
    assert client.get(url).status_code == 404


def test_the_profile_of_a_closed_account_is_gone(client: Client, ada: Member) -> None:
    Member.objects.filter(pk=ada.pk).update(is_active=False)
    assert client.get("/members/ada/").status_code == 404


def test_a_name_in_other_letters_leads_to_the_profile(client: Client, ada: Member) -> None:
    response = client.get("/members/ADA/")
    assert (response.status_code, response["Location"]) == (301, "/members/ada/")


def test_a_profile_without_posts_is_kept_from_search_engines(client: Client, ada: Member) -> None:
    url = "/members/ada/"
    assert page(client, url).select_one('meta[name="robots"]')["content"] == "noindex, follow"  # type: ignore[index]  # a missing one fails too
    make_decision(author=ada)
    assert page(client, url).select('meta[name="robots"]') == []
    assert page(client, f"{url}?show=comments").select('meta[name="robots"]') != []


def test_anybodys_profile_is_the_same_and_may_be_kept(client: Client, ada: Member) -> None:
    response = client.get("/members/ada/")
    assert (response["Cache-Control"], response.cookies) == ("public, max-age=60", {})
    assert "csrfmiddlewaretoken" not in response.text
    assert "private" in logged_in(ada).get("/members/ada/")["Cache-Control"]


def test_the_owner_may_edit_and_others_may_report(client: Client, ada: Member) -> None:
    report = reverse("advice:report", args=["member", ada.pk])
    for reader, is_own in ((client, False), (logged_in(a_member("grace")), False), (logged_in(ada), True)):
        links = {link["href"] for link in page(reader, "/members/ada/").select("main a")}
        assert (EDIT in links, report in links) == (is_own, not is_own)


def test_links_of_newcomers_are_not_shown(client: Client) -> None:
    make_newcomer("lin", links=["https://spam.example.org/"])
    assert "spam.example.org" not in client.get("/members/lin/").text
    assert "once a moderator has let something of yours through" in (logged_in(Member.objects.get()).get(EDIT).text)


def test_a_member_says_who_they_are() -> None:
    member = make_member("ada")
    response = logged_in(member).post(EDIT, SAID)
    assert (response.status_code, response["Location"]) == (302, "/members/ada/")
    member.refresh_from_db()
    assert (member.display_name, member.headline, member.company) == ("Ada Lovelace", "Senior engineer", "Engines Ltd")
    assert member.links == ["https://ada.example.org/", "https://code.example.org/ada"]
    shown = page(logged_in(member), EDIT)
    assert shown.select_one("[name=links]").text.split() == member.links  # type: ignore[union-attr]  # a missing one fails too


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("links", "http://ada.example.org", "begins with https://"),
        ("links", "javascript:alert(1)", "begins with https://"),
        ("links", "https://ada@example.org/", "names a user"),
        ("links", "https://localhost/", "begins with https://"),
        ("links", "https://[::1", "is no address"),
        ("links", "https://example.org/" + "a" * 200, "longer than 200"),
        ("links", "\n".join(f"https://example.org/{n}" for n in range(6)), "up to 5 links; these are 6"),
        ("display_name", "a" * 61, "at most 60"),
        ("display_name", "Ada\u202e", "cannot be seen"),
        ("display_name", "GRACE", "another member’s username"),
        ("headline", "a" * 121, "at most 120"),
        ("company", "a\u200bb", "cannot be seen"),
        ("bio", "a" * 20_000, "at most 1000"),
    ],
)
def test_what_cannot_stand_in_a_profile_is_told_and_kept(field: str, typed: str, told: str) -> None:
    make_member("grace")
    member = make_member("ada", date_joined=LONG_AGO)
    response = logged_in(member).post(EDIT, SAID | {field: typed})
    assert response.status_code == 400
    assert told in response.text
    html = soup(response.content)
    box = html.select_one(f"[name={field}]")
    assert box
    assert (box.get("value") or box.text.strip("\n")) == typed.replace("\x00", "")
    assert box["aria-invalid"] == "true"
    member.refresh_from_db()
    assert member.display_name == ""


def test_only_members_edit_profiles(client: Client) -> None:
    assert client.get(EDIT)["Location"] == f"/accounts/login/?next={EDIT}"
