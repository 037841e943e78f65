"""Decisions as Markdown records: out, in, and back again."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from advice.models import Outcome, Post, Result
from advice.records import exported, imported
from tests.advice.builders import a_member, a_tool, make_decision, make_question
from tests.members.builders import logged_in
from tests.pages import soup
from tests.tools.builders import make_tool
from tools.fields import found, split_names

pytestmark = pytest.mark.django_db
IMPORT = "/advice/import/"
RECORD = """# 12. Use Flask

## Status

Accepted

## Context

Two people, one service.

## Decision

Chosen option: "Flask", because it is small.

## Consequences

More glue.

## Costs

Three days.
"""


def full() -> Post:
    return make_decision(
        "Flask: for *billing*",
        chosen=["flask"],
        considered=["django"],
        about=["python"],
        context="# A heading\n\n- one\n- two",
        why="It is small.\n\n```python\n# no heading\n```",
        decided_on=date(2026, 1, 31),
    )


def test_a_decision_that_is_exported_and_imported_fills_the_form_as_it_was() -> None:
    post = full()
    back = imported(exported(post))
    texts = {name: getattr(post, name) for name in ("title", "context", "why", "consequences", "decided_on")}
    assert back.initial == {**texts, "chosen": "Flask", "considered": "Django", "about": "Python"}
    assert back.warnings == ()


def test_what_became_of_it_is_exported_and_not_imported() -> None:
    post = full()
    Outcome(post=post).tell(
        Result.REPLACED, "We grew.", date(2026, 8, 1), timezone.now(), tool=a_tool("flask"), by=a_tool("django")
    )
    text = exported(post)
    assert "After 7 months, on 2026-08-01: replaced by Django" in text
    assert "superseded" in text
    assert imported(text).warnings == (
        "What became of the decision is not taken along: tell it again once the decision is published.",
    )


def test_two_tools_of_one_name_stay_apart() -> None:
    make_tool("flask-one", name="Flask")
    post = make_decision(chosen=["flask-one"], considered=["flask"])
    post = Post.objects.with_rows().get(pk=post.pk)
    filled = imported(exported(post)).initial
    named = [found(split_names(filled[role])) for role in ("chosen", "considered")]
    assert [[tool.slug for tool in tools] for tools in named] == [["flask-one"], ["flask"]]


def test_the_file_is_named_typed_and_asked_for_once() -> None:
    post = full()
    url = f"/advice/{post.pk}/decision.md"
    response = Client().get(url)
    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{post.pk:04}-flask-for-billing.md"'
    assert "public" in response.headers["Cache-Control"]
    again = Client().get(url, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    post.edit(1, {"why": "Other."}, {}, timezone.now())
    assert Client().get(url, headers={"If-None-Match": response.headers["ETag"]}).status_code == 200


def test_only_what_one_may_see_and_only_decisions_are_exported() -> None:
    draft = make_decision("Draft", published=False)
    url = f"/advice/{draft.pk}/decision.md"
    assert [reader.get(url).status_code for reader in (Client(), logged_in(a_member()))] == [404, 200]
    assert Client().get(f"/advice/{make_question().pk}/decision.md").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_an_export_costs_the_same_whatever_there_is(rows: int, django_assert_num_queries: Any) -> None:
    post = make_decision(chosen=[f"tool-{number}" for number in range(rows)])
    for number in range(rows):
        Outcome(post=post).tell(Result.KEPT, "Fine.", date(2026, 1, 1 + number), timezone.now())
    with django_assert_num_queries(4):
        assert Client().get(f"/advice/{post.pk}/decision.md").status_code == 200


@pytest.mark.parametrize("is_file", [True, False])
def test_a_record_fills_the_form_and_nothing_is_kept(is_file: bool) -> None:
    a_tool("flask")
    record = SimpleUploadedFile("0012.md", RECORD.encode()) if is_file else None
    sent = {"file": record} if record else {"text": RECORD}
    page = soup(logged_in(a_member()).post(IMPORT, sent).content)
    form = page.select_one("form.form")
    assert form is not None
    assert form["action"] == "/advice/new/decision/"
    assert form.has_attr("data-unsaved")
    assert [page.select(f"[name={name}]")[0].get("value") for name in ("title", "chosen")] == ["Use Flask", "Flask"]
    assert "Three days." in page.select("[name=context]")[0].get_text()
    assert [item.get_text() for item in page.select(".notice li")] == [
        "“Costs” has no place of its own. It was kept under the context.",
    ]
    assert Post.objects.count() == 0


def test_tools_that_are_unknown_or_too_many_are_told() -> None:
    for number in range(7):
        a_tool(f"tool-{number}")
    names = ", ".join(f'"Tool {number}"' for number in range(7))
    read = imported(f'# Many\n\n## Decision\n\nChosen options: {names}, "Nothing Known", because.\n')
    assert read.initial["chosen"] == "Tool 0, Tool 1, Tool 2, Tool 3, Tool 4"
    assert read.warnings == (
        "Not in the catalogue, so left out of “chosen”: Nothing Known.",
        "Up to 5 tools fit into “chosen”, so left out: Tool 5, Tool 6.",
    )


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "The file is empty."),
        ({"text": "# A\n" * 25_001}, "The file is longer than 100,000 characters."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
        ({"file": b"\xff\xfe"}, "The file is not text in UTF-8: save it so, or paste what it says."),
        ({"file": b"a\x01b"}, "The file is not text: it holds characters that no text has."),
        ({"file": b"x" * 400_001}, "The file is longer than 100,000 characters."),
        ({"file": b""}, "The file is empty."),
        ({"file": b"# A", "text": "# B"}, "Give a file or its text, not both."),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(sent: dict[str, object], sentence: str) -> None:
    if isinstance(content := sent.get("file"), bytes):
        sent = sent | {"file": SimpleUploadedFile("0012.md", content)}
    response = logged_in(a_member()).post(IMPORT, sent)
    assert response.status_code == 400
    assert [item.get_text() for item in soup(response.content).select(".errorlist li")] == [sentence]
