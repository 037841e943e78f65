"""Every write, tried by everybody: who may and who may not, twice, and by GET. No address may be left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from advice.models import Comment, Post, token
from members.models import AccessToken, DeviceLogin, Kind, Member, Rhythm, Webhook
from members.models.access import Begun
from members.unsubscribing import link
from stacks.models import Proposal, Stack
from tests.advice.builders import make_comment, make_decision, make_question
from tests.members.builders import logged_in, make_member, make_moderator
from tests.pages import soup
from tests.stacks.builders import make_stack
from tests.tools.builders import make_tool
from tools.models import Reason, Tool

pytestmark = pytest.mark.django_db
FOREVER = datetime(2100, 1, 1, tzinfo=UTC)
ACTORS = ("anonymous", "stranger", "owner", "moderator", "suspended")
# The table says so of an answer that leads to the log-in page.
LOGIN = "login"
TOKEN = str(UUID(int=1))
WHY = "It is small, and all of us know it."


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
    question: Post = field(init=False)
    comment: Comment = field(init=False)
    reason: Reason = field(init=False)
    webhook: Webhook = field(init=False)
    stack: Stack = field(init=False)
    proposal: Proposal = field(init=False)
    program: AccessToken = field(init=False)
    begun: Begun = field(init=False)

    def __post_init__(self) -> None:
        self.decision = make_decision(author=self.owner, decided_on=date(2025, 1, 1))
        self.question = make_question(author=self.owner)
        self.comment = make_comment(self.question, author=self.owner, tools=["django"])
        said = {"side": "pro", "text": "Small", "author": self.owner, "of_member": True}
        self.reason = Reason.objects.create(tool=self.flask, **said)
        self.stack = make_stack("Acme", "flask", owner=self.owner)
        self.proposal = Proposal.objects.propose(self.owner, ["flask"])
        self.webhook = Webhook.objects.create(member=self.owner, url="https://1.1.1.1/hook")
        AccessToken.objects.issue(self.owner, "a program", datetime.now(tz=UTC))
        self.program = self.owner.access_tokens.get()
        self.begun = DeviceLogin.objects.begin("another", datetime.now(tz=UTC))

    def client(self, actor: str) -> Client:
        """The actor's browser."""
        return Client() if actor == "anonymous" else logged_in(getattr(self, actor))


type Made = Callable[[World], Any]


@dataclass(frozen=True)
class Write:
    """What is sent where, what each actor is answered, and what a GET of whoever may write is answered."""

    name: str
    args: Made
    data: Made
    answers: str
    get: int

    def __str__(self) -> str:
        return self.name

    def url(self, world: World) -> str:
        return reverse(self.name, args=self.args(world))

    @property
    def expected(self) -> dict[str, str]:
        return dict(zip(ACTORS, self.answers.split(), strict=True))

    @property
    def allowed(self) -> str:
        """The first member who may do it."""
        return next(actor for actor in ACTORS[1:] if self.expected[actor] in ("200", "302"))


def decision(world: World) -> list[Any]:
    return [world.decision.pk]


def question(world: World) -> list[Any]:
    return [world.question.pk]


def comment(world: World) -> list[Any]:
    return [world.comment.pk]


def reason(world: World) -> list[Any]:
    return [world.reason.pk]


def webhook(world: World) -> list[Any]:
    return [world.webhook.pk]


def stack(world: World) -> list[Any]:
    return [world.owner.username, world.stack.slug]


def proposal(world: World) -> list[Any]:
    return [world.proposal.pk]


def accepted(world: World) -> dict[str, int]:
    """The change that put a tool into the stack."""
    newest = world.stack.changes.latest("pk").pk
    return {"after": newest - 1, "until": newest}


def flask(world: World) -> list[Any]:
    return [world.flask.slug]


def nothing(world: World) -> list[Any]:
    return []


def of(**data: Any) -> Made:
    return lambda world: data


YES = of(wanted="yes")
PUBLIC = {"visibility": "public", "form_token": TOKEN}
PROPOSED = "403 404 302 404 403"
STACK = {"name": "Acme", "kind": "company", "visibility": "public", "form_token": TOKEN}
DECISION = {"title": "Flask for us", "chosen": "Flask", "why": WHY, "form_token": TOKEN}
#                                                      anonymous stranger owner moderator suspended, GET
WRITES = [
    Write("tools:follow", flask, YES, "login 302 302 302 403", 405),
    Write("tools:new_reason", flask, of(side="pro", text="Its core is small"), "403 302 302 302 403", 200),
    Write("tools:vote_reason", reason, YES, "login 302 403 302 403", 405),
    Write("tools:vote_context", reason, of(team_size="2-10", months="12"), "403 302 403 302 403", 302),
    Write(
        *("tools:affiliations", nothing, of(tool="Flask", role="Maintainer", wanted="yes")),
        *("403 302 302 302 403", 200),
    ),
    Write(
        *("advice:new_decision", nothing, of(do="publish", decided_on="2026-01-01", **DECISION)),
        *("403 302 302 302 403", 200),
    ),
    Write(
        *(
            "advice:new_question",
            nothing,
            of(do="publish", title="Which?", about="Flask", context=WHY, form_token=TOKEN),
        ),
        *("403 302 302 302 403", 200),
    ),
    Write("advice:preview", nothing, of(kind="decision", title="Flask"), "login 200 200 200 403", 405),
    Write("advice:import", nothing, of(text="# T\n\n## Decision\n\nFlask."), "403 200 200 200 403", 200),
    Write("advice:edit", decision, of(do="save", version="1", **DECISION), "403 403 302 403 403", 200),
    Write("advice:delete", decision, of(), "403 403 302 403 403", 200),
    Write("advice:revisit", decision, of(result="kept", on="2026-01-01"), "403 403 302 403 403", 200),
    Write("advice:choose", question, of(others="Flask"), "403 403 302 403 403", 200),
    Write("advice:vote", decision, YES, "login 302 403 302 403", 405),
    Write("advice:subscribe", decision, YES, "login 302 302 302 403", 405),
    Write("advice:new_comment", question, of(body="So did we.", form_token=TOKEN), "403 302 302 302 403", 200),
    Write("advice:edit_comment", comment, of(body="It went well.", version="1"), "403 403 302 403 403", 200),
    Write("advice:delete_comment", comment, of(), "403 403 302 403 403", 200),
    Write("advice:vote_comment", comment, YES, "login 302 403 302 403", 405),
    *(
        Write(
            *("advice:report", lambda world, kind=kind, row=row: [kind, getattr(world, row).pk], of(grounds="spam")),
            *("403 302 403 302 403", 200),
        )
        for kind, row in [
            *(
                ("post", "decision"),
                ("comment", "comment"),
                ("reason", "reason"),
                ("stack", "stack"),
                ("member", "owner"),
            ),
        ]
    ),
    Write(
        "advice:act",
        nothing,
        lambda world: {
            "thing": f"post-{world.decision.pk}",
            "seen": token(world.decision, None),
            "deed": "hide",
            "grounds": "spam",
        },
        "login 403 403 302 403",
        405,
    ),
    # Who may not write must still hear why, and be able to stop mail and to leave.
    # Scans, and what is accepted of them.
    Write("stacks:scan", nothing, of(text="{}", name="package.json", stack=""), "403 200 200 200 403", 200),
    Write(
        *("stacks:accept", nothing, of(stack="", take="flask", name="Shop", kind="project", **PUBLIC)),
        *("login 302 302 302 403", 405),
    ),
    Write(
        "stacks:proposal", proposal, of(stack="", take="flask", name="Shop", kind="project", **PUBLIC), PROPOSED, 200
    ),
    Write("stacks:watch", stack, YES, "login 302 302 302 403", 405),
    Write("stacks:undo", stack, accepted, "403 404 302 404 403", 200),
    Write("members:read", nothing, of(until="0"), "login 302 302 302 302", 405),
    Write(
        *("members:mail", nothing, of(**dict.fromkeys(Kind.values, Rhythm.NEVER))),
        *("login 302 302 302 302", 200),
    ),
    Write(
        *(
            "members:unsubscribe",
            lambda world: [link(world.stranger, [Kind.REPLY]).rstrip("/").rpartition("/")[2]],
            of(),
        ),
        *("200 200 200 200 200", 200),
    ),
    Write("members:edit_profile", nothing, of(display_name="Someone"), "403 302 302 302 403", 200),
    Write("members:new_webhook", nothing, of(url="https://1.1.1.1/new"), "403 200 200 200 403", 200),
    Write("members:webhook_secret", webhook, of(), "login 404 200 404 403", 405),
    Write(
        *("members:renew_secret", webhook, lambda world: {"seen": world.webhook.secret_mark}),
        *("login 404 200 404 403", 405),
    ),
    Write("members:send_test", webhook, of(form_token=TOKEN), "login 404 302 404 403", 405),
    Write("members:enable_webhook", webhook, of(), "login 404 302 404 403", 405),
    # Open to whoever is suspended; here they are a stranger to it too.
    Write("members:delete_webhook", webhook, of(), "login 404 302 404 404", 200),
    Write("stacks:new", nothing, of(add="Flask", **STACK), "403 302 302 302 403", 200),
    Write("stacks:lines", nothing, of(add="Flask", **STACK), "login 200 200 200 403", 405),
    Write("stacks:edit", stack, of(version="2", add="Django", **STACK), "403 403 302 403 403", 200),
    Write("stacks:fork", stack, of(), "login 302 302 302 403", 405),
    Write("stacks:domain", stack, of(do="claim", name="example.org"), "403 403 302 403 403", 200),
    Write("stacks:delete", stack, of(), "403 403 302 403 403", 200),
    # Whoever knows the code may let the program in.
    Write(
        *("members:device", nothing, lambda world: {"code": world.begun.user_code, "do": "allow"}),
        *("403 302 302 302 403", 200),
    ),
    Write("members:revoke_device", lambda world: [world.program.pk], of(), "login 302 302 302 302", 405),
    Write("members:download", nothing, of(), "login 200 200 200 200", 405),
]
# Tried apart: an account can be deleted once only, and editors alone see and use the page about the refresh.
APART = {"members:delete_account", "tools:admin_index", "tools:operations", "tools:refresh_now"}
# Programs come without a session, and have tests of their own.
APART |= {"members:device_begin", "members:device_redeem", "members:device_revoke", "stacks:propose"}
# What only reads, with an object to read.
READS: dict[str, Made] = {
    "home": nothing,
    "search": nothing,
    "suggest": nothing,
    "about": nothing,
    "api": nothing,
    "figures": nothing,
    "contact": nothing,
    "privacy": nothing,
    "terms": nothing,
    "django.contrib.sitemaps.views.sitemap": nothing,
    "robots": nothing,
    "feed-tools": nothing,
    "feed-changes": nothing,
    "feed-advice": nothing,
    "feed-stacks": nothing,
    "feed-alerts": nothing,
    "feed-tool-alerts": flask,
    "favicon": nothing,
    "manifest": nothing,
    "healthz": nothing,
    "styleguide": nothing,
    "tools:catalogue": nothing,
    "tools:tool": flask,
    "tools:history": flask,
    "tools:history_csv": flask,
    "tools:categories": nothing,
    "tools:alerts": nothing,
    "tools:followed_alerts": nothing,
    "tools:category": lambda world: [world.flask.function.category.slug],
    "comparisons:picker": nothing,
    "comparisons:comparison": lambda world: ["django-vs-flask"],
    "comparisons:alternatives": flask,
    "comparisons:embed": lambda world: ["django-vs-flask"],
    "advice:feed": nothing,
    "advice:following": nothing,
    "advice:ranking": nothing,
    "advice:moves": nothing,
    "advice:post": lambda world: [world.decision.pk, world.decision.slug],
    "advice:comment": comment,
    "advice:drafts": nothing,
    "advice:history": decision,
    "advice:madr": decision,
    "advice:moderation": nothing,
    "advice:desk": nothing,
    "stacks:directory": nothing,
    "stacks:mine": nothing,
    "stacks:stack": stack,
    "stacks:history": stack,
    "stacks:badge": stack,
    "stacks:embed": stack,
    "stacks:card": stack,
    "members:profile": lambda world: [world.owner.username],
    "members:notifications": nothing,
    "members:your_data": nothing,
    "members:webhooks": nothing,
    "members:devices": nothing,
    "stacks:sbom": stack,
    "members:webhook": lambda world: [Webhook.objects.create(member=world.moderator, url="https://1.1.1.1/mine").pk],
}

# An address for each action with a rate of its own.
LIMITED = {
    "vote": "advice:subscribe",
    "write": "members:edit_profile",
    "report": "advice:report",
    "preview": "advice:preview",
    "moderate": "advice:act",
    "archive": "members:download",
}
# What an address asks for where it must ask for something.
ASKED = {"advice:moves": {"from": "flask", "to": "django"}}


def said(response: HttpResponseBase) -> str:
    if isinstance(response, StreamingHttpResponse):
        # Reading to the end is what closes its file; closing it oneself would close the test's connection too.
        b"".join(response)
    if response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/"):
        return LOGIN
    return str(response.status_code)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """All that is written of and by members."""
    models = [model for app in ("advice", "members", "stacks") for model in apps.get_app_config(app).get_models()]
    models += [
        model for model in apps.get_app_config("tools").get_models() if model is not apps.get_model("tools.edition")
    ]
    return {
        model._meta.label: sorted(map(tuple, model._default_manager.order_by().values_list()), key=repr)
        for model in models
    }


@pytest.mark.parametrize("write", WRITES, ids=str)
def test_who_may_write_may_and_nobody_else(write: Write) -> None:
    world = World()
    answers = {}
    for actor in ACTORS:
        with transaction.atomic():
            client = world.client(actor)
            before = rows()
            answers[actor] = said(client.post(write.url(world), write.data(world)))
            if answers[actor] not in ("200", "302"):
                assert {actor: rows()} == {actor: before}
            transaction.set_rollback(True)
    assert answers == write.expected


def test_who_was_logged_out_meanwhile_gets_their_words_back() -> None:
    world = World()
    response = Client().post(
        f"/advice/{world.question.pk}/comment/", {"body": "Long & thought over", "form_token": TOKEN}
    )
    html = soup(response.content)
    assert [box.text.strip() for box in html.select("textarea")] == ["Long & thought over"]
    assert html.select("main a")[0]["href"] == f"/accounts/login/?next=%2Fadvice%2F{world.question.pk}%2Fcomment%2F"


@pytest.mark.parametrize("write", WRITES, ids=str)
def test_twice_is_once(write: Write) -> None:
    world = World()
    client, url, data = world.client(write.allowed), write.url(world), write.data(world)
    said(client.post(url, data))
    once = rows()
    assert said(client.post(url, data)) in ("200", "302")
    assert rows() == once


@pytest.mark.parametrize(("action", "name"), LIMITED.items())
def test_whoever_writes_too_often_waits_and_others_do_not(action: str, name: str, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {action: "2/m/user"}
    world = World()
    write = next(write for write in WRITES if write.name == name)
    client, url, data = world.client(write.allowed), write.url(world), write.data(world)
    assert [said(client.post(url, data)) for _ in range(3)] == [write.expected[write.allowed]] * 2 + ["429"]
    other = "moderator" if write.allowed != "moderator" else "owner"
    assert said(world.client(other).post(url, data)) == write.expected[other]


@pytest.mark.once
@pytest.mark.parametrize("write", WRITES, ids=str)
def test_asking_writes_nothing(write: Write) -> None:
    world = World()
    client = world.client(write.allowed)
    before = rows()
    assert client.get(write.url(world)).status_code == write.get
    assert rows() == before


@pytest.mark.once
@pytest.mark.parametrize("name", READS)
def test_what_only_reads_answers_and_takes_no_post(name: str, settings: Settings) -> None:
    settings.CONTACT_EMAIL = "editors@example.org"
    world = World()
    client, url = world.client("moderator"), reverse(name, args=READS[name](world))
    before = rows()
    assert client.post(url).status_code == 405
    assert client.get(url, ASKED.get(name)).status_code in (200, 301, 302)
    assert rows() == before


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The names of all addresses but those of the admin and of allauth, which have tables of their own."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver) and entry.app_name != "admin" and str(entry.pattern) != "accounts/":
            yield from names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"


def test_no_address_is_left_out() -> None:
    assert set(names(get_resolver())) == {write.name for write in WRITES} | APART | READS.keys()
