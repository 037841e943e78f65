"""Markdown of members, as HTML that may stand on our pages."""

import re
from collections.abc import Callable

import nh3
from markdown_it import MarkdownIt


def as_html(text: str, *, mention: Callable[[str], str | None]) -> str:
    """The text as HTML."""
    return nh3.clean(MarkdownIt("commonmark", {"html": False}).render(text))


def mentions(text: str) -> tuple[str, ...]:
    """The members named in the text."""
    return tuple(dict.fromkeys(re.findall(r"@([A-Za-z0-9][A-Za-z0-9_-]*)", text)))


def plain(text: str, length: int) -> str:
    """The text without markup, cut after that many characters."""
    return re.sub(r"[*_`#>\[\]()!]+", " ", text)[:length].strip()
