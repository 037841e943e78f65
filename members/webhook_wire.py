"""Posts signed messages to addresses that members gave, and never into a private network.

A name is looked up once, every address it has must be public, and the connection goes to the very address that was
checked: a name that changes its mind between the look and the connection gains nothing. No redirect is followed, no
proxy is asked, and of an answer only the status counts.
"""

import asyncio
import logging
import re
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache, partial
from hashlib import sha256
from hmac import new as new_hmac
from uuid import UUID

import httpx2

from members.public_addresses import is_public

PORTS = frozenset({80, 443, 8443})
MOST_BYTES = 65_536
"""Of an answer that are read; none is kept."""
ADDRESSES_TRIED = 3
"""Of one name, in the order the name service gives."""
LOOKUPS_AT_ONCE = 20
LOOKUP_SECONDS = 5
"""That whoever adds an address waits for its name to be looked up."""
HOST = r"[a-z0-9._-]+|[0-9a-f:.]+"
logger = logging.getLogger(__name__)

type Resolver = Callable[[str, int], Sequence[str]]


class RefusedError(ValueError):
    """Nothing may be sent to that address; the text is a sentence for its owner."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted where; `secret` signs it, `uuid` stays the same when it is sent again."""

    url: str
    secret: str = field(repr=False)
    uuid: UUID
    event: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """The other side answered with this status, and may have asked for patience."""

    status: int
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """Nobody answered, in a sentence for the webhook's owner."""

    reason: str


type Outcome = Answered | Failed


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be posted to if its host is public, or vouched for by who runs this site."""

    url: httpx2.URL
    host: str
    port: int
    vouched: bool


def signature(secret: str, moment: int, body: bytes) -> str:
    """Sign the body as sent at the moment (seconds since 1970), as the header Whystack-Signature has it."""
    digest = new_hmac(secret.encode(), f"{moment}.".encode() + body, sha256).hexdigest()
    return f"t={moment},v1={digest}"


def resolve(host: str, port: int) -> list[str]:
    """Look the host's addresses up; raise OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Wire:
    """How messages get out; `vouched` are hosts as `name:port` that may be private and without TLS."""

    agent: str = "Whystack"
    vouched: frozenset[str] = frozenset()
    ports: frozenset[int] = PORTS
    resolver: Resolver = resolve
    trusted: ssl.SSLContext | None = None
    total_seconds: float = 10
    clock: Callable[[], datetime] = _utc_now

    def problem(self, url: str) -> str:
        """Say in a sentence why nothing may be sent to that address now; empty if something may."""
        try:
            asyncio.run(asyncio.wait_for(self._looked_up(url), LOOKUP_SECONDS))
        except RefusedError as error:
            return str(error)
        except TimeoutError:
            return "The host could not be looked up in time. Try again."
        return ""

    def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Post all of them at once, each within `total_seconds`; what became of each, in their order."""
        return asyncio.run(self._send_all(messages))

    async def _send_all(self, messages: Sequence[Message]) -> list[Outcome]:
        sent = await asyncio.gather(*(self._send(message) for message in messages), return_exceptions=True)
        return [_outcome(result) for result in sent]

    async def _send(self, message: Message) -> Outcome:
        outcome: Outcome = Failed(f"It did not answer within {self.total_seconds:g} seconds.")
        asked = self.asked("POST", message.url, self._headers(message), message.body)
        try:
            async with asyncio.timeout(self.total_seconds), asked as response:
                outcome = Answered(response.status_code, self._retry_after(response))
                await _skim(response)
        except TimeoutError:
            return outcome
        except RefusedError as error:
            return Failed(str(error))
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            return outcome if isinstance(outcome, Answered) else Failed(_told(error))
        return outcome

    async def _looked_up(self, url: str) -> tuple[Target, list[str]]:
        target = self.target(url)
        return target, await self._addresses(target)

    @asynccontextmanager
    async def asked(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> AsyncIterator[httpx2.Response]:
        """The answer, before its body. A client for each: connections are not shared between names.

        Raise RefusedError for an address that nothing is sent to, and what httpx2 raises; bound the time around it.
        """
        target, addresses = await self._looked_up(url)
        timeout = httpx2.Timeout(self.total_seconds, connect=self.total_seconds / ADDRESSES_TRIED)
        async with httpx2.AsyncClient(
            verify=self.trusted or _trusted(), timeout=timeout, trust_env=False, follow_redirects=False
        ) as client:
            build = partial(_request, client, target, method, {**headers, "Host": target.url.netloc.decode()}, body)
            response = await _first(client, build, addresses)
            try:
                yield response
            finally:
                await response.aclose()

    def target(self, text: str) -> Target:
        """Read an address; raise RefusedError for one of a form that nothing is sent to."""
        url = _parsed(text)
        host, port = url.raw_host.decode(), _port(url)
        vouched = f"{host}:{port}" in self.vouched
        if not re.fullmatch(HOST, host) or url.scheme not in (("https", "http") if vouched else ("https",)):
            raise RefusedError("This is no address that begins with https://.")
        if url.userinfo:
            raise RefusedError("Leave out what stands before the @: an address with a password is not kept.")
        if port not in self.ports and not vouched:
            known = ", ".join(str(port) for port in sorted(self.ports))
            raise RefusedError(f"Port {port} is not among those that messages are sent to: {known}.")
        return Target(url, host, port, vouched)

    async def _addresses(self, target: Target) -> list[str]:
        """The addresses of the host; raise RefusedError where it has none, or one that is not public."""
        loop = asyncio.get_running_loop()
        try:
            found = list(await loop.run_in_executor(_lookups(), self.resolver, target.host, target.port))
        except (OSError, UnicodeError) as error:
            raise RefusedError("No host of this name is known.") from error
        if not found:
            raise RefusedError("No host of this name is known.")
        if not target.vouched and not all(is_public(address) for address in found):
            raise RefusedError("This leads to a private or reserved network; messages go to public addresses only.")
        return found

    def _headers(self, message: Message) -> dict[str, str]:
        moment = int(self.clock().timestamp())
        return {
            "Accept-Encoding": "identity",
            "Connection": "close",
            "Content-Type": "application/json",
            "User-Agent": self.agent,
            "Whystack-Delivery": str(message.uuid),
            "Whystack-Event": message.event,
            "Whystack-Signature": signature(message.secret, moment, message.body),
        }

    def _retry_after(self, response: httpx2.Response) -> timedelta | None:
        """How long the other side asks us to wait, if it says so."""
        text = response.headers.get("Retry-After", "")
        if re.fullmatch(r"[0-9]{1,9}", text):
            return timedelta(seconds=int(text))
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - self.clock()


def _parsed(text: str) -> httpx2.URL:
    """The address as the client reads it, which is who connects; raise RefusedError where it cannot."""
    if not re.fullmatch(r"[!-\[\]-~]{1,300}", text):
        raise RefusedError("This is no address: it is empty, too long, or has characters that no address has.")
    try:
        return httpx2.URL(text)
    except httpx2.InvalidURL as error:
        raise RefusedError("This is no address that begins with https://.") from error


def _port(url: httpx2.URL) -> int:
    """The port that is connected to, said or not."""
    usual = {"https": 443, "http": 80}.get(url.scheme, 0)
    return usual if url.port is None else url.port


async def _first(
    client: httpx2.AsyncClient, build: Callable[[str], httpx2.Request], addresses: Sequence[str]
) -> httpx2.Response:
    """What the first of the addresses that takes a connection answers."""
    *others, last = addresses[:ADDRESSES_TRIED]
    for address in others:
        try:
            return await client.send(build(address), stream=True)
        except (httpx2.ConnectError, httpx2.ConnectTimeout):
            continue
    return await client.send(build(last), stream=True)


def _request(
    client: httpx2.AsyncClient, target: Target, method: str, headers: dict[str, str], body: bytes, address: str
) -> httpx2.Request:
    """The connection goes to the address; TLS and the other side hear the name."""
    url = target.url.copy_with(host=address)
    extensions = {"sni_hostname": target.host}
    return client.build_request(method, url, headers=headers, content=body, extensions=extensions)


async def _skim(response: httpx2.Response) -> None:
    """Let the other side say what it wants to say, up to a length, and forget it."""
    read = 0
    async for chunk in response.aiter_raw():
        read += len(chunk)
        if read > MOST_BYTES:
            return


def _outcome(result: Outcome | BaseException) -> Outcome:
    """What became of a message; a fault of ours is logged and costs the others nothing."""
    if isinstance(result, BaseException):
        logger.error("A message to a webhook failed unforeseen.", exc_info=result)
        return Failed("Something went wrong on our side.")
    return result


def _told(error: Exception) -> str:
    """The failure, without words that others chose."""
    if isinstance(error, httpx2.ConnectError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "Its certificate is not valid for this name."
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return "No connection could be made."
    return "The connection broke off, or what answered is not HTTP."


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities we trust, read once: reading them takes longer than a message."""
    return httpx2.create_ssl_context()


@cache
def _lookups() -> ThreadPoolExecutor:
    """Looking up cannot be cut short, so it gets threads that nobody waits for."""
    return ThreadPoolExecutor(LOOKUPS_AT_ONCE, thread_name_prefix="lookup")
