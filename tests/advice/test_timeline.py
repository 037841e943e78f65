"""A decision's timeline: what was told, what was asked in vain, what lies ahead."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from advice.models import Post, Result
from advice.timeline import Moment, months_between, outcome_words, timeline
from tests.advice.builders import a_tool, make_decision, make_question
from tests.advice.outcomes import tell

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def told(post: Post) -> list[tuple[str, date | None]]:
    return [(moment.text, moment.day) for moment in timeline(post, list(post.outcomes.all()))]


@time_machine.travel(NOON, tick=False)
def test_a_new_decision_says_when_it_will_be_asked_about() -> None:
    post = make_decision(decided_on=date(2026, 11, 1))
    assert told(post) == [
        ("Decided", date(2026, 11, 1)),
        ("Will be asked in May 2027, November 2027 and November 2028", None),
    ]


def test_what_was_told_and_what_was_not_stand_in_order() -> None:
    with time_machine.travel(datetime(2026, 4, 2, tzinfo=UTC)):
        post = make_decision(decided_on=date(2026, 4, 1))
    post.outcomes.filter(months=6).update(asked_at=datetime(2026, 10, 2, tzinfo=UTC))
    tell(post, Result.REGRETS, date(2026, 9, 1), "It *hurts*.")
    moments = timeline(post, list(post.outcomes.all()))
    assert [(moment.text, moment.day) for moment in moments] == [
        ("Decided", date(2026, 4, 1)),
        ("Kept, with regrets, after 5 months", date(2026, 9, 1)),
        ("Asked how it went; no answer yet", date(2026, 10, 2)),
        ("Will be asked again in April 2027 and April 2028", None),
    ]
    assert moments[1] == Moment(moments[1].text, date(2026, 9, 1), "regrets", "<p>It <em>hurts</em>.</p>\n")


@time_machine.travel(NOON, tick=False)
def test_after_the_end_nothing_lies_ahead() -> None:
    post = make_decision(chosen=["flask", "redis"], decided_on=date(2026, 11, 1))
    tell(post, Result.REPLACED, date(2026, 11, 20), months=6, tool=a_tool("flask"), by=a_tool("django"))
    assert told(post) == [
        ("Decided", date(2026, 11, 1)),
        ("Flask: replaced by Django after 6 months", date(2026, 11, 20)),
    ]


def test_a_question_has_no_timeline() -> None:
    assert told(make_question()) == []


@pytest.mark.parametrize(
    ("result", "months", "by", "words"),
    [
        (Result.KEPT, 0, "", "Kept"),
        (Result.KEPT, 1, "", "Kept after 1 month"),
        (Result.REGRETS, 12, "", "Kept, with regrets, after 12 months"),
        (Result.REPLACED, 14, "Django", "Replaced by Django after 14 months"),
        (Result.REPLACED, 14, "", "Replaced after 14 months"),
        (Result.ENDED, 24, "", "Project ended after 24 months"),
    ],
)
def test_an_outcome_is_one_phrase(result: Result, months: int, by: str, words: str) -> None:
    assert outcome_words(result, months, by) == words


@pytest.mark.parametrize(
    ("later", "months"), [((2026, 1, 1), 0), ((2026, 1, 20), 1), ((2026, 7, 1), 6), ((2027, 1, 1), 12)]
)
def test_months_are_counted_whole(later: tuple[int, int, int], months: int) -> None:
    assert months_between(date(2026, 1, 1), date(*later)) == months


def test_days_before_the_decision_are_no_months() -> None:
    assert months_between(date(2026, 1, 1), date(2025, 1, 1)) == 0
