"""Domains of stacks: claimed, looked at by the worker, verified by a record or a file, and lost after long silence."""

from datetime import datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from config.domains import MOST_BYTES, Looker
from members.webhook_wire import Wire
from stacks import rhythm
from stacks.domain_names import domain_name
from stacks.models import Domain, Method, Stack
from stacks.verifying import Missing, Run, Seen, verify_due
from tests.members.builders import logged_in, make_member
from tests.pages import page
from tests.stacks.builders import NOW, make_stack
from tests.stacks.name_server import NameServer, name_server

__all__ = ["name_server"]
NAME, TOKEN, FILE = "example.org", "t" * 32, "/.well-known/whystack.txt"
PROOF = f"whystack-verify={TOKEN}"
RECORD = f"_whystack.{NAME}"


@pytest.fixture
def looker(name_server: NameServer, httpserver: HTTPServer) -> Looker:
    """One that asks the name service and the site of this test."""
    wire = Wire(vouched=frozenset({f"localhost:{httpserver.port}"}), total_seconds=2)
    site = f"http://localhost:{httpserver.port}{FILE}"
    return Looker(wire, site, nameservers=["127.0.0.1"], port=name_server.port)


class Told:
    """A looker that was told what to see."""

    def __init__(self, seen: Seen) -> None:
        self.seen, self.asked = seen, list[tuple[str, str]]()

    def look(self, name: str, token: str) -> Seen:
        self.asked.append((name, token))
        return self.seen


def claimed(stack: Stack, name: str = NAME) -> Domain:
    return Domain.objects.claim(stack, name, NOW)


def problem(seen: Seen) -> str:
    assert isinstance(seen, Missing)
    return seen.problem


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("example.org", "example.org"),
        (" Sub.Example.ORG. ", "sub.example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        *(
            (text, None)
            for text in (
                "",
                "localhost",
                "https://example.org",
                "example.org/x",
                "-a.org",
                "a-.org",
                "a..org",
                "1.2.3.4",
            )
        ),
        ("a" * 64 + ".org", None),
        (".".join(["a" * 60] * 5), None),
        ("ex ample.org", None),
        ("a\0b.org", None),
    ],
)
def test_what_is_typed_is_a_domain_or_not(typed: str, name: str | None) -> None:
    assert domain_name(typed) == name


def test_a_record_proves(looker: Looker, name_server: NameServer) -> None:
    name_server.knows(RECORD, "something else", PROOF)
    assert looker.look(NAME, TOKEN) is Method.DNS


def test_a_file_proves_where_there_is_no_record(looker: Looker, httpserver: HTTPServer) -> None:
    httpserver.expect_request(FILE).respond_with_data(f"# ours\r\n{PROOF}\r\n")
    assert looker.look(NAME, TOKEN) is Method.FILE


def test_what_says_something_else_proves_nothing(
    looker: Looker, name_server: NameServer, httpserver: HTTPServer
) -> None:
    name_server.knows(RECORD, f"{PROOF}x", "whystack-verify=")
    httpserver.expect_request(FILE).respond_with_data(f"not {PROOF}")
    said = "A TXT record is there and says something else. A file is there and says something else."
    assert problem(looker.look(NAME, TOKEN)) == said


def test_the_owner_hears_why_nothing_was_found(looker: Looker, name_server: NameServer, httpserver: HTTPServer) -> None:
    site = f"http://localhost:{httpserver.port}{FILE}"
    httpserver.expect_ordered_request(FILE).respond_with_data("", 404)
    httpserver.expect_ordered_request(FILE).respond_with_response(Response(status=302, headers={"Location": "/other"}))
    httpserver.expect_request("/other").respond_with_data(PROOF)
    assert problem(looker.look(NAME, TOKEN)) == f"There is no TXT record at {RECORD}. {site} answered 404."
    name_server.has_other_records_at(RECORD)
    moved = f"There is no TXT record at {RECORD}. {site} answered 302, a redirect, which is not followed."
    assert problem(looker.look(NAME, TOKEN)) == moved


def test_a_name_service_that_fails_does_not_keep_from_the_file(
    looker: Looker, name_server: NameServer, httpserver: HTTPServer
) -> None:
    name_server.breaks_at(RECORD)
    site = f"http://localhost:{httpserver.port}{FILE}"
    httpserver.expect_ordered_request(FILE).respond_with_data("", 500)
    assert problem(looker.look(NAME, TOKEN)) == (f"The name service did not answer for {RECORD}. {site} answered 500.")


def test_no_more_of_a_file_is_read_than_fits(looker: Looker, httpserver: HTTPServer) -> None:
    httpserver.expect_request(FILE).respond_with_data("\n" * MOST_BYTES + PROOF)
    assert problem(looker.look(NAME, TOKEN)).endswith("A file is there and says something else.")


def test_a_private_network_is_never_asked(name_server: NameServer, httpserver: HTTPServer) -> None:
    wire = Wire(resolver=lambda host, port: ["10.0.0.1"])
    looker = Looker(wire, nameservers=["127.0.0.1"], port=name_server.port)
    assert problem(looker.look(NAME, TOKEN)).endswith("messages go to public addresses only.")
    assert httpserver.log == []


@pytest.mark.django_db
def test_a_claimed_domain_is_verified_by_the_worker() -> None:
    domain = claimed(make_stack("Acme"))
    looker = Told(Method.DNS)
    assert verify_due(NOW, looker) == Run(found=1)
    assert looker.asked == [(NAME, domain.token)]
    domain.refresh_from_db()
    state = (domain.is_verified, domain.method, domain.verified_at, domain.due_at)
    assert state == (True, Method.DNS, NOW, NOW + rhythm.MONTH)
    assert verify_due(NOW, looker) == Run()


@pytest.mark.django_db
def test_what_its_owner_verified_counts_for_their_other_stacks_and_for_nobody_elses() -> None:
    acme = make_member("acme")
    one, two, other = make_stack("One", owner=acme), make_stack("Two", owner=acme), make_stack("Other")
    first = claimed(one)
    verify_due(NOW, Told(Method.FILE))
    assert (claimed(two).token, claimed(two).is_verified) == (first.token, True)
    stranger = claimed(other)
    assert (stranger.token == first.token, stranger.is_verified) == (False, False)
    # Looked at once for all of them.
    Domain.objects.filter(stack=other).delete()
    looker = Told(Method.DNS)
    assert verify_due(NOW + rhythm.MONTH, looker) == Run(found=1)
    assert set(Domain.objects.values_list("method", flat=True)) == {"dns"}


@pytest.mark.django_db
def test_a_token_that_is_not_there_is_looked_for_at_growing_intervals_and_then_left() -> None:
    domain = claimed(make_stack("Acme"))
    looker, waits, now = Told(Missing("There is no TXT record.")), list[timedelta](), NOW
    while domain.due_at is not None:
        now = domain.due_at
        verify_due(now, looker)
        domain.refresh_from_db()
        waits += [domain.due_at - now] if domain.due_at else []
    hours = [round(wait / timedelta(hours=1), 2) for wait in waits]
    assert hours == [0.17, 0.5, 1.5, 4.5, 13.5, 40.5, 48, 48, 48, 48, 48]
    assert (len(looker.asked), domain.problem) == (rhythm.TRIES, "There is no TXT record.")


@pytest.mark.django_db
def test_the_mark_outlives_a_few_failures_and_goes_after_more() -> None:
    domain = claimed(make_stack("Acme"))
    verify_due(NOW, Told(Method.DNS))
    marks = []
    for _ in range(rhythm.FAILURES_FORGIVEN + 1):
        domain.refresh_from_db()
        assert domain.due_at
        verify_due(domain.due_at, Told(Missing("It is gone.")))
        domain.refresh_from_db()
        marks.append(domain.is_verified)
    assert marks == [True, True, True, True, False]


@pytest.mark.django_db
def test_one_worker_looks_and_a_dead_ones_claim_runs_out() -> None:
    domain = claimed(make_stack("Acme"))
    assert (domain.take(NOW), domain.take(NOW)) == (True, False)
    assert verify_due(NOW, Told(Method.DNS)) == Run()
    assert verify_due(NOW + timedelta(minutes=6), Told(Method.DNS)) == Run(found=1)


@pytest.mark.django_db
def test_an_owner_claims_asks_and_gives_up() -> None:
    stack = make_stack("Acme")
    url = f"{stack.get_absolute_url()}domain/"
    owner = logged_in(stack.owner)
    assert [button["value"] for button in page(owner, url).select("main button")] == ["claim"]
    response = owner.post(url, {"do": "claim", "name": "https://example.org/"})
    assert (
        response.status_code,
        b"This is no domain" in response.content,
        b"https://example.org/" in response.content,
    ) == (
        400,
        True,
        True,
    )
    assert owner.post(url, {"do": "claim", "name": "Example.ORG"}).status_code == 302
    domain = Domain.objects.get()
    shown = page(owner, url)
    codes = {code.text for code in shown.select("main code.token")}
    assert codes == {f"whystack-verify={domain.token}", RECORD, f"https://{NAME}{FILE}"}
    domain.missed("There is no TXT record.", datetime.now(tz=NOW.tzinfo))
    assert "There is no TXT record." in page(owner, url).text
    assert owner.post(url, {"do": "check"}).status_code == 302
    domain.refresh_from_db()
    assert domain.attempts == 0
    assert owner.post(url, {"do": "remove"}).status_code == 302
    assert not Domain.objects.exists()


@pytest.mark.django_db
def test_readers_see_a_verified_domain_and_no_other() -> None:
    stack = make_stack("Acme", "flask")
    reader = logged_in(make_member("bob"))
    domain = claimed(stack)
    for url in ("/stacks/", stack.get_absolute_url()):
        assert NAME not in page(reader, url).text
    domain.found(Method.DNS, NOW)
    for url in ("/stacks/", stack.get_absolute_url()):
        assert [mark.text for mark in page(reader, url).select(".stack-verified")] == [f"Verified domain: {NAME}"]
