"""Small posts for tests: each builder asks for what matters to the test and makes up the rest."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from advice.models import Comment, Post, PostKind, Role
from members.models import Member
from tests.members.builders import make_member
from tests.tools.builders import make_tool
from tools.models import Tool


def a_member(username: str = "ada") -> Member:
    """The member of that name, made if there is none."""
    return Member.objects.filter(username=username).first() or make_member(username)


def a_tool(slug: str = "flask") -> Tool:
    """The tool of that slug, made if there is none."""
    return Tool.objects.filter(slug=slug).first() or make_tool(slug)


def make_decision(
    title: str = "Flask for our billing service",
    *,
    chosen: Sequence[str] = ("flask",),
    considered: Sequence[str] = (),
    about: Sequence[str] = (),
    author: Member | None = None,
    decided_on: date | None = None,
    published: bool = True,
    **texts: Any,
) -> Post:
    """A decision of a known member, published unless it is to stay a draft."""
    said = {"context": "We needed a small service.", "why": "It is small.", "consequences": "We write more glue."}
    roles = {Role.CHOSEN: chosen, Role.CONSIDERED: considered, Role.ABOUT: about}
    return _make(PostKind.DECISION, author, title, said | texts | {"decided_on": decided_on}, roles, published)


def make_question(
    title: str = "Which framework for a small service?",
    *,
    about: Sequence[str] = ("flask", "django"),
    author: Member | None = None,
    published: bool = True,
    **texts: Any,
) -> Post:
    """A question of a known member, published unless it is to stay a draft."""
    said = {"context": "We are two people."}
    return _make(PostKind.QUESTION, author, title, said | texts, {Role.ABOUT: about}, published)


def make_comment(post: Post, body: str = "It went well for us.", **fields: Any) -> Comment:
    """A comment on the post; with `tools`, slugs, an answer to a question."""
    tools = [a_tool(slug) for slug in fields.pop("tools", ())]
    author = fields.pop("author", None) or a_member("grace")
    return Comment.say(post, author, body, tools=tools, **fields)


def _make(
    kind: PostKind,
    author: Member | None,
    title: str,
    texts: dict[str, Any],
    roles: dict[Role, Sequence[str]],
    published: bool,
) -> Post:
    post = Post(kind=kind, author=author or a_member())
    named = {role: [a_tool(slug) for slug in slugs] for role, slugs in roles.items()}
    post.write({"title": title, **texts}, named)
    if published:
        post.publish(timezone.now())
    return post
