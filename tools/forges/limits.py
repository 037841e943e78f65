"""When a host wants to be asked again, and what it still grants: headers in, moments out, pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MINUTE = timedelta(minutes=1)
# Limits are counted by the hour: whoever asks for longer than this is not believed.
LONGEST_LIMIT = timedelta(days=1)
PREFIXES = ("X-RateLimit-", "RateLimit-")


@dataclass(frozen=True, slots=True)
class Granted:
    """How many calls (or points) are left until the count begins anew, as far as the host said."""

    left: int | None = None
    resets_at: datetime | None = None

    @property
    def used_up(self) -> bool:
        """Whether it said that nothing is left, and until when."""
        return self.left == 0 and self.resets_at is not None


def limited_until(headers: Mapping[str, str], now: datetime) -> datetime:
    """Return until when a host wants to be left alone: as it says, else until its count begins anew, else a minute."""
    left = granted(headers)
    reset = left.resets_at if left.used_up else None
    return believed(_retry_after(headers.get("Retry-After", ""), now) or reset or now + MINUTE, now)


def believed(until: datetime, now: datetime) -> datetime:
    """Return the moment as far as it is believed: neither of the past nor further off than any count begins anew."""
    return min(max(until, now), now + LONGEST_LIMIT)


def granted(headers: Mapping[str, str]) -> Granted:
    """Return what the headers say is left."""
    left, reset = (_number(headers, f"{what}") for what in ("Remaining", "Reset"))
    return Granted(left, None if reset is None else datetime.fromtimestamp(reset, UTC))


def _number(headers: Mapping[str, str], what: str) -> int | None:
    values = (headers.get(f"{prefix}{what}", "") for prefix in PREFIXES)
    return next((int(value) for value in values if re.fullmatch(r"[0-9]{1,10}", value)), None)


def _retry_after(text: str, now: datetime) -> datetime | None:
    if re.fullmatch(r"[0-9]{1,9}", text):
        return now + timedelta(seconds=int(text))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
