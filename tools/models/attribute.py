"""A question one can ask of tools, with the words its answers are told in."""

from collections.abc import Mapping

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from tools.models.taxonomy import Category, Function, Layer
from tools.models.tool import Tool
from tools.slugs import MAX_LENGTH, is_slug
from tools.values import AttributeType, Columns, columns


class Theme(models.Model):
    """A heading under which a comparison gathers what it says of several attributes, such as Concurrency."""

    slug = models.SlugField(max_length=MAX_LENGTH, unique=True, validators=[is_slug])
    heading = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "heading"]

    def __str__(self) -> str:
        return self.heading


class Favours(models.TextChoices):
    """Which end of a number or a date speaks for a tool."""

    NEITHER = "", "neither"
    MORE = "more", "more, or later"
    LESS = "less", "less, or earlier"


class Attribute(models.Model):
    """A typed question, scoped to parts of the taxonomy (everywhere where no part is named).

    The wordings are verb phrases that follow a tool's name; `{value}` stands for the answer.
    """

    slug = models.SlugField("key", max_length=MAX_LENGTH, unique=True, validators=[is_slug])
    heading = models.CharField(max_length=60)
    question = models.CharField(max_length=200)
    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attributes",
        help_text="What is said of it stands under this heading; under its own where none is chosen.",
    )
    type = models.CharField(max_length=10, choices=AttributeType)
    importance = models.PositiveSmallIntegerField(
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="1 to 100: how much the answer matters for choosing.",
    )
    compare = models.BooleanField(
        default=True, help_text="Make sentences of it; otherwise it stands in the table only."
    )
    inherit = models.BooleanField(
        default=False, help_text="What is true of the tool it names holds for programs made with this one."
    )
    passed_on = models.BooleanField(
        default=False, help_text="A language's answer holds for whatever is used from that language too."
    )
    one = models.CharField("for one tool", max_length=120, blank=True, help_text="has {value} typing")
    many = models.CharField("for several tools", max_length=120, blank=True, help_text="have {value} typing")
    no_one = models.CharField("no, for one tool", max_length=120, blank=True, help_text="includes no ORM")
    no_many = models.CharField("no, for several tools", max_length=120, blank=True, help_text="include no ORM")
    joined_by = models.CharField(
        max_length=3, default="and", help_text="The word between the last two values: and, or."
    )
    unit_one = models.CharField(max_length=40, blank=True)
    unit_many = models.CharField(max_length=40, blank=True)
    threshold = models.FloatField(
        null=True,
        blank=True,
        help_text="Below it two answers are called similar: a ratio for numbers, years for dates.",
    )
    choose_if = models.CharField(
        max_length=120,
        blank=True,
        help_text="Completes “Choose it if …”: you want {value} typing. Of a yes-or-no attribute, for yes; "
        "of a number, for the side it favours.",
    )
    choose_if_no = models.CharField("choose if, for no", max_length=120, blank=True)
    measured = models.BooleanField(
        default=False,
        help_text="A count that changes from month to month: told with its day, compared only with one of its time.",
    )
    favours = models.CharField(max_length=4, choices=Favours, blank=True, help_text="Numbers and dates only.")
    layers = models.ManyToManyField(Layer, blank=True, related_name="attributes")
    categories = models.ManyToManyField(Category, blank=True, related_name="attributes")
    functions = models.ManyToManyField(Function, blank=True, related_name="attributes")

    class Meta:
        ordering = ["-importance", "heading"]
        constraints = [
            models.CheckConstraint(condition=Q(importance__gte=1, importance__lte=100), name="importance_1_to_100"),
            models.CheckConstraint(
                condition=Q(compare=False) | (~Q(one="") & ~Q(many="")),
                name="a_compared_attribute_has_words",
                violation_error_message="An attribute that is compared needs words for one tool and for several.",
            ),
            models.CheckConstraint(
                condition=Q(compare=False) | ~Q(type="boolean") | (~Q(no_one="") & ~Q(no_many="")),
                name="a_compared_yes_or_no_has_words_for_no",
                violation_error_message="A yes-or-no attribute that is compared needs words for no.",
            ),
            models.CheckConstraint(
                condition=Q(compare=False)
                | Q(type="boolean")
                | (Q(one__contains="{value}") & Q(many__contains="{value}")),
                name="the_words_of_an_attribute_hold_its_value",
                violation_error_message="The words must hold {value} where the answer stands.",
            ),
            models.CheckConstraint(
                condition=Q(choose_if="")
                | Q(type="boolean")
                | (Q(type__in=["number", "date"]) & ~Q(favours=""))
                | (~Q(type__in=["number", "date"]) & Q(choose_if__contains="{value}")),
                name="a_reason_to_choose_follows_from_the_answer",
                violation_error_message="“Choose if” must hold {value}, or for numbers and dates what is favoured.",
            ),
            models.CheckConstraint(
                condition=Q(choose_if_no="") | Q(type="boolean"),
                name="only_yes_or_no_has_a_reason_for_no",
                violation_error_message="Only a yes-or-no attribute can be a reason by its no.",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def resolve(self, value: object) -> tuple[Columns, list["Choice"], list[Tool]]:
        """Read an answer as files write it, with the rows it names.

        Raise ValueError with a sentence where it does not fit, or names a choice or a tool that does not exist.
        """
        answer = columns(self.type, value)
        choices = _found(answer.choices, {choice.key: choice for choice in self.choices.all()}, "choice")
        tools = _found(answer.tools, {row.slug: row for row in Tool.objects.among(answer.tools)}, "tool")
        return answer, choices, tools


def _found[Row](keys: tuple[str, ...], rows: Mapping[str, Row], noun: str) -> list[Row]:
    """The rows of the keys, in the keys' order; raise ValueError for a key that has none."""
    for key in keys:
        if key not in rows:
            raise ValueError(f"there is no {noun} “{key}”")
    return [rows[key] for key in keys]


class Choice(models.Model):
    """One possible answer to an attribute, with a line that explains it. Its key never changes."""

    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="choices")
    key = models.SlugField(max_length=MAX_LENGTH, validators=[is_slug])
    label = models.CharField(max_length=80, help_text="As it reads inside a sentence.")
    explanation = models.CharField(max_length=160)
    lacks = models.BooleanField(
        default=False, help_text="The answer says that something is missing, so it is no reason to choose a tool."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["attribute", "position"]
        constraints = [models.UniqueConstraint(fields=["attribute", "key"], name="choice_key_once_per_attribute")]

    def __str__(self) -> str:
        return self.label
