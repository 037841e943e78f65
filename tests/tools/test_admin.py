"""Editors keep the catalogue in the admin, and facts are kept for ever."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib import admin
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Member
from tests.pages import page
from tests.tools.builders import VERIFIED, make_attribute, make_fact, make_tool
from tools.models import Attribute, Edition, Fact, Kind, Repository, Theme, Tool
from tools.models.repository import AT_ONCE

pytestmark = pytest.mark.django_db
FACT = {"answer": "dynamic", "note": "", "source": "", "verified_on": "2026-11-21"}
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(Member.objects.create_superuser("ada", "ada@example.org", "a long passphrase"))
    return client


@pytest.fixture
def flask() -> Tool:
    return make_tool("flask", stars=72_133, description="Small")


@pytest.fixture
def typing() -> Attribute:
    return make_attribute("typing", "choices", ("static", "dynamic"))


def answer(fact: Fact) -> dict[str, str]:
    """The form as it stands."""
    return {
        "tool": str(fact.tool_id),
        "attribute": str(fact.attribute_id),
        "answer": ", ".join(fact.value) if isinstance(fact.value, list) else str(fact.value),
        "note": fact.note,
        "source": fact.source,
        "verified_on": fact.verified_on.isoformat(),
    }


def as_it_stands(editor: Client, url: str) -> dict[str, str]:
    """A tool's form without its texts of several lines."""
    html = page(editor, url)
    typed = {str(field["name"]): str(field.get("value", "")) for field in html.select("#tool_form input[name]")}
    chosen = {
        str(field["name"]): str(option["value"])
        for field in html.select("#tool_form select[name]")
        for option in field.select("option[selected]")
    }
    return typed | chosen


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_every_list_opens_and_can_be_searched(editor: Client, flask: Tool, typing: Attribute, model: type) -> None:
    make_fact(flask, typing, ["static"])
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # type: ignore[attr-defined]  # a model class
    assert editor.get(url).status_code == 200
    assert editor.get(url, {"q": "flask"}).status_code in (200, 302)


def test_saving_another_answer_supersedes_the_old_one(editor: Client, flask: Tool, typing: Attribute) -> None:
    old = make_fact(flask, typing, ["static"])
    url = reverse("admin:tools_fact_change", args=[old.pk])
    response = editor.post(url, answer(old) | {"answer": "dynamic, static", "verified_on": "2026-11-21"})
    assert response.status_code == 302
    new = Fact.objects.current().get()
    assert (new.value, new.verified_on) == (["dynamic", "static"], date(2026, 11, 21))
    old.refresh_from_db()
    assert old.superseded_at is not None
    assert old.value == ["static"]


def test_saving_the_same_answer_again_changes_nothing(editor: Client, flask: Tool, typing: Attribute) -> None:
    fact = make_fact(flask, typing, ["static"])
    editor.post(reverse("admin:tools_fact_change", args=[fact.pk]), answer(fact))
    assert list(Fact.objects.values_list("pk", "superseded_at")) == [(fact.pk, None)]


def test_a_new_fact_is_recorded(editor: Client, flask: Tool, typing: Attribute) -> None:
    typed = {
        "tool": flask.pk,
        "attribute": typing.pk,
        "answer": "static",
        "note": "",
        "source": "",
        "verified_on": "2026-11-21",
    }
    assert editor.post(reverse("admin:tools_fact_add"), typed).status_code == 302
    assert Fact.objects.current().get().value == ["static"]


@pytest.mark.parametrize(
    ("type_name", "typed", "told"),
    [
        ("choice", "maybe", "there is no choice “maybe”"),
        ("choices", "a, a", "none twice"),
        ("boolean", "perhaps", "is neither yes nor no"),
        ("number", "many", "could not convert"),
        ("number", "nan", "nan is not a number"),
        ("date", "2026-02-30", "2026-02-30 is no day of the calendar"),
        ("date", "soon", "is not a date such as 2010"),
        ("tool", "nobody", "there is no tool “nobody”"),
        ("text", "x" * 201, "a text of 1 to 200 characters"),
    ],
)
def test_an_answer_that_does_not_fit_is_told_and_kept(
    editor: Client, flask: Tool, type_name: str, typed: str, told: str
) -> None:
    attribute = make_attribute("trait", type_name)
    form = {"tool": flask.pk, "attribute": attribute.pk, "answer": typed, "verified_on": "2026-11-21"}
    response = editor.post(reverse("admin:tools_fact_add"), form)
    html = response.content.decode()
    assert response.status_code == 200
    assert told in html
    assert f'value="{typed}"' in html
    assert not Fact.objects.exists()


def test_each_edit_makes_a_new_edition(editor: Client, flask: Tool, typing: Attribute) -> None:
    editions = [Edition.objects.current()]

    def ask(url: str, form: dict[str, Any]) -> None:
        assert editor.post(url, form).status_code == 302
        editions.append(Edition.objects.current())

    kind = {"slug": "shell", "noun": "shell", "plural": "shells"}
    ask(reverse("admin:tools_kind_add"), kind)
    added = Kind.objects.get(slug="shell")
    ask(reverse("admin:tools_kind_change", args=[added.pk]), kind | {"noun": "command shell"})
    ask(reverse("admin:tools_kind_delete", args=[added.pk]), {"post": "yes"})
    other = Kind.objects.create(slug="other", noun="other", plural="others")
    chosen = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    ask(reverse("admin:tools_kind_changelist"), chosen)
    ask(reverse("admin:tools_fact_change", args=[make_fact(flask, typing, ["static"]).pk]), FACT)
    assert editions == [0, 1, 2, 3, 4, 5]
    assert not Kind.objects.filter(slug__in=["shell", "other"]).exists()


def test_looking_or_being_refused_makes_no_new_edition(editor: Client, flask: Tool) -> None:
    editor.get(reverse("admin:tools_tool_change", args=[flask.pk]))
    editor.post(reverse("admin:tools_kind_add"), {"slug": "", "noun": "", "plural": ""})
    assert Edition.objects.current() == 0


def test_there_is_one_edition() -> None:
    Edition.objects.advance()
    with pytest.raises(IntegrityError):
        Edition.objects.create(pk=2)


def test_a_fact_cannot_be_deleted(editor: Client, flask: Tool, typing: Attribute) -> None:
    fact = make_fact(flask, typing, ["static"])
    assert editor.post(reverse("admin:tools_fact_delete", args=[fact.pk]), {"post": "yes"}).status_code == 403
    assert Fact.objects.filter(pk=fact.pk).exists()


def test_an_attribute_keeps_its_key_and_its_type(editor: Client, typing: Attribute) -> None:
    html = page(editor, reverse("admin:tools_attribute_change", args=[typing.pk]))
    assert not html.select('[name="slug"], [name="type"]')


def test_features_are_typed_a_line_each(editor: Client, flask: Tool) -> None:
    url = reverse("admin:tools_tool_change", args=[flask.pk])
    lines = {"features": "Routing\n\n  Templates ", "description": "Small"}
    assert editor.post(url, as_it_stands(editor, url) | lines).status_code == 302
    assert Tool.objects.get(pk=flask.pk).features == ["Routing", "Templates"]


def test_rivals_are_kept_on_the_tools_form(editor: Client, flask: Tool) -> None:
    django = make_tool("django")
    url = reverse("admin:tools_tool_change", args=[flask.pk])
    rival = {"rival_rows-TOTAL_FORMS": "1", "rival_rows-0-tool": str(flask.pk), "rival_rows-0-other": str(django.pk)}
    places = {"rival_rows-0-position": "0", "rival_rows-0-popular": "3", "description": "Small"}
    assert editor.post(url, as_it_stands(editor, url) | rival | places).status_code == 302
    assert [(row.other, row.popular) for row in flask.rival_rows.all()] == [(django, 3)]


@pytest.mark.parametrize("path", ["/admin/", "/admin/tools/fact/", "/admin/members/member/"])
def test_the_admin_sends_strangers_to_the_members_login(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/")


def test_a_member_who_is_no_editor_may_not_enter(client: Client) -> None:
    client.force_login(Member.objects.create_user("bob", "bob@example.org", "a long passphrase"))
    assert client.get("/admin/tools/fact/", follow=True).status_code == 403


def test_a_superseded_fact_can_be_read_but_not_said_again(editor: Client, flask: Tool, typing: Attribute) -> None:
    old = make_fact(flask, typing, ["static"])
    make_fact(flask, typing, ["dynamic"])
    url = reverse("admin:tools_fact_change", args=[old.pk])
    assert editor.get(url).status_code == 200
    assert editor.post(url, answer(old)).status_code == 403
    assert Fact.objects.current().get().value == ["dynamic"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"source": "https://[bad"}, "This cannot be read as an address."),
        ({"verified_on": "2999-01-01"}, "The day has not come yet."),
    ],
)
def test_a_fact_that_nobody_could_check_is_refused(
    editor: Client, flask: Tool, typing: Attribute, wrong: dict[str, str], told: str
) -> None:
    fact = make_fact(flask, typing, ["static"])
    response = editor.post(reverse("admin:tools_fact_change", args=[fact.pk]), answer(fact) | wrong)
    assert told in response.content.decode()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"one": "is", "many": "are"}, "needs words for no"),
        ({"type": "text", "one": "is", "many": "are"}, "must hold {value}"),
        ({"one": "", "many": ""}, "needs words for one tool"),
        ({"type": "text", "one": "is {value}", "many": "are {value}", "choose_if": "you want it"}, "must hold {value}"),
        ({"type": "number", "one": "{value}", "many": "{value}", "choose_if": "it counts"}, "what is favoured"),
        (
            {"type": "text", "one": "is {value}", "many": "are {value}", "choose_if_no": "you want none"},
            "Only a yes-or",
        ),
    ],
)
def test_an_attribute_without_words_cannot_be_compared(editor: Client, words: dict[str, str], told: str) -> None:
    form = {"slug": "zed", "heading": "Zed", "question": "Zed?", "type": "boolean", "importance": "5", "compare": "on"}
    inline = {"choices-TOTAL_FORMS": "0", "choices-INITIAL_FORMS": "0", "joined_by": "and"}
    response = editor.post(reverse("admin:tools_attribute_add"), form | inline | words)
    assert told in response.content.decode()
    assert not Attribute.objects.exists()


def test_an_attribute_added_by_an_editor_makes_sentences(editor: Client) -> None:
    theme = Theme.objects.create(slug="complexity", heading="Scope and complexity")
    words = {"one": "has an ORM", "many": "have an ORM", "no_one": "has no ORM", "no_many": "have no ORM"}
    form = {"slug": "orm", "heading": "ORM", "question": "An ORM?", "type": "boolean", "importance": "75"}
    form |= {"compare": "on", "joined_by": "and", "theme": str(theme.pk), "choose_if": "you want an ORM"}
    inline = {"choices-TOTAL_FORMS": "0", "choices-INITIAL_FORMS": "0"}
    assert editor.post(reverse("admin:tools_attribute_add"), form | words | inline).status_code == 302
    orm = Attribute.objects.get(slug="orm")
    for slug, answered in (("bottle", "no"), ("django", "yes")):
        fact = {"tool": make_tool(slug).pk, "attribute": orm.pk, "answer": answered, "verified_on": "2026-11-21"}
        assert editor.post(reverse("admin:tools_fact_add"), fact).status_code == 302
    html = page(Client(), "/compare/bottle-vs-django/")
    assert [heading.text for heading in html.select("h3.theme-heading")] == ["Scope and complexity"]
    assert "Bottle has no ORM, whereas Django has an ORM." in html.select("#difference-1")[0].text
    assert "you want an ORM." in html.select("#choose-django-1")[0].text


def mend(editor: Client, row: Repository, **typed: object) -> None:
    form = {"tool": row.tool_id, "host": row.host, "name": row.name, "source": "", "verified_on": ""}
    assert editor.post(f"/admin/tools/repository/{row.pk}/change/", form | typed).status_code == 302


def test_a_repository_whose_name_is_mended_is_asked_about_next_and_begins_anew(editor: Client) -> None:
    row = make_tool("flask", repository="pallets/flsk", stars=1).repository
    missed: dict[str, object] = {"failures": 9, "failure": "It is gone.", "gone_on": VERIFIED, "due_at": LATER}
    told: dict[str, object] = {"licence": "MIT", "archived": True, "seen_on": VERIFIED, "etag": '"old"'}
    Repository.objects.filter(pk=row.pk).update(**missed, **told)
    mend(editor, row, name="pallets/flask")
    row.refresh_from_db()
    assert (row.name, row.stars, row.due_at, row.failures, row.failure) == ("pallets/flask", 1, AT_ONCE, 0, "")
    assert (row.licence, row.archived, row.gone_on, row.seen_on, row.etag) == ("", False, None, None, "")


def test_what_a_host_tells_is_shown_and_not_saved_by_a_form(editor: Client) -> None:
    row = make_tool("flask", repository="pallets/flask", stars=1).repository
    Repository.objects.filter(pk=row.pk).update(stars=2, archived=True, due_at=LATER)
    mend(editor, row, stars="1", archived="", source="https://flask.palletsprojects.com/")
    row.refresh_from_db()
    assert (row.stars, row.archived, row.due_at) == (2, True, LATER)
    assert "2100-01-01 00:00 UTC" in page(editor, f"/admin/tools/repository/{row.pk}/change/").text
    assert row.source == "https://flask.palletsprojects.com/"


def test_a_repository_is_added_by_its_name(editor: Client) -> None:
    tool = make_tool("flask")
    form = {"tool": tool.pk, "host": "codeberg", "name": "pallets/flask", "source": "", "verified_on": ""}
    assert editor.post("/admin/tools/repository/add/", form).status_code == 302
    row = Repository.objects.get(tool=tool)
    assert (row.host, row.name, row.stars) == ("codeberg", "pallets/flask", None)
    assert row in Repository.objects.due(timezone.now())
    assert editor.get(f"/admin/tools/repository/{row.pk}/change/").status_code == 200
