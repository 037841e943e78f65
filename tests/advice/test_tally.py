"""How many members recommend each tool in the answers to a question."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advice.models import Post
from advice.tally import tally
from tests.advice.builders import a_member, a_tool, make_comment, make_decision, make_question

pytestmark = pytest.mark.django_db


def counted(question: Post) -> list[tuple[str, int, int, int]]:
    return [(one.tool.slug, one.count, one.tied, one.share) for one in tally(question)]


def test_each_member_is_one_voice_for_a_tool() -> None:
    question = make_question()
    for name, slugs in (("lin", ["flask"]), ("lin", ["flask", "django"]), ("kim", ["flask"]), ("kim", ["rails"])):
        make_comment(question, author=a_member(name), tools=slugs)
    assert counted(question) == [("flask", 2, 0, 100), ("django", 1, 0, 50), ("rails", 1, 0, 50)]


def test_who_is_tied_to_a_vendor_is_counted_apart() -> None:
    question, kim = make_question(), a_member("kim")
    kim.affiliations.create(tool=a_tool("flask"), role="Maintainer")
    make_comment(question, author=kim, tools=["flask", "django"])
    assert counted(question) == [("django", 1, 0, 100), ("flask", 0, 1, 0)]


def test_former_members_are_each_a_voice() -> None:
    question = make_question()
    for name in ("lin", "kim"):
        make_comment(question, author=a_member(name), tools=["flask"])
        a_member(name).delete()
    assert counted(question) == [("flask", 2, 0, 100)]


def test_what_is_not_seen_recommends_nothing() -> None:
    question = make_question()
    hidden = make_comment(question, tools=["flask"])
    make_comment(make_question("Another?"), tools=["django"])
    hidden.hide()
    assert counted(question) == counted(make_decision()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_tally_costs_one_query(count: int) -> None:
    question = make_question()
    for number in range(count):
        make_comment(question, author=a_member(f"member-{number}"), tools=["flask", f"tool-{number}"])
    with CaptureQueriesContext(connection) as captured:
        tally(question)
    assert len(captured) == 1
