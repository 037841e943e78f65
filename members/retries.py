"""When a message to a webhook that failed is sent again. Pure."""

from datetime import timedelta

TRIES = 8
"""How often one message is sent before it is given up: over a day and more, for the pauses grow fourfold."""
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=12)
JITTER = 0.2
"""The share of a pause by which chance lengthens it, so that messages that failed together part."""
MOST_GIVEN_UP = 3
"""Messages given up in a row after which a webhook is disabled."""


def pause(attempts: int, chance: float, asked: timedelta | None = None) -> timedelta:
    """How long to wait after so many attempts: `chance` is from 0 to 1, `asked` what the other side asked for.

    Never sooner than our own pauses, and never later than the longest of them: nobody is believed who asks for weeks.
    """
    own = min(FIRST_PAUSE * (1 << 2 * (min(attempts, TRIES) - 1)), LONGEST_PAUSE)
    return min(max(own * (1 + JITTER * chance), asked or own), LONGEST_PAUSE * (1 + JITTER))
