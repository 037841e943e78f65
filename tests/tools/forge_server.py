"""What the stand-ins for hosts have in common: a real socket, what was asked, and everything that can go wrong with it.

A stand-in answers with `answer`; a test may lay down another reply for a path with `replies` (from now on) or `once`
(for the next calls, in their order), and for every path with `ANYWHERE`. `questions` remembers each call.
"""

import json
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self

ANYWHERE = "*"
type Reply = Callable[["Handler"], None]


def says(status: int, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
    """A whole answer: the body as it is where it is bytes, else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def reply(handler: "Handler") -> None:
        handler.start(status, {"Content-Length": str(len(content)), **(headers or {})})
        handler.wfile.write(content)

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


@dataclass(frozen=True)
class Question:
    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes = b""

    @property
    def token(self) -> str:
        """Who asks: "" where nobody says."""
        return self.headers.get("Authorization", "").rpartition(" ")[2] or self.headers.get("PRIVATE-TOKEN", "")


class Handler(BaseHTTPRequestHandler):
    """Answers with the reply that the test laid down for the path, else with what the stand-in knows."""

    server: "_Server"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

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

    def _answer(self, body: bytes) -> None:
        self.close_connection = True
        question = Question(self.path, dict(self.headers.items()), self.command, body)
        self.server.forge.reply(question)(self)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, forge: "ForgeServer") -> None:
        self.forge = forge
        self.closing = Event()
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """An asker who lost patience and hung up is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class ForgeServer:
    """A host that answers nothing of its own yet."""

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self._replies: dict[str, Reply] = {}
        self._once: defaultdict[str, deque[Reply]] = defaultdict(deque)

    def __enter__(self) -> Self:
        self._server = _Server(self)
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
    def asked(self) -> list[str]:
        """The paths that were asked, in their order."""
        return [question.path for question in self.questions]

    @property
    def tokens(self) -> list[str]:
        """Who asked, in their order: "" where nobody said."""
        return [question.token for question in self.questions]

    def replies(self, path: str, reply: Reply) -> None:
        """Answer so from now on, whatever the stand-in knows."""
        self._replies[path] = reply

    def once(self, path: str, *replies: Reply) -> None:
        """Answer so the next times, once each."""
        self._once[path].extend(replies)

    def reply_later(self) -> Reply:
        """What the stand-in itself answers, for a place among replies that were laid down."""

        def known(handler: Handler) -> None:
            self.answer(self.questions[-1])(handler)

        return known

    def forget(self, path: str) -> None:
        """Answer what is known there again."""
        self._replies.pop(path, None)
        self._once.pop(path, None)

    def recovers(self) -> None:
        """Forget all replies laid down, and answer what is known."""
        self._replies.clear()
        self._once.clear()

    def reply(self, question: Question) -> Reply:
        self.questions.append(question)
        for path in (question.path, ANYWHERE):
            if self._once[path]:
                return self._once[path].popleft()
            if path in self._replies:
                return self._replies[path]
        return self.answer(question)

    def answer(self, question: Question) -> Reply:
        """What the host itself answers."""
        raise NotImplementedError
