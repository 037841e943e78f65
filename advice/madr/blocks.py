"""The outline of a Markdown text: headings, what stands under them, and one form of writing each. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

DEEPEST: Final = 3
"""Levels of headings that a text of a record has; under the headings of a file they go down by up to three more."""

LONGEST_LINE: Final = 1_000
"""A longer line is taken as it stands: no title or name is that long, and reading its markup could take minutes."""

_BLOCKS = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["html_block", "inline", "text_join"])
_INLINE = MarkdownIt("commonmark", {"html": False}).disable("html_inline")

# To parse is dear: a text without such a line has no heading.
_PERHAPS = re.compile(r"^ {0,3}(?:#|=+[ \t]*$|-+[ \t]*$)", re.MULTILINE)
_HASHES = re.compile(r"^( {0,3})(#+)")
_LINE_END = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MARKUP = re.compile(r"([\\`*_\[\]<&~]|(?<!\S)#|^[-+=](?=\s|$))")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stands in no list and no quotation, on the lines from `start` to before `end`."""

    level: int
    words: str
    """As written, with its markup."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; level 0 without words is what stands before the first."""

    level: int
    words: str
    body: str


def headings(text: str) -> list[Heading]:
    """The headings of a text, in order."""
    tokens = _BLOCKS.parse(text) if _PERHAPS.search(text) else []
    return [
        Heading(int(token.tag[1:]), " ".join(tokens[place + 1].content.split()), *token.map)
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


def divided(text: str, *levels: int) -> Iterator[Section]:
    """The text cut before each heading of these levels, beginning with what stands before the first."""
    lines = text.split("\n")
    cuts = [heading for heading in headings(text) if heading.level in levels]
    level, words, start = 0, "", 0
    for cut in cuts:
        yield Section(level, words, "\n".join(lines[start : cut.start]))
        level, words, start = cut.level, cut.words, cut.end
    yield Section(level, words, "\n".join(lines[start:]))


def heading(level: int, words: str) -> str:
    """A heading; words that end with hashes keep them."""
    closing = " #" if re.search(r"(?:^|\s)#+$", words) else ""
    return f"{'#' * level} {words}{closing}".rstrip(" ")


def shifted(text: str, by: int) -> str:
    """The text with its headings so many levels deeper, or higher, but none above the first."""
    lines = text.split("\n")
    for found in headings(text):
        lines[found.start] = _levelled(lines[found.start], max(found.level + by, 1))
    return "\n".join(lines)


def _levelled(text: str, level: int) -> str:
    """The line of a heading with so many hashes."""
    return _HASHES.sub(rf"\g<1>{'#' * level}", text)


def line(text: str) -> str:
    """The text on one line, without control characters and needless spaces."""
    return " ".join(_CONTROL.sub("", text).split())


def normal(text: str) -> str:
    """The same text in the one form that a record keeps.

    Lines end with a line feed, nothing blank or unprintable stands around, code fences are closed, and headings have
    hashes and at most DEEPEST levels.
    """
    return _hashed(_closed(_CONTROL.sub("", _LINE_END.sub("\n", text)).strip()))


def _closed(text: str) -> str:
    """The text with a fence that runs to its end closed: whatever is put after it is no code."""
    if "```" not in text and "~~~" not in text:
        return text
    last = _BLOCKS.parse(f"{text}\n\n# end")[-1]
    return f"{text}\n{last.markup}" if last.type == "fence" else text


def _hashed(text: str) -> str:
    lines = text.split("\n")
    for found in reversed(headings(text)):
        level = min(found.level, DEEPEST)
        if _HASHES.match(lines[found.start]) and found.end == found.start + 1:
            lines[found.start] = _levelled(lines[found.start], level)
        else:
            lines[found.start : found.end] = [heading(level, found.words)]
    return "\n".join(lines)


def escaped(words: str) -> str:
    """Words of one line as Markdown that shows just them."""
    return _MARKUP.sub(r"\\\1", words)


def spoken(markup: str) -> str:
    """What one line of Markdown shows, without its markup; undoes `escaped`."""
    return "".join(" " if part.type in ("softbreak", "hardbreak") else part.content for part in _parts(markup))


def addressed(markup: str) -> str:
    """The same with the addresses of links and images behind it."""
    addresses = [str(part.attrs.get("href") or part.attrs.get("src", "")) for part in _parts(markup)]
    words = spoken(markup)
    return " ".join([words, *(f"({address})" for address in addresses if address and address not in words)])


@lru_cache(maxsize=256)
def _parts(markup: str) -> list[Token]:
    if len(markup) > LONGEST_LINE:
        return [Token("text", "", 0, content=markup)]
    return _INLINE.parseInline(markup)[0].children or []
