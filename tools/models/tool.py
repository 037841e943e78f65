"""A tool: anything an engineer picks."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Prefetch, Q, Window
from django.db.models.functions import Cast, Coalesce, Greatest, Least, RowNumber
from django.urls import reverse

from tools.models.taxonomy import Category, Function, Kind
from tools.slugs import MAX_LENGTH, is_tool_slug

if TYPE_CHECKING:
    from tools.models.repository import Repository

# Unknown stars last, equals by name.
MOST_STARS_FIRST = (F("repository__stars").desc(nulls_last=True), F("name").asc())
WELL_KNOWN_FIRST = (F("well_known").desc(), *MOST_STARS_FIRST)


class PlainLetters(json.JSONEncoder):
    """Writes letters as they are, not as numbers: what is stored is searched as text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"ensure_ascii": False})


class ToolQuerySet(models.QuerySet["Tool"]):
    """The vocabulary for reading tools."""

    def with_place(self) -> "ToolQuerySet":
        """Each tool with its kind, its place in the taxonomy and its repository, in the same query."""
        return self.select_related("kind", "function__category__layer", "repository")

    def with_standing(self) -> "ToolQuerySet":
        """Each tool with what became of the decisions for it, in the same query."""
        return self.select_related("standing")

    def with_neighbours(self) -> "ToolQuerySet":
        """Each tool's function with the functions neighbouring on it, in one more query."""
        return self.prefetch_related("function__neighbours")

    def by_popularity(self) -> "ToolQuerySet":
        """Most stars first, unknown last, then by name."""
        return self.order_by(*MOST_STARS_FIRST)

    def best_known(self, count: int) -> "ToolQuerySet":
        """Those that editors count among the best known, and as many of those with most stars as make `count`."""
        return self.order_by(*WELL_KNOWN_FIRST)[:count]

    def among(self, slugs: tuple[str, ...]) -> "ToolQuerySet":
        """Those of the slugs that exist."""
        return self.filter(slug__in=slugs)

    def mentioning(self, words: Iterable[str]) -> "ToolQuerySet":
        """Those of which every word is said somewhere, in whatever case; with their shown reasons in one more query."""
        from tools.models.reason import Reason  # reasons know tools, not the reverse

        shown = Reason.objects.shown()
        tools = self.annotate(
            feature_text=Cast("features", models.TextField()), choose_text=Cast("choose_if", models.TextField())
        )
        for word in words:
            tools = tools.filter(
                Q(description__icontains=word)
                | Q(feature_text__icontains=word)
                | Q(choose_text__icontains=word)
                | Q(pk__in=shown.filter(text__icontains=word).order_by().values("tool"))
            )
        return tools.prefetch_related(Prefetch("reasons", shown))

    def alternatives_to(self, tools: Iterable["Tool"], each: int) -> "ToolQuerySet":
        """The `each` best known of every function that serves what these tools serve, or neighbours on it."""
        served = {tool.function_id for tool in tools}
        functions = Function.objects.filter(Q(pk__in=served) | Q(neighbours__in=served))
        rank = Window(
            RowNumber(),
            partition_by=F("function"),
            order_by=WELL_KNOWN_FIRST,
        )
        others = self.filter(function__in=functions.values("pk")).exclude(pk__in=[tool.pk for tool in tools])
        return others.annotate(place=rank).filter(place__lte=each).order_by("place", "name").with_place()

    def in_function(self, function: Function) -> "ToolQuerySet":
        """Those that serve this function."""
        return self.filter(function=function)


class Tool(models.Model):
    """A language, framework, database, service or library, with one function in the taxonomy."""

    slug = models.SlugField(max_length=MAX_LENGTH, unique=True, validators=[is_tool_slug])
    name = models.CharField(max_length=60)
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="tools")
    function = models.ForeignKey(Function, models.PROTECT, related_name="tools")
    description = models.CharField(max_length=400, blank=True)
    icon = models.SlugField(max_length=60, blank=True, help_text="Its slug among the Simple Icons.")
    colour = models.CharField(max_length=6, blank=True, help_text="Six hexadecimal digits.")
    icon_licence = models.CharField(max_length=60, blank=True)
    features = models.JSONField(
        default=list, blank=True, encoder=PlainLetters, help_text="What it brings, a line each."
    )
    choose_if = models.JSONField(
        default=list, blank=True, encoder=PlainLetters, help_text="Completes “Choose it if …”, a line each."
    )
    well_known = models.BooleanField(
        default=False, help_text="Counts among the best known, though its stars do not show it."
    )
    rivals = models.ManyToManyField("self", symmetrical=False, through="Rival", related_name="rival_of")
    integrations = models.ManyToManyField(
        "self", symmetrical=False, through="Integration", related_name="integrated_by"
    )
    followers_count = models.PositiveIntegerField(default=0, editable=False)
    stacks_count = models.PositiveIntegerField(default=0, editable=False, help_text="Listed stacks that hold it.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ToolQuerySet.as_manager()

    if TYPE_CHECKING:
        repository: Repository

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="vs")
                & ~Q(slug__startswith="vs-")
                & ~Q(slug__endswith="-vs")
                & ~Q(slug__contains="-vs-"),
                name="tool_slug_without_vs",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="tool_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("tools:tool", args=[self.slug])

    def weighed_against(self) -> list["Tool"]:
        """The tools it is most often weighed against: those it names in its order, then those that name it; one query.

        Among the latter, those that name it first come first, and of these the most starred.
        """
        stars = F("tool__repository__stars").desc(nulls_last=True)
        rows = Rival.objects.filter(Q(tool=self) | Q(other=self)).select_related("tool", "other")
        rows = rows.order_by("position", stars, "tool__slug", "pk")
        named = [row.other for row in rows if row.tool_id == self.pk]
        naming = [row.tool for row in rows if row.other_id == self.pk]
        return list(dict.fromkeys(named + naming))

    def neighbours(self) -> ToolQuerySet:
        """Other tools of the same function, best known first."""
        return Tool.objects.in_function(self.function).exclude(pk=self.pk).with_place().by_popularity()


class Alias(models.Model):
    """Another name a reader may type for a tool, such as “k8s”."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "aliases"
        constraints = [models.UniqueConstraint(fields=["tool", "name"], name="alias_once_per_tool")]

    def __str__(self) -> str:
        return self.name


class Integration(models.Model):
    """A tool that works with another one."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="integration_rows")
    other = models.ForeignKey(Tool, models.CASCADE, related_name="integrated_by_rows")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "other"], name="integration_once"),
            models.CheckConstraint(condition=~Q(tool=F("other")), name="integration_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.tool} works with {self.other}"


class RivalQuerySet(models.QuerySet["Rival"]):
    """The vocabulary for reading rivals."""

    def most_popular_first(self) -> "RivalQuerySet":
        """Those that editors call popular, in their order, then those whose less known side has most stars."""
        stars = Least(Coalesce("tool__repository__stars", 0), Coalesce("other__repository__stars", 0))
        return self.order_by(F("popular").asc(nulls_last=True), stars.desc(), "tool__slug", "other__slug")

    def as_named(self) -> "RivalQuerySet":
        """Those that editors call popular, in their order, then as the tools name them; without a look at stars."""
        return self.order_by(F("popular").asc(nulls_last=True), "position", "pk")

    def within(self, category: Category) -> "RivalQuerySet":
        """Those of which both sides serve this category."""
        return self.filter(tool__function__category=category, other__function__category=category)

    def couples(self, count: int) -> list[tuple[Tool, Tool]]:
        """The most popular couples, each once, in alphabetical order of slugs; one query."""
        # Both sides may name one another, so a couple has two rows at most.
        rows = self.most_popular_first().with_tools()[: 2 * count]
        return list(dict.fromkeys(row.couple for row in rows))[:count]

    def with_tools(self) -> "RivalQuerySet":
        """Both tools with their kinds and repositories, in the same query."""
        return self.select_related("tool__kind", "tool__repository", "other__kind", "other__repository")

    def count_couples(self) -> int:
        """How many couples there are, each counted once also where both sides name one another; one query."""
        sides = {"first": Least("tool_id", "other_id"), "second": Greatest("tool_id", "other_id")}
        return self.order_by().values(**sides).distinct().count()


class Rival(models.Model):
    """A tool that another one is often weighed against. One side naming the other is enough."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="rival_rows")
    other = models.ForeignKey(Tool, models.CASCADE, related_name="rival_of_rows")
    position = models.PositiveSmallIntegerField(default=0)
    popular = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Its place among the popular comparisons; empty for all others."
    )

    objects = RivalQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "other"], name="rival_once"),
            models.CheckConstraint(condition=~Q(tool=F("other")), name="rival_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.tool} or {self.other}"

    @property
    def couple(self) -> tuple[Tool, Tool]:
        """Both tools in alphabetical order of slugs, whichever names the other."""
        return (self.tool, self.other) if self.tool.slug < self.other.slug else (self.other, self.tool)


class IdentifierType(models.TextChoices):
    """The closed list of what a scanner can recognise a tool by."""

    PURL = "purl", "package URL"
    DOCKER = "docker", "Docker image"
    FILE = "file", "file marker"
    GITHUB_ACTION = "github-action", "GitHub action"
    TERRAFORM_PROVIDER = "terraform-provider", "Terraform provider"


class Identifier(models.Model):
    """What betrays a tool in a repository: a package, an image, a file. A few name two tools on purpose."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="identifiers")
    type = models.CharField(max_length=20, choices=IdentifierType)
    value = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField()

    class Meta:
        ordering = ["type", "value"]
        constraints = [models.UniqueConstraint(fields=["tool", "type", "value"], name="identifier_once_per_tool")]

    def __str__(self) -> str:
        return f"{self.type}: {self.value}"
