"""How far answers lie apart: 0 is the same, 1 as far as it goes. Judgement without words."""

from collections.abc import Sequence
from itertools import combinations
from math import fsum, log

from comparisons.facts import Answer, Attribute, Fact
from tools.dates import PartialDate

FAR_RATIO = 10.0
FAR_YEARS = 10.0
DEFAULT_RATIO = 1.25
DEFAULT_YEARS = 1.0
# Counts that change from month to month say nothing beside those of another season.
SAME_TIME_DAYS = 92


def are_of_one_time(attribute: Attribute, facts: Sequence[Fact]) -> bool:
    """Whether the answers may stand side by side; counts that change must have been made within three months."""
    days = [fact.verified for fact in facts]
    return not attribute.measured or (max(days) - min(days)).days <= SAME_TIME_DAYS


def are_similar(attribute: Attribute, facts: Sequence[Fact]) -> bool:
    """Whether the answers differ by less than the attribute's threshold; an exact match counts as similar too."""
    if attribute.type == "number":
        numbers = [_number(fact.answer) for fact in facts]
        is_all_or_nothing = min(numbers) == 0 < max(numbers)
        return not is_all_or_nothing and ratio(numbers) < (attribute.threshold or DEFAULT_RATIO)
    if attribute.type == "date":
        return span(facts) < (attribute.threshold or DEFAULT_YEARS)
    return len({fact.known_as for fact in facts}) == 1


def distance(attribute: Attribute, facts: Sequence[Fact]) -> float:
    """How much a reader should care that these answers differ, from 0 to 1; the order of the facts is nothing to it."""
    if attribute.type == "number":
        return min(1.0, log(ratio([_number(fact.answer) for fact in facts])) / log(FAR_RATIO))
    if attribute.type == "date":
        return min(1.0, span(facts) / FAR_YEARS)
    pairs = list(combinations(facts, 2))
    # Added exactly, so that no order of the facts gives another last digit.
    return fsum(_apart(a.answer, b.answer) for a, b in pairs) / len(pairs)


def _apart(a: Answer, b: Answer) -> float:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return 1 - len(set(a) & set(b)) / len(set(a) | set(b))
    return float(a != b)


def ratio(numbers: Sequence[float]) -> float:
    """The greatest over the least, at least 1; a zero among others counts as one unit."""
    least, most = min(numbers), max(numbers)
    return max(most / (least or 1.0), 1.0)


def span(facts: Sequence[Fact]) -> float:
    """The years that certainly lie between the earliest and the latest date: calendar years where both are known to
    the year, and no more than the nearest days would give where only one is."""
    dates = [PartialDate.parse(str(fact.answer)) for fact in facts]
    first, last = min(dates, key=lambda d: d.earliest), max(dates, key=lambda d: d.earliest)
    if first.month is None and last.month is None:
        return float(last.year - first.year)
    if first.month is None or last.month is None:
        return max(0.0, float(last.year - first.year - 1))
    return (last.earliest - first.earliest).days / 365.25


def _number(answer: Answer) -> float:
    assert isinstance(answer, float)
    return answer
