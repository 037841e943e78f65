"""What a scan found, as a table for people."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from stacks.command.problems import printable
from stacks.scanner.clues import Evidence, Found, Scan

BOLD, DIM = "1", "2"
NAMED = 8
"""How many of what is unknown or skipped are named, unless all are asked for."""
NARROW = 40


@dataclass(frozen=True, slots=True)
class Look:
    """What the output can show: `width` in characters, 0 for a file or a pipe, which takes any."""

    width: int = 0
    coloured: bool = False

    @classmethod
    def of(cls, stream: TextIO) -> "Look":
        """The look for this stream: colours on a terminal only, and not where NO_COLOR is set."""
        if not stream.isatty():
            return cls()
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return cls(_width(stream), coloured=not plain)

    def paint(self, text: str, how: str) -> str:
        """The text in bold, dimmed and so on."""
        return f"\x1b[{how}m{text}\x1b[0m" if self.coloured and text else text

    def cut(self, text: str, room: int) -> str:
        """The end of the text, which tells paths apart, in the room there is."""
        return text if not self.width or len(text) <= room else f"…{text[len(text) - room + 1 :]}"


def _width(stream: TextIO) -> int:
    try:
        return max(os.get_terminal_size(stream.fileno()).columns, NARROW)
    except OSError:
        return 80


def table(scan: Scan, names: Mapping[str, str], look: Look) -> str:
    """The tools with what proves them, then what is unknown and what was skipped."""
    return "\n".join([*_heading(scan, look), *_rows(scan.tools, names, look), *_rest(scan, names, look), ""])


def _heading(scan: Scan, look: Look) -> Iterator[str]:
    tools = _counted(len(scan.tools), "tool")
    yield look.paint(f"{tools} in {_counted(scan.files, 'manifest')}", BOLD)
    if scan.tools:
        yield ""


def _rows(tools: Sequence[Found], names: Mapping[str, str], look: Look) -> Iterator[str]:
    titles = [printable(names.get(tool.slug, tool.slug)) for tool in tools]
    wide = max(map(len, titles), default=0)
    for title, tool in sorted(zip(titles, tools, strict=True), key=lambda row: row[0].casefold()):
        proof = tool.evidence[0]
        sure = f"{proof.certainty.name.lower()}{', development' if tool.development else ''}"
        room = max(look.width - wide - len(sure) - 6, 12)
        place = look.cut(_place(proof), room)
        gap = f"{title:<{wide}}"[len(title) :]
        yield f"  {look.paint(title, BOLD)}{gap}  {place}  {look.paint(sure, DIM)}"


def _place(proof: Evidence) -> str:
    file = printable(proof.file)
    return f"{file}:{proof.line}" if proof.line else file


def _rest(scan: Scan, names: Mapping[str, str], look: Look) -> Iterator[str]:
    others = [printable(names.get(tool.slug, tool.slug)) for tool in scan.transitive]
    unknown = [printable(row.identifier) for row in scan.unknown]
    yield from _list("Needed by others only", others, look)
    yield from _list("Not in the catalogue", unknown, look)
    skipped = [f"{printable(row.file)}: {printable(row.why)}" for row in scan.skipped]
    yield from _list("Skipped", skipped, look, each=True)
    if any(len(rows) > NAMED for rows in (others, unknown, skipped)):
        yield ""
        yield look.paint("--json lists everything.", DIM)


def _list(title: str, rows: Sequence[str], look: Look, *, each: bool = False) -> Iterator[str]:
    """The first few of the rows under their title, in one paragraph or a line each."""
    if not rows:
        return
    more = [f"and {len(rows) - NAMED} more"] if len(rows) > NAMED else []
    shown = [*rows[:NAMED], *more]
    yield ""
    yield look.paint(f"{title}: {len(rows)}", BOLD)
    for line in shown if each else _lines(shown, look.width or 100):
        yield f"  {line}"


def _lines(words: Sequence[str], width: int) -> Iterator[str]:
    """The words, apart by commas, in lines of that width."""
    line = ""
    for place, word in enumerate(words):
        said = word if place == len(words) - 1 else f"{word},"
        if line and len(line) + len(said) + 3 > width:
            yield line
            line = ""
        line = f"{line} {said}" if line else said
    yield line


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
