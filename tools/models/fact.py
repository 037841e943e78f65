"""A fact: one tool's answer to one attribute, with its source and the day it was verified."""

from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from tools.models.attribute import Attribute, Choice
from tools.models.tool import Tool
from tools.values import AttributeType, Columns, columns
from tools.words import Word, capitalised, counted, dated, listed

type Value = str | float | bool | list[str] | None


# A literal, not a parameter: so SQLite sees that the index of sourced facts answers without a look at the facts.
NOTHING = RawSQL("''", ())  # nothing of anybody's is in it


class FactQuerySet(models.QuerySet["Fact"]):
    """The vocabulary for reading facts."""

    def current(self) -> "FactQuerySet":
        """Facts that nothing has superseded."""
        return self.filter(superseded_at=None)

    def sourced(self) -> "FactQuerySet":
        """Facts that name a source."""
        return self.exclude(source=NOTHING)

    def with_values(self) -> "FactQuerySet":
        """Each fact with its attribute and its values: two queries in all."""
        return self.select_related("attribute__theme").prefetch_related(
            models.Prefetch("values", FactValue.objects.select_related("choice", "tool"))
        )


class Fact(models.Model):
    """One answer. It is never changed: a newer answer supersedes it and both are kept.

    The answer stands in the column of its attribute's type; choices and tools stand in `values`, in order.
    Dates are ISO 8601 text of whatever precision is known (2010, 2025-11, 2026-08-20).
    """

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="facts")
    attribute = models.ForeignKey(Attribute, models.PROTECT, related_name="facts")
    boolean = models.BooleanField(null=True, blank=True)
    number = models.FloatField(null=True, blank=True)
    text = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=120, blank=True)
    source = models.CharField(
        max_length=300, blank=True, help_text="https://…, github:owner/name:path or pkg:…; empty when unsourced."
    )
    verified_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["-attribute__importance", "pk"]
        indexes = [
            models.Index(
                fields=["tool"], condition=Q(superseded_at=None) & ~Q(source=""), name="fact_current_and_sourced"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tool", "attribute"], condition=Q(superseded_at=None), name="one_current_fact_per_attribute"
            ),
            models.CheckConstraint(
                condition=Q(boolean=None, number=None) | Q(boolean=None, text="") | Q(number=None, text=""),
                name="fact_has_one_answer",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=models.F("recorded_at")),
                name="fact_superseded_after_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tool}: {self.attribute}"

    @property
    def value(self) -> Value:
        """The answer as the catalogue's files write it: choice keys and tool slugs, or the plain value."""
        named = [row.key for row in self.values.all()]
        match self.attribute.type:
            case AttributeType.CHOICE | AttributeType.TOOL:
                return named[0]
            case AttributeType.CHOICES | AttributeType.TOOLS:
                return named
            case AttributeType.BOOLEAN:
                return self.boolean
            case AttributeType.NUMBER:
                return self.number
        return self.text

    @property
    def in_words(self) -> str:
        """The answer as a table's cell reads it: choices by their labels, tools by their names."""
        attribute = self.attribute
        if named := [str(row) for row in self.values.all()]:
            return capitalised(listed(named, attribute.joined_by))
        if self.boolean is not None:
            return "Yes" if self.boolean else "No"
        if self.number is not None:
            return counted(self.number, attribute.unit_one, attribute.unit_many)
        return dated(self.text) if attribute.type == AttributeType.DATE else self.text

    @classmethod
    def record(
        cls, tool: Tool, attribute: Attribute, value: object, *, note: str, source: str, verified_on: date
    ) -> "Fact":
        """State the tool's answer from now on; the current fact is superseded, or returned where it says the same.

        `value` is written as in the catalogue's files. Raise ValueError with a sentence where it does not fit the
        attribute, or names a choice or a tool that does not exist.
        """
        answer, choices, tools = attribute.resolve(value)
        with transaction.atomic():
            current = cls.objects.current().with_values().filter(tool=tool, attribute=attribute).first()
            stated = (note, source, verified_on)
            if current and current.answer == answer and stated == (current.note, current.source, current.verified_on):
                return current
            now = timezone.now()
            if current:
                current.supersede(now)
            fact = cls.objects.create(
                tool=tool,
                attribute=attribute,
                boolean=answer.boolean,
                number=answer.number,
                text=answer.text,
                note=note,
                source=source,
                verified_on=verified_on,
                recorded_at=now,
            )
            for position, choice in enumerate(choices):
                FactValue.objects.create(fact=fact, choice=choice, position=position)
            for position, row in enumerate(tools):
                FactValue.objects.create(fact=fact, tool=row, position=position)
        return fact

    @property
    def answer(self) -> Columns:
        """The answer as columns hold it."""
        return columns(self.attribute.type, self.value)

    def supersede(self, now: datetime) -> None:
        """Retire this fact, once: a newer answer takes its place and this one is kept."""
        Fact.objects.filter(pk=self.pk, superseded_at=None).update(superseded_at=now)


class FactValueQuerySet(models.QuerySet["FactValue"]):
    """The vocabulary for reading what facts answer with."""

    def answering(self, *attributes: str) -> "FactValueQuerySet":
        """What current facts answer to the attributes of these slugs."""
        return self.filter(fact__attribute__slug__in=attributes, fact__superseded_at=None)


class FactValue(models.Model):
    """A choice or a tool that a fact answers with."""

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="values")
    choice = models.ForeignKey(Choice, models.PROTECT, null=True, blank=True, related_name="fact_values")
    tool = models.ForeignKey(Tool, models.PROTECT, null=True, blank=True, related_name="named_by")
    position = models.PositiveSmallIntegerField(default=0)

    objects = FactValueQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(choice=None, tool__isnull=False) | Q(choice__isnull=False, tool=None),
                name="fact_value_is_a_choice_or_a_tool",
            ),
            models.UniqueConstraint(fields=["fact", "choice"], name="choice_once_per_fact"),
            models.UniqueConstraint(fields=["fact", "tool"], name="tool_once_per_fact"),
        ]

    def __str__(self) -> str:
        return str(self.choice or self.tool)

    @property
    def key(self) -> str:
        """The choice's key or the tool's slug, as files write it."""
        return self.word.key

    @property
    def word(self) -> Word:
        """The choice with its explanation, or the tool with its page."""
        if self.choice:
            return Word(self.choice.key, self.choice.label, self.choice.explanation, lacks=self.choice.lacks)
        assert self.tool
        return Word(self.tool.slug, self.tool.name, url=self.tool.get_absolute_url())
