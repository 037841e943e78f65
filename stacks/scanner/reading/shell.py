"""The commands of a shell script that run in any case. Not a shell: it looks for words, not for meaning."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_SCRIPT = 100_000
"""Characters of one script that are looked at."""

_TOKEN = re.compile(
    r"""
    (?P<gap>[^\S\n]++|\\\r?\n)
    | (?P<comment>(?<!\S)\#[^\n]*+)
    | (?P<end>\n|&&|\|\||;;|[;|&(){}`](?=[\s;|&(){}`]|$)|[;|&()`])
    | (?P<word>(?:[^\s;|&()'"\\`]++|\\.|'[^']*+'?|"(?:[^"\\]++|\\.|\\$)*+"?|\\$)++)
    """,
    re.VERBOSE | re.DOTALL,
)
_HERE = re.compile(r"<<-?\s?(['\"]?)(\w+)\1")
_OPENING = frozenset({"if", "case", "for", "while", "until", "select"})
_CLOSING = frozenset({"fi", "esac", "done"})
_BEFORE = frozenset({"!", "{", "sudo", "time", "exec", "nohup", "command", "xvfb-run", "then", "do", "else"})
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments, and the line it stands on."""

    line: int
    words: tuple[str, ...]


def commands(script: str, line: int = 1) -> Iterator[Command]:
    """Commands outside of `if`, `case`, loops and `||`; `line` is that of the script's start."""
    depth = 0
    alternative = False
    for start, words, ended_by in _simple_commands(script[:LONGEST_SCRIPT], line):
        depth += sum(word in _OPENING for word in words[:1])
        if depth == 0 and not alternative and (plain := _plain(words)):
            yield Command(start, plain)
        depth = max(0, depth - sum(word in _CLOSING for word in words[:1]))
        alternative = ended_by == "||"


def _simple_commands(script: str, line: int) -> Iterator[tuple[int, list[str], str]]:
    """(line, words, what ended them), here-documents left out."""
    words: list[str] = []
    start, position = line, 0
    here: str | None = None
    while found := _TOKEN.match(script, position):
        position = found.end()
        if found.lastgroup == "word":
            start = start if words else line
            words.append(found[0])
        elif found.lastgroup == "end":
            if words:
                here = here or _here(words)
                yield start, [_bare(word) for word in words], found[0]
            words = []
            if here and found[0] == "\n":
                after = _after(script, position, here)
                line += script.count("\n", position, after)
                position, here = after, None
        line += found[0].count("\n")
    if words:
        yield start, [_bare(word) for word in words], ""


def _here(words: list[str]) -> str | None:
    found = _HERE.search(" ".join(words[-4:]))
    return found[2] if found else None


def _after(script: str, position: int, mark: str) -> int:
    """Where the here-document that begins at `position` and ends with the line `mark` is over."""
    found = re.compile(rf"^[ \t]*{re.escape(mark)}[ \t]*$", re.MULTILINE).search(script, position)
    return found.end() if found else len(script)


def _bare(word: str) -> str:
    return word.strip("'\"")


def _plain(words: list[str]) -> tuple[str, ...]:
    """Without `sudo`, `exec` and assignments before the program."""
    for index, word in enumerate(words):
        if word not in _BEFORE and word != "env" and not _ASSIGNMENT.match(word):
            return tuple(words[index:])
    return ()
