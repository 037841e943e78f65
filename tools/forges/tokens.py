"""Tokens of one host, each with a limit of its own: one that is used up or refused gives way to the next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

from tools.forges.answers import RateLimited, Unauthorized

# Who asks too often with a token that is none is locked out for a while.
REFUSED_RESTS = timedelta(minutes=15)


class Rests(Protocol):
    """Where it is kept which token rests until when; Django's cache is one that all processes share."""

    def get(self, key: str) -> Any:
        """Return what was set, or None."""

    def set(self, key: str, value: Any, timeout: float) -> object:
        """Keep the value for at least `timeout` seconds or until memory is short."""


class OwnRests:
    """Kept as long as whoever keeps it lives."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        """Return what was set, or None."""
        return self._kept.get(key)

    def set(self, key: str, value: Any, timeout: float) -> None:
        """Keep the value; it says itself until when it holds."""
        self._kept[key] = value


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of the API at `url`, tried in their order; none at all means anonymous calls, limited as well."""

    label: str
    url: str
    values: Sequence[str] = field(repr=False)
    rests: Rests = field(default_factory=OwnRests, repr=False)

    def awake(self, now: datetime) -> Iterator[str]:
        """Yield those that may be sent now, or "" where calls are anonymous."""
        for value in self.values or ("",):
            rest = self._rest(value)
            if _is_token(value) and (rest is None or rest[0] <= now):
                yield value

    def rest(self, value: str, stop: RateLimited | Unauthorized, now: datetime) -> None:
        """Leave the token alone as long as the host wants."""
        until = stop.until if isinstance(stop, RateLimited) else now + REFUSED_RESTS
        kept = (until, stop.reason, isinstance(stop, Unauthorized))
        self.rests.set(self._key(value), kept, timeout=max((until - now).total_seconds(), 1))

    def why_none(self, now: datetime) -> RateLimited | Unauthorized:
        """Return why none is awake, and when the first will be unless all were refused."""
        rests = [rest for value in self.values or ("",) if (rest := self._rest(value))]
        limited = [(until, reason) for until, reason, refused in rests if not refused]
        if limited:
            until, reason = min(limited)
            return RateLimited(reason, max(until, now))
        if rests:
            return Unauthorized(rests[0][1])
        return Unauthorized(f"The {self.label} token holds characters that no token has.")

    def _rest(self, value: str) -> tuple[datetime, str, bool] | None:
        kept: tuple[datetime, str, bool] | None = self.rests.get(self._key(value))
        return kept

    def _key(self, value: str) -> str:
        """A name under which a token may be spoken of: it does not tell the token."""
        return f"token-{sha256(f'{self.url} {value}'.encode()).hexdigest()[:24]}"


def _is_token(value: str) -> bool:
    return re.fullmatch(r"[!-~]*", value) is not None
