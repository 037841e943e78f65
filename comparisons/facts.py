"""The values a comparison is made of: frozen, free of the database, compared by content."""

from dataclasses import dataclass, field
from datetime import date

from tools.words import Word

type Answer = tuple[str, ...] | str | float | bool
"""Keys of choices or slugs of tools in order, or the plain value."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A question with the words its answers are told in; `{value}` stands for the answer.

    `threshold` is the ratio (numbers) or the years (dates) below which two answers are called similar.
    """

    key: str
    heading: str
    type: str
    importance: int
    compare: bool = True
    question: str = ""
    one: str = ""
    many: str = ""
    no_one: str = ""
    no_many: str = ""
    joined_by: str = "and"
    unit_one: str = ""
    unit_many: str = ""
    threshold: float | None = None
    inherit: bool = False


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

    @property
    def known_as(self) -> Answer:
        """The answer as far as two tools can agree in it: the order of several choices says nothing."""
        return tuple(sorted(self.answer)) if isinstance(self.answer, tuple) else self.answer


@dataclass(frozen=True, slots=True)
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
    base: tuple[Fact, ...] = field(default=())

    def own(self, key: str) -> Fact | None:
        """Its own answer to an attribute, or None."""
        return next((fact for fact in self.facts if fact.attribute.key == key), None)

    def inherited(self, key: str) -> Fact | None:
        """What its language answers where it has no answer of its own."""
        if self.via is None or self.own(key):
            return None
        return next((fact for fact in self.base if fact.attribute.key == key), None)

    def known(self, key: str) -> "Known | None":
        """Its own answer, else the inherited one, else None: silence."""
        if fact := self.own(key):
            return Known(self, fact)
        if fact := self.inherited(key):
            return Known(self, fact, self.via)
        return None


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that holds for a subject, and the fact through which it was inherited if it was."""

    subject: Subject
    fact: Fact
    via: Fact | None = None

    @property
    def cites(self) -> tuple[Fact, ...]:
        """The facts one must cite to say it."""
        return (self.via, self.fact) if self.via else (self.fact,)


@dataclass(frozen=True, slots=True)
class Statement:
    """One generated sentence and the facts it rests on, each once, in the order it leans on them."""

    topic: str
    heading: str
    text: str
    cites: tuple[Fact, ...]

    @property
    def unsourced(self) -> bool:
        """Whether any of its facts has no source."""
        return any(not fact.source for fact in self.cites)

    def stale(self, today: date, after_days: int) -> bool:
        """Whether any of its facts was verified longer ago than `after_days`."""
        return any((today - fact.verified).days > after_days for fact in self.cites)
