"""Texts line by line, within bounds."""

from collections.abc import Iterator

from stacks.scanner.clues import UnreadableError

MOST_LINES = 50_000
"""Lines of one file that are read."""
LONGEST = 5_000
"""Characters of one line that are looked at."""


def numbered(text: str, comment: str = "\0") -> Iterator[tuple[int, str]]:
    """Each line with its number, without those that begin with the sign of a comment.

    Raises UnreadableError after the last line that is read of a text that has more.
    """
    start = 0
    for number in range(1, MOST_LINES + 1):
        end = text.find("\n", start)
        line = text[start : min(end if end >= 0 else len(text), start + LONGEST)]
        if not line.lstrip().startswith(comment):
            yield number, line
        if end < 0:
            return
        start = end + 1
    raise UnreadableError(f"Only its first {MOST_LINES:,} lines were read.")
