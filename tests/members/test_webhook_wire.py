"""What speaks to members' webhooks: signed, bounded, and never into a private network."""

import ssl
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from members.public_addresses import is_public
from members.webhook_wire import MOST_BYTES, Answered, Failed, Message, Outcome, Resolver, Wire, signature
from tests.members import receiver as receivers
from tests.members.receiver import Receiver, Reply, receiver, says

__all__ = ["receiver"]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001:830::200e"]
PRIVATE = [
    "0.0.0.0",  # noqa: S104  # an address that is refused, not bound
    *("0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254"),
    *("168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1"),
    *("192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250"),
    *("240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1"),
    *("2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "4000::1", "fc00::1", "fd00:ec2::254"),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "not an address", ""),
]
NO_ADDRESS = "This is no address that begins with https://."
UNREADABLE = "This is no address: it is empty, too long, or has characters that no address has."
INTO_A_NETWORK = "This leads to a private or reserved network; messages go to public addresses only."
UNKNOWN = "No host of this name is known."
PASSWORD = "Leave out what stands before the @: an address with a password is not kept."
PORT = "Port {} is not among those that messages are sent to: 80, 443, 8443."


def message(url: str, body: bytes = b"{}") -> Message:
    return Message(url, "a-secret", UUID(int=1), "archived", body)


def at(*addresses: str) -> Resolver:
    """A name service that knows these addresses of every name."""
    return lambda host, port: addresses


HERE = at("127.0.0.1")


def post(to: Receiver, url: str = "", *, seconds: float = 10, resolver: Resolver = HERE) -> Outcome:
    vouched = frozenset({to.place, f"hooks.example:{to.port}"})
    wire = Wire(vouched=vouched, resolver=resolver, total_seconds=seconds, clock=lambda: NOW)
    (outcome,) = wire.send([message(url or to.url)])
    return outcome


@pytest.mark.parametrize("address", PUBLIC)
def test_anybody_may_be_told_at_a_public_address(address: str) -> None:
    assert is_public(address)
    assert Wire(resolver=at(address)).problem("https://hooks.example/a?b=c") == ""


@pytest.mark.parametrize("address", PRIVATE)
def test_nobody_is_told_at_any_other_address(address: str) -> None:
    assert not is_public(address)
    assert Wire(resolver=at(address)).problem("https://hooks.example/") == INTO_A_NETWORK
    assert Wire(resolver=at("8.8.8.8", address)).problem("https://hooks.example/") == INTO_A_NETWORK


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0", "localhost", "LOCALHOST"),
        *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "169.254.169.254"),
        *("[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fd00:ec2::254]", "10.0.0.1", "192.168.1.1"),
    ],
)
def test_no_way_to_write_an_address_gets_past(host: str) -> None:
    """With the name service of this machine, which reads all the old ways of writing numbers."""
    assert Wire().problem(f"https://{host}/") == INTO_A_NETWORK
    assert Wire().send([message(f"https://{host}/")]) == [Failed(INTO_A_NETWORK)]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", UNREADABLE),
        ("https://hooks.example/ a", UNREADABLE),
        ("https://hooks.example/\n", UNREADABLE),
        ("https://hooks.example\\@evil.example/", UNREADABLE),
        ("https://\uff11\uff12\uff17.0.0.1/", UNREADABLE),
        ("https://hooks.example/" + "a" * 300, UNREADABLE),
        ("hooks.example", NO_ADDRESS),
        ("//hooks.example/", NO_ADDRESS),
        ("http://hooks.example/", NO_ADDRESS),
        ("ftp://hooks.example/", NO_ADDRESS),
        ("file:///etc/passwd", NO_ADDRESS),
        ("gopher://127.0.0.1:6379/_FLUSHALL", NO_ADDRESS),
        ("https:///path", NO_ADDRESS),
        ("https://", NO_ADDRESS),
        ("https://[::1", NO_ADDRESS),
        ("https://0177.0.0.1/", NO_ADDRESS),
        ("https://[fe80::1%25eth0]/", NO_ADDRESS),
        ("https://%31%32%37.0.0.1/", NO_ADDRESS),
        ("https://ada@hooks.example/", PASSWORD),
        ("https://ada:secret@hooks.example/", PASSWORD),
        ("https://hooks.example:22/", PORT.format(22)),
        ("https://hooks.example:0/", PORT.format(0)),
        ("https://hooks.example:6379/", PORT.format(6379)),
        ("https://hooks.example:99999/", PORT.format(99999)),
    ],
)
def test_what_is_no_address_for_messages_is_refused_in_a_sentence(url: str, said: str) -> None:
    wire = Wire(resolver=at("8.8.8.8"))
    assert wire.problem(url) == said
    assert wire.send([message(url)]) == [Failed(said)]


def test_a_name_that_nobody_knows_is_refused() -> None:
    def knows_nothing(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    assert Wire(resolver=knows_nothing).problem("https://hooks.example/") == UNKNOWN
    assert Wire(resolver=at()).problem("https://hooks.example/") == UNKNOWN
    assert Wire().problem(f"https://{'a' * 64}.example/") == UNKNOWN


def test_a_name_that_turns_private_after_it_was_looked_at_is_refused() -> None:
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    wire = Wire(resolver=lambda host, port: next(answers))
    assert wire.problem("https://hooks.example/") == ""
    assert wire.send([message("https://hooks.example/")]) == [Failed(INTO_A_NETWORK)]


def test_a_name_is_looked_up_once_and_the_connection_goes_to_what_was_found(receiver: Receiver) -> None:
    """This machine knows no hooks.example: whoever looked it up again would find nothing."""
    asked = []

    def resolver(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.9"]

    assert post(receiver, f"http://hooks.example:{receiver.port}/hook", resolver=resolver) == Answered(204)
    assert asked == [("hooks.example", receiver.port)]
    assert receiver.heard[0].headers["Host"] == f"hooks.example:{receiver.port}"


def test_the_next_address_is_tried_where_the_first_takes_no_connection(receiver: Receiver) -> None:
    assert post(receiver, resolver=at("127.0.0.2", "127.0.0.1")) == Answered(204)
    assert len(receiver.heard) == 1


def test_who_is_vouched_for_is_so_at_one_port_only(receiver: Receiver) -> None:
    wire = Wire(vouched=frozenset({f"127.0.0.1:{receiver.port + 1}"}))
    assert wire.send([message(receiver.url)]) == [Failed(NO_ADDRESS)]
    assert receiver.heard == []


def test_a_message_arrives_signed(receiver: Receiver) -> None:
    assert post(receiver) == Answered(204)
    (heard,) = receiver.heard
    names = ("Whystack-Delivery", "Whystack-Event", "Whystack-Signature", "Content-Type", "User-Agent")
    assert [heard.headers[name] for name in names] == [
        "00000000-0000-0000-0000-000000000001",
        "archived",
        # Of `printf 1795348800.{} | openssl dgst -sha256 -hmac a-secret`.
        "t=1795348800,v1=4497ef80debeb5defa4857a1e5247f1cee04197ea26288ef8bd28c736ba6bfcc",
        "application/json",
        "Whystack",
    ]
    assert (heard.path, heard.body) == ("/hook", b"{}")


def test_another_body_moment_or_secret_makes_another_signature() -> None:
    signatures = {
        signature("a", 1, b"{}"),
        signature("b", 1, b"{}"),
        signature("a", 2, b"{}"),
        signature("a", 1, b"[]"),
    }
    assert len(signatures) == 4


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(receiver: Receiver, status: int) -> None:
    receiver.answers(says(status, headers={"Location": "/elsewhere"}))
    assert post(receiver) == Answered(status)
    assert [heard.path for heard in receiver.heard] == ["/hook"]


def test_no_proxy_is_asked(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert post(receiver) == Answered(204)


TOO_SLOW = Failed("It did not answer within 0.5 seconds.")
BROKEN = Failed("The connection broke off, or what answered is not HTTP.")


@pytest.mark.parametrize(
    ("reply", "outcome", "seconds"),
    [
        (receivers.hangs, TOO_SLOW, 0.5),
        (receivers.drips_headers, TOO_SLOW, 0.5),
        (receivers.breaks_off, BROKEN, 10),
        (receivers.is_not_http, BROKEN, 10),
        (says(200, b"<html>"), Answered(200), 10),
        # What follows the status is not waited for beyond the time there is.
        (receivers.drips, Answered(200), 0.5),
        (says(500, b"x" * 3_000_000), Answered(500), 10),
        (says(429, headers={"Retry-After": "90"}), Answered(429, timedelta(seconds=90)), 10),
        (says(503, headers={"Retry-After": "Sun, 22 Nov 2026 12:05:00 GMT"}), Answered(503, timedelta(minutes=5)), 10),
        (says(503, headers={"Retry-After": "tomorrow"}), Answered(503), 10),
        (says(503, headers={"Retry-After": "-1"}), Answered(503), 10),
    ],
)
def test_each_answer_is_bounded_and_told_in_our_words(
    receiver: Receiver, reply: Reply, outcome: Outcome, seconds: float
) -> None:
    receiver.answers(reply)
    assert post(receiver, seconds=seconds) == outcome


def test_of_a_flood_little_is_read(receiver: Receiver) -> None:
    receiver.answers(receivers.floods)
    assert post(receiver) == Answered(200)
    # What the two sockets hold between them, and what we read.
    assert MOST_BYTES < receiver.flooded < 20_000_000


def test_a_slow_receiver_and_a_wrong_address_cost_the_others_nothing(receiver: Receiver) -> None:
    with Receiver() as slow:
        slow.answers(receivers.hangs)
        wire = Wire(vouched=frozenset({receiver.place, slow.place}), total_seconds=0.5)
        sent = wire.send([message(slow.url), message("https://127.0.0.1/"), message(receiver.url)])
    assert sent == [TOO_SLOW, Failed(INTO_A_NETWORK), Answered(204)]


def test_where_nobody_listens_no_connection_is_made(receiver: Receiver) -> None:
    place = "127.0.0.1:9"
    assert Wire(vouched=frozenset({place})).send([message(f"http://{place}/")]) == [
        Failed("No connection could be made.")
    ]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of hooks.example, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hooks.example")])
    names = x509.SubjectAlternativeName([x509.DNSName("hooks.example")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    secret = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    path.write_bytes(secret + made.public_bytes(encoding))
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[Receiver]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Receiver(context) as started:
        yield started


def securely(to: Receiver, name: str, trusted: ssl.SSLContext | None) -> Outcome:
    wire = Wire(vouched=frozenset({f"{name}:{to.port}"}), resolver=at("127.0.0.1"), trusted=trusted)
    (outcome,) = wire.send([message(f"https://{name}:{to.port}/hook")])
    return outcome


def test_the_certificate_is_the_names_although_the_connection_goes_to_a_number(
    secure: Receiver, certificate: Path
) -> None:
    trusted = ssl.create_default_context(cafile=certificate)
    assert securely(secure, "hooks.example", trusted) == Answered(204)
    invalid = Failed("Its certificate is not valid for this name.")
    assert securely(secure, "other.example", trusted) == invalid
    assert securely(secure, "hooks.example", None) == invalid
    assert len(secure.heard) == 1
