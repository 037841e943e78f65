"""The values a comparison is made of: frozen, free of the database, compared by content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from tools.words import Word

type Answer = tuple[str, ...] | str | float | bool
"""Keys of choices or slugs of tools in order, or the plain value."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A question with the words its answers are told in; `{value}` stands for the answer.

    `threshold` is the ratio (numbers) or the years (dates) below which two answers are called similar. `choose_if` and
    `choose_if_no` complete "Choose it if …"; for numbers and dates `favours` says which end speaks for a tool.
    """

    key: str
    heading: str
    type: str
    importance: int
    compare: bool = True
    question: str = ""
    theme: str = ""
    one: str = ""
    many: str = ""
    no_one: str = ""
    no_many: str = ""
    joined_by: str = "and"
    unit_one: str = ""
    unit_many: str = ""
    threshold: float | None = None
    inherit: bool = False
    choose_if: str = ""
    choose_if_no: str = ""
    favours: str = ""
    measured: bool = False
    """Whether it is a count that changes from month to month."""
    introduces: bool = False
    """Whether its answer says what a tool is or is for."""

    @property
    def under(self) -> str:
        """The heading under which statements about it stand: its theme's, else its own."""
        return self.theme or self.heading


@dataclass(frozen=True, slots=True)
class Fact:
    """One tool's answer to one attribute, as it stands in the page's list of sources.

    `id` is the anchor of that entry ("fact-12"); `source` is its address or label, empty when unsourced; `day` is the
    verification day as a person reads it, which is only a month for rounded figures.
    """

    id: str
    tool: str
    tool_name: str
    attribute: Attribute
    answer: Answer
    verified: date
    words: tuple[Word, ...] = ()
    note: str = ""
    source: str = ""
    rounded: bool = False

    def __hash__(self) -> int:
        """Of its anchor alone: facts are looked up often and their anchors differ."""
        return hash(self.id)

    @property
    def lacks(self) -> bool:
        """Whether it says that something is missing: no, none, or only from elsewhere."""
        return self.answer is False or (bool(self.words) and all(word.lacks for word in self.words))

    @property
    def known_as(self) -> Answer:
        """The answer as far as two tools can agree in it: the order of several choices says nothing."""
        return tuple(sorted(self.answer)) if isinstance(self.answer, tuple) else self.answer


@dataclass(frozen=True)
class Subject:
    """A tool under comparison with what is known of it.

    `base` is the language (or whatever an inheriting attribute names) whose facts hold for programs made with it, and
    `via` the fact that says so; both are None for a tool that inherits nothing or from several.
    """

    slug: str
    name: str
    kind: str
    facts: tuple[Fact, ...] = ()
    via: Fact | None = None
    base: tuple[Fact, ...] = ()

    @cached_property
    def answers(self) -> Mapping[str, "Known"]:
        """What is known, by attribute: its own answers, else those of its language. What is missing is unknown."""
        inherited = {fact.attribute.key: Known(self, fact, self.via) for fact in self.base if self.via}
        return inherited | {fact.attribute.key: Known(self, fact) for fact in self.facts}

    @cached_property
    def compared(self) -> Mapping[str, "Known"]:
        """What is known of the attributes that sentences are made of."""
        return {key: known for key, known in self.answers.items() if known.fact.attribute.compare}


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that holds for a subject, and the fact through which it was inherited if it was."""

    subject: Subject
    fact: Fact
    via: Fact | None = None

    @property
    def through(self) -> str:
        """The name of the language that answers for the subject, or the empty string where it answers itself."""
        return self.fact.tool_name if self.via else ""

    @property
    def cites(self) -> tuple[Fact, ...]:
        """The facts one must cite to say it."""
        return (self.via, self.fact) if self.via else (self.fact,)


class Statement(NamedTuple):
    """One generated sentence and the facts it rests on, each once, in the order it leans on them.

    `topic` names the attributes it is about, apart by spaces; `heading` is what it stands under. `lead` is the
    beginning of the text that several statements in a row share, such as "Choose Flask if".
    """

    topic: str
    heading: str
    text: str
    cites: tuple[Fact, ...]
    lead: str = ""

    @property
    def unsourced(self) -> bool:
        """Whether any of its facts has no source."""
        return any(not fact.source for fact in self.cites)

    def stale(self, today: date, after_days: int) -> bool:
        """Whether any of its facts was verified longer ago than `after_days`."""
        return any((today - fact.verified).days > after_days for fact in self.cites)
