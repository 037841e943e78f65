"""A report and what becomes of it, in a browser: every page of the way is sound, and the keyboard is enough."""

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, expect

from members.models import Member
from tests.advice.builders import make_comment, make_decision
from tests.browser.watching import Watched
from tests.members.builders import logged_in, make_member, make_moderator, make_newcomer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def session_of(member: Member) -> str:
    return logged_in(member).cookies[settings.SESSION_COOKIE_NAME].value


def come_in(context: BrowserContext, site: str, session: str) -> None:
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])


@pytest.fixture
def people(site: str) -> dict[str, str]:
    """The sessions of a reader and a moderator; something waits, something is held."""
    post = make_decision("Flask for invoices")
    make_decision("Django for invoices", author=make_newcomer(), chosen=["django"])
    make_comment(post, "Rude")
    for name in ("xan", "yan", "zan"):
        post.vote(make_newcomer(name), "a" * 32)
    return {"reader": session_of(make_member("bob")), "moderator": session_of(make_moderator())}


def test_a_report_reaches_the_desk_and_the_log(site: str, people: dict[str, str], browser: Browser) -> None:
    with browser.new_context() as context:
        come_in(context, site, people["reader"])
        watched = Watched(context.new_page(), site)
        page = watched.page
        page.goto(f"{site}/feed/")
        page.get_by_role("link", name="Flask for invoices").first.click()
        page.get_by_role("link", name="Report").first.click()
        watched.glance("report")
        page.get_by_label("Spam or advertising").check()
        page.get_by_role("button", name="Send the report").click()
        expect(page.locator(".messages")).to_have_text("Thank you. A moderator will look at it.")
        watched.glance("reported")

        come_in(context, site, people["moderator"])
        page.goto(f"{site}/admin/desk/")
        watched.glance("desk")
        item = page.get_by_role("region", name="Decision: Flask for invoices")
        expect(item).to_contain_text("reported 1 time: Spam or advertising")
        item.get_by_label("Note, for the author alone").first.fill("Please do not.")
        item.get_by_role("button", name="Hide").press("Enter")
        expect(page.locator(".messagelist")).to_have_text("Hidden. Decision: Flask for invoices")
        page.goto(f"{site}/moderation/")
        watched.glance("log")
        expect(page.locator(".acts")).to_contain_text("Hidden: a decision. Spam or advertising")
        assert watched.faults == []
