"""A name service on a real socket that knows some TXT records, and nothing of anything else.

with NameServer({"_whystack.example.org": ["whystack-verify=abc"]}) as server:
    resolver.port = server.port
"""

import socketserver
from collections.abc import Iterator, Mapping, Sequence
from threading import Thread
from typing import Any, Self

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest


class Handler(socketserver.BaseRequestHandler):
    """Answers one question."""

    server: "_Server"

    def handle(self) -> None:
        query, socket = self.request
        asked = dns.message.from_wire(query)
        (question,) = asked.question
        name = str(question.name).rstrip(".")
        answer = dns.message.make_response(asked)
        if name in self.server.records:
            texts = [f'"{text}"' for text in self.server.records[name]]
            answer.answer = [dns.rrset.from_text(question.name, 60, "IN", "TXT", *texts)]
        elif name not in self.server.empty:
            answer.set_rcode(dns.rcode.SERVFAIL if name in self.server.broken else dns.rcode.NXDOMAIN)
        socket.sendto(answer.to_wire(), self.client_address)


class _Server(socketserver.ThreadingUDPServer):
    daemon_threads = True

    def __init__(self, records: Mapping[str, Sequence[str]]) -> None:
        self.records = dict(records)
        self.broken: set[str] = set()
        self.empty: set[str] = set()
        super().__init__(("127.0.0.1", 0), Handler)


class NameServer:
    """The server, as long as it is entered."""

    def __init__(self, records: Mapping[str, Sequence[str]]) -> None:
        self._server = _Server(records)

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: Any) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def knows(self, name: str, *texts: str) -> None:
        self._server.records[name] = texts

    def breaks_at(self, name: str) -> None:
        self._server.broken.add(name)

    def has_other_records_at(self, name: str) -> None:
        self._server.empty.add(name)


@pytest.fixture
def name_server() -> Iterator[NameServer]:
    with NameServer({}) as started:
        yield started
