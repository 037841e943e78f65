"""A real SMTP server for tests: it keeps what it takes, and refuses on demand."""

import email
import email.policy
from asyncio import Server
from collections.abc import Iterator
from email.message import EmailMessage
from types import TracebackType
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from config.mail import mailer


class FreePort(Controller):
    """A controller that takes whichever port is free."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd types little of it


class MailServer:
    """On a free port; in a `with` statement."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.refused: dict[str, str] = {}
        """What is answered to whom, instead of taking the mail."""
        self.hangs_up = False
        self.controller = FreePort(self, hostname="127.0.0.1", port=0)

    @property
    def url(self) -> str:
        """The address as EMAIL_URL has it."""
        return f"smtp://127.0.0.1:{self.controller.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that were taken for that address."""
        return [message for message in self.taken if message["To"] == address]

    async def handle_RCPT(  # noqa: N802  # as aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the recipient, or answer what the test asked for."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        """Keep the mail."""
        if self.hangs_up:
            assert server.transport
            server.transport.close()
        content: Any = envelope.content
        self.raw.append(content)
        self.taken.append(email.message_from_bytes(content, policy=email.policy.default))
        return "250 OK"

    def __enter__(self) -> "MailServer":
        self.controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.controller.stop()


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """The server that takes this test's mail, of a site on a public address."""
    with MailServer() as server:
        settings.MAILERS = {"default": mailer(server.url)}
        settings.SITE_URL = "https://whystack.example"
        yield server


def texts(message: EmailMessage) -> tuple[str, str]:
    """The text and the HTML of a mail."""
    plain, html = message.iter_parts()
    assert isinstance(plain, EmailMessage)
    assert isinstance(html, EmailMessage)
    return plain.get_content().replace("\r\n", "\n"), html.get_content()
