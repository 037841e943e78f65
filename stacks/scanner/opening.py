"""A file's bytes, and the text they are; never a pipe, a device or more than the limit."""

import codecs
import os
import stat

from stacks.scanner.clues import UnreadableError

BYTES = 5_000_000
"""Of one manifest."""
SAMPLE = 4_096
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What was no link when the folder was read must not have become one since; and opening a pipe would wait for ever.
FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def opened(where: str) -> bytes:
    """The bytes of a regular file. Raises UnreadableError for anything else, and for what is too large or forbidden."""
    try:
        descriptor = os.open(os.path.realpath(where), FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("It is not a regular file.")
            return bounded(file.read(BYTES + 1))
    except OSError as error:
        raise UnreadableError(f"It cannot be opened: {error.strerror}.") from None


def bounded(data: bytes) -> bytes:
    """The same bytes. Raises UnreadableError where they are too many."""
    if len(data) > BYTES:
        raise UnreadableError(f"It is larger than {BYTES // 1_000_000} MB.")
    return data


def decoded(data: bytes) -> str:
    """The text of a manifest, line ends as one newline. Raises UnreadableError for what is no text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding)
            break
    else:
        text = _plain(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _plain(data: bytes) -> str:
    if not CONTROLS.isdisjoint(data[:SAMPLE]) or b"\0" in data:
        raise UnreadableError("It is binary, not text.")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _legacy(data)


def _legacy(data: bytes) -> str:
    """Text from before UTF-8: an accent here and there among plain letters."""
    odd = sum(byte > 127 for byte in data[:SAMPLE])
    if odd * 5 > min(len(data), SAMPLE):
        raise UnreadableError("It is neither UTF-8 nor mostly plain letters.")
    return data.decode("latin-1")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError("It is not the UTF-8 or UTF-16 that its first bytes promise.") from None
