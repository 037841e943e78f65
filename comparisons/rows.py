"""Facts as frozen values, read without an object for each row: a page weighs a thousand of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import Q, QuerySet

from comparisons import facts as pure
from tools.models import Attribute, AttributeType, Fact, FactValue, Tool
from tools.words import Word

# The theme whose answers say what a tool is or is for.
PURPOSE = "purpose"


class Row(NamedTuple):
    """A fact with what decides whether it is inherited."""

    fact: pure.Fact
    inherits: bool
    passed_on: bool
    named: tuple[int, ...]
    """The ids of the tools it answers with."""


class _Stored(NamedTuple):
    """The columns of a fact, as they are read."""

    pk: int
    tool_id: int
    tool_slug: str
    tool_name: str
    attribute_id: int
    boolean: bool | None
    number: float | None
    text: str
    note: str
    source: str
    verified_on: date


COLUMNS = ("pk", "tool", "tool__slug", "tool__name", "attribute", "boolean", "number", "text")
MORE_COLUMNS = ("note", "source", "verified_on")


def rows_by_tool(tools: Sequence[Tool], others: Sequence[Tool], weighty: int) -> Mapping[int, list[Row]]:
    """All current facts of the tools and of what they are used with; of the others those of at least this importance.

    Three queries.
    """
    stored = [_Stored(*row) for row in _relevant(tools, others, weighty).values_list(*COLUMNS, *MORE_COLUMNS)]
    words = _words([row.pk for row in stored])
    wanted = {row.attribute_id for row in stored}
    asked = {row.pk: row for row in Attribute.objects.filter(pk__in=wanted).select_related("theme")}
    attributes = {pk: _attribute(row) for pk, row in asked.items()}
    found: dict[int, list[Row]] = defaultdict(list)
    for row in stored:
        named, said = words.get(row.pk, ((), ()))
        attribute = asked[row.attribute_id]
        fact = _fact(row, attributes[row.attribute_id], said)
        found[row.tool_id].append(Row(fact, attribute.inherit, attribute.passed_on, named))
    return found


def _relevant(tools: Iterable[Tool], others: Iterable[Tool], weighty: int) -> QuerySet[Fact]:
    ids = [tool.pk for tool in tools]
    of_others = Q(tool__in=[other.pk for other in others], attribute__compare=True, attribute__importance__gte=weighty)
    bases = FactValue.objects.filter(
        fact__tool__in=ids, fact__superseded_at=None, fact__attribute__inherit=True, tool__isnull=False
    )
    return Fact.objects.current().filter(Q(tool__in=ids) | Q(tool__in=bases.values("tool")) | of_others).order_by("pk")


def _words(facts: Sequence[int]) -> Mapping[int, tuple[tuple[int, ...], tuple[Word, ...]]]:
    """For each fact that answers with choices or tools: the tools' ids, and the words, in order."""
    rows = FactValue.objects.filter(fact__in=facts).order_by("fact", "position", "pk")
    named: dict[int, list[int]] = defaultdict(list)
    words: dict[int, list[Word]] = defaultdict(list)
    for fact, key, label, explanation, lacks, tool, slug, name in rows.values_list(
        "fact",
        "choice__key",
        "choice__label",
        "choice__explanation",
        "choice__lacks",
        "tool",
        "tool__slug",
        "tool__name",
    ):
        if key:
            words[fact].append(Word(key, label, explanation, lacks=lacks))
        else:
            named[fact].append(tool)
            words[fact].append(Word(slug, name, url=_tool_url(slug)))
    return {fact: (tuple(named[fact]), tuple(said)) for fact, said in words.items()}


@cache
def _tool_url(slug: str) -> str:
    return Tool(slug=slug).get_absolute_url()


def _fact(row: _Stored, attribute: pure.Attribute, words: tuple[Word, ...]) -> pure.Fact:
    return pure.Fact(
        id=f"fact-{row.pk}",
        tool=row.tool_slug,
        tool_name=row.tool_name,
        attribute=attribute,
        answer=_answer(row, attribute.type, words),
        words=words,
        note=row.note,
        source=row.source,
        verified=row.verified_on,
    )


def _answer(row: _Stored, kind: str, words: Sequence[Word]) -> pure.Answer:
    if kind in (AttributeType.CHOICE, AttributeType.TOOL):
        return words[0].key
    if kind in (AttributeType.CHOICES, AttributeType.TOOLS):
        return tuple(word.key for word in words)
    if row.boolean is not None:
        return row.boolean
    return row.text if row.number is None else row.number


def _attribute(row: Attribute) -> pure.Attribute:
    return pure.Attribute(
        key=row.slug,
        heading=row.heading,
        question=row.question,
        theme=row.theme.heading if row.theme else "",
        type=row.type,
        importance=row.importance,
        compare=row.compare,
        one=row.one,
        many=row.many,
        no_one=row.no_one,
        no_many=row.no_many,
        joined_by=row.joined_by,
        unit_one=row.unit_one,
        unit_many=row.unit_many,
        threshold=row.threshold,
        inherit=row.inherit,
        choose_if=row.choose_if,
        choose_if_no=row.choose_if_no,
        favours=row.favours,
        measured=row.measured,
        introduces=row.inherit or (row.theme is not None and row.theme.slug == PURPOSE),
    )
