"""The file with everything a member gave: complete, of the documented shape, theirs alone."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft202012Validator

from advice.models import Act, Deed, Report, Role
from advice.models.moderation import token
from config.archive import SCHEMA, SECTIONS
from members.models import AccessToken, DeviceLogin, Kind, MailPreference, Member, Notification, Rhythm, Webhook
from stacks.models import Proposal, Watch
from tests.advice.builders import a_tool, make_comment, make_decision, make_question
from tests.members.builders import logged_in, make_member, make_moderator, make_reader
from tests.stacks.builders import make_stack, verify
from tools.models import Follow, Reason, Side

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Member:
    """A member who did something of each kind."""
    ada, grace, moderator = make_reader("ada"), make_member("grace"), make_moderator()
    decision = make_decision(author=ada)
    make_decision("A draft", author=ada, published=False)
    seen = {"title": decision.title, "why": "It was small.", "context": "", "consequences": ""}
    decision.edit(decision.version, seen, {Role.CHOSEN: [a_tool("flask")]}, timezone.now())
    question = make_question(author=grace)
    make_question("What of mine?", author=ada)
    make_comment(question, "Take Flask.", author=ada, tools=["flask"])
    comment = make_comment(question, author=grace)
    reason = Reason.objects.suggest(grace, a_tool(), Side.PRO, "Small")
    Reason.objects.suggest(ada, a_tool(), Side.CON, "Too small")
    reason.vote(ada, version="3.1", team_size="2-10", scale="small", months=9)
    question.vote(ada)
    comment.vote(ada)
    Follow.objects.follow(ada, a_tool())
    stack = make_stack("Acme", "flask", "redis", owner=ada)
    stack.drop([a_tool("redis")], timezone.now())
    verify(stack)
    Watch.objects.watch(ada, stack)
    Proposal.objects.propose(ada, ["flask"], stack)
    ada.affiliations.declare(ada, a_tool("django"), "maintainer")
    Report.objects.send(ada, comment, "rude", "Not nice")
    Act.objects.take(moderator, Deed.WARN, decision, token(decision, None), timezone.now(), grounds="wrong", note="Hm")
    Notification.objects.tell([ada], Kind.COMMENT, "comment-1", "Grace commented", "/")
    Notification.objects.tell([ada], Kind.ALERT, "alert-1", "Flask was archived", "/")
    MailPreference.objects.state(ada, {Kind.COMMENT: Rhythm.WEEKLY})
    Webhook.objects.add(ada, "https://ada.example/hook")
    AccessToken.objects.issue(ada, "whystack", timezone.now())
    DeviceLogin.objects.begin("another", timezone.now())
    DeviceLogin.objects.get().approve(ada, timezone.now())
    return ada


def archive(client: Client) -> zipfile.ZipFile:
    response = client.post(reverse("members:download"))
    assert response.status_code == 200
    return zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]  # it is a file


def data_of(member: Member) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(archive(logged_in(member)).read("data.json"))
    return data


def test_it_has_the_documented_shape(ada: Member) -> None:
    files = archive(logged_in(ada))
    schema = json.loads(files.read("data.schema.json"))
    Draft202012Validator.check_schema(schema)
    assert [
        error.message for error in Draft202012Validator(schema).iter_errors(json.loads(files.read("data.json")))
    ] == []


def test_the_shape_names_every_section_and_nothing_else() -> None:
    schema = json.loads(SCHEMA.read_text())
    assert list(schema["properties"]) == list(SECTIONS) == schema["required"]


def test_it_says_what_was_said(ada: Member) -> None:
    data = data_of(ada)
    empty = {name for name, rows in data.items() if not rows}
    assert empty == {"authenticators", "other_sites", "sessions", "digests"}
    vote = data["reason_votes"][0]
    assert (vote["tool"], vote["version"], vote["team_size"], vote["months"]) == ("flask", "3.1", "2-10", 9)
    assert [post["title"] for post in data["posts"]] == ["Flask for our billing service", "A draft", "What of mine?"]
    assert (data["moderation"][0]["note"], "moderator" in data["moderation"][0]) == ("Hm", False)
    assert [row["why"] for row in data["revisions"]] == ["It is small."]
    assert [(row["stack"], row["tool"]) for row in data["stack_tools"]] == [("acme", "flask")]
    assert [(row["tool"], row["what"]) for row in data["stack_changes"]][-1] == ("redis", "dropped")


def test_it_tells_no_secret(ada: Member) -> None:
    files = archive(logged_in(ada))
    everything = "".join(files.read(name).decode() for name in files.namelist())
    secrets = [ada.password, *ada.webhooks.values_list("secret", flat=True)]
    assert [secret for secret in secrets if secret in everything] == []


def test_it_holds_nothing_of_others(ada: Member) -> None:
    make_decision("Secret plans of Grace", author=Member.objects.get(username="grace"), published=False)
    files = archive(logged_in(ada))
    everything = "".join(files.read(name).decode() for name in files.namelist())
    others = ("Secret plans", "grace@example.org", "moderator@example.org")
    assert [words for words in others if words in everything] == []


def test_what_was_written_is_there_as_markdown(ada: Member) -> None:
    files = archive(logged_in(ada))
    names = [name for name in files.namelist() if name.endswith(".md")]
    decision, draft = ada.posts.decisions().order_by("pk")
    question, comment = ada.posts.questions().get(), ada.comments.get()
    assert names == [
        f"decisions/{decision.pk}-flask-for-our-billing-service.md",
        f"decisions/{draft.pk}-a-draft.md",
        f"questions/{question.pk}-what-of-mine.md",
        f"comments/{comment.pk}.md",
    ]
    assert files.read(names[0]).decode().startswith("---")
    assert files.read(names[2]).decode().startswith("# What of mine?\n\nWe are two people.")
    assert "Take Flask." in files.read(names[3]).decode()


def test_nothing_that_points_at_members_is_forgotten() -> None:
    """Whatever foreign key to members is made from now on needs a section here."""
    told = {rows(Member(pk=1)).model for rows in SECTIONS.values()}
    pointing = {relation.related_model for relation in Member._meta.related_objects}
    # What editors did in the admin is the site's.
    assert pointing - told == {LogEntry}


def test_it_is_for_its_owner_alone(ada: Member, client: Client) -> None:
    url = reverse("members:download")
    assert client.post(url)["Location"] == f"{reverse('account_login')}?next={url}"
    response = logged_in(ada).post(url)
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert response["Content-Disposition"] == f'attachment; filename="ada-{timezone.now():%Y-%m-%d}.zip"'
    assert response.getvalue().startswith(b"PK")
    assert logged_in(ada).get(url).status_code == 405


def test_it_cannot_be_asked_for_all_the_time(ada: Member) -> None:
    client = logged_in(ada)
    answers = []
    for _ in range(6):
        response = client.post(reverse("members:download"))
        answers.append(response.status_code)
        assert response.getvalue()  # to its end, which closes the file
    assert answers == [200] * 5 + [429]


def test_what_one_wrote_costs_no_query_each() -> None:
    needed = []
    for name, number in (("ada", 1), ("lin", 3)):
        member = make_reader(name)
        for n in range(number):
            make_comment(make_question(f"Question {n}", author=member), author=member, tools=["flask"])
        with CaptureQueriesContext(connection) as queries:
            archive(logged_in(member))
        needed.append(len(queries))
    assert needed[0] == needed[1]
