"""The catalogue as editors keep it. A fact is never changed here: saving another answer supersedes it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tools import sources
from tools.models import (
    Alert,
    Alias,
    Attribute,
    CatalogueFile,
    Category,
    Choice,
    Edition,
    Fact,
    Function,
    Identifier,
    Integration,
    Kind,
    Layer,
    Observation,
    Reason,
    Repository,
    Rival,
    Theme,
    Tool,
)
from tools.models.repository import AT_ONCE, OF_ANOTHER, RepositoryQuerySet
from tools.operations import put_first
from tools.values import as_typed, from_typed

# What an editor says of a repository; the rest its host tells.
NAMED = ("tool", "host", "name", "source", "verified_on")


class CatalogueAdmin[Row: Model](admin.ModelAdmin[Row]):
    """Rows of the catalogue: whatever an editor does to them makes a new edition."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        """Django calls this last of adding, of changing, and of each row changed in a list."""
        super().save_related(request, form, formsets, change)
        Edition.objects.advance()

    def delete_model(self, request: HttpRequest, obj: Row) -> None:
        super().delete_model(request, obj)
        Edition.objects.advance()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Row]) -> None:
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            Edition.objects.advance()


@admin.register(Layer, Category, Function)
class PlaceAdmin(CatalogueAdmin[Any]):
    list_display = ["name", "slug", "position"]
    search_fields = ["name", "slug"]


@admin.register(Theme)
class ThemeAdmin(CatalogueAdmin[Theme]):
    list_display = ["heading", "slug", "position"]


@admin.register(Kind)
class KindAdmin(CatalogueAdmin[Kind]):
    list_display = ["noun", "slug", "inherits"]


class AliasInline(admin.TabularInline[Alias, Tool]):
    model = Alias
    extra = 0


class ReasonInline(admin.TabularInline[Reason, Tool]):
    """Editors write reasons of their own; whose another one is stays as it is."""

    model = Reason
    fields = ["side", "text", "version", "position", "state", "author"]
    readonly_fields = ["author"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reason]:
        return super().get_queryset(request).select_related("author")


class IntegrationInline(admin.TabularInline[Integration, Tool]):
    model = Integration
    fk_name = "tool"
    autocomplete_fields = ["other"]
    extra = 0


class RivalInline(admin.TabularInline[Rival, Tool]):
    model = Rival
    fk_name = "tool"
    autocomplete_fields = ["other"]
    extra = 0


class IdentifierInline(admin.TabularInline[Identifier, Tool]):
    model = Identifier
    extra = 0


class LinesField(forms.CharField):
    """A list of short texts, typed a line each."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Read lines as a list, without the empty ones."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class ToolForm(forms.ModelForm[Tool]):
    features = LinesField(required=False, max_length=4_000, help_text="One a line.")
    choose_if = LinesField(required=False, max_length=1_000, help_text="Completes “Choose it if …”, one a line.")

    class Meta:
        model = Tool
        fields = [
            "slug",
            "name",
            "kind",
            "function",
            "description",
            "well_known",
            "icon",
            "colour",
            "icon_licence",
            "features",
            "choose_if",
        ]
        widgets = {"description": forms.Textarea}


@admin.register(Tool)
class ToolAdmin(CatalogueAdmin[Tool]):
    form = ToolForm
    list_display = ["name", "slug", "kind", "function"]
    list_filter = ["kind", "function__category__layer", "function__category"]
    list_select_related = ["kind", "function"]
    search_fields = ["name", "slug", "aliases__name"]
    inlines = [AliasInline, ReasonInline, RivalInline, IntegrationInline, IdentifierInline]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Reason)
class ReasonAdmin(CatalogueAdmin[Reason]):
    list_display = ["text", "tool", "side", "state", "author", "votes_count", "affiliated_votes_count"]
    list_filter = ["state", "side", "of_member"]
    list_select_related = ["tool", "author"]
    search_fields = ["text", "tool__name", "tool__slug", "author__username"]
    autocomplete_fields = ["tool"]
    fields = ["tool", "side", "text", "version", "position", "state", "author", "of_member"]
    readonly_fields = ["author", "of_member"]
    list_per_page = 50


class ChoiceInline(admin.TabularInline[Choice, Attribute]):
    """A choice's key never changes: facts and files answer with it."""

    model = Choice
    extra = 0


@admin.register(Attribute)
class AttributeAdmin(CatalogueAdmin[Attribute]):
    list_display = ["heading", "slug", "theme", "type", "importance", "compare"]
    list_filter = ["type", "compare", "theme", "categories"]
    list_select_related = ["theme"]
    search_fields = ["heading", "slug", "question"]
    filter_horizontal = ["layers", "categories", "functions"]
    inlines = [ChoiceInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Attribute | None = None) -> list[str]:
        """Key and type of an attribute that facts may already answer stay as they are."""
        return ["slug", "type"] if obj else []


class FactForm(forms.ModelForm[Fact]):
    """An answer in plain words: choices by their keys, tools by their slugs, several apart by commas."""

    answer = forms.CharField(
        max_length=400,
        help_text="A choice's key, yes or no, a number, a date such as 2010 or 2026-08-20, a text, or a tool's slug; "
        "several choices or tools apart by commas.",
    )

    class Meta:
        model = Fact
        fields = ["tool", "attribute", "answer", "note", "source", "verified_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "tool" not in self.fields:
            return  # a superseded fact, shown and not to be changed
        if self.instance.pk:
            self.fields["tool"].disabled = self.fields["attribute"].disabled = True
            self.fields["answer"].initial = as_typed(self.instance.value)
        else:
            self.fields["verified_on"].initial = timezone.now().date()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not sources.is_readable(cleaned.get("source", "")):
            self.add_error("source", "This cannot be read as an address.")
        if "verified_on" in cleaned and cleaned["verified_on"] > timezone.now().date():
            self.add_error("verified_on", "The day has not come yet.")
        if {"attribute", "answer"} <= cleaned.keys():
            try:
                cleaned["value"] = from_typed(cleaned["attribute"].type, cleaned["answer"])
                cleaned["attribute"].resolve(cleaned["value"])
            except ValueError as error:
                self.add_error("answer", f"Write the answer otherwise: {error}.")
        return cleaned


class CurrentFilter(admin.SimpleListFilter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("superseded", "Superseded"), ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Fact]) -> QuerySet[Fact]:
        """Current facts unless asked for others."""
        match self.value():
            case "superseded":
                return queryset.exclude(superseded_at=None)
            case "all":
                return queryset
        return queryset.filter(superseded_at=None)


class UnsourcedFilter(admin.SimpleListFilter):
    title = "source"
    parameter_name = "sourced"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Sourced"), ("no", "Unsourced")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Fact]) -> QuerySet[Fact]:
        match self.value():
            case "yes":
                return queryset.exclude(source="")
            case "no":
                return queryset.filter(source="")
        return queryset


@admin.register(Fact)
class FactAdmin(CatalogueAdmin[Fact]):
    form = FactForm
    list_display = ["tool", "attribute", "in_words", "source", "verified_on"]
    list_filter = [CurrentFilter, UnsourcedFilter, "attribute__type"]
    search_fields = ["tool__name", "tool__slug", "attribute__heading", "attribute__slug"]
    autocomplete_fields = ["tool", "attribute"]
    date_hierarchy = "verified_on"
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        return (
            super()
            .get_queryset(request)
            .select_related("tool", "attribute")
            .prefetch_related("values__choice", "values__tool")
        )

    def get_fields(self, request: HttpRequest, obj: Fact | None = None) -> tuple[str, ...]:
        """A superseded fact is shown as it was, with the time it stood."""
        if obj and obj.superseded_at:
            return ("tool", "attribute", "in_words", "note", "source", "verified_on", "recorded_at", "superseded_at")
        return ("tool", "attribute", "answer", "note", "source", "verified_on")

    def save_model(self, request: HttpRequest, obj: Fact, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        """Supersede rather than change: the answer that stood until now is kept."""
        said = form.cleaned_data
        recorded = Fact.record(
            said["tool"],
            said["attribute"],
            said["value"],
            note=said["note"],
            source=said["source"],
            verified_on=said["verified_on"],
        )
        obj.pk = recorded.pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  # as above
        """A fact's values were recorded with it: there is only the edition left to make."""
        Edition.objects.advance()

    def has_change_permission(self, request: HttpRequest, obj: Fact | None = None) -> bool:
        """What was superseded is history: it can be read, not said again."""
        return super().has_change_permission(request, obj) and (obj is None or obj.superseded_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: Fact | None = None) -> bool:
        """Facts are kept."""
        return False


@admin.register(Repository)
class RepositoryAdmin(CatalogueAdmin[Repository]):
    """Editors say where a tool's source lives; what its host tells of it is shown, and never saved by a form."""

    list_display = ["name", "tool", "stars", "stars_on", "seen_on", "archived", "gone_on", "due", "failure"]
    list_select_related = ["tool"]
    list_filter = ["host", "archived", "disabled", ("gone_on", admin.EmptyFieldListFilter)]
    search_fields = ["name", "tool__name"]
    autocomplete_fields = ["tool"]
    fields = [
        ("tool", "host", "name"),
        ("source", "verified_on"),
        ("stars", "stars_on", "stars_source", "stars_rounded"),
        ("forks", "forks_on", "forks_source", "forks_rounded"),
        *("seen_on", "archived", "disabled", "gone_on", "pushed_on", "licence", "open_issues"),
        ("due", "failures", "failure"),
    ]
    readonly_fields = [*(field.name for field in Repository._meta.fields if field.name not in NAMED), "due"]
    actions = ["refresh_now"]

    @admin.display(description="Due", ordering="due_at")
    def due(self, row: Repository) -> str:
        """When it is asked about."""
        return f"{row.due_at:%Y-%m-%d %H:%M} UTC" if row.due_at > AT_ONCE else "at once"

    def save_model(self, request: HttpRequest, obj: Repository, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        """Write what the editor changed and nothing else: the rest may have been refreshed since it was read."""
        fields = {name: getattr(obj, name) for name in form.changed_data}
        if not change:
            super().save_model(request, obj, form, change)
        elif fields:
            another = OF_ANOTHER if fields.keys() & {"host", "name"} else {}
            Repository.objects.filter(pk=obj.pk).update(**fields, **another)

    @admin.action(description="Refresh these now", permissions=["change"])
    def refresh_now(self, request: HttpRequest, queryset: RepositoryQuerySet) -> None:
        """Put them first in the queue; a second time changes nothing."""
        self.message_user(request, put_first(queryset.ask_now()))


@admin.register(Observation)
class ObservationAdmin(CatalogueAdmin[Observation]):
    list_display = ["repository", "date", "stars", "forks", "rounded", "source"]
    list_select_related = ["repository"]
    search_fields = ["repository__name"]
    date_hierarchy = "date"
    autocomplete_fields = ["repository"]


@admin.register(Alert)
class AlertAdmin(admin.ModelAdmin[Alert]):
    """What happened to tools, as it was noticed. Deleting withdraws it, so that it is not noticed again."""

    list_display = ["text", "kind", "tool", "happened_on", "source", "told_at"]
    list_filter = ["kind", ("told_at", admin.EmptyFieldListFilter)]
    list_select_related = ["tool"]
    search_fields = ["text", "tool__name", "tool__slug"]
    date_hierarchy = "happened_on"
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alert]:
        return Alert.objects.standing().order_by("-happened_on", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Alert | None = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Alert) -> None:
        self.delete_queryset(request, Alert.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Alert]) -> None:
        with transaction.atomic():
            Alert.objects.filter(pk__in=list(queryset.values_list("pk", flat=True))).withdraw(timezone.now())
            Edition.objects.advance_contributions()


@admin.register(CatalogueFile)
class CatalogueFileAdmin(admin.ModelAdmin[CatalogueFile]):
    list_display = ["path", "loaded_at"]
    search_fields = ["path"]
    readonly_fields = ["path", "digest", "content", "loaded_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CatalogueFile | None = None) -> bool:
        return False
