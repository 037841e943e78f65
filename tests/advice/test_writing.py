"""Writing decisions and questions: what is kept, what is refused, and that nothing typed is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from advice import limits
from advice.models import Post, PostState, Revision, Role
from tests.advice.builders import a_member, a_tool, make_comment, make_decision, make_question
from tests.members.builders import logged_in, make_moderator, make_newcomer
from tests.pages import soup

pytestmark = pytest.mark.django_db
DECISION, QUESTION = "/advice/new/decision/", "/advice/new/question/"


@pytest.fixture
def ada() -> Client:
    for slug in ("flask", "django", "postgresql"):
        a_tool(slug)
    return logged_in(a_member("ada"))


def decision(**fields: Any) -> dict[str, Any]:
    """What a browser sends for a decision of three tools, to be published."""
    return {
        "title": "Flask for our billing service",
        "chosen": "Flask",
        "considered": "Django",
        "about": "postgresql",
        "context": "We needed a small service.",
        "why": "It is **small**.",
        "consequences": "",
        "decided_on": "2026-01-31",
        "form_token": str(uuid4()),
        "do": "publish",
        **fields,
    }


def question(**fields: Any) -> dict[str, Any]:
    return {"title": "Which one?", "about": "", "context": "For billing.", "do": "publish", **fields}


def tools_of(post: Post) -> list[tuple[str, str]]:
    return [(row.role, row.tool.slug) for row in post.tool_rows.order_by("role", "position")]


def errors(content: bytes) -> list[str]:
    return [item.get_text(" ", strip=True) for item in soup(content).select(".errorlist li")]


def typed(content: bytes, name: str) -> str:
    """What stands in a field of the page."""
    field = soup(content).select_one(f'form.form [name="{name}"]')
    assert field is not None
    return str(field.get("value", "")) if field.name == "input" else field.get_text().removeprefix("\n")


def test_a_decision_is_published_with_its_tools(ada: Client) -> None:
    response = ada.post(DECISION, decision())
    post = Post.objects.get()
    assert response.headers["Location"] == post.get_absolute_url()
    assert (post.state, post.why_html.strip()) == (PostState.PUBLISHED, "<p>It is <strong>small</strong>.</p>")
    assert tools_of(post) == [("about", "postgresql"), ("chosen", "flask"), ("considered", "django")]


def test_a_newcomer_s_decision_waits_and_says_so() -> None:
    a_tool("flask")
    response = logged_in(make_newcomer()).post(DECISION, decision(considered="", about=""), follow=True)
    assert Post.objects.get().state == PostState.QUEUED
    assert "It waits for a moderator" in soup(response.content).get_text()


def test_the_same_form_sent_twice_is_one_post(ada: Client) -> None:
    sent = decision()
    first, second = (ada.post(DECISION, sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Post.objects.count() == 1


def test_a_form_kept_as_a_draft_and_then_published_is_one_post(ada: Client) -> None:
    sent = decision()
    ada.post(DECISION, sent | {"do": "draft"})
    ada.post(DECISION, sent)
    assert [post.state for post in Post.objects.all()] == [PostState.PUBLISHED]


def test_a_form_sent_again_with_other_words_asks_what_is_to_become_of_them(ada: Client) -> None:
    sent = decision()
    ada.post(DECISION, sent)
    response = ada.post(DECISION, sent | {"why": "It is large."})
    assert response.status_code == 409
    assert typed(response.content, "why") == "It is large."
    assert Post.objects.get().why == "It is **small**."


def test_a_form_whose_post_was_deleted_can_be_sent_again(ada: Client) -> None:
    sent = decision(do="draft")
    ada.post(DECISION, sent)
    Post.objects.get().remove(timezone.now())
    response = ada.post(DECISION, sent)
    assert errors(response.content) == ["You deleted what this form was sent for. Send it again to write it anew."]
    ada.post(DECISION, sent | {"form_token": typed(response.content, "form_token")})
    assert Post.objects.filter(state=PostState.DRAFT).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Give it a title."),
        ("title", "x" * 121, "This has 121 characters, and up to 120 fit: shorten it."),
        ("why", "", "Say why you chose it: that is what others come for."),
        ("why", "   \n\t ", "Say why you chose it: that is what others come for."),
        ("why", "x" * 20_000, "This has 20,000 characters, and up to 10,000 fit: shorten it."),
        ("chosen", "", "Name the tool you chose."),
        ("chosen", "Flask, Djagno", "No tool here is called “Djagno”. Did you mean Django?"),
        ("chosen", "Zzzzzz", "No tool here is called “Zzzzzz”. Take it out here and name it in the text."),
        ("chosen", "a,b,c,d,e,f", "Name at most 5 here: these are 6."),
        ("decided_on", "2999-01-01", "This day is yet to come."),
        ("decided_on", "1989-12-31", "Decisions here begin with 1990."),
        ("decided_on", "31 January", "Write the day as 2026-01-31."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(ada: Client, field: str, value: str, sentence: str) -> None:
    sent = decision() | {field: value}
    response = ada.post(DECISION, sent)
    assert response.status_code == 400
    assert errors(response.content) == [sentence]
    assert {name: typed(response.content, name) for name in sent if name != "do"} == {
        name: text.strip() if name == "why" and not text.strip() else text
        for name, text in sent.items()
        if name != "do"
    } | ({"why": value} if field == "why" else {})
    assert Post.objects.count() == 0


def test_a_removed_tool_is_unknown(ada: Client) -> None:
    ada.get(f"{DECISION}?tool=django")
    a_tool("django").delete()
    response = ada.post(DECISION, decision(about=""))
    assert errors(response.content) == [
        "No tool here is called “Django”. Take it out here and name it in the text.",
    ]


def test_whom_a_post_names_hears_of_it_once_and_of_a_draft_not_at_all(ada: Client) -> None:
    grace = a_member("grace")
    sent = decision(why="As @grace told us.", do="draft")
    ada.post(DECISION, sent)
    assert grace.notifications.count() == 0
    for _ in range(2):
        ada.post(DECISION, sent | {"do": "publish"})
    assert grace.notifications.count() == 1


def test_script_is_kept_as_typed_and_shown_as_nothing(ada: Client) -> None:
    ada.post(DECISION, decision(why="<script>alert(1)</script> and [so](javascript:alert(1))"))
    post = Post.objects.get()
    assert "<script>" in post.why
    assert "<script" not in post.why_html
    assert "href" not in post.why_html


def test_line_ends_of_browsers_do_not_count_twice(ada: Client) -> None:
    ada.post(DECISION, decision(why="ab\r\n" * (limits.BODY // 3)))
    assert len(Post.objects.get().why) == limits.BODY - 2


def test_a_draft_needs_a_title_alone_and_nobody_else_sees_it(ada: Client) -> None:
    ada.post(DECISION, {"title": "Later", "do": "draft"})
    post = Post.objects.get()
    assert post.state == PostState.DRAFT
    assert post.title in soup(ada.get("/advice/drafts/").content).get_text()
    for reader in (logged_in(a_member("grace")), logged_in(make_moderator())):
        assert reader.get(f"/advice/{post.pk}/edit/").status_code == 404


def test_a_member_keeps_so_many_drafts_and_no_more(ada: Client) -> None:
    for number in range(limits.DRAFTS):
        make_decision(f"Draft {number}", published=False)
    response = ada.post(DECISION, decision(do="draft"))
    assert errors(response.content)[0].startswith("You keep 30 drafts already")
    ada.post(DECISION, decision())
    assert Post.objects.filter(state=PostState.PUBLISHED).count() == 1


def test_a_draft_is_changed_without_a_history_and_then_published(ada: Client) -> None:
    post = make_decision("Draft", published=False)
    url = f"/advice/{post.pk}/edit/"
    ada.post(url, decision(title="Second draft", do="draft", version=1))
    ada.post(url, decision(title="Ready", version=2))
    post.refresh_from_db()
    assert (post.title, post.state, Revision.objects.count()) == ("Ready", PostState.PUBLISHED, 0)


def test_a_draft_open_twice_is_not_overwritten(ada: Client) -> None:
    post = make_decision("Draft", published=False)
    url = f"/advice/{post.pk}/edit/"
    ada.post(url, decision(title="From one window", do="draft", version=1))
    response = ada.post(url, decision(title="From another", do="draft", version=1))
    assert (response.status_code, typed(response.content, "title")) == (409, "From another")
    assert Post.objects.get().title == "From one window"
    ada.post(url, decision(title="From another", do="draft", version=typed(response.content, "version")))
    assert Post.objects.get().title == "From another"


def test_an_edit_keeps_what_was_said_and_an_edit_that_changes_nothing_keeps_nothing(ada: Client) -> None:
    ada.post(DECISION, decision())
    post = Post.objects.get()
    url = f"/advice/{post.pk}/edit/"
    changed = decision(why="It is tiny.", version=1, do="save")
    for _ in range(2):
        assert ada.post(url, changed).status_code == 302
    assert [(kept.version, kept.why) for kept in Revision.objects.all()] == [(1, "It is **small**.")]


def test_a_stale_form_shows_what_changed_since_and_can_be_sent_on_top_of_it(ada: Client) -> None:
    ada.post(DECISION, decision())
    post = Post.objects.get()
    url = f"/advice/{post.pk}/edit/"
    ada.post(url, decision(title="Flask for all", considered="", version=1, do="save"))
    response = ada.post(url, decision(why="Mine.", version=1, do="save"))
    assert response.status_code == 409
    shown = soup(response.content).select_one(".differences")
    assert shown is not None
    assert [gone.get_text() for gone in shown.select("del")] == ["Removed: our billing service", "Removed: Django"]
    assert [come.get_text() for come in shown.select("ins")] == ["Added: all"]
    assert typed(response.content, "why") == "Mine."
    ada.post(url, decision(why="Mine.", version=typed(response.content, "version"), do="save"))
    post.refresh_from_db()
    assert (post.why, post.title) == ("Mine.", "Flask for our billing service")
    assert Revision.objects.count() == 2


def test_an_edit_moves_the_visits_that_lie_ahead(ada: Client) -> None:
    today = timezone.now().date()
    post = make_decision(decided_on=today)
    ada.post(f"/advice/{post.pk}/edit/", decision(decided_on=str(today - timedelta(days=250)), version=1, do="save"))
    assert list(post.outcomes.values_list("months", flat=True)) == [12, 24]
    assert Revision.objects.get().decided_on == today


def test_an_edit_of_a_question_leaves_what_the_asker_chose(ada: Client) -> None:
    post = make_question(about=["flask", "django"])
    post.choose([a_tool("flask")])
    ada.post(f"/advice/{post.pk}/edit/", question(about="PostgreSQL", version=1, do="save"))
    assert tools_of(post) == [("about", "postgresql"), ("chosen", "flask")]


def test_only_the_author_writes(ada: Client) -> None:
    post = make_decision()
    for path in ("edit", "delete"):
        url = f"/advice/{post.pk}/{path}/"
        for reader in (logged_in(a_member("grace")), logged_in(make_moderator(f"moderator-{path}"))):
            assert (reader.get(url).status_code, reader.post(url).status_code) == (403, 403)
        assert Client().get(url).headers["Location"] == f"/accounts/login/?next={url}"
    assert ada.get(f"/advice/{post.pk}/edit/").status_code == 200


def test_a_button_that_is_none_of_ours_is_refused(ada: Client) -> None:
    assert ada.post(DECISION, decision(do="toggle")).status_code == 400
    assert ada.post("/advice/preview/", {"kind": "poem"}).status_code == 400
    assert ada.post("/advice/preview/", {"kind": "decision", "post": "x"}).status_code == 400


def test_a_preview_shows_what_was_typed_and_keeps_it_in_the_form_alone(ada: Client) -> None:
    response = ada.post("/advice/preview/", decision(kind="decision"))
    shown = soup(response.content).select_one(".preview")
    assert shown is not None
    assert shown.has_attr("hidden") is False
    assert shown.select_one("strong") is not None
    assert typed(response.content, "why") == "It is **small**."
    assert Post.objects.count() == 0


def test_a_preview_for_the_script_is_a_fragment(ada: Client) -> None:
    response = ada.post("/advice/preview/", {"kind": "question", "context": "*Why?*", "fragment": "1"})
    assert b"<em>Why?</em>" in response.content
    assert b"<html" not in response.content


def test_a_preview_of_an_edit_leads_back_to_the_edit(ada: Client) -> None:
    post = make_decision()
    sent = decision(kind="decision", post=post.pk, version=1)
    form = soup(ada.post("/advice/preview/", sent).content).select_one("form.form")
    assert form is not None
    assert form["action"] == f"/advice/{post.pk}/edit/"
    assert logged_in(a_member("grace")).post("/advice/preview/", sent).status_code == 403


def test_a_question_becomes_a_decision(ada: Client) -> None:
    asked = make_question("Which one for billing?", about=["flask", "django"], context="Small team.")
    make_comment(asked, tools=["postgresql"])
    asked.choose([a_tool("flask")])
    page = ada.get(f"{DECISION}?question={asked.pk}").content
    fields = ("title", "chosen", "considered", "context", "question")
    assert [typed(page, name) for name in fields] == [
        "Which one for billing?",
        "Flask",
        "Postgresql, Django",
        "Small team.",
        str(asked.pk),
    ]
    ada.post(DECISION, decision(question=asked.pk))
    assert Post.objects.decisions().get().question == asked


def test_only_one_s_own_question_becomes_a_decision(ada: Client) -> None:
    asked = make_question(author=a_member("grace"))
    assert ada.get(f"{DECISION}?question={asked.pk}").status_code == 403
    assert ada.post(DECISION, decision(question=asked.pk)).status_code == 400


def test_the_address_may_name_tools_and_nonsense(ada: Client) -> None:
    assert typed(ada.get(f"{DECISION}?tool=flask&tool=nope&question=x").content, "chosen") == "Flask"
    assert typed(ada.get(f"{QUESTION}?tool=django").content, "about") == "Django"


def test_a_question_is_asked(ada: Client) -> None:
    ada.post(QUESTION, question(about="flask, Django, FLASK"))
    assert tools_of(Post.objects.get()) == [("about", "flask"), ("about", "django")]


def test_an_asker_marks_what_was_chosen_and_takes_it_back(ada: Client) -> None:
    asked = make_question(about=["flask"])
    make_comment(asked, tools=["django"])
    url = f"/advice/{asked.pk}/choose/"
    for _ in range(2):
        ada.post(url, {"recommended": [a_tool("django").pk], "others": "PostgreSQL"})
        assert [slug for role, slug in tools_of(asked) if role == Role.CHOSEN] == ["django", "postgresql"]
    ada.post(url, {})
    assert tools_of(asked) == [("about", "flask"), ("about", "django"), ("about", "postgresql")]
    assert logged_in(a_member("grace")).post(url, {}).status_code == 403
    assert ada.get(f"/advice/{make_decision().pk}/choose/").status_code == 404
    assert soup(ada.get(asked.get_absolute_url()).content).select_one(f'a[href="{url}"]') is not None


def test_a_deletion_is_confirmed_and_may_be_repeated(ada: Client) -> None:
    post = make_decision()
    url = f"/advice/{post.pk}/delete/"
    assert "Delete it" in soup(ada.get(url).content).get_text()
    for _ in range(2):
        assert ada.post(url).status_code == 302
    assert Post.objects.get().state == PostState.DELETED
    assert ada.get(url).status_code == 404
    assert ada.get(f"/advice/{post.pk}/edit/").status_code == 404


def test_the_history_shows_each_change_to_everybody_who_may_read_the_post(ada: Client) -> None:
    post = make_decision("One", why="It is small.")
    for number, why in enumerate(["It is tiny.", "It is tiny and quick."], 1):
        post.edit(number, {"why": why}, {Role.CHOSEN: [a_tool("flask")]}, datetime(2026, 11, number, tzinfo=UTC))
    url = f"/advice/{post.pk}/history/"
    shown = soup(Client().get(url).content)
    assert [heading.get_text().split(",")[0] for heading in shown.select("main h2")] == ["Edit 2", "Edit 1"]
    assert [come.get_text() for come in shown.select("ins")] == ["Added: tiny and quick.", "Added: tiny."]
    post.hide(timezone.now())
    assert [reader.get(url).status_code for reader in (Client(), ada, logged_in(make_moderator()))] == [404, 200, 200]


@pytest.mark.parametrize("edits", [1, 3])
def test_a_history_costs_the_same_however_long(edits: int, django_assert_num_queries: Any) -> None:
    post = make_decision()
    for number in range(1, edits + 1):
        post.edit(number, {"why": f"Version {number}"}, {Role.CHOSEN: [a_tool("flask")]}, timezone.now())
    with django_assert_num_queries(5):
        assert Client().get(f"/advice/{post.pk}/history/").status_code == 200


def test_what_can_be_done_to_a_post_does_not_hide_posts_of_that_title() -> None:
    post = make_decision("Edit")
    assert post.get_absolute_url() == f"/advice/{post.pk}/edit-decision/"


def test_no_page_breaks_at_a_number_beyond_the_database() -> None:
    ada = logged_in(a_member())
    for path in ("edit/", "delete/", "history/", "decision.md", "revisit/", "choose/"):
        assert ada.get(f"/advice/{'9' * 30}/{path}").status_code == 404
