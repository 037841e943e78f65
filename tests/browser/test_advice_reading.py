"""The feed and posts as browsers show them: sound at every width, in both schemes, with and without scripts."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from advice.models import Post, Result, Role
from tests.advice.builders import a_tool, make_comment, make_decision, make_question
from tests.advice.outcomes import tell
from tests.browser.watching import Watched
from tests.members.builders import make_member
from tests.tools.alerts import make_alert
from tools.models import Affiliation

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
TEXT = """
A *word* about it, and [an address](https://example.org/).

| What | Flask | Elixir |
|---|---|---|
| Routes | 40 | 40 |

```python
application = a_line_of_code_that_is_far_longer(than="the narrowest of all telephones is wide, by a good deal")
```

> It took an hour with one and half a day with the other.
"""


@pytest.fixture
def posts(site: str) -> list[Post]:
    """A decision and a question in which every part of a page occurs."""
    ada = make_member("ada", display_name="Ada Sample", headline="Engineer with a headline of some length")
    Affiliation.objects.declare(ada, a_tool("flask"), "maintainer")
    question = make_question("Which of them?", about=["flask", "elixir"])
    make_comment(question, tools=["flask"])
    decision = make_decision(
        "Flask",
        chosen=["flask"],
        considered=["elixir", "django"],
        author=ada,
        decided_on=date(2025, 1, 1),
        context=TEXT,
        why=TEXT,
    )
    Post.objects.filter(pk=decision.pk).update(question=question, views_count=682_113)
    decision.refresh_from_db()
    decision.edit(1, {"title": "Flask, after all"}, {Role.CHOSEN: [a_tool("flask")]}, timezone.now())
    tell(decision, Result.KEPT, date(2025, 7, 1), TEXT)
    tell(decision, Result.REPLACED, date(2026, 1, 1), "We grew.", tool=a_tool("flask"), by=a_tool("elixir"))
    return [decision, question]


def test_feed_and_posts_are_sound_and_leave_no_trace(site: str, posts: list[Post], browser: Browser) -> None:
    decision, question = (post.get_absolute_url() for post in posts)
    with browser.new_context() as context:
        watched = Watched(context.new_page(), site)
        for url in ("/feed/", "/feed/ranking/", decision):
            watched.look(url, url)
        make_alert(a_tool("flask"), source="github:pallets/flask")
        watched.glance("/alerts/", "/alerts/")
        for url in (question, "/feed/?tool=nope", "/advice/moves/?from=flask&to=elixir"):
            watched.measure(url)
        assert watched.faults == []
        assert context.cookies() == []
