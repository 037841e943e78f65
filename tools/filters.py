"""The catalogue's filters: every one a GET parameter, so that a selection has an address."""

import django_filters
from django.db.models import Q, QuerySet

from tools.models import Category, Kind, Layer, Tool

MAX_QUERY = 100


class ToolFilter(django_filters.FilterSet):
    """Layer, category, kind, and words in the name; sorted by popularity unless told otherwise."""

    q = django_filters.CharFilter(label="Name", method="by_name", max_length=MAX_QUERY)
    layer = django_filters.ModelChoiceFilter(
        label="Layer",
        field_name="function__category__layer",
        to_field_name="slug",
        queryset=Layer.objects.all(),
        empty_label="Any",
    )
    category = django_filters.ModelChoiceFilter(
        label="Category",
        field_name="function__category",
        to_field_name="slug",
        queryset=Category.objects.all(),
        empty_label="Any",
    )
    kind = django_filters.ModelChoiceFilter(
        label="Kind", to_field_name="slug", queryset=Kind.objects.all(), empty_label="Any"
    )
    sort = django_filters.ChoiceFilter(
        label="Sort by", method="sorted_by", empty_label="Stars", choices=[("name", "Name"), ("newest", "Newest here")]
    )

    class Meta:
        model = Tool
        fields: list[str] = []

    def by_name(self, tools: QuerySet[Tool], name: str, value: str) -> QuerySet[Tool]:
        """Keep tools whose name or alias holds the words."""
        return tools.filter(
            Q(name__icontains=value) | Q(pk__in=Tool.objects.filter(aliases__name__icontains=value).values("pk"))
        )

    def sorted_by(self, tools: QuerySet[Tool], name: str, value: str) -> QuerySet[Tool]:
        """Order by name, or by the day the tool came to the catalogue."""
        return tools.order_by("name") if value == "name" else tools.order_by("-created_at", "name")
