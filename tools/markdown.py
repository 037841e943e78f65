"""Members' Markdown: text in, safe HTML out. Pure. Two locks: the parser lets no HTML through, and nh3 checks again.

CommonMark with tables, struck-out words and bare addresses. Only addresses written with their scheme become links:
among engineers `Socket.io` and `main.rs` are seldom hosts. Whatever is sent, the cost is bounded: blocks and links nest
NESTING deep, and a text with more than MOST_CELLS table cells is read without tables.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

NESTING: Final = 20
MOST_CELLS: Final = 2_000
REL: Final = "nofollow ugc noopener"
SCHEMES: Final = {"http", "https", "mailto"}
TEXT_TAGS: Final = {"p", "h3", "h4", "h5", "h6", "em", "strong", "s", "a", "br", "hr"}
BLOCK_TAGS: Final = {"ul", "ol", "li", "blockquote", "pre", "code", "div", "table", "thead", "tbody", "tr", "th", "td"}
# The title of a page is its h1, the sections of a post are h2.
FIRST_HEADING: Final = 3
LAST_HEADING: Final = 6

# As members may be called, where no letter or digit goes before or after.
_MENTION = re.compile(r"(?<![\w@./-])@([A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9])?)(?![A-Za-z0-9_-]*[A-Za-z0-9])")
_ADDRESS = re.compile(r"(?:https?|mailto):|/(?![/\\])", re.IGNORECASE)
_LANGUAGE = re.compile(r"language-[A-Za-z0-9+#.-]{1,20}")
_ALIGN = re.compile(r"text-align:(left|center|right)")

type Mention = Callable[[str], str | None]
"""The address of the member of that name; None where there is none."""


def _parser(*rules: str) -> MarkdownIt:
    options = {"html": False, "linkify": True, "maxNesting": NESTING}
    parser = MarkdownIt("commonmark", options).enable(["strikethrough", "linkify", *rules])
    parser.disable(["html_block", "html_inline"])
    assert parser.linkify is not None
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    for scheme in ("//", "ftp:"):
        parser.linkify.add(scheme, None)
    # Both can be reached by keyboard, because they scroll where a screen is narrow.
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _table_open(*_: object) -> str:
    return '<div class="table-scroll" role="group" tabindex="0" aria-label="Table">\n<table>\n'


def _table_close(*_: object) -> str:
    return "</table>\n</div>\n"


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    if (tag, attribute) == ("code", "class"):
        return value if _LANGUAGE.fullmatch(value) else None
    if (tag, attribute) == ("a", "href"):
        return value if _ADDRESS.match(value) else None
    return value


_WITH_TABLES = _parser("table")
_WITHOUT_TABLES = _parser()
_CLEANER = nh3.Cleaner(
    tags=TEXT_TAGS | BLOCK_TAGS,
    attributes={"a": {"href", "title"}, "code": {"class"}, "ol": {"start"}},
    attribute_filter=_attribute,
    tag_attribute_values={
        "div": {"class": {"table-scroll"}, "role": {"group"}, "tabindex": {"0"}, "aria-label": {"Table"}},
        "th": {"align": {"left", "center", "right"}},
        "td": {"align": {"left", "center", "right"}},
    },
    set_tag_attribute_values={"pre": {"tabindex": "0"}},
    url_schemes=SCHEMES,
    link_rel=REL,
)


def as_html(text: str, *, mention: Mention) -> str:
    """HTML of members' Markdown; `@name` becomes a link where `mention` knows an address, an image a link to it."""
    tokens = _tokens(text)
    for token in tokens:
        if token.children is not None:
            token.children = list(_mentioning(token.children, mention))
    return cleaned(_WITH_TABLES.renderer.render(tokens, _WITH_TABLES.options, {}))


def cleaned(html: str) -> str:
    """The HTML without any tag, attribute or address that members' Markdown cannot lead to."""
    return _CLEANER.clean(html)


def mentions(text: str) -> tuple[str, ...]:
    """The names called with `@`, in their order and spelling, each once whatever its case; none in code or links."""
    first: dict[str, str] = {}
    for token in _inline(text):
        for part in _unlinked(token):
            for name in _MENTION.findall(part.content):
                first.setdefault(name.casefold(), name)
    return tuple(first.values())


def links(text: str) -> tuple[str, ...]:
    """The address of every link and image, in order, as often as it stands there."""
    parts = (part for token in _inline(text) for part in token.children or ())
    return tuple(str(part.attrs["href"]) for part in parts if part.type == "link_open")


def plain(text: str, length: int) -> str:
    """The text on one line without markup; if longer than `length` characters, cut after a word and ended with `…`."""
    words = " ".join(" ".join(_words(_tokens(text))).split())
    if len(words) <= length:
        return words
    whole = words[:length].rpartition(" ")[0] or words[: length - 1]
    return f"{whole.rstrip(' ,;:.–-')}…"


def _inline(text: str) -> Iterator[Token]:
    return (token for token in _tokens(text) if token.type == "inline")


def _tokens(text: str) -> list[Token]:
    """The text parsed, with headings, links and tables as this site wants them."""
    readable = text.encode("utf-8", "replace").decode()
    tokens = _WITH_TABLES.parse(readable)
    if sum(token.type in ("td_open", "th_open") for token in tokens) > MOST_CELLS:
        tokens = _WITHOUT_TABLES.parse(readable)
    for token in tokens:
        if token.children is not None:
            token.children = list(_told(_linking(token.children)))
        _align(token)
    return list(_outlined(tokens))


def _align(token: Token) -> None:
    if found := _ALIGN.match(str(token.attrs.pop("style", ""))):
        token.attrs["align"] = found[1]


def _outlined(tokens: Sequence[Token]) -> Iterator[Token]:
    """Headings from h3 downwards without a step left out; an empty one is none."""
    above: list[int] = []
    tag, empty = "", False
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            level = int(token.tag[1:])
            empty = not "".join(_words([tokens[place + 1]])).strip()
            if not empty:
                above = [*(one for one in above if one < level), level]
                tag = f"h{min(FIRST_HEADING - 1 + len(above), LAST_HEADING)}"
        if token.type in ("heading_open", "heading_close"):
            token.tag = tag
        if not empty:
            yield token
        if token.type == "heading_close":
            empty = False


def _linking(parts: Iterable[Token]) -> Iterator[Token]:
    """The same with images as links, and without links to where nobody should be led."""
    inside = allowed = False
    for part in parts:
        if part.type == "link_open":
            inside, allowed = True, _is_allowed(part.attrs["href"])
        if part.type == "image":
            yield from _image(part, inside=inside and allowed)
        elif allowed or part.type not in ("link_open", "link_close"):
            yield part
        if part.type == "link_close":
            inside = allowed = False


def _image(part: Token, *, inside: bool) -> Iterator[Token]:
    """A link to an image with the words that stand for it; in a link, the words alone."""
    words = Token("text", "", 0, content=" ".join(_words([part])))
    if inside or not _is_allowed(part.attrs["src"]):
        yield words
    else:
        yield from _link(str(part.attrs["src"]), words)


def _is_allowed(address: str | float) -> bool:
    return bool(_ADDRESS.match(str(address)))


def _link(address: str, words: Token) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": address})
    yield words
    yield Token("link_close", "a", -1)


def _told(parts: Iterable[Token]) -> Iterator[Token]:
    """The same with the address itself in a link that has no words."""
    address, silent = "", False
    for part in parts:
        if part.type == "link_open":
            address, silent = str(part.attrs["href"]), True
        elif part.content.strip():
            silent = False
        elif part.type == "link_close" and silent:
            yield Token("text", "", 0, content=address)
        yield part


def _mentioning(parts: Sequence[Token], mention: Mention) -> Iterator[Token]:
    callable_here = {id(part) for part in _unlinked_among(parts)}
    for part in parts:
        if id(part) in callable_here:
            yield from _mentioned(part.content, mention)
        else:
            yield part


def _mentioned(content: str, mention: Mention) -> Iterator[Token]:
    """The text in pieces: what is said between the names, and links for the names that have an address."""
    start = 0
    for found in _MENTION.finditer(content):
        if address := mention(found[1]):
            yield Token("text", "", 0, content=content[start : found.start()])
            yield from _link(address, Token("text", "", 0, content=found[0]))
            start = found.end()
    yield Token("text", "", 0, content=content[start:])


def _unlinked(token: Token) -> Iterator[Token]:
    return _unlinked_among(token.children or ())


def _unlinked_among(parts: Iterable[Token]) -> Iterator[Token]:
    """The pieces of text that stand in no link."""
    inside = False
    for part in parts:
        inside = part.type == "link_open" or (inside and part.type != "link_close")
        if part.type == "text" and not inside:
            yield part


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    """What is said, block by block."""
    for token in tokens:
        if token.children is None:
            yield token.content
        else:
            yield "".join(_said(part) for part in token.children)


def _said(part: Token) -> str:
    if part.type in ("softbreak", "hardbreak"):
        return " "
    return part.content
