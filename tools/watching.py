"""What time alone brings, looked for each night: silence, an end of support, facts that changed and stood."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, takewhile

from django.db.models import Exists, Max, OuterRef, Q

from tools.dates import PartialDate
from tools.models import Alert, AlertKind, Fact, Repository
from tools.noticing import fitted

SILENCE = timedelta(days=365)
"""So long without a release is worth telling."""
NEWS = timedelta(days=90)
"""What came to pass longer ago is no news when it is found: a site that is set up anew does not tell the past."""
ASKED_LATELY = timedelta(days=30)
"""A host that told nothing for longer may know of a release."""
WARNING = timedelta(days=90)
"""How long before an end of support it is told."""
STANDING = timedelta(days=1)
"""An answer that stood for less was a slip."""
SETTLED = timedelta(days=7)
"""For so long after a tool came its facts are still being put right."""
IMPORTANT = 70
"""The importance from which on a changed answer is told: the upper third of the questions."""
LICENCE = ("licence", "source-model")
"""What one may do with a tool: told whatever its importance for comparing."""
ENDS = ("support-ended",)
"""The questions about the end of support."""
LATEST_RELEASE = "latest-release"
TOLD_BY_HOST = timedelta(days=180)
"""So long after its host a changed licence is not told again by the catalogue."""
OF_FACT = "fact "
"""So begin the keys of what facts tell."""
WORDS = 50
"""Characters of an answer within a sentence."""


def watch(now: datetime) -> int:
    """Keep what a look at the rows tells of all tools; return how much of it is new. Repeating it is harmless."""
    before = Alert.objects.count()
    Alert.objects.note([*silent(now.date()), *ending(now.date()), *changed(now)])
    return Alert.objects.count() - before


def silent(today: date) -> Iterator[Alert]:
    """Tools without a release for a year, once for each last release; those that never had one are not meant."""
    year_ago = today - SILENCE
    later = Fact.objects.current().filter(tool=OuterRef("tool"), attribute__slug=LATEST_RELEASE)
    asked = Repository.objects.filter(archived=False, gone_on=None, seen_on__gte=today - ASKED_LATELY)
    dated = asked.annotate(last=Max("releases__released_on")).filter(last__gt=year_ago - NEWS, last__lte=year_ago)
    quiet = dated.exclude(Exists(later.filter(text__gt=year_ago.isoformat())))
    for repository in quiet.select_related("tool").prefetch_related("releases"):
        last = repository.releases.all()[0]
        day = PartialDate.parse(last.released_on.isoformat())
        text = f"{repository.tool.name} has had no release for a year: the last, {last.tag}, came on {day}."
        yield Alert(
            tool=repository.tool,
            kind=AlertKind.SILENT,
            key=f"{last.released_on}",
            text=fitted(text),
            happened_on=last.released_on + SILENCE,
            source=repository.notation,
        )


def ending(today: date) -> Iterator[Alert]:
    """Tools whose support ends within three months, once for each day it is said to end."""
    facts = Fact.objects.current().filter(attribute__slug__in=ENDS).select_related("tool")
    # Texts of dates sort as the dates do; one that is known to the month stands before all of its days.
    near = facts.filter(text__gte=f"{today:%Y-%m}", text__lte=(today + WARNING).isoformat())
    for fact in near:
        end = PartialDate.parse(fact.text)
        if end.day is None or end.earliest >= today:
            text = f"Support for {fact.tool.name} ends {'on' if end.day else 'in'} {end}."
            yield _of_fact(fact, AlertKind.END_OF_LIFE, fact.text, text, today)


def changed(now: datetime) -> Iterator[Alert]:
    """Important facts whose answer changed lately and has stood for a day since; first answers are no change."""
    stood = now - STANDING
    lately = Alert.objects.filter(kind=AlertKind.LICENCE, happened_on__gt=now.date() - TOLD_BY_HOST)
    told = set(lately.exclude(key__startswith=OF_FACT).values_list("tool", flat=True))
    for history in _histories(stood):
        alert = _change(history, stood)
        if alert and not (alert.kind == AlertKind.LICENCE and alert.tool_id in told):
            yield alert


def _histories(stood: datetime) -> Iterator[Sequence[Fact]]:
    """All answers of each tool to each important question that got a new one lately, the newest first."""
    worth = Q(attribute__importance__gte=IMPORTANT) | Q(attribute__slug__in=LICENCE)
    same = Fact.objects.filter(tool=OuterRef("tool"), attribute=OuterRef("attribute"))
    recent = same.current().filter(recorded_at__gt=stood - NEWS, recorded_at__lte=stood)
    important = Fact.objects.filter(worth, attribute__measured=False).exclude(attribute__slug__in=ENDS)
    facts = important.filter(Exists(recent), Exists(same.exclude(superseded_at=None)))
    rows = facts.with_values().select_related("tool").order_by("tool", "attribute", "-recorded_at", "-pk")
    for _, history in groupby(rows.iterator(chunk_size=500), lambda fact: (fact.tool_id, fact.attribute_id)):
        yield list(history)


def _change(facts: Sequence[Fact], stood: datetime) -> Alert | None:
    """What changed for good when the newest answer was given first; None where it is the first, or as it was."""
    same = list(takewhile(lambda fact: fact.answer == facts[0].answer, facts))
    began = same[-1]
    before = next((fact for fact in facts[len(same) :] if _has_stood(fact)), None)
    is_news = stood - NEWS < began.recorded_at <= stood and began.recorded_at - began.tool.created_at >= SETTLED
    if before is None or before.answer == began.answer or not is_news:
        return None
    heading = began.attribute.heading
    text = f"{began.tool.name}: {heading} changed from {_short(before.in_words)} to {_short(began.in_words)}."
    kind = AlertKind.LICENCE if began.attribute.slug in LICENCE else AlertKind.FACT
    return _of_fact(facts[0], kind, f"{OF_FACT}{began.pk}", text, began.recorded_at.date())


def _has_stood(fact: Fact) -> bool:
    return fact.superseded_at is not None and fact.superseded_at - fact.recorded_at >= STANDING


def _short(words: str) -> str:
    return words if len(words) <= WORDS else f"{words[: WORDS - 1]}…"


def _of_fact(fact: Fact, kind: AlertKind, key: str, text: str, day: date) -> Alert:
    return Alert(tool=fact.tool, kind=kind, key=key, text=fitted(text), happened_on=day, source=fact.source)
