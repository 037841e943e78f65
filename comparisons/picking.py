"""The page on which tools are picked: what was picked, how to undo it, and where to go on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from comparisons.forms import PickerForm
from tools import pairs
from tools.models import Rival
from tools.searching.index import Known, Versus

POPULAR, NEAREST = 6, 5


@dataclass(frozen=True, slots=True)
class Step:
    """A tool, and the address to which adding it or taking it away leads."""

    tool: Known
    url: str


@dataclass(frozen=True, slots=True)
class PickerPage:
    """What the template prints."""

    picked: Sequence[Step]
    meant: Sequence[Step]
    typed: str
    error: str
    room: int
    popular: Sequence[Versus]

    @property
    def missing(self) -> int:
        """How many tools a comparison still needs."""
        return max(0, pairs.FEWEST - len(self.picked))


def picker_page(form: PickerForm) -> PickerPage:
    """What stands on the page for this shortlist; one query where nothing is picked, else none."""
    slugs, index = form.slugs(), form.index
    typed = form.unknown[-1] if form.unknown else ""
    meant = index.nearest(typed, NEAREST) if typed else []
    return PickerPage(
        picked=[Step(tool, _address(slug for slug in slugs if slug != tool.slug)) for tool in form.picked],
        meant=[Step(tool, _address([*slugs, tool.slug])) for tool in meant if tool.slug not in slugs],
        typed=typed,
        error=str(form.errors["tool"][0]) if form.errors else "",
        room=pairs.MOST - len(slugs),
        popular=index.popular_with(slugs[0], POPULAR) if slugs else _popular(form),
    )


def _popular(form: PickerForm) -> list[Versus]:
    couples = (tuple(tool.slug for tool in couple) for couple in Rival.objects.couples(POPULAR))
    return [form.index.versus(couple) for couple in couples if form.index.tools.keys() >= set(couple)]


def _address(slugs: Iterable[str]) -> str:
    """The page with these tools picked, also where they would do for a comparison."""
    chosen = [("tool", slug) for slug in slugs]
    stay = [("add", "1")] if len(chosen) >= pairs.FEWEST else []
    return f"{reverse('comparisons:picker')}?{urlencode(chosen + stay)}" if chosen else reverse("comparisons:picker")
