"""A stand-in for GitHub's REST API on a real socket, and everything that can go wrong with it.

with GitHubServer() as server:
    server.has("pallets/flask", stars=73_000)
    GitHub(server.url).ask("pallets/flask")
    assert server.asked == ["/repos/pallets/flask"]
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self

from tools.github import Answer, Gone, Nonsense, RateLimited, Unauthorized, Unreachable

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TOKEN = "a-token-that-nobody-may-see"

type Reply = Callable[["Handler"], None]


def description(name: str, **fields: Any) -> dict[str, Any]:
    """A repository as GitHub describes it, shortened: the fields we read and a few that we do not."""
    owner, _, short = name.partition("/")
    return {
        "id": 596892,
        "name": short,
        "full_name": name,
        "owner": {"login": owner, "type": "Organization"},
        "private": False,
        "stargazers_count": 73_000,
        "watchers_count": 73_000,
        "forks_count": 17_000,
        "archived": False,
        "pushed_at": "2026-11-20T21:14:15Z",
        "license": {"spdx_id": "BSD-3-Clause"},
    } | fields


def says(status: int, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
    """A whole answer: the body as it is where it is bytes, else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def reply(handler: "Handler") -> None:
        handler.start(status, {"Content-Length": str(len(content)), **(headers or {})})
        handler.wfile.write(content)

    return reply


def has(name: str, **fields: Any) -> Reply:
    """The description of a repository with its ETag, or 304 where the asker knows it."""
    content = json.dumps(description(name, **fields)).encode()
    etag = f'W/"{sha256(content).hexdigest()}"'

    def reply(handler: "Handler") -> None:
        if handler.headers["If-None-Match"] == etag:
            handler.start(304, {"ETag": etag})
        else:
            says(200, content, {"ETag": etag})(handler)

    return reply


def moved(to: str, status: int = 301) -> Reply:
    return says(status, {"message": "Moved Permanently", "url": to}, {"Location": to})


def slowly(reply: Reply, seconds: float) -> Reply:
    """The same answer after a while."""

    def slow(handler: "Handler") -> None:
        handler.wait(seconds)
        reply(handler)

    return slow


def hangs(handler: "Handler") -> None:
    handler.wait(60)


def drips(handler: "Handler") -> None:
    """An answer that never stops coming and never ends."""
    handler.start(200, {"Content-Length": "100000"})
    while not handler.wait(0.05):
        handler.wfile.write(b" ")


def drips_headers(handler: "Handler") -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.wait(0.05):
        handler.wfile.write(b"X-Header: x\r\n")


def breaks_off(handler: "Handler") -> None:
    handler.start(200, {"Content-Length": "100000"})
    handler.wfile.write(b'{"full_name": ')


def is_not_http(handler: "Handler") -> None:
    handler.wfile.write(b"220 mail.example ESMTP\r\n")


class Handler(BaseHTTPRequestHandler):
    """Answers GET with the reply that the test laid down for the path."""

    server: "_Server"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.questions.append(Question(self.path, dict(self.headers.items())))
        self.server.replies.get(self.path, says(404, {"message": "Not Found", "status": "404"}))(self)

    def start(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()

    def wait(self, seconds: float) -> bool:
        """Whether the server was closed while we waited."""
        return self.server.closing.wait(seconds)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name the base class gives it
        """Say nothing: the tests' output is for the tests."""


@dataclass(frozen=True)
class Question:
    path: str
    headers: dict[str, str]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.questions: list[Question] = []
        self.closing = Event()
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """An asker who lost patience and hung up is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class GitHubServer:
    """The stand-in: knows the repositories it is told of, and remembers what it was asked."""

    def __enter__(self) -> Self:
        self._server = _Server()
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def questions(self) -> list[Question]:
        return self._server.questions

    @property
    def asked(self) -> list[str]:
        return [question.path for question in self.questions]

    def has(self, name: str, stars: int = 73_000, forks: int = 17_000, **fields: Any) -> None:
        self.replies(f"/repos/{name}", has(name, stargazers_count=stars, forks_count=forks, **fields))

    def replies(self, path: str, reply: Reply) -> None:
        self._server.replies[path] = reply


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong when flask is asked for, and what the client makes of it."""

    name: str
    reply: Reply
    answer: Answer
    seconds: float = 20


def _wrong(**fields: Any) -> Reply:
    return says(200, description("pallets/flask", **fields))


def _without(field: str) -> Reply:
    return says(200, {key: value for key, value in description("pallets/flask").items() if key != field})


def _limited(status: int, until: datetime, **headers: str) -> tuple[Reply, Answer]:
    reply = says(status, {"message": "API rate limit exceeded"}, {k.replace("_", "-"): v for k, v in headers.items()})
    return reply, RateLimited("GitHub wants to be asked less often.", until)


MINUTE = timedelta(minutes=1)
RESET = str(int((NOW + 40 * MINUTE).timestamp()))
GONE = Gone("GitHub has no repository of this name, or may not show it.")
TOO_LATE = Unreachable("GitHub did not answer in time.")
BROKEN = Unreachable("GitHub's answer broke off or is not HTTP.")
NOT_JSON = Unreachable("The answer is not JSON, so it is not GitHub's.")
STRANGER = Unreachable("The answer leads to another host, which the token must not reach.")
ENDLESS = Unreachable("GitHub leads from one address to the next without an end.")
STARS = Nonsense("stargazers_count is not a whole number from 0 to 10,000,000.")
FORKS = Nonsense("forks_count is not a whole number from 0 to 10,000,000.")
ARCHIVED = Nonsense("archived is neither true nor false.")
PUSHED = Nonsense("pushed_at is not a moment of the past.")
NAME = Nonsense("full_name is not a repository's name.")

FAULTS = [
    Fault("the repository is gone", says(404, {"message": "Not Found"}), GONE),
    Fault("the repository is blocked by law", says(451, {"message": "Repository access blocked"}), GONE),
    Fault(
        "the token is refused",
        says(401, {"message": "Bad credentials"}),
        Unauthorized("GitHub does not accept the token."),
    ),
    Fault("403 says how many seconds to wait", *_limited(403, NOW + 2 * MINUTE, Retry_After="120")),
    Fault("429 says how many seconds to wait", *_limited(429, NOW + 2 * MINUTE, Retry_After="120")),
    Fault(
        "429 says until when to wait",
        *_limited(429, NOW + 3 * MINUTE, Retry_After="Sat, 21 Nov 2026 12:03:00 GMT"),
    ),
    Fault(
        "403 says when the count begins anew",
        *_limited(403, NOW + 40 * MINUTE, X_RateLimit_Remaining="0", X_RateLimit_Reset=RESET),
    ),
    Fault(
        "429 says when the count begins anew",
        *_limited(429, NOW + 40 * MINUTE, X_RateLimit_Remaining="0", X_RateLimit_Reset=RESET),
    ),
    Fault(
        "403 leaves questions to ask, and says nothing of waiting",
        *_limited(403, NOW + MINUTE, X_RateLimit_Remaining="17", X_RateLimit_Reset=RESET),
    ),
    Fault("403 says nothing", *_limited(403, NOW + MINUTE)),
    Fault("429 says nothing", *_limited(429, NOW + MINUTE)),
    Fault("429 says something that is no time", *_limited(429, NOW + MINUTE, Retry_After="tomorrow")),
    Fault("429 wants years", *_limited(429, NOW + timedelta(days=1), Retry_After="99999999")),
    Fault("429 names a moment of the past", *_limited(429, NOW, Retry_After="Sat, 21 Nov 2020 12:03:00 GMT")),
    Fault("an HTML page with 502", says(502, b"<html>Bad Gateway</html>"), Unreachable("GitHub answered 502.")),
    Fault("an empty 500", says(500, b""), Unreachable("GitHub answered 500.")),
    Fault("an unexpected 204", says(204, b""), Unreachable("GitHub answered 204.")),
    Fault("304 though nothing was known", says(304, b""), Unreachable("GitHub answered 304.")),
    Fault("an HTML page with 200", says(200, b"<html>Log in to the hotel</html>"), NOT_JSON),
    Fault("half of a JSON document", says(200, b'{"full_name": "pallets/flask", "stargazers'), NOT_JSON),
    Fault("bytes that are not text", says(200, b'{"full_name": "\xff\xfe"}'), NOT_JSON),
    Fault("brackets without an end", says(200, b"[" * 200_000), NOT_JSON),
    Fault("compressed bytes nobody asked for", says(200, b"\x1f\x8b\x08", {"Content-Encoding": "gzip"}), NOT_JSON),
    Fault("an answer that breaks off", breaks_off, BROKEN),
    Fault("an answer that is not HTTP", is_not_http, BROKEN),
    Fault("no answer at all", hangs, TOO_LATE, seconds=0.5),
    Fault("an answer that drips", drips, TOO_LATE, seconds=0.5),
    Fault("headers that drip", drips_headers, TOO_LATE, seconds=0.5),
    Fault("an answer of three megabytes", says(200, b" " * 3_000_000), Nonsense("The answer is far too long.")),
    Fault("a list", says(200, []), Nonsense("The answer does not describe a repository.")),
    Fault("null", says(200, None), Nonsense("The answer does not describe a repository.")),
    Fault("no stars", _without("stargazers_count"), STARS),
    Fault("null stars", _wrong(stargazers_count=None), STARS),
    Fault("stars in a string", _wrong(stargazers_count="73000"), STARS),
    Fault("stars that are true", _wrong(stargazers_count=True), STARS),
    Fault("half a star", _wrong(stargazers_count=73_000.5), STARS),
    Fault("negative stars", _wrong(stargazers_count=-1), STARS),
    Fault("more stars than there are people", _wrong(stargazers_count=2**63), STARS),
    Fault("negative forks", _wrong(forks_count=-1), FORKS),
    Fault("forks in a list", _wrong(forks_count=[17_000]), FORKS),
    Fault("archived in a string", _wrong(archived="false"), ARCHIVED),
    Fault("null pushed", _wrong(pushed_at=None), PUSHED),
    Fault("pushed in the future", _wrong(pushed_at="2027-01-01T00:00:00Z"), PUSHED),
    Fault("pushed on a day that never was", _wrong(pushed_at="2026-02-30T00:00:00Z"), PUSHED),
    Fault("pushed before Git was", _wrong(pushed_at="1970-01-01T00:00:00Z"), PUSHED),
    Fault("no name", _without("full_name"), NAME),
    Fault("a name that is a path", _wrong(full_name="../../etc/passwd"), NAME),
    Fault("a redirect to another host", moved("https://stranger.invalid/repos/pallets/flask"), STRANGER),
    Fault("a redirect to another scheme", moved("ftp://127.0.0.1/repos/pallets/flask"), STRANGER),
    Fault("a redirect to nowhere", says(301, b""), ENDLESS),
    Fault("a redirect in circles", moved("/repos/pallets/flask"), ENDLESS),
]
