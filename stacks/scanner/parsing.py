"""Texts in well-known formats, read without being talked into more time or memory than their length deserves.

Every function raises UnreadableError with a sentence where the text is broken, too deep or made to hurt.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from stacks.scanner.clues import UnreadableError

DEPTH = 100
"""How many levels deep a document may be nested."""
PIECES = 150_000
"""Objects and lists of one JSON document."""
EVENTS = 100_000
"""Values, keys and brackets of one YAML file; tags of one XML file."""
TOML = 300_000
"""Characters of a TOML file; lockfiles are read line by line instead."""
DOTS = 1_000
"""Dots in one line of a TOML file, whose parser takes a dotted key apart in quadratic time."""
LINES = 250_000
"""Lines of a file that is read line by line."""
COMMENTS = 400_000
"""Strings and comments of a JSON text whose comments are forgiven."""
JSON_WORD = re.compile(r'"(?:[^"\\]++|\\.)*+"?|//[^\n]*+|/\*', re.DOTALL)
LAST_COMMA = re.compile(r'("(?:[^"\\]++|\\.)*+"?)|,(?=\s*+[}\]])', re.DOTALL)


class Lines:
    """Where words stand in a text, asked for in the order in which they stand.

    A word that does not follow the last is looked for from the start, so that wrong order costs time and no answer.
    """

    MISSES = 200
    TRIES = 20

    def __init__(self, text: str) -> None:
        """Begin at the text's start."""
        self.text = text
        self._at, self._line = 0, 1
        self._misses = 0

    def of(self, word: str) -> int:
        """The line, from 1, in which the next such word stands; 0 where there is none."""
        at = self._find(word, self._at)
        if at < 0 and self._misses < self.MISSES:
            self._misses += 1
            at = self._find(word, 0)
        return self.at(at) if at >= 0 else 0

    def _find(self, word: str, start: int) -> int:
        """Where the word stands by itself and not within a longer name, as far as a few tries tell."""
        at = first = self.text.find(word, start)
        for _ in range(self.TRIES):
            if at < 0 or not (
                _is_of_name(self.text[at - 1 : at]) or _is_of_name(self.text[at + len(word) : at + len(word) + 1])
            ):
                break
            at = self.text.find(word, at + 1)
        return at if at >= 0 else first

    def at(self, position: int) -> int:
        """The line of a position in the text; later questions look on from there."""
        if position >= self._at:
            self._line += self.text.count("\n", self._at, position)
        else:
            self._line = self.text.count("\n", 0, position) + 1
        self._at = position
        return self._line

    def key(self, name: str) -> int:
        """The line of the next JSON key or string of this name."""
        written = json.dumps(name, ensure_ascii=False)
        at = self.text.find(f"{written}:", self._at)
        return self.at(at) if at >= 0 else self.of(written)

    def key_of_table(self, name: str) -> int:
        """The line of the next key of this name in a TOML table, quoted or not."""
        for written in (f"\n{name} ", f"\n{name}=", f'\n"{name}"'):
            at = self.text.find(written, self._at)
            if at >= 0:
                return self.at(at + 1)
        return self.of(name)


def _is_of_name(letter: str) -> bool:
    return letter.isalnum() or letter in {"-", "_"}


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Each line of a text with its number, from 1."""
    if text.count("\n") > LINES:
        raise UnreadableError(f"It has more than {LINES:,} lines.")
    yield from enumerate(text.split("\n"), 1)


def read_json(text: str) -> Any:
    """The value of a JSON text; comments and commas too many are forgiven."""
    if text.count("{") + text.count("[") > PIECES:
        raise UnreadableError("It holds too many objects to be a manifest.")
    try:
        return json.loads(text)
    except RecursionError:
        raise UnreadableError("It is nested too deeply.") from None
    except ValueError as error:
        return _forgiving_json(text, error)


def read_json_object(text: str) -> dict[str, Any]:
    """The object of a JSON text whose outermost value must be one."""
    value = read_json(text)
    if not isinstance(value, dict):
        raise UnreadableError("It is not a JSON object.")
    return value


def _forgiving_json(text: str, error: ValueError) -> Any:
    try:
        return json.loads(without_comments(text))
    except RecursionError:
        raise UnreadableError("It is nested too deeply.") from None
    except ValueError:
        raise UnreadableError(f"It is not JSON: {_told(error)}.") from None


def without_comments(text: str) -> str:
    """A JSONC text as JSON, without commas that nothing follows; lines stay where they are."""
    pieces: list[str] = []
    start = 0
    while match := JSON_WORD.search(text, start):
        if len(pieces) > COMMENTS:
            raise UnreadableError("It holds too many comments to be a manifest.")
        word, end = match[0], match.end()
        if word.startswith('"'):
            pieces.append(text[start:end])
        else:
            pieces.append(text[start : match.start()])
            if word == "/*":
                closed = text.find("*/", end)
                end = len(text) if closed < 0 else closed + 2
                pieces.append("\n" * text.count("\n", match.start(), end))
        start = end
    return LAST_COMMA.sub(r"\1", "".join((*pieces, text[start:])))


def read_toml(text: str) -> dict[str, Any]:
    """The table of a TOML text."""
    import tomllib  # most repositories have no TOML

    if len(text) > TOML:
        raise UnreadableError("It is too long for a TOML file.")
    if text.count(".") > DOTS and any(line.count(".") > DOTS for line in text.split("\n")):
        raise UnreadableError("It has a line with too many dots.")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise UnreadableError("It is nested too deeply.") from None
    except ValueError as error:
        raise UnreadableError(f"It is not TOML: {_told(error)}.") from None


class Word(str):
    """A YAML scalar, always text (`on` is not a truth, `3.10` is not a number), that knows its line."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, text: str, line: int) -> "Word":
        """Make it from the text and its line, from 1."""
        word = super().__new__(cls, text)
        word.line = line
        return word


def read_yaml(text: str) -> Iterator[Any]:
    """Each document of a YAML text: dictionaries, lists, and Words for keys and scalars; None where nothing stands.

    An alias is the very value that it names; `<<` is merged unless that grows out of bounds. What was read before a
    broken document is given before UnreadableError is raised.
    """
    import yaml  # loading it takes longer than most scans

    from stacks.scanner.yaml_events import documents  # needs the above

    try:
        yield from documents(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except yaml.YAMLError as error:
        raise UnreadableError(f"It is not YAML: {_told(error)}.") from None
    except RecursionError:
        raise UnreadableError("It is nested too deeply.") from None


@dataclass(slots=True)
class Element:
    """An XML element, its namespace forgotten."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: "list[Element]" = field(default_factory=list)
    text: str = ""
    """What stands directly in it, without the space around it."""

    def all(self, tag: str) -> "list[Element]":
        """The children of this tag."""
        return [child for child in self.children if child.tag == tag]

    def first(self, *tags: str) -> "Element | None":
        """The element that a path of tags leads to."""
        element: Element | None = self
        for tag in tags:
            element = next((child for child in element.children if child.tag == tag), None) if element else None
        return element

    def word(self, *tags: str) -> str:
        """The text of the element that a path of tags leads to; empty where there is none."""
        element = self.first(*tags)
        return element.text if element else ""

    def every(self, tag: str) -> "Iterator[Element]":
        """All elements of this tag at any depth, in the document's order."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.every(tag)


def read_xml(text: str) -> Element:
    """The root of an XML text. Entities of its own are refused."""
    from stacks.scanner.xml_events import root  # most repositories have no XML

    return root(text)


def _told(error: Exception) -> str:
    """An error's first line, short enough for a sentence."""
    return str(error).partition("\n")[0][:120].rstrip(". ")
