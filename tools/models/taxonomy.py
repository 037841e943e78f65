"""Layer › Category › Function, and Kind: where a tool stands and what it is."""

from django.db import models
from django.db.models import Count, Prefetch
from django.urls import reverse

from tools.slugs import MAX_LENGTH, is_slug


class Layer(models.Model):
    """The widest part of the taxonomy, such as DevOps."""

    slug = models.SlugField(max_length=MAX_LENGTH, unique=True, validators=[is_slug])
    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class CategoryQuerySet(models.QuerySet["Category"]):
    """The vocabulary for reading categories."""

    def with_functions(self) -> "CategoryQuerySet":
        """Each category with its layer, and its functions with their `tool_count`: two queries in all."""
        return self.select_related("layer").prefetch_related(Prefetch("functions", Function.objects.with_counts()))

    def beside(self, category: "Category") -> "CategoryQuerySet":
        """The other categories of its layer, each with its `tool_count`."""
        return (
            self.filter(layer=category.layer_id).exclude(pk=category.pk).annotate(tool_count=Count("functions__tools"))
        )


class Category(models.Model):
    """A part of a layer, such as Data Stores; has a page of its own."""

    layer = models.ForeignKey(Layer, models.PROTECT, related_name="categories")
    slug = models.SlugField(max_length=MAX_LENGTH, unique=True, validators=[is_slug])
    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["layer__position", "position", "name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("tools:category", args=[self.slug])


class FunctionQuerySet(models.QuerySet["Function"]):
    """The vocabulary for reading functions."""

    def with_counts(self) -> "FunctionQuerySet":
        """Each function with its `tool_count`."""
        return self.annotate(tool_count=Count("tools"))


class Function(models.Model):
    """What a tool is for, such as Relational Databases; a tool has exactly one."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="functions")
    slug = models.SlugField(max_length=MAX_LENGTH, unique=True, validators=[is_slug])
    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    neighbours = models.ManyToManyField(
        "self", blank=True, help_text="Functions whose tools may be an alternative to this one's."
    )

    objects = FunctionQuerySet.as_manager()

    class Meta:
        ordering = ["category__position", "position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its place on its category's page."""
        return f"{reverse('tools:category', args=[self.category.slug])}#{self.slug}"


class Kind(models.Model):
    """What a tool is: a language, a framework, a service …"""

    slug = models.SlugField(max_length=MAX_LENGTH, unique=True, validators=[is_slug])
    noun = models.CharField(max_length=40, help_text="As it reads in a sentence: “web framework”.")
    plural = models.CharField(max_length=40)
    inherits = models.BooleanField(
        default=False,
        help_text="Programs made with it are programs in its language, so what is true of the language holds for them.",
    )

    class Meta:
        ordering = ["noun"]

    def __str__(self) -> str:
        return self.noun
