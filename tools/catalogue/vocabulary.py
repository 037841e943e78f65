"""What tool files may speak of: functions, kinds, attributes and their choices; and whether a document keeps to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from tools import sources
from tools.catalogue.reading import Document
from tools.dates import PartialDate
from tools.models import Attribute, Function, Kind
from tools.values import columns

type Complaint = tuple[tuple[str | int, ...], str]
"""Where in the document (keys and indices), and what is wrong there."""

NOT_WITH_ITSELF = {"rivals": "a tool cannot be its own rival", "integrations": "a tool cannot integrate with itself"}


@dataclass(frozen=True)
class Question:
    """An attribute as the checks need it: an empty scope means everywhere."""

    type: str
    scope: frozenset[str]
    choices: frozenset[str]
    compare: bool

    def is_asked_in(self, places: frozenset[str]) -> bool:
        """Whether it is asked of the tools of a function, given by the slugs of all its places."""
        return not self.scope or bool(self.scope & places)


@dataclass(frozen=True)
class Vocabulary:
    """The site's words at one moment."""

    places: Mapping[str, frozenset[str]]
    """Each function's slug, with the slugs of itself, its category and its layer."""
    kinds: frozenset[str]
    questions: Mapping[str, Question]
    today: date

    @classmethod
    def of_site(cls) -> "Vocabulary":
        """What the database knows now; a fixed number of queries."""
        functions = Function.objects.select_related("category__layer")
        attributes = Attribute.objects.prefetch_related("choices", "layers", "categories", "functions")
        return cls(
            places={f.slug: frozenset({f.slug, f.category.slug, f.category.layer.slug}) for f in functions},
            kinds=frozenset(Kind.objects.values_list("slug", flat=True)),
            questions={row.slug: _question(row) for row in attributes},
            today=timezone.now().date(),
        )

    @property
    def types(self) -> dict[str, str]:
        """Each attribute's type."""
        return {key: question.type for key, question in self.questions.items()}

    def complaints(self, raw: Document, slug: str, function: str) -> Iterator[Complaint]:
        """Everything in a tool's file that the schema cannot know to be wrong."""
        yield from self._own_complaints(raw, slug)
        for key, row in raw.get("facts", {}).items():
            yield from self._fact_complaints(key, row, function)
        for name in ("facts", "identifiers"):
            yield from self._source_complaints(name, raw.get(name, {}))

    def _own_complaints(self, raw: Document, slug: str) -> Iterator[Complaint]:
        if raw["kind"] not in self.kinds:
            yield ("kind",), f"there is no kind “{raw['kind']}”; the kinds are {', '.join(sorted(self.kinds))}"
        for name, reason in NOT_WITH_ITSELF.items():
            yield from (((name, index), reason) for index, other in enumerate(raw.get(name, [])) if other == slug)
        for index, text in enumerate(raw.get("cons", [])):
            if text in raw.get("pros", []):
                yield ("cons", index), "what is a pro cannot be a con as well"
        for index, row in enumerate(raw.get("figures", [])):
            try:
                if PartialDate.parse(row["date"]).earliest > self.today:
                    yield ("figures", index, "date"), "the day has not come yet"
            except ValueError as error:
                yield ("figures", index, "date"), str(error)

    def _source_complaints(self, name: str, rows: Any) -> Iterator[Complaint]:
        """Sources that cannot be linked, and days of verification that have not come."""
        for step, row in rows.items() if isinstance(rows, dict) else enumerate(rows):
            if not sources.is_readable(row.get("source", "")):
                yield (name, step, "source"), "the source cannot be read as an address"
            if date.fromisoformat(row["verified"]) > self.today:
                yield (name, step, "verified"), "the day has not come yet"

    def _fact_complaints(self, key: str, row: Document, function: str) -> Iterator[Complaint]:
        question = self.questions.get(key)
        if question is None:
            yield ("facts", key), f"there is no attribute “{key}”"
            return
        if not question.is_asked_in(self.places[function]):
            yield (
                ("facts", key),
                f"“{key}” is not asked of {function}; it is asked of {', '.join(sorted(question.scope))}",
            )
        try:
            answer = columns(question.type, row["value"])
        except ValueError as error:
            yield ("facts", key, "value"), str(error)
            return
        for choice in answer.choices:
            if choice not in question.choices:
                known = ", ".join(sorted(question.choices))
                yield ("facts", key, "value"), f"“{choice}” is not a choice of “{key}”; its choices are {known}"


def _question(row: Attribute) -> Question:
    places = [*row.layers.all(), *row.categories.all(), *row.functions.all()]
    return Question(
        type=row.type,
        scope=frozenset(place.slug for place in places),
        choices=frozenset(choice.key for choice in row.choices.all()),
        compare=row.compare,
    )


def references(raw: Document, types: Mapping[str, str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every slug of another tool that a file names, with its place in the file."""
    for name in NOT_WITH_ITSELF:
        for index, slug in enumerate(raw.get(name, [])):
            yield (name, index), slug
    for key, row in raw.get("facts", {}).items():
        for slug in columns(types[key], row["value"]).tools:
            yield ("facts", key, "value"), slug
