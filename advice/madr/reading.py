"""A file as a record: MADR from version 2 on, and records in M. Nygard's form. Pure.

What has no place in a record is put under its context with the heading it had, and the reading says so: no text is
lost.
"""

import re
from collections.abc import Mapping
from typing import Final

from advice.madr import front_matter
from advice.madr.blocks import Section, addressed, divided
from advice.madr.gathering import Gathered, Reading
from advice.madr.words import NUMBERED, part

LONGEST: Final = 100_000
"""Characters of a file that is read."""

_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?")


def read(text: str) -> Reading:
    """The record a file holds; ValueError with a sentence for an empty, binary or over-long one."""
    _check(text)
    values, rest = front_matter.divided(_LINE_END.sub("\n", text.removeprefix("\ufeff")).lstrip("\n"))
    gathered = Gathered()
    gathered.take_values(values)
    for section in _titled(rest, gathered, values):
        gathered.take(section)
    return gathered.reading()


def _check(text: str) -> None:
    if not text.strip():
        raise ValueError("The file is empty.")
    if len(text) > LONGEST:
        raise ValueError(f"The file is longer than {LONGEST:,} characters.")
    if _BINARY.search(text):
        raise ValueError("The file is not text: it holds characters that no text has.")


def _titled(text: str, gathered: Gathered, values: Mapping[str, str]) -> list[Section]:
    """The sections after the title, which is noted; what stands before them is looked through."""
    before, *sections = divided(text, 1, 2)
    gathered.take_preamble(before.body)
    alone = sum(section.level == 1 for section in sections) == 1
    if sections and sections[0].level == 1 and (alone or part(sections[0].words) is None):
        gathered.title = addressed(NUMBERED.sub("", sections[0].words).strip())
        gathered.take_preamble(sections.pop(0).body)
        gathered.spare += [f"Title: {title}"] if (title := values.get("title")) and title != gathered.title else []
    else:
        gathered.title = values.get("title", "")
    return sections
