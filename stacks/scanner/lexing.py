"""Words of manifests that are programs: read as tokens, never run.

Every pattern takes what it began whether or not it is closed, so that reading costs time in proportion to the text.
"""

import re
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from stacks.scanner.clues import UnreadableError

LONGEST_PROGRAM = 200_000
"""Characters of a manifest that people write by hand as a program; the longest known have half of it."""


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    STRING = "string"
    MARK = "mark"
    NEWLINE = "newline"


class Token(NamedTuple):
    """A word, a string without its quotes, or one other character."""

    kind: Kind
    text: str
    line: int

    def is_mark(self, marks: str) -> bool:
        """Whether it is one of these characters of punctuation."""
        return self.kind is Kind.MARK and self.text in marks

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these words, not quoted."""
        return self.kind is Kind.WORD and self.text in words


TRIPLE = r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:""")?|' + r"'''(?:[^'\\]++|\\.|'(?!''))*+(?:''')?"
DOUBLE = r'"(?:[^"\\\n]++|\\.)*+"?'
SINGLE = r"'(?:[^'\\\n]++|\\.)*+'?"
SLASHES = r"//[^\n]*+"
STARRED = r"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?"
HASH = r"#[^\n]*+"


class Dialect:
    """How a language writes comments, strings and words."""

    def __init__(self, *, comments: tuple[str, ...], strings: tuple[str, ...], word: str = r"[A-Za-z_][\w.]*+") -> None:
        self._skip = "|".join((r"[^\S\n]++", *comments))
        self._string = "|".join(strings)
        self._word = word

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Made when first needed: most repositories speak one dialect."""
        return re.compile(
            rf"(?P<skip>(?:{self._skip})++)|(?P<string>{self._string})|(?P<word>{self._word})|(?P<newline>\n)|(?P<mark>.)",
            re.DOTALL,
        )

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the tokens of a program, with the line each begins in; raise UnreadableError if it is too long."""
        line = 1
        for match in self._pattern.finditer(written_by_hand(text)):
            kind, found = match.lastgroup, match.group()
            if kind == "word":
                yield Token(Kind.WORD, found, line)
            elif kind == "mark":
                yield Token(Kind.MARK, found, line)
            elif kind == "string":
                yield Token(Kind.STRING, unquoted(found), line)
                line += found.count("\n")
            elif kind == "newline":
                yield Token(Kind.NEWLINE, "", line)
                line += 1
            else:
                line += found.count("\n")


def written_by_hand(text: str) -> str:
    """The text; raise UnreadableError if it is too long to have been written by people."""
    if len(text) > LONGEST_PROGRAM:
        raise UnreadableError(f"It is longer than {LONGEST_PROGRAM:,} characters, too long to be written by hand.")
    return text


def unquoted(literal: str) -> str:
    """Take the quotes, one or three, off a string as it is written."""
    width = 3 if literal[:3] in {'"""', "'''"} and len(literal) >= 6 else 1  # two times three quotes
    end = len(literal) - width if literal.endswith(literal[0]) and len(literal) > width else len(literal)
    return literal[width:end]


RUBY = Dialect(
    comments=(HASH, r"(?m:^=begin\b)(?s:.*?)(?:(?m:^=end\b)|\Z)"),
    strings=(DOUBLE, SINGLE),
    word=r"[A-Za-z_][\w.]*+[?!]?",
)
GRADLE = Dialect(comments=(SLASHES, STARRED), strings=(TRIPLE, DOUBLE, SINGLE, r"`[^`\n]*+`?"))
ELIXIR = Dialect(comments=(HASH,), strings=(TRIPLE, DOUBLE, SINGLE), word=r"[A-Za-z_][\w.]*+[?!]?")
SWIFT = Dialect(comments=(SLASHES, STARRED), strings=(TRIPLE, DOUBLE))
SCALA = Dialect(comments=(SLASHES, STARRED), strings=(TRIPLE, DOUBLE))
CLOJURE = Dialect(
    comments=(r";[^\n]*+", r","),
    strings=(r'"(?:[^"\\]++|\\.)*+"?',),
    word=r"[A-Za-z_:*+!?<>=&%$\-][\w.:/*+!?<>=&%$'\-]*+",
)
ERLANG = Dialect(comments=(r"%[^\n]*+",), strings=(DOUBLE,), word=r"[A-Za-z_][\w@]*+|'[^'\n]*+'?")
PYTHON = Dialect(comments=(HASH,), strings=(TRIPLE, DOUBLE, SINGLE))
CMAKE = Dialect(comments=(HASH,), strings=(r'"(?:[^"\\]++|\\.)*+"?',), word=r"[\w.+:-]++")
NIM = Dialect(comments=(HASH,), strings=(TRIPLE, DOUBLE))
PERL = Dialect(comments=(HASH,), strings=(DOUBLE, SINGLE), word=r"[A-Za-z_][\w:]*+")
LUA = Dialect(comments=(r"--[^\n]*+",), strings=(DOUBLE, SINGLE))
DUNE = Dialect(comments=(r";[^\n]*+",), strings=(DOUBLE,), word=r"[\w:][\w.:+-]*+")
OPAM = Dialect(comments=(HASH,), strings=(TRIPLE, DOUBLE), word=r"[\w][\w.:+-]*+")
