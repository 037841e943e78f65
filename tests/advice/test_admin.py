"""Staff read and search in the admin what members wrote, at one cost whatever the rows, and change nothing there."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from advice.models import Act, Comment, Deed, Outcome, Post, Report, Result
from members.models import Member
from tests.advice.builders import a_tool, make_comment, make_decision
from tests.members.builders import make_member
from tests.pages import page
from tools.models import Reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(Member.objects.create_superuser("root", "root@example.org", "a long passphrase"))
    return client


def fill(number: int) -> None:
    author = make_member(f"author{number}")
    post = make_decision(f"Flask {number}", author=author)
    comment = make_comment(post, f"Flask {number}", author=author)
    reason = Reason.objects.create(tool=a_tool(), side="pro", text=f"Flask {number}")
    for about in ({"post": post}, {"comment": comment}, {"reason": reason}, {"member": author}):
        Report.objects.create(reporter=author, grounds="spam", text="flask", **about)
        Act.objects.create(moderator=author, deed=Deed.DISMISS, note="flask", **about)
    post.outcomes.all().delete()
    Outcome(post=post).tell(Result.KEPT, "It holds.", timezone.now().date(), timezone.now())


def listing(model: type) -> str:
    return reverse(f"admin:advice_{model._meta.model_name}_changelist")  # type: ignore[attr-defined]  # a model class


def rows(staff: Client, model: type) -> int:
    return len(page(staff, f"{listing(model)}?q=flask").select("#result_list tbody tr"))


@pytest.mark.parametrize("model", [Post, Comment, Outcome, Report, Act])
def test_a_list_is_searched_at_one_cost(
    staff: Client, django_assert_max_num_queries: DjangoAssertNumQueries, model: type
) -> None:
    fill(1)
    one = rows(staff, model)
    assert one in (1, 4)
    fill(2)
    fill(3)
    with django_assert_max_num_queries(10):
        assert rows(staff, model) == 3 * one


@pytest.mark.parametrize("model", [Post, Comment, Outcome, Report, Act])
def test_nothing_is_changed_there(staff: Client, model: type) -> None:
    fill(1)
    name, pk = model._meta.model_name, model._default_manager.first().pk  # type: ignore[attr-defined]  # a model class
    url = reverse(f"admin:advice_{name}_change", args=[pk])
    assert staff.get(url).status_code == 200
    for path in (url, reverse(f"admin:advice_{name}_delete", args=[pk]), reverse(f"admin:advice_{name}_add")):
        assert staff.post(path, {"post": "yes"}).status_code == 403


def test_each_row_leads_to_the_desk(staff: Client) -> None:
    post = make_decision()
    assert page(staff, listing(Post)).select(f'a[href="/admin/desk/?about=post-{post.pk}"]')
