"""Members' Markdown: what it may become, whom and where it names, and what hostile text costs."""

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.markdown import BLOCK_TAGS, MOST_CELLS, TEXT_TAGS, as_html, cleaned, links, mentions, plain

ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "code": {"class"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "td": {"align"},
    "th": {"align"},
}


def nobody(_: str) -> None:
    return None


def ada(name: str) -> str | None:
    return "/members/ada/" if name.lower() == "ada" else None


def html(text: str, mention: Callable[[str], str | None] = nobody) -> str:
    return as_html(text, mention=mention)


def a(address: str, words: str) -> str:
    return f'<a href="{address}" rel="nofollow ugc noopener">{words}</a>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", "<p>one\ntwo</p>\n"),
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>\n"),
        ("<b onclick=x>bold</b>", "<p>&lt;b onclick=x&gt;bold&lt;/b&gt;</p>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>\n"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>\n'),
        ("```python\n1 < 2\n```", '<pre tabindex="0"><code class="language-python">1 &lt; 2\n</code></pre>\n'),
        ('```x"y\n1\n```', '<pre tabindex="0"><code>1\n</code></pre>\n'),
    ],
)
def test_markdown_becomes_html_and_html_stays_text(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", ["h3", "h4", "h5", "h6", "h6", "h6"]),
        ("### a\n### b\n# c\n## d", ["h3", "h3", "h3", "h4"]),
        ("# a\n#### b\n## c\n", ["h3", "h4", "h4"]),
        ("a\n=\n\nb\n-", ["h3", "h4"]),
        ("#\n\n# ![](ftp:x)\n\n# a", ["h3"]),
    ],
)
def test_headings_go_down_from_h3_without_a_step_left_out(text: str, tags: list[str]) -> None:
    assert re.findall(r"<(h\d)", html(text)) == tags
    assert re.findall(r"</(h\d)", html(text)) == tags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](https://a.b)", a("https://a.b", "a")),
        ("<https://a.b>", a("https://a.b", "https://a.b")),
        ("see https://a.b/c.", f"see {a('https://a.b/c', 'https://a.b/c')}."),
        ("[a](mailto:a@b.c)", a("mailto:a@b.c", "a")),
        ("[a](/tools/flask/)", a("/tools/flask/", "a")),
        ("[](https://a.b)", a("https://a.b", "https://a.b")),
        ("![a *b*](https://a.b/c.png)", a("https://a.b/c.png", "a b")),
        ("![](https://a.b/c.png)", a("https://a.b/c.png", "https://a.b/c.png")),
        ("[![badge](https://a.b/c.png)](https://d.e)", a("https://d.e", "badge")),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](ftp://b.c)", "a"),
        ("[a](//b.c)", "a"),
        ("[a](b)", "a"),
        ("![a](data:image/png;base64,AA)", "a"),
        ("Socket.io, main.rs, www.a.com, a@b.com, ftp://a.b", "Socket.io, main.rs, www.a.com, a@b.com, ftp://a.b"),
    ],
)
def test_a_link_leads_to_web_mail_or_this_site_and_an_image_becomes_one(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>\n"


def test_a_table_scrolls_in_a_box_that_a_keyboard_can_reach_and_keeps_its_alignment() -> None:
    assert html("|a|b|\n|-|-:|\n|1|2|") == (
        '<div class="table-scroll" role="group" tabindex="0" aria-label="Table">\n<table>\n'
        '<thead>\n<tr>\n<th>a</th>\n<th align="right">b</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td>1</td>\n<td align="right">2</td>\n</tr>\n</tbody>\n</table>\n</div>\n'
    )


def test_a_table_of_too_many_cells_stays_text() -> None:
    rows = MOST_CELLS // 2
    assert "<table" in html("a|b\n-|-\n" + "x\n" * (rows - 1))
    assert "<table" not in html("a|b\n-|-\n" + "x\n" * rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@ada", a("/members/ada/", "@ada")),
        (
            "thanks (@Ada), **@ada**!",
            f"thanks ({a('/members/ada/', '@Ada')}), <strong>{a('/members/ada/', '@ada')}</strong>!",
        ),
        ("@ada_ @ada-", f"{a('/members/ada/', '@ada')}_ {a('/members/ada/', '@ada')}-"),
        ("`@ada` @bob x@ada @adaa @ada-b", "<code>@ada</code> @bob x@ada @adaa @ada-b"),
        ("[@ada](https://a.b)", a("https://a.b", "@ada")),
        ("https://a.b/@ada", a("https://a.b/@ada", "https://a.b/@ada")),
    ],
)
def test_a_member_called_by_name_is_linked_outside_of_code_and_links(text: str, expected: str) -> None:
    assert html(text, ada) == f"<p>{expected}</p>\n"


def test_members_are_mentioned_in_order_and_once() -> None:
    text = (
        "@bob, @ada and @Bob\n\n# @carl\n\n- @d_e\n\n      @code\n\n`@code` [@linked](https://a.b) a@b.c @" + "x" * 41
    )
    assert mentions(text) == ("bob", "ada", "carl", "d_e")


def test_every_address_is_listed_as_often_as_it_stands_there() -> None:
    text = "[a](https://a.b) ![c](https://c.d) https://a.b <mailto:e@f.g> `https://code.x` [x](/tools/)"
    assert links(text) == ("https://a.b", "https://c.d", "https://a.b", "mailto:e@f.g", "/tools/")


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("# Why\n\nIt **is** [fast](https://a.b),\nand `small`.", 80, "Why It is fast, and small."),
        ("It is fast, and small", 13, "It is fast…"),
        ("It is fast, and small", 12, "It is fast…"),
        ("abcdefgh", 4, "abc…"),
        ("abcd", 4, "abcd"),
        ("", 4, ""),
        ("- a\n- b\n\n```\nc\n```\n\n![d](https://e.f)", 80, "a b c d"),
    ],
)
def test_plain_text_has_no_markup_and_ends_with_a_word(text: str, length: int, expected: str) -> None:
    assert plain(text, length) == expected


PIECES = st.sampled_from(
    [
        "[a](",
        "](javascript:alert(1))",
        "![",
        "<a href='javascript:x'>",
        "<script>",
        "\n\n",
        "\n",
        "    ",
        "> ",
        "- ",
        "```",
        "`",
        "*",
        "**",
        "~~",
        "|a|b|\n|-|:-:|\n|c|d|\n",
        "https://a.b/?q=<>",
        "@ada",
        "&lt;",
        "\\",
        "# ",
        "[x]",
        "&#106;avascript:",
        "[x]: data:text/html,y\n",
        "\0",
        "\ud800",
        "\u202e",
        '"',
        "'",
        "=",
        "é",
        "<!--",
        "-->",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join)


@given(TEXTS)
def test_no_tag_attribute_or_address_gets_through_that_is_not_listed(text: str) -> None:
    made = html(text, ada)
    for tag in BeautifulSoup(made, "html.parser").find_all(True):
        assert tag.name in TEXT_TAGS | BLOCK_TAGS
        assert set(tag.attrs) <= ATTRIBUTES.get(tag.name, set())
        if tag.name == "a":
            assert re.match(r"https?:|mailto:|/(?!/)", str(tag["href"]))
            assert tag["rel"] == ["nofollow", "ugc", "noopener"]
    assert cleaned(made) == made


DIRT = st.sampled_from(
    [
        "<a href=javascript:x onclick=y>",
        "<style>",
        "<img src=x onerror=y>",
        "<p class=z style=w>",
        "<div>",
        "</p>",
        "t",
        "<code class='language-a b'>",
        "<svg><script>",
        "<a href=//x>",
        "<pre tabindex=9>",
        "<td align=z>",
        "<b>",
    ]
)


@given(st.lists(DIRT).map("".join))
def test_what_is_cleaned_is_clean(dirt: str) -> None:
    """Once or twice: links within links are untangled anew by every reader of HTML, so that the texts may differ."""
    for clean in (cleaned(dirt), cleaned(cleaned(dirt))):
        assert {tag.name for tag in BeautifulSoup(clean, "html.parser").find_all(True)} <= TEXT_TAGS | BLOCK_TAGS
        assert not re.search(r"<[^>]*(javascript:|onclick|onerror|style=|class=z)", clean)


@given(TEXTS, st.integers(1, 60))
def test_plain_text_is_never_longer_than_asked_for(text: str, length: int) -> None:
    assert len(plain(text, length)) <= length


@given(TEXTS)
def test_the_members_linked_are_the_members_mentioned(text: str) -> None:
    asked: list[str] = []
    html(text, asked.append)
    assert {name.lower() for name in asked} == {name.lower() for name in mentions(text)}


HOSTILE = [
    "[",
    ">",
    "![",
    "*a ",
    "[a](",
    "[a](<",
    "- ",
    "a|",
    "[]",
    "> ",
    "~~a ",
    "@a",
    "`",
    "_a__b___ ",
    "https://a.b ",
]


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(HOSTILE), st.sampled_from(["", "]", "\n", "-|-\n"]))
def test_twenty_thousand_hostile_characters_return_and_do_not_swell(piece: str, tail: str) -> None:
    text = (piece * 20_000)[:10_000] + (tail * 10_000)[:10_000]
    assert len(html(text)) < 15 * 20_000


@pytest.mark.parametrize("piece", ["> ", "- ", "1. "])
def test_nesting_ends_somewhere(piece: str) -> None:
    assert len(re.findall(r"<(?:blockquote|ul|ol)", html(piece * 6_000 + "a"))) <= 20
