"""Calls to a host: bounded in time, in bytes and in where they may lead, one after the other."""

import asyncio
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import httpx2

from tools.forges.answers import Unreachable

HEADERS = {
    "Accept-Encoding": "identity",  # so that the bytes counted are the bytes kept in memory
    "User-Agent": "Whystack",
}
REDIRECTS = 3
# A hundred repositories with their releases are some 100 kB.
MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: a body longer than `MOST_BYTES` is only its beginning."""

    status: int
    headers: Mapping[str, str]
    """Their names in any case."""
    body: bytes

    @property
    def etag(self) -> str:
        """The ETag, unless it has a form that could not be sent back or kept."""
        etag = self.headers.get("ETag", "")
        return etag if re.fullmatch(r'(W/)?"[!#-~]{1,90}"', etag) else ""


@dataclass(frozen=True, slots=True)
class Wire:
    """The way to the API at `url`; `total_seconds` is the most that one call may take, redirects and all."""

    label: str
    """What people call the host."""
    url: str
    connect_seconds: float = 5
    total_seconds: float = 20

    def get(self, path: str, headers: Mapping[str, str]) -> Response | Unreachable:
        """Fetch the address and follow where it leads, never to another host."""
        return self._call(_Request("GET", httpx2.URL(f"{self.url}{path}"), headers))

    def post(self, path: str, headers: Mapping[str, str], body: bytes) -> Response | Unreachable:
        """Send the body, and follow only redirects that promise to send it on as it is."""
        return self._call(_Request("POST", httpx2.URL(f"{self.url}{path}"), headers, body))

    def _call(self, request: "_Request") -> Response | Unreachable:
        try:
            return asyncio.run(self._follow(request))
        except (TimeoutError, httpx2.TimeoutException):
            return Unreachable(f"{self.label} did not answer in time.")
        except httpx2.ConnectError:
            return Unreachable(f"{self.label} cannot be reached.")
        except (httpx2.HTTPError, httpx2.InvalidURL):
            return Unreachable(f"{self.label}'s answer broke off or is not HTTP.")

    async def _follow(self, request: "_Request") -> Response | Unreachable:
        url = request.url
        timeout = httpx2.Timeout(self.total_seconds, connect=self.connect_seconds)
        async with (
            asyncio.timeout(self.total_seconds),
            httpx2.AsyncClient(headers=HEADERS | dict(request.headers), timeout=timeout, verify=_trusted()) as client,
        ):
            for _ in range(1 + REDIRECTS):
                async with client.stream(request.method, url, content=request.body) as response:
                    if response.status_code not in request.redirects:
                        return Response(response.status_code, response.headers, await _body(response))
                    target = url.join(response.headers.get("Location", ""))
                if _origin(target) != _origin(url):
                    return Unreachable("The answer leads to another host, which the token must not reach.")
                url = target
        return Unreachable(f"{self.label} leads from one address to the next without an end.")


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: httpx2.URL
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)

    @property
    def redirects(self) -> tuple[int, ...]:
        return (301, 302, 307, 308) if self.method == "GET" else (307, 308)


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities we trust, read once: reading them takes longer than a question."""
    return httpx2.create_ssl_context()


def _origin(url: httpx2.URL) -> tuple[str, str, int | None, bytes]:
    return url.scheme, url.host, url.port, url.userinfo


async def _body(response: httpx2.Response) -> bytes:
    """The body, or its beginning where it is longer than we read."""
    body = b""
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MOST_BYTES:
            break
    return body
