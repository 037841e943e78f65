"""What a feed's address asks for, and the way from there to its neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse

from advice.models import PostQuerySet
from tools.browsing.selection import Way, query_string
from tools.models import Category, Tool

KINDS: Final[Mapping[str, str]] = {
    "all": "Everything",
    "decisions": "Decisions",
    "questions": "Questions",
    "unanswered": "Unanswered",
    "outcomes": "Outcomes",
}
SORTS: Final[Mapping[str, str]] = {"hot": "Hot", "new": "New", "discussed": "Most discussed"}
TITLES: Final[Mapping[str, str]] = {
    "all": "Decisions and questions",
    "decisions": "Decisions",
    "questions": "Questions",
    "unanswered": "Unanswered questions",
    "outcomes": "How decisions turned out",
}
MAX_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Selection:
    """Which posts, in which order."""

    kind: str = "all"
    asked_sort: str = ""
    tool: Tool | None = None
    category: Category | None = None

    @property
    def sort(self) -> str:
        """The order: of outcomes the newest come first unless another is asked for, of everything else the hottest."""
        return self.asked_sort or ("new" if self.kind == "outcomes" else "hot")

    @property
    def title(self) -> str:
        """What is listed, as a heading says it."""
        about = f" about {self.tool}" if self.tool else ""
        within = f" in {self.category}" if self.category else ""
        return f"{TITLES[self.kind]}{about}{within}"

    @property
    def query(self) -> str:
        """It as a query string, or nothing where it asks for everything in the usual order."""
        kind = self.kind if self.kind != "all" else ""
        category = self.category.slug if self.category else ""
        tool = self.tool.slug if self.tool else ""
        return query_string([("kind", kind), ("category", category), ("sort", self.asked_sort), ("tool", tool)])

    def of(self, posts: PostQuerySet) -> PostQuerySet:
        """Those of the published posts that it asks for, in its order."""
        found = self._of_kind(posts.published())
        if self.tool:
            found = found.about(self.tool)
        if self.category:
            found = found.in_category(self.category)
        return self._ordered(found)

    def _of_kind(self, posts: PostQuerySet) -> PostQuerySet:
        match self.kind:
            case "decisions":
                return posts.decisions()
            case "questions":
                return posts.questions()
            case "unanswered":
                return posts.unanswered()
            case "outcomes":
                return posts.with_outcome()
        return posts

    def _ordered(self, posts: PostQuerySet) -> PostQuerySet:
        if self.sort == "discussed":
            return posts.most_discussed()
        if self.sort == "hot":
            return posts.hottest()
        return posts.latest_outcome_first() if self.kind == "outcomes" else posts.newest()


class FeedForm(forms.Form):
    """`?kind=questions&sort=new&tool=flask&category=databases`; every part may be missing, none may be unknown."""

    kind = forms.ChoiceField(
        choices=[*KINDS.items()],
        required=False,
        error_messages={"invalid_choice": "“%(value)s” is not a kind of post here."},
    )
    sort = forms.ChoiceField(
        choices=[*SORTS.items()],
        required=False,
        error_messages={"invalid_choice": "“%(value)s” is not an order of posts here."},
    )
    tool = forms.CharField(
        label="About a tool",
        max_length=MAX_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-suggest-mode": "name"}),
    )
    category = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "There is no category “%(value)s” here."}
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.categories = {category.slug: category for category in Category.objects.order_by("name")}
        names = [(slug, category.name) for slug, category in self.categories.items()]
        choices = self.fields["category"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [("", "Any category"), *names]
        self.fields["tool"].widget.attrs["data-suggest"] = reverse("suggest")

    def clean_tool(self) -> Tool | None:
        """The tool of that slug or name; one query where one is named."""
        name = self.cleaned_data["tool"]
        if not name:
            return None
        named = Q(slug=name.lower()) | Q(name__iexact=name) | Q(aliases__name__iexact=name)
        tool = Tool.objects.filter(named).first()
        if tool is None:
            raise ValidationError(f"No tool here is called “{name}”.")
        return tool

    def selection(self) -> Selection:
        """What was asked for, once it is valid."""
        said = self.cleaned_data
        return Selection(said["kind"] or "all", said["sort"], said["tool"], self.categories.get(said["category"]))


@dataclass(frozen=True, slots=True)
class FeedPage:
    """The links around a feed's rows; `path` is the feed's own."""

    selection: Selection
    path: str

    @property
    def kinds(self) -> list[Way]:
        """One for each kind; the order asked for stays."""
        chosen = self.selection
        return [Way(label, self._url(replace(chosen, kind=kind)), kind == chosen.kind) for kind, label in KINDS.items()]

    @property
    def sorts(self) -> list[Way]:
        """One for each order."""
        chosen = self.selection
        usual = replace(chosen, asked_sort="").sort
        orders = {sort: replace(chosen, asked_sort="" if sort == usual else sort) for sort in SORTS}
        return [Way(SORTS[sort], self._url(order), sort == chosen.sort) for sort, order in orders.items()]

    @property
    def filters(self) -> list[Way]:
        """What narrows the feed; each leads to the feed without it."""
        chosen, ways = self.selection, []
        if chosen.tool:
            ways.append(Way(f"Tool: {chosen.tool}", self._url(replace(chosen, tool=None))))
        if chosen.category:
            ways.append(Way(f"Category: {chosen.category}", self._url(replace(chosen, category=None))))
        return ways

    @property
    def canonical_query(self) -> str:
        """The address that search engines should know: the order does not matter to them."""
        return replace(self.selection, asked_sort="").query

    @property
    def atom_url(self) -> str:
        """The same selection for feed readers."""
        return f"{reverse('feed-advice')}{self.selection.query}"

    def _url(self, selection: Selection) -> str:
        return f"{self.path}{selection.query}"
