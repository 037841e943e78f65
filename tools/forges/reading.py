"""Reading what a host says, and refusing what its documentation does not promise: pure.

Each reader raises ValueError with a sentence of our own that quotes nothing of what was said.
"""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from tools.forges.answers import Nonsense, Released, Unreachable
from tools.forges.wire import MOST_BYTES

# The most starred repository has half a million stars.
MOST = 10_000_000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LONGEST_TAG = 100
NO_LICENCE = {"NOASSERTION", "NONE", "OTHER"}
type Answer = Mapping[str, Any]


def decoded(body: bytes, label: str) -> Any | Unreachable | Nonsense:
    """Return what the JSON says; who answers without JSON is not the host that `label` names."""
    if len(body) > MOST_BYTES:
        return Nonsense("The answer is far too long.")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return Unreachable(f"The answer is not JSON, so it is not {label}'s.")


def is_repository_name(name: str) -> bool:
    """Whether this may stand in an address as `owner/name` and leads nowhere else."""
    return re.fullmatch(r"[A-Za-z0-9_-]{1,39}/(?!\.\.?$)[A-Za-z0-9._-]{1,100}", name) is not None


def name(answer: Answer, key: str, valid: Callable[[str], bool] = is_repository_name) -> str:
    """Return the repository's full name."""
    value = answer.get(key)
    if isinstance(value, str) and valid(value):
        return value
    raise ValueError(f"{key} is not a repository's name.")


def count(answer: Answer, key: str) -> int:
    """Return how many there are, from 0 to `MOST`."""
    value = answer.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST:
        return value
    raise ValueError(f"{key} is not a whole number from 0 to {MOST:,}.")


def flag(answer: Answer, key: str) -> bool:
    """Return whether it is so."""
    value = answer.get(key)
    if isinstance(value, bool):
        return value
    raise ValueError(f"{key} is neither true nor false.")


def moment(answer: Answer, key: str, now: datetime) -> datetime:
    """Return when it was: ISO 8601 with its offset, since there is Git and not in the future."""
    with suppress(ValueError):
        value = datetime.fromisoformat(str(answer.get(key)))
        if value.tzinfo and EARLIEST <= value <= now + timedelta(days=1):
            return value.astimezone(UTC)
    raise ValueError(f"{key} is not a moment of the past.")


def licence(value: object) -> str:
    """Return the SPDX identifier, or nothing where the host knows none."""
    spdx = value if isinstance(value, str) else ""
    known = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,59}", spdx) and spdx.upper() not in NO_LICENCE
    return spdx if known else ""


def released(answer: Answer, tag: str, on: str, now: datetime) -> Released | None:
    """Return the release, or nothing where its tag is none that we could keep."""
    value = answer.get(tag)
    if isinstance(value, str) and 0 < len(value) <= LONGEST_TAG and value.isprintable():
        return Released(value, moment(answer, on, now).date())
    return None


def within(answer: Answer, key: str) -> Answer:
    """Return the object under the key, an empty one where there is none."""
    value = answer.get(key)
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise ValueError(f"{key} does not hold what it should.")
