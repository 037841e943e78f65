"""Looks for a stack's token at a domain: a TXT record, else a file. It joins stacks with the one way out of members.

Stacks know no member, and the way out (one look-up, public addresses only, no redirect, bounded in size and time)
belongs to members' webhooks, so the two meet here.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx2
from django.conf import settings
from dns.exception import DNSException
from dns.rdatatype import TXT
from dns.resolver import NXDOMAIN, NoAnswer, Resolver

from members.webhook_wire import RefusedError, Wire
from stacks.domain_names import FILE, RECORD, proves
from stacks.models import Method
from stacks.verifying import Missing, Seen
from tools.words import capitalised

MOST_BYTES = 4_096
"""Of the file."""
DNS_SECONDS = 5
PORTS = frozenset({443})


class UnreachableError(Exception):
    """The question could not be asked, or was not answered; the text is a sentence for the stack's owner."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Asks the name service, then the domain's own site."""

    wire: Wire
    file_at: str = f"https://{{name}}{FILE}"
    nameservers: Sequence[str] = field(default=())
    """Addresses; none means those of this machine."""
    port: int = 53

    def look(self, name: str, token: str) -> Seen:
        """Where the token is found at the domain, or why it is not."""
        problems = []
        for method, texts in ((Method.DNS, self._records), (Method.FILE, self._file)):
            try:
                if any(proves(text, token) for text in texts(name)):
                    return method
            except UnreachableError as error:
                problems.append(str(error))
            else:
                problems.append(f"{capitalised(method.label)} is there and says something else.")
        return Missing(" ".join(problems))

    def _records(self, name: str) -> list[str]:
        """The TXT records; raise UnreachableError where there is none."""
        record = f"{RECORD}.{name}"
        try:
            resolver = Resolver(configure=not self.nameservers)
            if self.nameservers:
                resolver.nameservers = list(self.nameservers)
                resolver.port = self.port
            answer = resolver.resolve(f"{record}.", TXT, lifetime=DNS_SECONDS, search=False)
        except (NXDOMAIN, NoAnswer) as error:
            raise UnreachableError(f"There is no TXT record at {record}.") from error
        except DNSException as error:
            raise UnreachableError(f"The name service did not answer for {record}.") from error
        return [b"".join(row.strings).decode("utf-8", "replace") for row in answer]

    def _file(self, name: str) -> list[str]:
        """The file's text; raise UnreachableError where there is none."""
        url = self.file_at.format(name=name)
        try:
            status, text = asyncio.run(self._got(url))
        except RefusedError as error:
            raise UnreachableError(f"At {url}: {error}") from error
        except (TimeoutError, httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise UnreachableError(f"Nothing that could be read answered at {url}.") from error
        if status != httpx2.codes.OK:
            more = ", a redirect, which is not followed" if 300 <= status < 400 else ""
            raise UnreachableError(f"{url} answered {status}{more}.")
        return [text]

    async def _got(self, url: str) -> tuple[int, str]:
        headers = {"Accept-Encoding": "identity", "Connection": "close", "User-Agent": self.wire.agent}
        async with asyncio.timeout(self.wire.total_seconds), self.wire.asked("GET", url, headers) as response:
            text = b""
            async for chunk in response.aiter_raw():
                text += chunk
                if len(text) > MOST_BYTES:
                    break
        return response.status_code, text[:MOST_BYTES].decode("utf-8", "replace")


def looker() -> Looker:
    """As this site looks."""
    return Looker(Wire(agent=f"{settings.SITE_NAME} (+{settings.SITE_URL})", ports=PORTS))
