"""Decision records as they are found: MADR of three versions, M. Nygard's form, and less."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.madr import LONGEST, Outcome, Record, Result, ToolName, read, write
from advice.madr.front_matter import divided
from advice.madr.gathering import MOST_ITEMS, NO_CHOICE, NO_DAY, NO_PLACE, NO_TITLE

FILES = Path(__file__).with_name("madr")
FLASK = ToolName("Flask", "flask")
FASTAPI = ToolName("FastAPI", "fastapi")

OURS = Record(
    title="12. Serve the booking pages with Flask",
    status="accepted",
    decided_on=date(2025, 2, 3),
    context=(
        "The booking pages are **four routes** and a form.\n\n# What we had\n\n"
        "A Django project of which we used the router.\n\n```python\n# not a heading\n```"
    ),
    chosen=(FLASK, ToolName("SQLite", "sqlite")),
    considered=(ToolName("Django", "django"), ToolName("C #")),
    why="It fits in one file.\n\n# And\n\n* two of us know it",
    consequences="We write our own admin.",
    tags=(ToolName("Python", "python"),),
    outcomes=(
        Outcome(date(2025, 8, 4), 6, Result.KEPT),
        Outcome(date(2026, 2, 3), 12, Result.REPLACED, FASTAPI, "We needed web sockets."),
    ),
)


def text(name: str) -> str:
    return (FILES / f"{name}.md").read_text()


def test_our_own_file_is_written_and_read() -> None:
    assert write(OURS) == text("ours")
    assert read(text("ours")).record == OURS
    assert read(text("ours")).warnings == ()


def test_madr_4_with_everything_it_offers() -> None:
    found = read(text("madr-4"))
    assert found.record == Record(
        title="Keep sessions in Redis",
        status="accepted",
        decided_on=date(2024, 11, 5),
        context=(
            "Sessions were lost at each release. Where should they live?\n\n"
            "Decision-makers: Ines Sample, Tom Sample\n\n"
            "# Decision Drivers\n\n* nobody is logged out by a release\n* no new thing to operate\n\n"
            "# Confirmation\n\nA test restarts the server in the middle of a session.\n\n"
            "# Pros and Cons of the Options\n\n## Redis\n\n* Good, because it expires keys\n\n"
            "## PostgreSQL\n\n* Bad, because somebody has to sweep\n\n"
            "# More Information\n\nWe look again when the second region opens."
        ),
        chosen=(ToolName("Redis"),),
        considered=(ToolName("PostgreSQL"), ToolName("Signed cookies")),
        why="it runs already\nand forgets by itself.",
        consequences="* Good, because releases are quiet\n* Bad, because a full Redis logs everybody out",
    )
    kept = ["Decision-makers", "Decision Drivers", "Confirmation", "Pros and Cons of the Options", "More Information"]
    assert found.warnings == tuple(NO_PLACE.format(name) for name in kept)


def test_madr_3_with_consequences_apart_and_numbered_options() -> None:
    found = read(text("madr-3"))
    assert found.record == Record(
        title="Use pytest",
        status="proposed",
        decided_on=date(2022, 10, 9),
        context=(
            "Two ways of writing tests live in one tree.\n\nDeciders: Ines Sample, Tom Sample\n\n"
            "# Considered Options\n\n2. [unittest](https://docs.python.org/3/library/unittest.html)"
        ),
        chosen=(ToolName("pytest"),),
        considered=(ToolName("unittest"),),
        why="plain asserts read well.",
        consequences=(
            "# Positive Consequences\n\n* fixtures are shared\n\n# Negative Consequences\n\n* one more package"
        ),
    )
    assert found.warnings == (NO_PLACE.format("Deciders"), NO_PLACE.format("Considered Options"))


def test_madr_2_with_its_lines_under_the_title() -> None:
    found = read(text("madr-2"))
    assert found.record == Record(
        title="Write the clients in Kotlin",
        status="superseded by ADR-0009 (0009-rust.md)",
        decided_on=date(2019, 4, 1),
        context=(
            "* Deciders: Ines Sample\n\nTechnical Story: the Android rewrite\n\nJava 8 is what the phones take.\n\n"
            "# Considered Options\n\n  runs on what we have\n\nScala was never discussed.\n\n"
            "# Links\n\n* [Style guide](https://kotlin.example/style)"
        ),
        chosen=(ToolName("Kotlin"),),
        considered=(ToolName("Java"),),
        why="It compiles to the same.",
    )
    assert found.warnings == (NO_PLACE.format("Considered Options"), NO_PLACE.format("Links"))


def test_nygards_form_names_no_option() -> None:
    found = read(text("nygard"))
    assert found.record == Record(
        title="Use Celery for mail",
        status="Accepted; Amended by 9. Retry mail (0009-retry-mail.md)",
        decided_on=date(2021, 6, 30),
        context="Sending mail within the request makes sign-up slow.",
        why="We will send mail by Celery.",
        consequences="A worker has to run.",
    )
    assert found.warnings == (NO_CHOICE,)


def test_underlined_headings_and_a_day_that_is_none() -> None:
    found = read(text("setext"))
    assert found.record == Record(
        title="Use plain files",
        status="rejected",
        context="Configuration lives in a table.\n\n    # an indented comment\n\nDate: last spring",
        chosen=(ToolName("none of the above"),),
    )
    assert found.warnings == (NO_DAY.format("last spring"),)


def test_a_text_without_any_heading_is_context() -> None:
    found = read(text("untitled"))
    assert found.record == Record(title="", context=text("untitled"))
    assert found.warnings == (NO_TITLE, NO_CHOICE)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("", "The file is empty."),
        (" \n\t", "The file is empty."),
        ("PNG\0\1", "The file is not text: it holds characters that no text has."),
        ("a" * (LONGEST + 1), "The file is longer than 100,000 characters."),
    ],
)
def test_what_is_no_record_is_refused_with_a_sentence(sent: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read(sent)


@pytest.mark.parametrize(
    ("sent", "values", "rest"),
    [
        ("---\nstatus: a\n---\nb", {"status": "a"}, "b"),
        ('---\nStatus: "a \\"b\\""\ndate: \'2026\'\n---\n', {"status": 'a "b"', "date": "2026"}, ""),
        ("---\ntags: [a, b]\nby:\n  - c\n  - d\n---\n", {"tags": "[a, b]", "by": "c, d"}, ""),
        ("---\n\na rule above\n\n---\n", {}, "---\n\na rule above\n\n---\n"),
        ("---\nstatus: a\n", {}, "---\nstatus: a\n"),
        ('---\nstatus: "a\\x"\n---\n', {"status": "a\\x"}, ""),
        ("---\n!!python/object: x\n---\n", {}, "---\n!!python/object: x\n---\n"),
    ],
)
def test_values_at_the_top_are_read_and_never_obeyed(sent: str, values: dict[str, str], rest: str) -> None:
    assert divided(sent) == (values, rest)


def test_more_options_than_anybody_weighs_are_kept_as_text() -> None:
    record = read("# Use Flask\n\n## Options\n\n" + "\n".join(f"* tool {place}" for place in range(102))).record
    assert len(record.considered) == MOST_ITEMS
    assert record.context == "# Options\n\n* tool 100\n* tool 101"


def test_a_line_too_long_for_a_title_is_taken_as_it_stands() -> None:
    title = "**a**" * 300
    assert read(f"# {title}").record.title == title


def test_a_name_stands_for_one_tool() -> None:
    with pytest.raises(ValueError, match="Flask has two slugs, flask and flask-2"):
        Record("A", chosen=(FLASK,), tags=(ToolName("Flask", "flask-2"),))
    assert Record("A", chosen=(FLASK,), considered=(ToolName("Flask"),)).considered == ()


def test_an_outcome_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="only a tool that was replaced"):
        Outcome(date(2026, 1, 1), 6, Result.KEPT, FLASK)
    with pytest.raises(ValueError, match="after the decision"):
        Outcome(date(2026, 1, 1), -1, Result.KEPT)


FOUND = "".join(path.read_text() for path in sorted(FILES.iterdir())).split("\n")
PIECES = st.sampled_from([*FOUND, "", "```", "a\n===", "* [a](b)", 'Chosen option: "[a](b)"', "### Tools", "### Tags"])


@given(st.lists(PIECES, max_size=30))
def test_no_word_is_lost_wherever_it_stands(pieces: list[str]) -> None:
    marks = [f"mark{place}x" for place in range(len(pieces) + 1)]
    sent = "\n".join([marks[0], *(f"{piece}\n{mark}" for piece, mark in zip(pieces, marks[1:], strict=True))])
    record = read(sent).record
    assert [mark for mark in marks if mark not in str(record)] == []
    assert read(write(record)).record == record


@given(st.lists(PIECES.map(lambda piece: f"{piece} mark"), max_size=30))
def test_nor_is_one_at_the_end_of_a_line(pieces: list[str]) -> None:
    sent = "\n".join(["mark", *(piece + str(place) + "x" for place, piece in enumerate(pieces))])
    found = read(sent)
    told = f"{found.record} {found.warnings}"
    assert [place for place in range(len(pieces)) if f"mark{place}x" not in told] == []
