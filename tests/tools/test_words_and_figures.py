"""Figures, dates, sources, slugs and addresses: small pure things that every page leans on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import figures, pairs, sources
from tools.dates import PartialDate, age, moment_age
from tools.slugs import is_valid_tool_slug
from tools.words import capitalised, listed


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (None, "-"),
        (0, "0"),
        (7, "7"),
        (666, "666"),
        (999, "999"),
        (1_000, "1K"),
        (1_049, "1K"),
        (1_050, "1.1K"),
        (9_115, "9.1K"),
        (19_300, "19.3K"),
        (72_133, "72.1K"),
        (107_600, "107.6K"),
        (949_949, "949.9K"),
        (950_000, "950K"),
        (999_949, "999.9K"),
        (999_950, "1M"),
        (1_234_567, "1.2M"),
        (220_208_337, "220.2M"),
        (1_500_000_000, "1.5B"),
    ],
)
def test_a_figure_is_compact(count: int | None, shown: str) -> None:
    assert figures.compact(count) == shown


@given(st.integers(0, 10**10))
def test_a_compact_figure_is_within_five_per_cent_of_the_exact_one(count: int) -> None:
    shown = figures.compact(count)
    unit = {"K": 1e3, "M": 1e6, "B": 1e9}.get(shown[-1], 1)
    assert abs(float(shown.rstrip("KMB").replace(",", "")) * unit - count) <= count * 0.05
    assert len(shown) <= 6 or count >= 10**9


@pytest.mark.parametrize(("count", "shown"), [(None, "-"), (19_300, "19,300"), (2.5, "2.5"), (0, "0")])
def test_an_exact_figure_has_every_digit(count: float | None, shown: str) -> None:
    assert figures.exact(count) == shown


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(1.5, "1.5 times"), (2.0, "twice"), (2.97, "three times"), (12.4, "12 times"), (1_234.0, "1,234 times")],
)
def test_a_ratio_is_told_in_times(ratio: float, words: str) -> None:
    assert figures.times(ratio) == words


@pytest.mark.parametrize(
    ("text", "shown", "earliest"),
    [
        ("2010", "2010", date(2010, 1, 1)),
        ("2025-11", "November 2025", date(2025, 11, 1)),
        ("2026-08-20", "20 August 2026", date(2026, 8, 20)),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(text: str, shown: str, earliest: date) -> None:
    parsed = PartialDate.parse(text)
    assert (str(parsed), parsed.earliest, parsed.iso) == (shown, earliest, text)


@pytest.mark.parametrize("text", ["", "20", "2026-13", "2026-02-30", "2026-8-1", "soon", "2026-08-20T00", "２０２６"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|is no day of the calendar"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("source", "url", "label"),
    [
        ("", "", "unsourced"),
        ("https://go.dev/doc/", "https://go.dev/doc/", "go.dev"),
        ("github:pallets/flask", "https://github.com/pallets/flask", "pallets/flask"),
        (
            "github:pallets/flask:docs/design.rst",
            "https://github.com/pallets/flask/blob/HEAD/docs/design.rst",
            "pallets/flask, docs/design.rst",
        ),
        ("gitlab:group/part/name", "https://gitlab.com/group/part/name", "group/part/name"),
        ("gitlab:a/b:c d.md", "https://gitlab.com/a/b/-/blob/HEAD/c%20d.md", "a/b, c d.md"),
        ("codeberg:a/b", "https://codeberg.org/a/b", "a/b"),
        ("codeberg:a/b:README.md", "https://codeberg.org/a/b/src/branch/HEAD/README.md", "a/b, README.md"),
        ("pkg:pypi/flask", "https://deps.dev/pypi/flask", "PyPI package flask"),
        ("pkg:npm/%40mui/material", "https://deps.dev/npm/%40mui%2Fmaterial", "npm package @mui/material"),
        ("pkg:npm/simple-icons@16.37.0", "https://deps.dev/npm/simple-icons", "npm package simple-icons@16.37.0"),
        ("pkg:deb/debian/nginx", "https://tracker.debian.org/pkg/nginx", "Debian package nginx"),
        ("pkg:hex/phoenix", "", "hex package phoenix"),
        ("A page of 2025", "", "A page of 2025"),
    ],
)
def test_a_source_has_an_address_and_a_label(source: str, url: str, label: str) -> None:
    assert (sources.url(source), sources.label(source)) == (url, label)


@pytest.mark.parametrize("slug", ["flask", "c", "a-b-c", "vscode", "canvas-x", "7-zip"])
def test_a_slug(slug: str) -> None:
    assert is_valid_tool_slug(slug)


@pytest.mark.parametrize(
    "slug", ["", "-", "a-", "-a", "a--b", "A", "a_b", "vs", "a-vs", "vs-a", "a-vs-b", "ä", "a\n", "a" * 61]
)
def test_no_slug(slug: str) -> None:
    assert not is_valid_tool_slug(slug)


slugs = st.lists(
    st.from_regex(r"[a-z]{1,6}", fullmatch=True).filter(is_valid_tool_slug), min_size=2, max_size=5, unique=True
)


@given(slugs)
def test_an_address_reads_back_as_the_same_tools_in_alphabetical_order(names: list[str]) -> None:
    assert pairs.parse(pairs.address(names)) == tuple(sorted(names))
    assert pairs.address(reversed(names)) == pairs.address(names)


@pytest.mark.parametrize(
    ("items", "joined_by", "text"),
    [([], "and", ""), (["a"], "and", "a"), (["a", "b"], "or", "a or b"), (["a", "b", "c"], "and", "a, b and c")],
)
def test_a_list_in_words(items: list[str], joined_by: str, text: str) -> None:
    assert listed(items, joined_by) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("dynamic and strong", "Dynamic and strong"), ("macOS", "macOS"), ("iOS and Android", "iOS and Android")],
)
def test_a_cell_begins_with_a_capital_unless_it_begins_with_a_name(text: str, shown: str) -> None:
    assert capitalised(text) == shown


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-1, "today"),
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (60, "8 weeks ago"),
        (61, "2 months ago"),
        (365, "12 months ago"),
        (730, "24 months ago"),
        (731, "2 years ago"),
        (3_700, "10 years ago"),
    ],
)
def test_an_age_is_told_in_a_unit_of_which_there_are_some(days: int, told: str) -> None:
    today = date(2026, 11, 21)
    assert age(today - timedelta(days=days), today) == told


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(hours=24), "yesterday"),
        (timedelta(days=20), "2 weeks ago"),
    ],
)
def test_the_age_of_a_moment_is_finer_until_a_day_is_over(before: timedelta, told: str) -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert moment_age(now - before, now) == told
