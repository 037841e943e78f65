"""What became of a decision, told in order: decided, revisited, to be asked again. Pure; no query of its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from advice.models import Outcome, Post, Result
from advice.models.outcome import FINAL
from tools.words import listed


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a decision's timeline."""

    text: str
    day: date | None
    """None for what lies ahead: `text` names the months."""
    result: str = ""
    """The result told then, as `Result` has it."""
    why_html: str = ""


def timeline(post: Post, outcomes: Sequence[Outcome]) -> list[Moment]:
    """The moments of a decision, the oldest first; of a question there are none."""
    if not post.is_decision:
        return []
    told = sorted((outcome for outcome in outcomes if outcome.result), key=_day)
    open_visits = [outcome for outcome in outcomes if not outcome.result and outcome.due_on]
    if any(outcome.result in FINAL for outcome in told):
        open_visits = []
    return [
        Moment("Decided", decided_on(post)),
        *sorted([*_told(post, told), *_unanswered(open_visits)], key=lambda moment: moment.day or date.max),
        *_ahead([visit.due_on for visit in open_visits if visit.due_on and not visit.asked_at]),
    ]


def decided_on(post: Post) -> date:
    """The day from which the months of a decision are counted."""
    return post.decided_on or post.created_at.date()


def outcome_words(result: str, months: int, replaced_by: str = "") -> str:
    """Return "Kept after 12 months", "Replaced by Django after 14 months" or, within the first month, "Kept"."""
    words = str(Result(result).label)
    if result == Result.REPLACED and replaced_by:
        words += f" by {replaced_by}"
    if not months:
        return words
    # “Kept, with regrets after” would regret the months.
    comma = "," if result == Result.REGRETS else ""
    return f"{words}{comma} after {months} {'month' if months == 1 else 'months'}"


def months_between(day: date, later: date) -> int:
    """The whole months from one day to a later one; a visit some days early counts as its month."""
    days = max((later - day).days, 0)
    return round(days * 12 / 365.25)


def _told(post: Post, outcomes: Iterable[Outcome]) -> Iterator[Moment]:
    for outcome in outcomes:
        months = outcome.months or months_between(decided_on(post), _day(outcome))
        replaced_by = outcome.replaced_by.name if outcome.replaced_by else ""
        words = outcome_words(outcome.result, months, replaced_by)
        if outcome.tool and len(post.tool_rows.all()) > 1:
            words = f"{outcome.tool.name}: {words[:1].lower()}{words[1:]}"
        yield Moment(words, _day(outcome), outcome.result, outcome.why_html)


def _unanswered(visits: Iterable[Outcome]) -> Iterator[Moment]:
    for visit in visits:
        if visit.asked_at:
            yield Moment("Asked how it went; no answer yet", visit.asked_at.date())


def _ahead(days: Sequence[date]) -> Iterator[Moment]:
    if days:
        months = [f"{day:%B %Y}" for day in sorted(days)]
        again = "asked again" if len(days) < 3 else "asked"
        yield Moment(f"Will be {again} in {listed(months)}", None)


def _day(outcome: Outcome) -> date:
    return outcome.on or date.max
