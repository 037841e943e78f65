"""What votes rest on and which version they speak of, told in words."""

import pytest

from tools.tallies import Context, tally
from tools.versions import major, outdated


def test_the_commonest_answer_to_each_question_is_told_with_its_votes() -> None:
    contexts = [
        Context(team_size="2-10", scale="small", months=30, version="3.1", votes=3),
        Context(team_size="2-10", months=24, votes=2),
        Context(team_size="251+", scale="large", months=3, version="2.0", votes=1),
    ]
    assert tally(contexts) == [
        "5 in teams of 2 to 10",
        "5 after two years or longer",
        "3 with up to a thousand users a day",
        "3 with version 3",
    ]


def test_nothing_is_told_of_what_nobody_said() -> None:
    assert tally([]) == []
    assert tally([Context(votes=12)]) == []
    assert tally([Context(months=0, version="rolling")]) == []


def test_of_equals_the_newest_version_and_the_longest_use_are_told() -> None:
    contexts = [Context(version="1.9", months=12), Context(version="2.0", months=24)]
    assert tally(contexts) == ["1 after two years or longer", "1 with version 2"]


def test_the_order_of_the_votes_is_irrelevant() -> None:
    contexts = [Context(team_size=size, votes=votes) for size, votes in (("1", 2), ("2-10", 2), ("11-50", 1))]
    assert tally(contexts) == tally(reversed(contexts)) == ["2 working alone"]


@pytest.mark.parametrize(
    ("version", "number"),
    [
        ("3.1.4", 3),
        ("v2", 2),
        ("Version 2.x", 2),
        ("v.10", 10),
        (" 24.04 LTS", 24),
        ("0.9", 0),
        ("r12", None),
        ("", None),
        ("newest", None),
        ("20261121103000", None),
    ],
)
def test_a_version_begins_with_its_major_number(version: str, number: int | None) -> None:
    assert major(version) == number


@pytest.mark.parametrize(
    ("claimed", "current", "note"),
    [
        ("1.2", "3.1.3", "about version 1; 3 is current"),
        ("3.0", "3.1.3", ""),
        ("4 beta", "3.1.3", ""),
        ("", "3.1.3", ""),
        ("1.2", "", ""),
        ("0.9", "0.12", ""),
        ("0.9", "1.0", "about version 0; 1 is current"),
    ],
)
def test_a_claim_about_an_old_major_version_is_marked(claimed: str, current: str, note: str) -> None:
    assert outdated(claimed, current) == note
