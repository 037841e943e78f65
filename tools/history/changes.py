"""Facts that changed: what a tool's answer was, what it became, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page

from tools import sources
from tools.models import Fact, Tool
from tools.models.fact import FactQuerySet


@dataclass(frozen=True, slots=True)
class Stated:
    """An answer with its source."""

    fact: Fact

    @property
    def label(self) -> str:
        """Its source in a few words."""
        return sources.label(self.fact.source)

    @property
    def url(self) -> str:
        """Where its source can be read; empty where it has no address."""
        return sources.url(self.fact.source)


@dataclass(frozen=True, slots=True)
class Change:
    """What was stated until a moment, and what is stated since; `after` is None where nothing took its place."""

    before: Stated
    after: Stated | None
    at: datetime

    @property
    def heading(self) -> str:
        """What was asked."""
        return self.before.fact.attribute.heading

    @property
    def is_confirmation(self) -> bool:
        """Whether the answer stayed what it was, and only its source, its note or its day changed."""
        return self.after is not None and self.after.fact.answer == self.before.fact.answer


def superseded(tool: Tool) -> FactQuerySet:
    """What was stated of a tool and is no more, the last first."""
    facts = Fact.objects.exclude(superseded_at=None).filter(tool=tool).with_values()
    return facts.order_by("-superseded_at", "-pk")


def changes(tool: Tool, page: Page[Fact]) -> Sequence[Change]:
    """What became of each of these facts of a tool; two queries besides those of the page."""
    retired = list(page)
    asked = {fact.attribute_id for fact in retired}
    later = Fact.objects.filter(tool=tool, attribute__in=asked).with_values().order_by("recorded_at", "pk")
    stated = list(later) if asked else []
    return [_change(fact, stated) for fact in retired]


def _change(before: Fact, stated: Sequence[Fact]) -> Change:
    at = before.superseded_at
    assert at is not None, "which the query asked for"
    following = (fact for fact in stated if fact.attribute_id == before.attribute_id and fact.pk > before.pk)
    after = next((fact for fact in following if fact.recorded_at == at), None)
    return Change(Stated(before), Stated(after) if after else None, at)
