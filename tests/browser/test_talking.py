"""Votes and replies in place: the page stays, the part changes, and what happened is said."""

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, expect

from tests.advice.builders import a_member, make_comment, make_question
from tests.browser.watching import Watched
from tests.members.builders import logged_in, make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def talk(site: str) -> tuple[str, int]:
    """The address of a question with an answer, a reply and a comment that is gone; the answer's key."""
    question = make_question(author=a_member("ada"))
    answer = make_comment(question, "Take Flask.", author=make_member("lin"), tools=["flask"])
    make_comment(question, "Why?", author=a_member("ada"), parent=answer)
    make_comment(question, "I was wrong.", author=a_member("ada")).remove()
    return f"{site}{question.get_absolute_url()}", answer.pk


@pytest.fixture
def session(talk: tuple[str, int]) -> str:
    """The cookie of a member; made before the browser, which keeps the database to itself."""
    return logged_in(make_member("grace")).cookies[settings.SESSION_COOKIE_NAME].value


def log_in(context: BrowserContext, site: str, session: str) -> None:
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])


def test_a_vote_and_a_reply_change_their_part_of_the_page(
    site: str, talk: tuple[str, int], session: str, browser: Browser
) -> None:
    url, answer = talk
    with browser.new_context() as context:
        log_in(context, site, session)
        watched = Watched(context.new_page(), site)
        page = watched.page
        watched.look("talk", url.removeprefix(site))
        page.evaluate("window.stays = true")
        comment, says = page.locator(f"#comment-{answer}"), page.locator("body > [role=status]")
        comment.get_by_role("button", name="Vote 0 for the comment by lin").click()
        given = comment.get_by_role("button", name="Voted 1 for the comment by lin: take your vote back")
        expect(given).to_be_focused()
        expect(says).to_have_text("Your vote is noted.")
        comment.get_by_role("link", name="Reply to the comment by lin").click()
        words = comment.get_by_label("Your comment")
        expect(words).to_be_focused()
        comment.get_by_role("button", name="Send the reply").click()
        expect(comment.get_by_text("Say something first.")).to_be_visible()
        expect(words).to_be_focused()
        watched.look("a reply")
        words.fill("Because it is small.")
        comment.get_by_role("button", name="Send the reply").click()
        expect(comment.locator(".replies")).to_contain_text("Because it is small.")
        expect(comment).to_be_focused()
        expect(says).to_have_text("Your comment is here.")
        assert page.evaluate("window.stays")
        assert (page.url, watched.faults) == (url, [])


def test_without_a_script_the_same_is_done_by_pages(
    site: str, talk: tuple[str, int], session: str, browser: Browser
) -> None:
    url, answer = talk
    with browser.new_context(java_script_enabled=False) as context:
        log_in(context, site, session)
        page = context.new_page()
        page.goto(url)
        page.get_by_role("button", name="Vote 0 for the comment by lin").click()
        expect(page.get_by_role("button", name="Voted 1 for the comment by lin")).to_be_visible()
        page.get_by_role("link", name="Reply to the comment by lin").click()
        page.get_by_label("Your comment").fill("Because it is small.")
        page.get_by_role("button", name="Send the reply").click()
        expect(page.locator(f"#comment-{answer} .replies")).to_contain_text("Because it is small.")
        page.get_by_role("link", name="Delete the comment by grace").click()
        page.get_by_role("button", name="Delete it for good").click()
        expect(page.locator(f"#comment-{answer} .replies")).to_contain_text("Deleted by its author.")
