"""The only code that speaks to GitHub: a repository's name in, what was seen or why nothing was out.

It knows no model and no settings. What goes wrong is told as a value in words of our own, never as an exception,
so that neither the token nor anything a server says can reach a log or a page.
"""

import asyncio
import json
import re
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import httpx2

HEADERS = {
    "Accept": "application/vnd.github+json",
    "Accept-Encoding": "identity",  # so that the bytes counted are the bytes kept in memory
    "User-Agent": "Whystack",
    "X-GitHub-Api-Version": "2022-11-28",
}
REDIRECTS = 3
# A repository is described in some 7 kB, and the most starred one has half a million stars.
MOST_BYTES = 1_000_000
MOST_STARS = 10_000_000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
# Limits are counted by the hour: whoever asks for longer than this is not believed.
LONGEST_LIMIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """A repository as GitHub shows it now, under the name it has now."""

    name: str
    stars: int
    forks: int
    archived: bool
    pushed_on: date
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """All is as it was when the ETag was given."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing was seen, in a sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone(Failure):
    """There is no such repository: deleted, made private, blocked, or never there."""


@dataclass(frozen=True, slots=True)
class Nonsense(Failure):
    """GitHub answered, and not what its documentation promises."""


@dataclass(frozen=True, slots=True)
class RateLimited(Failure):
    """GitHub wants to be left alone for a while."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Unauthorized(Failure):
    """GitHub does not know the token."""


@dataclass(frozen=True, slots=True)
class Unreachable(Failure):
    """Nobody answered in time, or somebody who is not GitHub."""


type Answer = Seen | Unchanged | Gone | Nonsense | RateLimited | Unauthorized | Unreachable


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class GitHub:
    """GitHub's REST API at `url`; `total_seconds` is the most that one question may take, redirects and all."""

    url: str
    token: str = field(default="", repr=False)
    connect_seconds: float = 5
    total_seconds: float = 20
    clock: Callable[[], datetime] = field(default=_utc_now, repr=False)

    def ask(self, name: str, etag: str = "") -> Answer:
        """Ask for the repository `owner/name`, or only whether it changed since `etag` was given."""
        if not is_repository_name(name):
            return Gone("No repository on GitHub can have this name.")
        if not re.fullmatch(r"[!-~]*", self.token):
            return Unauthorized("The GitHub token holds characters that no token has.")
        try:
            return asyncio.run(self._ask(name, etag))
        except (TimeoutError, httpx2.TimeoutException):
            return Unreachable("GitHub did not answer in time.")
        except httpx2.ConnectError:
            return Unreachable("GitHub cannot be reached.")
        except (httpx2.HTTPError, httpx2.InvalidURL):
            return Unreachable("GitHub's answer broke off or is not HTTP.")

    async def _ask(self, name: str, etag: str) -> Answer:
        url = httpx2.URL(f"{self.url}/repos/{name}")
        timeout = httpx2.Timeout(self.total_seconds, connect=self.connect_seconds)
        async with (
            asyncio.timeout(self.total_seconds),
            httpx2.AsyncClient(headers=self._headers(etag), timeout=timeout, verify=_trusted()) as client,
        ):
            for _ in range(1 + REDIRECTS):
                async with client.stream("GET", url) as response:
                    if response.status_code not in (301, 302, 307, 308):
                        return await self._read(response, etag)
                    target = url.join(response.headers.get("Location", ""))
                if _origin(target) != _origin(url):
                    return Unreachable("The answer leads to another host, which the token must not reach.")
                url = target
        return Unreachable("GitHub leads from one address to the next without an end.")

    def _headers(self, etag: str) -> dict[str, str]:
        token = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        condition = {"If-None-Match": etag} if etag else {}
        return HEADERS | token | condition

    async def _read(self, response: httpx2.Response, etag: str) -> Answer:
        match response.status_code:
            case 200:
                return seen(await _body(response), _etag(response), self.clock())
            case 304 if etag:
                return Unchanged()
            case 404 | 451:
                return Gone("GitHub has no repository of this name, or may not show it.")
            case 401:
                return Unauthorized("GitHub does not accept the token.")
            case 403 | 429:
                return RateLimited(
                    "GitHub wants to be asked less often.", limited_until(response.headers, self.clock())
                )
        return Unreachable(f"GitHub answered {response.status_code}.")


def is_repository_name(name: str) -> bool:
    """Whether this may stand in an address as `owner/name` and leads nowhere else."""
    return re.fullmatch(r"[A-Za-z0-9_-]{1,39}/(?!\.\.?$)[A-Za-z0-9._-]{1,100}", name) is not None


def seen(body: bytes, etag: str, now: datetime) -> Seen | Nonsense | Unreachable:
    """Read a repository's description, and refuse what GitHub's documentation does not promise."""
    if len(body) > MOST_BYTES:
        return Nonsense("The answer is far too long.")
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return Unreachable("The answer is not JSON, so it is not GitHub's.")
    if not isinstance(answer, dict):
        return Nonsense("The answer does not describe a repository.")
    try:
        return Seen(
            name=_name(answer, "full_name"),
            stars=_count(answer, "stargazers_count"),
            forks=_count(answer, "forks_count"),
            archived=_flag(answer, "archived"),
            pushed_on=_moment(answer, "pushed_at", now).date(),
            etag=etag,
        )
    except ValueError as error:
        return Nonsense(str(error))


def _name(answer: Mapping[str, Any], key: str) -> str:
    name = answer.get(key)
    if isinstance(name, str) and is_repository_name(name):
        return name
    raise ValueError(f"{key} is not a repository's name.")


def _count(answer: Mapping[str, Any], key: str) -> int:
    count = answer.get(key)
    if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MOST_STARS:
        return count
    raise ValueError(f"{key} is not a whole number from 0 to {MOST_STARS:,}.")


def _flag(answer: Mapping[str, Any], key: str) -> bool:
    flag = answer.get(key)
    if isinstance(flag, bool):
        return flag
    raise ValueError(f"{key} is neither true nor false.")


def _moment(answer: Mapping[str, Any], key: str, now: datetime) -> datetime:
    with suppress(ValueError):
        moment = datetime.strptime(str(answer.get(key)), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if EARLIEST <= moment <= now + timedelta(days=1):
            return moment
    raise ValueError(f"{key} is not a moment of the past.")


def limited_until(headers: Mapping[str, str], now: datetime) -> datetime:
    """Return until when GitHub wants to be left alone: as it says, else until its count begins anew, else a minute."""
    told = _retry_after(headers.get("Retry-After", ""), now) or _reset(headers) or now + MINUTE
    return min(max(told, now), now + LONGEST_LIMIT)


def _retry_after(text: str, now: datetime) -> datetime | None:
    if re.fullmatch(r"[0-9]{1,9}", text):
        return now + timedelta(seconds=int(text))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reset(headers: Mapping[str, str]) -> datetime | None:
    reset = headers.get("X-RateLimit-Reset", "")
    if headers.get("X-RateLimit-Remaining") == "0" and re.fullmatch(r"[0-9]{1,10}", reset):
        return datetime.fromtimestamp(int(reset), UTC)
    return None


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities we trust, read once: reading them takes longer than a question."""
    return httpx2.create_ssl_context()


def _origin(url: httpx2.URL) -> tuple[str, str, int | None, bytes]:
    return url.scheme, url.host, url.port, url.userinfo


def _etag(response: httpx2.Response) -> str:
    """The ETag, unless it has a form that could not be sent back or kept."""
    etag = response.headers.get("ETag", "")
    return etag if re.fullmatch(r'(W/)?"[!#-~]{1,90}"', etag) else ""


async def _body(response: httpx2.Response) -> bytes:
    """The body, or its beginning where it is longer than we read."""
    body = b""
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MOST_BYTES:
            break
    return body
