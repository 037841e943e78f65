"""When a claimed domain is looked at next. Pure."""

from datetime import timedelta

FIRST_PAUSE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(days=2)
TRIES = 12
"""Looks at a domain that was never verified, after which its owner has to ask: over a fortnight."""
MONTH = timedelta(days=30)
"""A verified domain is looked at again after so long."""
FAILURES_FORGIVEN = 4
"""Failures in a row that a verified domain survives: a name service may be down for days."""


def pause(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: threefold each time, up to two days."""
    longer: int = 3 ** min(failures - 1, 10)
    return min(FIRST_PAUSE * longer, LONGEST_PAUSE)


def next_look(*, verified: bool, failures: int) -> timedelta | None:
    """How long to wait until the next look; None where nobody looks until the owner asks."""
    if verified and failures == 0:
        return MONTH
    return pause(failures) if failures < TRIES else None


def is_kept(failures: int) -> bool:
    """Whether a domain that was verified stays so after that many failures in a row."""
    return failures <= FAILURES_FORGIVEN
