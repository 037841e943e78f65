"""Does the site answer?"""

import contextlib
import select
import socket


class Probe:
    """One request, sent at once and looked at now and then, so that nobody has to wait for the answer.

    Any HTTP answer means that the site is up; what it says about its health is for those who ask it.
    """

    def __init__(self, port: int, host: str) -> None:
        self.port, self.host = port, host
        self.connection: socket.socket | None = None

    def is_answered(self) -> bool:
        """Whether an answer is there; a connection that broke is tried again at the next call."""
        with contextlib.suppress(OSError):
            if self.connection is None:
                self.connection = self._ask()
            if not select.select([self.connection], [], [], 0)[0]:
                return False
            if self.connection.recv(5) == b"HTTP/":
                self._forget()
                return True
        self._forget()
        return False

    def _ask(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=1)
        connection.sendall(f"GET /healthz?live HTTP/1.1\r\nHost: {self.host}\r\nConnection: close\r\n\r\n".encode())
        return connection

    def _forget(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None
