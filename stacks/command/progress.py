"""What is said while a large tree is read."""

import time
from typing import TextIO

AFTER, EVERY = 1.0, 0.1
CLEAR = "\r\x1b[K"


class Progress:
    """Says how far the scan is, on a terminal, once it takes longer than a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._next = time.monotonic() + AFTER if stream.isatty() else float("inf")
        self._shown = False

    def __call__(self, files: int) -> None:
        """Take note of how many files were read so far."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EVERY
            self._shown = True
            self._say(f"{CLEAR}Read {files:,} files …")

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            self._say(CLEAR)

    def _say(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
