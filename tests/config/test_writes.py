"""Every write, tried by everybody: who may and who may not, twice, and by GET. No address may be left out."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from advice.models import Comment, Post
from members.models import Member
from tests.advice.builders import make_comment, make_decision, make_question
from tests.members.builders import logged_in, make_member, make_moderator
from tests.tools.builders import make_tool
from tools.models import Reason, Tool

pytestmark = pytest.mark.django_db
FOREVER = datetime(2100, 1, 1, tzinfo=UTC)
# What a table's cell says of an answer.
LOGIN = "login"
ACTORS = ("anonymous", "stranger", "owner", "moderator", "suspended")


@dataclass
class World:
    """Something of each kind, written by its owner."""

    flask: Tool = field(default_factory=lambda: make_tool("flask"))
    django: Tool = field(default_factory=lambda: make_tool("django"))
    owner: Member = field(default_factory=lambda: make_member("owner"))
    stranger: Member = field(default_factory=lambda: make_member("stranger"))
    moderator: Member = field(default_factory=make_moderator)
    suspended: Member = field(default_factory=lambda: make_member("suspended", suspended_until=FOREVER))
    decision: Post = field(init=False)
    draft: Post = field(init=False)
    question: Post = field(init=False)
    comment: Comment = field(init=False)
    reason: Reason = field(init=False)

    def __post_init__(self) -> None:
        self.decision = make_decision(author=self.owner, decided_on=date(2025, 1, 1))
        self.draft = make_decision("A draft", author=self.owner, published=False)
        self.question = make_question(author=self.owner)
        self.comment = make_comment(self.question, author=self.owner, tools=["django"])
        self.reason = Reason.objects.create(
            tool=self.flask, side="pro", text="Small", author=self.owner, of_member=True
        )

    def client(self, actor: str) -> Client:
        """The actor's browser."""
        return Client() if actor == "anonymous" else logged_in(getattr(self, actor))
