"""How the command ends, and what it says when it ends badly."""

from enum import IntEnum


class Exit(IntEnum):
    """What the command's caller is told."""

    DONE = 0
    FAILED = 1
    MISUSED = 2
    REFUSED = 3
    INTERRUPTED = 130
    UNHEARD = 141


class CommandError(Exception):
    """Why the command cannot go on: one sentence for its user, and how it ends."""

    def __init__(self, sentence: str, exit_code: Exit = Exit.FAILED) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def printable(text: str, length: int = 300) -> str:
    """The text in one line of at most so many characters, without what a terminal would take for an order."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in text)
    return shown if len(shown) <= length else f"{shown[: length - 1]}…"
