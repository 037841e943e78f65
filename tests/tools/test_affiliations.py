"""Ties with vendors: declared and withdrawn by members themselves."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.members.builders import logged_in, make_member
from tests.pages import page
from tests.tools.builders import make_tool
from tools.models import Affiliation, Reason, Tool

pytestmark = pytest.mark.django_db
URL = "/accounts/affiliations/"
DECLARED = {"wanted": "yes", "tool": "Flask", "role": "maintainer"}


@pytest.fixture(autouse=True)
def flask() -> Tool:
    return make_tool("flask")


def counts(reason: Reason) -> tuple[int, int]:
    reason.refresh_from_db()
    return reason.votes_count, reason.affiliated_votes_count


def test_a_tie_is_declared_once_and_moves_the_members_votes(flask: Tool) -> None:
    ada = make_member()
    reason = Reason.objects.create(tool=flask, side="pro", text="Small")
    reason.vote(ada)
    answers = [logged_in(ada).post(URL, DECLARED).status_code for _ in range(2)]
    assert (answers, Affiliation.objects.count(), counts(reason)) == ([302, 302], 1, (0, 1))
    for _ in range(2):
        logged_in(ada).post(URL, {"wanted": "no", "tool": "flask"})
    assert (Affiliation.objects.count(), counts(reason)) == (0, (1, 0))


def test_the_page_lists_the_members_own_ties_alone(flask: Tool) -> None:
    ada = make_member()
    Affiliation.objects.declare(ada, flask, "maintainer")
    Affiliation.objects.declare(make_member("grace"), flask, "sells courses")
    listed = page(logged_in(ada), URL).select(".affiliations li > span")
    assert [one.text for one in listed] == ["Flask: maintainer"]


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"tool": ""}, 400, "Name the tool."),
        ({"tool": "Nothing at all"}, 400, "No tool here is called “Nothing at all”."),
        ({"tool": "x" * 61}, 400, "at most 60 characters"),
        ({"role": " "}, 400, "Say in a few words what the tie is."),
        ({"role": "x" * 81}, 400, "at most 80 characters"),
        ({"wanted": "perhaps"}, 400, ""),
        ({"wanted": "no", "tool": "nothing"}, 404, ""),
    ],
)
def test_what_cannot_be_declared_is_told_and_kept(wrong: dict[str, str], status: int, said: str) -> None:
    answer = logged_in(make_member()).post(URL, DECLARED | wrong)
    html = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, said in html.text, Affiliation.objects.count()) == (status, True, 0)
    if said:
        kept = {str(field["name"]): field.get("value", "") for field in html.select(".form input[name]")}
        assert {"wanted": "yes", **{name: kept[name] for name in ("tool", "role")}} == DECLARED | wrong


def test_a_reader_is_led_to_the_login(client: Client) -> None:
    assert [client.get(URL).status_code, client.post(URL, DECLARED).status_code] == [302, 403]
    assert Affiliation.objects.count() == 0
