"""Attributes, facts and subjects for tests of sentences; nothing here touches a database."""

from datetime import date

from comparisons.facts import Answer, Attribute, Fact, Subject
from tools.words import Word

TODAY = date(2026, 11, 21)
VERIFIED = date(2026, 8, 22)

TYPING = Attribute(
    "typing",
    "Typing",
    "choices",
    90,
    theme="Types",
    one="has {value} typing",
    many="have {value} typing",
    choose_if="you want {value} typing",
)
ORM = Attribute(
    "orm",
    "Built-in ORM",
    "boolean",
    75,
    one="includes an ORM",
    many="include an ORM",
    no_one="includes no ORM",
    no_many="include no ORM",
    theme="Scope and complexity",
    choose_if="you want an ORM that comes with the framework",
    choose_if_no="you want to choose the ORM yourself",
)
ADMIN = Attribute(
    "admin-site",
    "Admin site",
    "boolean",
    70,
    one="includes an admin site",
    many="include an admin site",
    no_one="includes no admin site",
    no_many="include no admin site",
    theme="Scope and complexity",
    choose_if="you want an admin site",
)
WRITTEN_IN = Attribute(
    "written-in",
    "Language",
    "tools",
    70,
    one="is used from {value}",
    many="are used from {value}",
    inherit=True,
    introduces=True,
)
LICENCE = Attribute(
    "licence",
    "Licence",
    "choices",
    62,
    one="is licensed under {value}",
    many="are licensed under {value}",
    joined_by="or",
)
RELEASED = Attribute(
    "first-released",
    "First released",
    "date",
    45,
    one="was first released in {value}",
    many="were first released in {value}",
    threshold=2,
)
STARS = Attribute(
    "stars",
    "GitHub stars",
    "number",
    55,
    one="has {value} on GitHub",
    many="have {value} each on GitHub",
    unit_one="star",
    unit_many="stars",
    threshold=1.25,
    measured=True,
)
DEPENDENCIES = Attribute(
    "dependencies",
    "Runtime dependencies",
    "number",
    30,
    one="declares {value}",
    many="declare {value}",
    unit_one="runtime dependency",
    unit_many="runtime dependencies",
    threshold=2,
    favours="less",
    measured=True,
    choose_if="few dependencies matter to you",
)
ALL = (TYPING, ORM, ADMIN, WRITTEN_IN, LICENCE, RELEASED, STARS, DEPENDENCIES)


def fact(
    tool: str,
    attribute: Attribute,
    answer: Answer,
    *,
    source: str = "https://example.org/docs",
    verified: date = VERIFIED,
) -> Fact:
    words = tuple(Word(key, key) for key in answer) if isinstance(answer, tuple) else ()
    return Fact(f"fact-{tool}-{attribute.key}", tool, tool.title(), attribute, answer, verified, words, source=source)


def subject(
    name: str, *facts: Fact, kind: str = "framework", via: Fact | None = None, base: tuple[Fact, ...] = ()
) -> Subject:
    return Subject(name.lower(), name, kind, facts, via, base)


PYTHON_TYPING = fact("python", TYPING, ("dynamic", "strong"))
FLASK_IN_PYTHON = fact("flask", WRITTEN_IN, ("Python",))


def flask(*facts: Fact) -> Subject:
    """Flask, which inherits typing from Python."""
    return subject("Flask", FLASK_IN_PYTHON, *facts, via=FLASK_IN_PYTHON, base=(PYTHON_TYPING,))
