"""A receiver of webhooks on a real socket, and what can go wrong with it.

with Receiver() as receiver:
    receiver.answer = says(204)
    wire.send([message])
    assert receiver.heard[0].body == b"{}"
"""

import ssl
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self

import pytest

type Reply = Callable[["Handler"], None]


def says(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
    """A whole answer."""

    def reply(handler: "Handler") -> None:
        handler.start(status, {"Content-Length": str(len(body)), **(headers or {})})
        handler.wfile.write(body)

    return reply


def hangs(handler: "Handler") -> None:
    handler.wait(60)


def drips_headers(handler: "Handler") -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.wait(0.05):
        handler.wfile.write(b"X-Header: x\r\n")


def drips(handler: "Handler") -> None:
    """It takes the message, and never ends saying so."""
    handler.start(200, {"Content-Length": "100000"})
    while not handler.wait(0.05):
        handler.wfile.write(b" ")


def floods(handler: "Handler") -> None:
    """It takes the message, and says so without an end; how much of it went out is counted."""
    handler.start(200, {})
    while not handler.wait(0):
        handler.wfile.write(b" " * 65_536)
        handler.server.flooded += 65_536


def breaks_off(handler: "Handler") -> None:
    handler.wfile.write(b"HTTP/1.1 20")


def is_not_http(handler: "Handler") -> None:
    handler.wfile.write(b"220 mail.example ESMTP\r\n")


class Handler(BaseHTTPRequestHandler):
    """Takes what is posted and answers as the test says."""

    server: "_Server"
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append(Heard(self.path, dict(self.headers.items()), body))
        self.server.answer(self)

    def do_GET(self) -> None:
        """A redirect that was followed would come here."""
        self.server.heard.append(Heard(self.path, dict(self.headers.items()), b""))
        says(200)(self)

    def start(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()

    def wait(self, seconds: float) -> bool:
        """Whether the receiver was closed while we waited."""
        return self.server.closing.wait(seconds)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name the base class gives it
        """Say nothing: the tests' output is for the tests."""


@dataclass(frozen=True)
class Heard:
    """One message as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.answer: Reply = says(204)
        self.heard: list[Heard] = []
        self.flooded = 0
        self.closing = Event()
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender who hung up, or did not trust us, is no error of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Receiver:
    """The receiver; with `tls` it speaks https."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = _Server()
        self._scheme = "http"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
            self._scheme = "https"

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def place(self) -> str:
        """As the setting of vouched hosts names it."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self._scheme}://{self.place}/hook"

    @property
    def heard(self) -> list[Heard]:
        return self._server.heard

    @property
    def flooded(self) -> int:
        return self._server.flooded

    def answers(self, reply: Reply) -> None:
        self._server.answer = reply


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as started:
        yield started
