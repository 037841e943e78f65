"""Stacks before moderators: reported by readers, hidden and restored, with the public log and a word to the owner."""

import pytest
from django.test import Client

from advice.models import Act, Report, token
from members.models import Notification
from stacks.models import Stack
from tests.members.builders import logged_in, make_member, make_moderator
from tests.pages import page
from tests.stacks.builders import make_stack
from tools.models import Tool

pytestmark = pytest.mark.django_db


def act(moderator: Client, stack: Stack, deed: str, **more: str) -> None:
    stack.refresh_from_db()
    last = Act.objects.about(stack).first()
    seen = token(stack, last.pk if last else None)
    sent = {"thing": f"stack-{stack.pk}", "seen": seen, "deed": deed, **more}
    assert moderator.post("/admin/desk/act/", sent).status_code == 302


def test_a_reported_stack_waits_and_is_hidden_and_restored(client: Client) -> None:
    stack = make_stack("Acme", "flask")
    reader, moderator = logged_in(make_member("bob")), logged_in(make_moderator())
    link = page(reader, stack.get_absolute_url()).select("a[href^='/report/']")[0]["href"]
    assert (link, reader.post(str(link), {"grounds": "spam"}).status_code) == (f"/report/stack/{stack.pk}/", 302)
    assert Report.objects.open().get().subject == stack
    shown = page(moderator, "/admin/desk/")
    assert [heading.text for heading in shown.select(".desk-item h2")] == ["Stack: Acme"]
    act(moderator, stack, "hide", grounds="spam", note="No advertising.")
    assert client.get(stack.get_absolute_url()).status_code == 404
    assert Tool.objects.get(slug="flask").stacks_count == 0
    told = Notification.objects.get(member=stack.owner)
    assert (told.text, told.url) == ("A moderator hid your stack “Acme”: Spam or advertising", stack.get_absolute_url())
    log = page(client, "/moderation/")
    assert ["".join(line.text.split()) for line in log.select(".acts li > span")] == ["Hidden:astack.Spamoradvertising"]
    assert not log.select(".acts a")
    act(moderator, stack, "restore")
    assert client.get(stack.get_absolute_url()).status_code == 200
    assert Tool.objects.get(slug="flask").stacks_count == 1


def test_an_owner_does_not_report_their_own_and_nobody_what_is_unlisted() -> None:
    stack = make_stack("Acme")
    assert logged_in(stack.owner).get(f"/report/stack/{stack.pk}/").status_code == 403
    Stack.objects.update(visibility="unlisted")
    assert logged_in(make_member("bob")).get(f"/report/stack/{stack.pk}/").status_code == 404


def test_the_admin_shows_stacks_and_changes_none() -> None:
    stack = make_stack("Acme", "flask")
    editor = logged_in(make_member("root", is_staff=True, is_superuser=True))
    for model in ("stack", "use", "change", "domain", "watch", "pairing", "proposal"):
        assert editor.get(f"/admin/stacks/{model}/?q=acme").status_code == 200
        assert editor.get(f"/admin/stacks/{model}/add/").status_code == 403
    assert editor.get(f"/admin/stacks/stack/{stack.pk}/change/").status_code == 200
