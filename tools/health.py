"""How a tool is kept, in lines that each say what is known, since when and by whom. Pure; no score is made of them.

What nobody told is unknown, which is neither good nor bad. What was told is judged by the day it was told: old
knowledge grows stale, and never makes a tool look abandoned.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from tools.dates import PartialDate
from tools.figures import exact
from tools.forges.answers import Released
from tools.words import counted, listed

LATELY = timedelta(days=90)
YEAR = timedelta(days=365)
# Quiet for this long, and for so many times the usual wait, a rhythm has broken.
QUIET = timedelta(days=180)
TIMES_THE_WAIT = 3
FEWEST_RELEASES = 3
FACTS_STALE_AFTER_DAYS = 365
# What a host says of a licence that it cannot name.
NO_NAME = ("", "NOASSERTION", "NONE", "OTHER")
# The catalogue says which of the two a licence without either is.
OR_LATER = ("-only", "-or-later")
QUESTIONS = (
    *("licence", "latest-version", "latest-release", "release-rhythm"),
    *("supported-cycles", "lts-cycle", "support-ended", "upkeep"),
)
"""The attributes whose facts tell of health."""


class Sign(StrEnum):
    """What a line means for whoever chooses, in words."""

    GOOD = "good sign"
    WORRYING = "worth a closer look"
    NEUTRAL = "neither good nor bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it, where it can be read, the day it was looked up, and why that is stale (else empty)."""

    label: str
    url: str
    day: date | None
    stale: str = ""

    @property
    def day_in_words(self) -> str:
        """As in "as of 20 August 2026"; empty where it was never looked up."""
        return _said(self.day) if self.day else ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is known of a tool's health, or that is not; without a source where nobody was asked."""

    heading: str
    sentence: str
    sign: Sign
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class AtHost:
    """A repository as its host last showed it; None and empty where it did not say."""

    host: str
    """The host's name, as people write it."""
    source: Source
    archived: bool = False
    disabled: bool = False
    gone_on: date | None = None
    pushed_on: date | None = None
    licence: str = ""
    open_issues: int | None = None
    releases: tuple[Released, ...] = ()

    @property
    def was_seen(self) -> bool:
        """Whether its host ever answered."""
        return self.source.day is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """A current fact of the catalogue: its answer in words, as keys or plain text, and whether it says of a lack."""

    words: str
    keys: tuple[str, ...]
    source: Source
    lacks: bool = False


type Facts = Mapping[str, Answer]
"""Answers by the attribute's slug, of those in QUESTIONS that are known."""


def stale(day: date | None, today: date, promised_days: int) -> str:
    """Return why what is of that day is stale, in words; the empty string where it is not, or has no day."""
    if day is None or (today - day).days <= promised_days:
        return ""
    return f"older than the {counted(promised_days, 'day', 'days')} promised"


def lines(kept: AtHost | None, facts: Facts) -> list[Line]:
    """Return what is known and unknown, the weightiest first; nothing where there is nothing to go by at all."""
    found = list(_of_both(kept, facts))
    if kept is None:
        known = [line for line in found if line.sign != Sign.UNKNOWN]
        return [_NO_REPOSITORY, *known] if known else []
    if not kept.was_seen:
        return [_standing(kept), *(line for line in found if line.sign != Sign.UNKNOWN)]
    return [_standing(kept), _push(kept), *found, _issues(kept)]


def _of_both(kept: AtHost | None, facts: Facts) -> Iterator[Line]:
    """What a host and the catalogue may both know of."""
    yield _release(kept, facts)
    yield _rhythm(kept, facts)
    yield _support(facts)
    yield _licence(kept, facts)


_NO_REPOSITORY = Line(
    "Repository",
    "No public repository is on record: what changes there, nobody here can watch.",
    Sign.UNKNOWN,
)


def _standing(kept: AtHost) -> Line:
    """Whether the repository is there and open."""
    if kept.gone_on:
        said = f"{kept.host} has known no such repository since {_said(kept.gone_on)}: deleted, moved or made private."
        return Line("Repository", said, Sign.WORRYING, kept.source)
    if kept.disabled:
        return Line("Repository", f"{kept.host} has closed the repository.", Sign.WORRYING, kept.source)
    if kept.archived:
        said = "The repository is archived: nothing is developed there any more."
        return Line("Repository", said, Sign.WORRYING, kept.source)
    if not kept.was_seen:
        said = f"{kept.host} has not told us of it yet, which says nothing about the tool."
        return Line("Repository", said, Sign.UNKNOWN, kept.source)
    return Line("Repository", "The repository is there, and neither archived nor closed.", Sign.GOOD, kept.source)


def _push(kept: AtHost) -> Line:
    if kept.pushed_on is None:
        said = f"{kept.host} does not tell when something was last pushed."
        return Line("Last push", said, Sign.UNKNOWN, kept.source)
    quiet = _since(kept.pushed_on, kept.source)
    said = f"Something was last pushed on {_said(kept.pushed_on)}{_more_than_a_year(quiet)}."
    sign = Sign.WORRYING if quiet > YEAR else Sign.GOOD if quiet <= LATELY else Sign.NEUTRAL
    return Line("Last push", said, sign, kept.source)


def _release(kept: AtHost | None, facts: Facts) -> Line:
    """The newest release that either knows of."""
    found = [*_release_at_host(kept), *_release_on_record(facts)]
    if not found:
        said = "No release is on record; not every project makes any."
        return Line("Last release", said, Sign.UNKNOWN, kept.source if kept else None)
    on, day, name, source = max(found, key=lambda release: release[0])
    quiet = _since(on, source)
    named = f", {name}," if name else ""
    said = f"The newest release{named} is of {day}{_more_than_a_year(quiet)}."
    return Line("Last release", said, Sign.WORRYING if quiet > YEAR else Sign.GOOD, source)


type _Known = tuple[date, str, str, Source]


def _release_at_host(kept: AtHost | None) -> Iterator[_Known]:
    if kept and kept.releases:
        newest = max(kept.releases, key=lambda release: release.on)
        yield newest.on, _said(newest.on), newest.tag, kept.source


def _release_on_record(facts: Facts) -> Iterator[_Known]:
    if fact := facts.get("latest-release"):
        version = facts.get("latest-version")
        yield PartialDate.parse(fact.keys[0]).earliest, fact.words, version.words if version else "", fact.source


def _rhythm(kept: AtHost | None, facts: Facts) -> Line:
    """How far releases lie apart: days with several count once, and half of the waits are shorter than the median."""
    days = sorted({release.on for release in kept.releases}) if kept else []
    if kept is None or len(days) < FEWEST_RELEASES:
        return _declared_rhythm(kept, facts)
    wait = timedelta(days=median((later - day).days for day, later in pairwise(days)))
    quiet = _since(days[-1], kept.source)
    said = f"A release {_every(wait.days)}: the middle one of {len(days) - 1} waits since {_said(days[0])}."
    if quiet > max(wait * TIMES_THE_WAIT, QUIET):
        said = f"{said} The last wait is more than {TIMES_THE_WAIT} times as long already."
        return Line("Release rhythm", said, Sign.WORRYING, kept.source)
    return Line("Release rhythm", said, Sign.NEUTRAL, kept.source)


def _declared_rhythm(kept: AtHost | None, facts: Facts) -> Line:
    if fact := facts.get("release-rhythm"):
        return Line("Release rhythm", f"Feature releases: {_lower(fact.words)}.", Sign.NEUTRAL, fact.source)
    said = f"Fewer than {FEWEST_RELEASES} releases are on record, too few for a rhythm."
    return Line("Release rhythm", said, Sign.UNKNOWN, kept.source if kept else None)


def _support(facts: Facts) -> Line:
    """Which releases still get fixes, as far as the catalogue knows."""
    if fact := facts.get("support-ended"):
        ends, told = PartialDate.parse(fact.keys[0]).earliest, fact.source.day
        said = "announced fixes until" if told and ends > told else "have given no fixes since"
        return Line("Support", f"Its makers {said} {fact.words}.", Sign.WORRYING, fact.source)
    if fact := facts.get("supported-cycles"):
        cycles = [cycle.strip() for cycle in fact.words.split(",")]
        said = f"{listed(cycles)} still {'gets' if len(cycles) == 1 else 'get'} fixes"
        lts = facts.get("lts-cycle")
        return Line(
            "Support", f"{said}; long-term support: {lts.words}." if lts else f"{said}.", Sign.GOOD, fact.source
        )
    if fact := facts.get("upkeep"):
        return Line("Support", f"{fact.words}.", Sign.WORRYING if fact.lacks else Sign.GOOD, fact.source)
    return Line("Support", "Which releases still get fixes is not on record.", Sign.UNKNOWN)


def _licence(kept: AtHost | None, facts: Facts) -> Line:
    """The licence that the host reads from the repository, beside the catalogue's."""
    fact = facts.get("licence")
    if kept is None or kept.licence.upper() in NO_NAME:
        if fact:
            return Line("Licence", f"{fact.words}, by the catalogue alone.", Sign.NEUTRAL, fact.source)
        return Line("Licence", "No licence is on record.", Sign.UNKNOWN, kept.source if kept else None)
    said = f"{kept.host} reads {kept.licence} from the repository"
    if fact is None:
        return Line("Licence", f"{said}; the catalogue names none.", Sign.NEUTRAL, kept.source)
    if agree(kept.licence, fact.keys):
        return Line("Licence", f"{said}, and the catalogue agrees.", Sign.GOOD, kept.source)
    said = f"{said}; the catalogue says {fact.words}. Ask which of them holds for your use."
    return Line("Licence", said, Sign.WORRYING, kept.source)


def agree(spdx: str, keys: tuple[str, ...]) -> bool:
    """Whether an SPDX identifier is among the catalogue's keys; GPL-3.0 may be either of its two meanings."""
    key = spdx.lower().replace(".", "-").removesuffix("+")
    return any(known in (key, *(f"{key}{meaning}" for meaning in OR_LATER)) for known in keys)


def _issues(kept: AtHost) -> Line:
    if kept.open_issues is None:
        return Line("Open issues", f"{kept.host} does not tell how many are open.", Sign.UNKNOWN, kept.source)
    number = (
        "None is" if not kept.open_issues else "1 is" if kept.open_issues == 1 else f"{exact(kept.open_issues)} are"
    )
    said = f"{number} open. What is used much is reported on much, so the number alone says little."
    return Line("Open issues", said, Sign.NEUTRAL, kept.source)


def _since(day: date, source: Source) -> timedelta:
    """How long it had been quiet when it was looked up."""
    return max((source.day or day) - day, timedelta())


def _more_than_a_year(quiet: timedelta) -> str:
    return ", more than a year before this was looked up" if quiet > YEAR else ""


def _every(days: int) -> str:
    """A wait in a unit of which there are some: about every day, every 9 days, every 4 weeks, every 6 months."""
    for unit, length, fewest in (("month", 30.4, 61), ("week", 7, 14), ("day", 1, 2)):
        if days >= fewest:
            return f"about every {round(days / length)} {unit}s"
    return "about every day"


def _said(day: date) -> str:
    return str(PartialDate(day.year, day.month, day.day))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
