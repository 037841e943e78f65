"""HCL, the language of Terraform, Packer and Nomad, as far as blocks and plain attributes go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stacks.scanner.clues import UnreadableError

DEPTH = 50
MOST_TOKENS = 200_000
"""Words and marks of one file that are looked at."""

_TOKEN = re.compile(
    r"""
    (?P<space>[^\S\n]++)
    | (?P<comment>\#[^\n]*+|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?)
    | (?P<here><<[-~]?(?P<mark>[A-Za-z_]\w*+)[^\S\n]*+\n)
    | (?P<text>"(?:[^"\\\n]++|\\.)*+"?)
    | (?P<word>[\w.*-]++)
    | (?P<mark_>.)
    | (?P<newline>\n)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """`words` of one line without quotes: a block's header if it `opens`, else an attribute (`source`, `=`, `x`)."""

    line: int
    within: tuple[tuple[str, ...], ...]
    """The headers of the blocks around it, the outermost first."""
    words: tuple[str, ...]
    opens: bool = False

    @property
    def value(self) -> str:
        """The plain value of an attribute; empty where it is computed or a list."""
        return self.words[2] if len(self.words) == 3 and self.words[1] == "=" else ""

    @property
    def block(self) -> tuple[str, ...]:
        """The header of the innermost block around it."""
        return self.within[-1] if self.within else ()


def read_hcl(text: str) -> Iterator[Statement]:
    """The statements of a text in their order; raises UnreadableError where it is too deep or too long."""
    within: tuple[tuple[str, ...], ...] = ()
    words: list[str] = []
    for line, kind, word in _tokens(text):
        if kind == "word":
            words.append(word)
            continue
        if words or word == "{":
            yield Statement(line, within, tuple(words), opens=word == "{")
        if word == "{":
            within = (*within, tuple(words))
            if len(within) > DEPTH:
                raise UnreadableError("It is nested too deeply.")
        elif word == "}":
            within = within[:-1]
        words = []


def _tokens(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, "word" or "mark", text); marks end statements: line breaks, commas and braces."""
    line, position, count = 1, 0, 0
    while found := _TOKEN.match(text, position):
        position = found.end()
        count += 1
        if count > MOST_TOKENS:
            raise UnreadableError("It holds too much to be a manifest.")
        kind, word = found.lastgroup, found[0]
        if kind == "text":
            yield line, "word", word.strip('"')
        elif kind == "word":
            yield line, "word", word
        elif kind in {"mark_", "newline"}:
            yield (line, "mark", word) if word in "{},\n" else (line, "word", "=" if word == ":" else word)
        elif kind == "here":
            yield line, "mark", "\n"
            position = _after(text, position, found["mark"])
        line += text.count("\n", found.start(), position)


def _after(text: str, position: int, mark: str) -> int:
    found = re.compile(rf"^[^\S\n]*{mark}[^\S\n]*$", re.MULTILINE).search(text, position)
    return found.end() if found else len(text)
