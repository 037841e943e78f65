"""Everything a member gave, as one archive: data.json, its JSON Schema, and what they wrote as Markdown."""

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.template.loader import render_to_string

from advice import records
from advice.models import Act, Comment, Outcome, Post, PostTool, Recommendation, Revision, Role
from members.models import Member
from stacks.models import Change, Domain, Use

SCHEMA = Path(__file__).with_name("archive.schema.json")
PROFILE = (
    *("username", "email", "display_name", "headline", "company", "bio", "links", "date_joined", "last_login"),
    *("trusted_at", "suspended_until", "suspension_reason"),
)
CONTEXT = ("version", "team_size", "scale", "months", "affiliated")
REASON = ("id", "tool__slug", "side", "text", "version", "state", "created_at")
POST = (
    *("id", "kind", "state", "title", "context", "why", "consequences", "decided_on", "question_id"),
    *("created_at", "published_at", "edited_at", "votes_count", "comments_count", "views_count"),
)
COMMENT = ("id", "post_id", "parent_id", "body", "is_answer", "state", "created_at", "edited_at", "votes_count")
REVISION = ("post_id", "version", "title", "context", "why", "consequences", "decided_on", "tools", "kept_at")
OUTCOME = (
    "post_id",
    "months",
    "due_on",
    "asked_at",
    "told_at",
    "on",
    "result",
    "tool__slug",
    "replaced_by__slug",
    "why",
)
SUBJECT = ("post_id", "comment_id", "reason_id", "member_id")
STACK = (
    *("slug", "kind", "name", "size", "link", "description", "visibility", "hidden_at", "created_at", "changed_at"),
    *("tools_count", "forked_from__slug"),
)
USE = ("stack__slug", "tool__slug", "why", "since", "used_version", "added_at")
NOTIFICATION = ("kind", "text", "note", "url", "created_at", "read_at", "mailed_at")
BATCH = 500

# What data.json holds, a list each. A test finds what else points at members.
SECTIONS: Mapping[str, Callable[[Member], QuerySet[Any, Any]]] = {
    "profile": lambda member: Member.objects.filter(pk=member.pk).values(*PROFILE),
    "email_addresses": lambda member: EmailAddress.objects.filter(user=member).values("email", "verified", "primary"),
    "authenticators": lambda member: Authenticator.objects.filter(user=member).values(
        "type", "created_at", "last_used_at"
    ),
    "other_sites": lambda member: SocialAccount.objects.filter(user=member).values("provider", "uid", "date_joined"),
    "sessions": lambda member: UserSession.objects.filter(user=member).values(
        "ip", "user_agent", "created_at", "last_seen_at"
    ),
    "affiliations": lambda member: member.affiliations.values("tool__slug", "role", "created_at"),
    "follows": lambda member: member.follows.values("tool__slug", "created_at"),
    "stacks": lambda member: member.stacks.values(*STACK),
    "stack_tools": lambda member: Use.objects.filter(stack__owner=member).values(*USE),
    "stack_changes": lambda member: Change.objects.filter(stack__owner=member).values(
        "stack__slug", "tool__slug", "what", "happened_on"
    ),
    "stack_domains": lambda member: Domain.objects.filter(stack__owner=member).values(
        "stack__slug", "name", "method", "claimed_at", "verified_at"
    ),
    "watches": lambda member: member.watches.values("stack__owner__username", "stack__slug", "created_at"),
    "scans": lambda member: member.proposals.values("stack__slug", "slugs", "created_at"),
    "reasons": lambda member: member.reasons.values(*REASON),
    "reason_votes": lambda member: member.reasonvotes.values("on__tool__slug", "on__text", *CONTEXT, "created_at"),
    "posts": lambda member: member.posts.values(*POST),
    "post_tools": lambda member: PostTool.objects.filter(post__author=member).values("post_id", "tool__slug", "role"),
    "revisions": lambda member: Revision.objects.filter(post__author=member).values(*REVISION),
    "outcomes": lambda member: Outcome.objects.filter(post__author=member).values(*OUTCOME),
    "post_votes": lambda member: member.postvotes.values("on_id", "on__title", "created_at"),
    "comments": lambda member: member.comments.values(*COMMENT),
    "recommendations": lambda member: Recommendation.objects.filter(comment__author=member).values(
        "comment_id", "tool__slug"
    ),
    "comment_votes": lambda member: member.commentvotes.values("on_id", "created_at"),
    "subscriptions": lambda member: member.subscriptions.values("post_id", "wanted"),
    "reports": lambda member: member.reports.values(*SUBJECT, "grounds", "text", "created_at", "closed_at"),
    "moderation": lambda member: Act.objects.concerning(member).values(*SUBJECT, "deed", "grounds", "note", "done_at"),
    "notifications": lambda member: member.notifications.values(*NOTIFICATION),
    "mail_preferences": lambda member: member.mail_preferences.values("kind", "rhythm"),
    # Their secrets are for the programs that receive.
    "webhooks": lambda member: member.webhooks.values("url", "failures", "disabled_at", "created_at"),
    # What they are known by is for the programs.
    "programs": lambda member: member.access_tokens.values("name", "created_at", "expires_at", "used_at"),
    "device_logins": lambda member: member.device_logins.values("name", "created_at", "approved_at", "denied_at"),
    "digests": lambda member: member.digests.values("week", "state"),
}


def write_archive(member: Member, file: IO[bytes]) -> None:
    """Write the archive of what the member gave; a batch of rows at a time is in memory, however many there are."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", render_to_string("members/archive.txt", {"site_name": settings.SITE_NAME}))
        archive.writestr("data.schema.json", SCHEMA.read_bytes())
        with archive.open("data.json", "w") as data:
            for text in _json(member):
                data.write(text.encode())
        for name, text in _documents(member):
            archive.writestr(name, text)


def _json(member: Member) -> Iterator[str]:
    """One object with a list for each section, in pieces."""
    for place, (name, rows) in enumerate(SECTIONS.items()):
        yield f"{',' if place else '{'}\n{json.dumps(name)}: ["
        for number, row in enumerate(rows(member).order_by("pk").iterator(BATCH)):
            named = {_spoken(column): value for column, value in row.items()}
            yield f"{',' if number else ''}\n  {json.dumps(named, cls=DjangoJSONEncoder, ensure_ascii=False)}"
        yield "]"
    yield "\n}\n"


def _spoken(column: str) -> str:
    """The name of a column for those who do not know our tables: `tool__slug` is just the tool."""
    return column.removesuffix("__slug").replace("__", "_").replace("on_tool", "tool")


def _documents(member: Member) -> Iterator[tuple[str, str]]:
    """The member's posts and comments as Markdown, each under its name in the archive."""
    for post in member.posts.with_rows().order_by("pk").iterator(BATCH):
        folder, text = ("decisions", records.exported(post)) if post.is_decision else ("questions", _question(post))
        yield f"{folder}/{post.pk}-{post.slug}.md", text
    for comment in Comment.objects.filter(author=member).select_related("post").order_by("pk").iterator(BATCH):
        yield f"comments/{comment.pk}.md", f"On “{comment.post}”, {comment.created_at:%Y-%m-%d}:\n\n{comment.body}\n"


def _question(post: Post) -> str:
    tools = "".join(f"* {row.tool} ({Role(row.role).label})\n" for row in post.tool_rows.all())
    return f"# {post.title}\n\n{post.context}\n\n## Tools\n\n{tools}"
