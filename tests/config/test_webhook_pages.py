"""The pages of a member's webhooks."""

import hmac
import re
import time
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from config.leaving import Words, leave
from members.delivering import deliver_due, queue, wire
from members.models import Delivery, Member, Webhook
from members.models.webhook import MOST_WEBHOOKS
from members.webhook_wire import signature
from members.webhooks import WebhookForm
from tests.members.builders import logged_in, make_member
from tests.members.receiver import Receiver, receiver, says
from tests.pages import page, soup

__all__ = ["receiver"]
pytestmark = pytest.mark.django_db
LIST = "/accounts/webhooks/"
NEW = "/accounts/webhooks/new/"


@pytest.fixture
def ada() -> Member:
    return make_member("ada")


def make_webhook(member: Member, place: str = "hook") -> Webhook:
    return Webhook.objects.create(member=member, url=f"https://{member.username}.example/{place}")


def tell(webhook: Webhook, count: int) -> None:
    queue({webhook.member_id: [(f"alert-{n}", {"event": "archived", "text": f"Tool {n}"}) for n in range(count)]})


def words(html: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(part.text.split()) for part in html.select(selector)]


def test_a_webhook_is_added_and_its_secret_shown(ada: Member) -> None:
    response = logged_in(ada).post(NEW, {"url": "https://1.1.1.1/hook"})
    made = ada.webhooks.get()
    assert (response.status_code, made.url) == (200, "https://1.1.1.1/hook")
    assert words(soup(response.content), ".secret") == [made.secret]
    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "This field is required."),
        ("http://ada.example/hook", "This is no address that begins with https://."),
        ("https://localhost/", "This leads to a private or reserved network; messages go to public addresses only."),
        ("https://ada@1.1.1.1/", "Leave out what stands before the @: an address with a password is not kept."),
        ("https://1.1.1.1:22/", "Port 22 is not among those that messages are sent to: 80, 443, 8443."),
    ],
)
def test_a_wrong_address_is_told_in_a_sentence_and_kept_in_the_form(ada: Member, url: str, said: str) -> None:
    response = logged_in(ada).post(NEW, {"url": url})
    html = soup(response.content)
    assert (response.status_code, words(html, ".errorlist li")) == (400, [said])
    assert html.select("#id_url")[0].get("value", "") == url
    assert ada.webhooks.count() == 0


def test_a_name_that_leads_into_a_network_is_refused_by_the_form(ada: Member) -> None:
    way = wire()
    private = type(way)(resolver=lambda host, port: ["10.0.0.1"])
    form = WebhookForm({"url": "https://hooks.example/"}, member=ada, wire=private)
    assert form.errors["url"] == ["This leads to a private or reserved network; messages go to public addresses only."]


def test_one_more_than_the_most_is_refused(ada: Member) -> None:
    for number in range(MOST_WEBHOOKS):
        make_webhook(ada, str(number))
    client = logged_in(ada)
    assert not page(client, LIST).select(f'a[href="{NEW}"]')
    response = client.post(NEW, {"url": "https://1.1.1.1/hook"})
    said = ["You have 5 webhooks already, which is the most. Delete one first."]
    assert (response.status_code, words(soup(response.content), ".errorlist li")) == (400, said)
    assert ada.webhooks.count() == MOST_WEBHOOKS


def test_the_list_says_how_each_fares(ada: Member, receiver: Receiver, settings: Settings) -> None:
    settings.WEBHOOK_HOSTS_ALLOWED = [receiver.place]
    silent, off = make_webhook(ada, "new"), make_webhook(ada, "off")
    told = Webhook.objects.create(member=ada, url=receiver.url)
    off.disable(timezone.now(), "it is gone")
    told.send_test(UUID(int=1))
    receiver.answers(says(500))
    deliver_due(timezone.now(), wire())
    html = page(logged_in(ada), LIST)
    assert words(html, ".account-list a") == [silent.url, off.url, told.url]
    assert words(html, ".account-list .tag") == ["Enabled", "Disabled", "Enabled"]
    day = f"{told.deliveries.get().tried_at:%-d %B %Y, %H:%M}"
    none = "No message was sent yet."
    assert words(html, ".account-list .hint") == [none, none, f"Answered 500. {day} UTC"]


def test_a_webhook_lists_its_messages_in_pages(ada: Member) -> None:
    hook, client = make_webhook(ada), logged_in(ada)
    tell(hook, 21)
    now = timezone.now()
    done, given_up, tried = hook.deliveries.all()[:3]
    Delivery.objects.filter(pk=done.pk).update(done_at=now, answer="Answered 204.", attempts=1)
    Delivery.objects.filter(pk=given_up.pk).update(given_up_at=now, answer="Answered 500.", attempts=8)
    Delivery.objects.filter(pk=tried.pk).update(answer="Answered 503.", attempts=2, due_at=now + timedelta(hours=1))
    html = page(client, hook.get_absolute_url())
    assert words(html, ".account-list .tag")[:4] == ["Arrived", "Given up", "Tried 2 of 8 times", "Waiting"]
    assert len(html.select(".account-list li")) == 20
    assert words(page(client, f"{hook.get_absolute_url()}?page=2"), ".account-list p:first-child") == ["Tool 0 Waiting"]
    assert client.get(f"{hook.get_absolute_url()}?page=3").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long_they_are(
    ada: Member, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hooks = [make_webhook(ada, str(number)) for number in range(count)]
    tell(hooks[0], count)
    client = logged_in(ada)
    with django_assert_num_queries(4):
        page(client, LIST)
    with django_assert_num_queries(6):
        page(client, hooks[0].get_absolute_url())


def test_a_test_goes_out_once_however_often_its_form_is_sent(
    ada: Member, receiver: Receiver, settings: Settings
) -> None:
    settings.WEBHOOK_HOSTS_ALLOWED = [receiver.place]
    hook = Webhook.objects.create(member=ada, url=receiver.url)
    other = make_webhook(ada)
    client = logged_in(ada)
    token = page(client, hook.get_absolute_url()).select('input[name="form_token"]')[0]["value"]
    for _ in range(2):
        client.post(f"{hook.get_absolute_url()}test/", {"form_token": token})
    deliver_due(timezone.now(), wire())
    assert [heard.headers["Whystack-Event"] for heard in receiver.heard] == ["test"]
    assert other.deliveries.count() == 0


def test_a_disabled_webhook_is_tested_and_told_once_it_is_enabled(ada: Member) -> None:
    hook, client = make_webhook(ada), logged_in(ada)
    hook.disable(timezone.now(), "it is gone")
    html = page(client, hook.get_absolute_url())
    assert words(html, "main .button") == ["Enable it", "Show the secret", "Delete it"]
    test = {"form_token": str(UUID(int=1))}
    client.post(f"{hook.get_absolute_url()}test/", test)
    assert hook.deliveries.count() == 0
    client.post(f"{hook.get_absolute_url()}enable/")
    client.post(f"{hook.get_absolute_url()}test/", test)
    assert hook.deliveries.count() == 1


def test_a_secret_is_shown_when_asked_for_and_renewed_once(ada: Member) -> None:
    hook, client = make_webhook(ada), logged_in(ada)
    assert hook.secret not in page(client, hook.get_absolute_url()).decode()
    html = soup(client.post(f"{hook.get_absolute_url()}secret/").content)
    assert words(html, ".secret") == [hook.secret]
    seen = html.select('input[name="seen"]')[0]["value"]
    shown = [
        words(soup(client.post(f"{hook.get_absolute_url()}renew/", {"seen": seen}).content), ".secret") for _ in "ab"
    ]
    new = ada.webhooks.get().secret
    assert new != hook.secret
    assert shown == [[new], [new]]


def test_a_webhook_is_deleted_once_asked_and_confirmed(ada: Member) -> None:
    hook, client = make_webhook(ada), logged_in(ada)
    tell(hook, 1)
    page(client, f"{hook.get_absolute_url()}delete/")
    assert client.post(f"{hook.get_absolute_url()}delete/").headers["Location"] == LIST
    assert (Webhook.objects.count(), Delivery.objects.count()) == (0, 0)


def test_who_is_suspended_may_still_stop_what_they_are_sent(ada: Member) -> None:
    hook = make_webhook(ada)
    ada.suspend(timezone.now().replace(year=2100), "Spam")
    client = logged_in(ada)
    page(client, LIST)
    assert client.post(f"{hook.get_absolute_url()}delete/").status_code == 302
    assert ada.webhooks.count() == 0


def test_a_closed_account_takes_its_webhooks_along(ada: Member) -> None:
    tell(make_webhook(ada), 1)
    leave(ada, Words.GO)
    assert (Webhook.objects.count(), Delivery.objects.count()) == (0, 0)


def test_another_members_webhook_is_not_found(ada: Member) -> None:
    hook, grace = make_webhook(ada), logged_in(make_member("grace"))
    assert [grace.get(f"{hook.get_absolute_url()}{page}").status_code for page in ("", "delete/")] == [404, 404]
    assert Client().get(LIST).headers["Location"] == f"/accounts/login/?next={LIST}"


@pytest.mark.parametrize("path", ["webhook", "delivery"])
def test_editors_see_no_secret(ada: Member, path: str) -> None:
    hook = make_webhook(ada, "a-path-that-is-secret-too")
    tell(hook, 1)
    editor = logged_in(make_member("editor", is_staff=True, is_superuser=True))
    row = hook if path == "webhook" else hook.deliveries.get()
    for url in (f"/admin/members/{path}/", f"/admin/members/{path}/{row.pk}/change/"):
        html = page(editor, url).decode()
        assert "ada.example" in html
        assert [secret for secret in (hook.secret, "a-path-that-is-secret-too") if secret in html] == []
    assert editor.post(f"/admin/members/{path}/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def example_of_page(member: Member) -> str:
    return page(logged_in(member), LIST).select("pre code")[-1].text


def example_of_documentation(member: Member) -> str:
    text = (site.BASE_DIR / "docs" / "webhooks.md").read_text()
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    return str(example)


@pytest.mark.parametrize("source", [example_of_page, example_of_documentation])
def test_the_example_knows_our_signature_from_others(ada: Member, source: Callable[[Member], str]) -> None:
    names: dict[str, Callable[..., bool]] = {}
    exec(compile(source(ada), "example", "exec"), names)  # noqa: S102  # what members are told to run
    is_from_us = names["is_from_us"]
    now, body = int(time.time()), b'{"event":"test"}'
    good = signature("a-secret", now, body)
    assert is_from_us("a-secret", good, body)
    assert not is_from_us("another", good, body)
    assert not is_from_us("a-secret", good, body + b" ")
    assert not is_from_us("a-secret", signature("a-secret", now - 400, body), body)
    assert not is_from_us("a-secret", good.replace(f"t={now}", f"t={now + 1}"), body)
    empty = hmac.new(b"a-secret", b"." + body, sha256).hexdigest()
    for nonsense in ("", "t=,v1=", f"v1={empty}", f"t=x,v1={empty}", "t=1", "é", f"t={now},v1=é"):
        assert not is_from_us("a-secret", nonsense, body)
